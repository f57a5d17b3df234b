// Text and tensors as data: what batches hold, and what is refused.
#include "Data/BatchSource.h"
#include "Data/Permutation.h"
#include "TestSupport.h"

#include <algorithm>
#include <numeric>
#include <set>

using namespace weft::rt;
using namespace weft::rt::test;

namespace {

/// A module of two sequences of four tokens, targets with an ignored value, both optional.
struct TokenModule {
  int64_t dims[2] = {2, 4};
  WeftInput inputs[2];
  WeftModule module = {};
  WeftEntry entry = {};

  explicit TokenModule(int64_t limit = 128, bool canIgnore = true, int32_t dtype = WEFT_I32) {
    uint64_t bytes = dtype == WEFT_I32 || dtype == WEFT_F32 ? 32 : 64;
    inputs[0] = {"tokens", dtype, 0, 2, dims, 0, bytes, limit, 0, 0};
    inputs[1] = {"targets", dtype, 0, 2, dims, 64, bytes, limit, -100, canIgnore ? 1 : 0};
    module.name = "small";
    entry.module = &module;
    entry.sequences = 2;
    entry.num_inputs = 2;
    entry.inputs = inputs;
  }
};

struct Batch {
  alignas(64) char bytes[128];
  std::vector<int32_t> row(int input, int row) const {
    auto *begin = reinterpret_cast<const int32_t *>(bytes + 64 * input) + 4 * row;
    return {begin, begin + 4};
  }
};

using Row = std::vector<int32_t>;

TEST(Permutation, IsAPermutation) {
  for (uint64_t size : {1, 2, 3, 5, 16, 17, 255, 256, 1000, 4097}) {
    std::set<uint64_t> seen;
    Permutation order(size, 7, 3);
    for (uint64_t i = 0; i < size; ++i)
      seen.insert(order(i));
    EXPECT_EQ(seen.size(), size);
    EXPECT_EQ(*seen.rbegin(), size - 1);
  }
}

TEST(Permutation, DependsOnSeedAndEpoch) {
  Permutation base(1000, 1, 0), seed(1000, 2, 0), epoch(1000, 1, 1);
  int sameSeed = 0, sameEpoch = 0, fixed = 0;
  for (uint64_t i = 0; i < 1000; ++i) {
    sameSeed += base(i) == seed(i);
    sameEpoch += base(i) == epoch(i);
    fixed += base(i) == i;
  }
  // One is expected of each; 12 has a probability of about 1e-9.
  EXPECT_LT(std::max({sameSeed, sameEpoch, fixed}), 12);
}

TEST(Text, GivesEveryWindowOnceAnEpoch) {
  ScratchDirectory scratch;
  std::string text;
  for (char c = 0; c < 23; ++c)
    text += c;
  writeFile(scratch / "text", text);
  TokenModule tokens;
  auto data = openBatchSource(scratch / "text", tokens.entry, 5);
  Batch batch;
  std::set<int32_t> starts[2]; // (23 - 1) / 4 = 5 windows an epoch, two rows a batch
  for (uint64_t first = 0; first < 10; first += 2) {
    data->fill(first, batch.bytes);
    for (int row : {0, 1}) {
      Row inputs = batch.row(0, row), targets = batch.row(1, row);
      starts[(first + static_cast<uint64_t>(row)) / 5].insert(inputs[0]);
      for (int32_t i = 0; i < 4; ++i) {
        EXPECT_EQ(inputs[static_cast<size_t>(i)], inputs[0] + i);
        EXPECT_EQ(targets[static_cast<size_t>(i)], inputs[0] + i + 1);
      }
    }
  }
  EXPECT_EQ(starts[0], (std::set<int32_t>{0, 4, 8, 12, 16}));
  EXPECT_EQ(starts[1], starts[0]);
}

TEST(Text, EvaluatesEveryByteOnceInOrder) {
  ScratchDirectory scratch;
  writeFile(scratch / "text", std::string("abcdefghijk"));
  TokenModule tokens;
  auto data = openBatchSource(scratch / "text", tokens.entry, 5);
  ASSERT_EQ(data->evaluationBatches(), 2u);
  Batch batch;
  data->fillEvaluation(0, batch.bytes);
  EXPECT_EQ(batch.row(0, 0), (Row{'a', 'b', 'c', 'd'}));
  EXPECT_EQ(batch.row(1, 1), (Row{'f', 'g', 'h', 'i'}));
  data->fillEvaluation(1, batch.bytes);
  EXPECT_EQ(batch.row(1, 0), (Row{'j', 'k', -100, -100}));
  EXPECT_EQ(batch.row(1, 1), (Row{-100, -100, -100, -100}));
  EXPECT_EQ(batch.row(0, 1), (Row{0, 0, 0, 0}));

  TokenModule strict(128, /*canIgnore=*/false);
  EXPECT_EQ(openBatchSource(scratch / "text", strict.entry, 5)->evaluationBatches(), 1u);
}

TEST(Text, RefusesBadFiles) {
  ScratchDirectory scratch;
  TokenModule tokens;
  auto errorFor = [&](const std::string &path) {
    std::string message = errorOf([&] { openBatchSource(path, tokens.entry, 0); });
    EXPECT_NE(message.find("'" + path + "'"), std::string::npos) << message;
    return message;
  };
  writeFile(scratch / "empty", "");
  writeFile(scratch / "short", "abcd");
  writeFile(scratch / "exact", "abcde");
  writeFile(scratch / "large", "abcdef\x80g");
  EXPECT_NE(errorFor(scratch / "none").find("No such file"), std::string::npos);
  EXPECT_NE(errorFor(scratch / "empty").find("is empty"), std::string::npos);
  EXPECT_NE(errorFor(scratch.path).find("found a directory"), std::string::npos);
  EXPECT_NE(errorFor(scratch / "short").find("needs 5 bytes, the file has 4"), std::string::npos);
  EXPECT_NE(errorFor(scratch / "large").find("byte 128 at offset 6"), std::string::npos);
  EXPECT_NO_THROW(openBatchSource(scratch / "exact", tokens.entry, 0));
  TokenModule floats(-1, false, WEFT_F32);
  EXPECT_NE(errorOf([&] {
              openBatchSource(scratch / "exact", floats.entry, 0);
            }).find("cannot fill input 'tokens'"),
            std::string::npos);
}

/// tokens of I64 and targets of I32, `sequences` each of four.
std::string tensorFile(std::vector<int64_t> tokens, std::vector<int32_t> targets) {
  std::string count = std::to_string(tokens.size() / 4), middle = std::to_string(tokens.size() * 8);
  std::string end = std::to_string(tokens.size() * 8 + targets.size() * 4);
  return safetensors("{\"tokens\":{\"dtype\":\"I64\",\"shape\":[" + count +
                         ",4],\"data_offsets\":[0," + middle +
                         "]},\"targets\":{\"dtype\":\"I32\"," + "\"shape\":[" +
                         std::to_string(targets.size() / 4) + ",4],\"data_offsets\":[" + middle +
                         "," + end + "]}}",
                     bytesOf(tokens) + bytesOf(targets));
}

TEST(Tensors, AreReadInOrderAndWrapAround) {
  ScratchDirectory scratch;
  std::vector<int64_t> tokens(12);
  std::vector<int32_t> targets(12);
  std::iota(tokens.begin(), tokens.end(), 0);
  std::iota(targets.begin(), targets.end(), 50);
  targets[3] = -100;
  std::string path = scratch / "data.safetensors";
  writeFile(path, tensorFile(tokens, targets));
  TokenModule module;
  auto data = openBatchSource(path, module.entry, 0);
  Batch batch;
  data->fill(2, batch.bytes);
  EXPECT_EQ(batch.row(0, 0), (Row{8, 9, 10, 11}));
  EXPECT_EQ(batch.row(0, 1), (Row{0, 1, 2, 3}));
  EXPECT_EQ(batch.row(1, 1), (Row{50, 51, 52, -100}));
  ASSERT_EQ(data->evaluationBatches(), 2u);
  data->fillEvaluation(1, batch.bytes);
  EXPECT_EQ(batch.row(1, 0), (Row{58, 59, 60, 61}));
  EXPECT_EQ(batch.row(1, 1), (Row{-100, -100, -100, -100}));
}

TEST(Tensors, RefusesBadFiles) {
  ScratchDirectory scratch;
  std::string path = scratch / "data.safetensors";
  auto errorFor = [&](const std::string &contents, TokenModule module = TokenModule()) {
    writeFile(path, contents);
    module.entry.module = &module.module;
    module.entry.inputs = module.inputs;
    module.inputs[0].dims = module.inputs[1].dims = module.dims;
    std::string message = errorOf([&] { openBatchSource(path, module.entry, 0); });
    EXPECT_NE(message.find(path), std::string::npos) << message;
    return message;
  };
  std::vector<int64_t> tokens = {1, 2, 3, 4, 5, 6, 7, 128};
  std::vector<int32_t> targets = {1, 2, 3, 4, 5, 6, 7, 8};
  EXPECT_NE(errorFor(tensorFile(tokens, targets)).find("value 128 at offset"), std::string::npos);
  tokens[7] = 8;
  targets[0] = -1;
  EXPECT_NE(errorFor(tensorFile(tokens, targets)).find("or -100 to ignore"), std::string::npos);
  targets[0] = -100;
  EXPECT_NE(errorFor(tensorFile(tokens, targets), TokenModule(128, false)).find("value -100"),
            std::string::npos);
  EXPECT_NE(errorFor(tensorFile({1, 2, 3, 4}, targets)).find("has 2 sequences"), std::string::npos);
  tokens[2] = int64_t(1) << 40; // outside of i32 even where the model names no limit
  EXPECT_NE(errorFor(tensorFile(tokens, targets), TokenModule(-1)).find("1099511627776"),
            std::string::npos);
  EXPECT_NE(errorFor(safetensors("{}", "")).find("expected a tensor 'tokens'"), std::string::npos);
  EXPECT_NE(errorFor(safetensors("{\"tokens\":{\"dtype\":\"F32\",\"shape\":[1,4],"
                                 "\"data_offsets\":[0,16]}}",
                                 std::string(16, 0)))
                .find("has dtype F32, input 'tokens' needs I32"),
            std::string::npos);
  EXPECT_NE(errorFor(safetensors("{\"tokens\":{\"dtype\":\"I32\",\"shape\":[4],"
                                 "\"data_offsets\":[0,16]}}",
                                 std::string(16, 0)))
                .find("has shape [4], expected [2, 4]"),
            std::string::npos);
}

TEST(Tensors, FillRealInputsAndRefuseExtraTensors) {
  ScratchDirectory scratch;
  std::string path = scratch / "data.safetensors";
  int64_t dims[2] = {2, 2};
  WeftInput input = {"x", WEFT_F32, 0, 2, dims, 0, 16, -1, 0, 0};
  WeftModule module = {};
  module.name = "real";
  WeftEntry entry = {};
  entry.module = &module;
  entry.sequences = 2;
  entry.num_inputs = 1;
  entry.inputs = &input;
  std::string x = "\"x\":{\"dtype\":\"F64\",\"shape\":[2,2],\"data_offsets\":[0,32]}";
  std::string values = bytesOf(std::vector<double>{1.5, 2, -3, 4});
  writeFile(path, safetensors("{" + x + "}", values));
  float batch[4];
  openBatchSource(path, entry, 0)->fill(0, reinterpret_cast<char *>(batch));
  EXPECT_EQ(std::vector<float>(batch, batch + 4), (std::vector<float>{1.5, 2, -3, 4}));
  std::string y = ",\"y\":{\"dtype\":\"F64\",\"shape\":[1],\"data_offsets\":[32,40]}";
  writeFile(path, safetensors("{" + x + y + "}", values + std::string(8, 0)));
  EXPECT_NE(errorOf([&] { openBatchSource(path, entry, 0); }).find("'y' is not an input"),
            std::string::npos);
}

} // namespace
