// Text and tensors as data: what batches hold, and what is refused.
#include "Data/BatchSource.h"
#include "Data/Permutation.h"
#include "Data/ReadAhead.h"
#include "Data/TokenFile.h"
#include "Support/Hash.h"
#include "TestSupport.h"

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <fstream>
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
    module.input_bytes = 128;
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

// Inputs from_data: by position, where a window of a file is cut short too, and by sequence.
TEST(Text, SaysWhatOfABatchIsTheDatas) {
  ScratchDirectory scratch;
  writeFile(scratch / "text", std::string("abcdefghijk"));
  TokenModule tokens;
  int64_t sequences = 2;
  WeftInput inputs[] = {{"first", WEFT_F32, 1, 1, &sequences, 128, 8, -1, 0, 0},
                        tokens.inputs[0],
                        tokens.inputs[1],
                        {"each", WEFT_F64, 1, 2, tokens.dims, 192, 64, -1, 0, 0}};
  tokens.entry.inputs = inputs;
  tokens.entry.num_inputs = 4;
  tokens.module.input_bytes = 256;
  alignas(64) char batch[256];
  auto written = [&] {
    auto *first = reinterpret_cast<float *>(batch + 128);
    auto *each = reinterpret_cast<double *>(batch + 192);
    return std::pair(std::vector<float>(first, first + 2), std::vector<double>(each, each + 8));
  };
  using Written = std::pair<std::vector<float>, std::vector<double>>;
  ReadAhead data(openBatchSource(scratch / "text", tokens.entry, 5), tokens.entry);
  data.fill(0, batch);
  EXPECT_EQ(written(), (Written{{1, 1}, {1, 1, 1, 1, 1, 1, 1, 1}}));
  data.fillEvaluation(1, batch);
  EXPECT_EQ(written(), (Written{{1, 0}, {1, 1, 0, 0, 0, 0, 0, 0}}));
  data.fillEvaluation(0, batch);
  EXPECT_EQ(written(), (Written{{1, 1}, {1, 1, 1, 1, 1, 1, 1, 1}}));
  int64_t longer[] = {2, 5};
  inputs[3].dims = longer;
  EXPECT_NE(errorOf([&] {
              openBatchSource(scratch / "text", tokens.entry, 5);
            }).find("cannot say in 'each' which tokens"),
            std::string::npos);
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
  EXPECT_NE(errorFor(scratch / "short").find("needs 5 tokens, the file has 4"), std::string::npos);
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

/// A file of nanoGPT, or of llm.c with its header.
template <typename T> std::string shard(const std::vector<T> &tokens, bool header) {
  std::vector<int32_t> head(256);
  head[0] = sizeof(T) == 2 ? 20240520 : 20240801;
  head[1] = sizeof(T) == 2 ? 1 : 7;
  head[2] = static_cast<int32_t>(tokens.size());
  return (header ? bytesOf(head) : "") + bytesOf(tokens);
}

template <typename T> std::vector<T> counting(T first, size_t count) {
  std::vector<T> tokens(count);
  std::iota(tokens.begin(), tokens.end(), first);
  return tokens;
}

TEST(TokenFile, KnowsEachFormatByItsFirstBytes) {
  ScratchDirectory scratch;
  std::string path = scratch / "a.bin";
  auto read = [&](const std::string &contents, DataFormat format) {
    writeFile(path, contents);
    TokenFile file(path, format, {"small", 2000});
    Row tokens(file.size());
    file.read(0, file.size(), tokens.data());
    return tokens;
  };
  Row expected = {1000, 1001, 1002};
  EXPECT_EQ(read(shard(counting<uint16_t>(1000, 3), true), DataFormat::Auto), expected);
  EXPECT_EQ(read(shard(counting<uint32_t>(1000, 3), true), DataFormat::Auto), expected);
  EXPECT_EQ(read(shard(counting<uint16_t>(1000, 3), false), DataFormat::Auto), expected);
  EXPECT_EQ(read(shard(counting<uint32_t>(1000, 3), false), DataFormat::UInt32), expected);
  EXPECT_EQ(read("ab", DataFormat::Text), (Row{'a', 'b'}));
  // The first tokens of a file of nanoGPT that look like a header.
  std::string ambiguous = shard(counting<uint16_t>(1000, 3), true);
  Row plain = read(ambiguous, DataFormat::NanoGpt);
  ASSERT_EQ(plain.size(), 515u);
  EXPECT_EQ(plain[0], 20240520 % 65536);
  EXPECT_EQ(plain[514], 1002);
}

TEST(TokenFile, RefusesBrokenShards) {
  ScratchDirectory scratch;
  std::string path = scratch / "a.bin", good = shard(counting<uint16_t>(1, 3), true);
  auto errorFor = [&](const std::string &contents, DataFormat format = DataFormat::Auto) {
    writeFile(path, contents);
    std::string message = errorOf([&] { TokenFile file(path, format, {"small", 2000}); });
    EXPECT_NE(message.find("'" + path + "'"), std::string::npos) << message;
    return message;
  };
  std::string version = good;
  version[4] = 2;
  EXPECT_NE(errorFor(version).find("expected version 1 of llm.c's format 20240520, found 2"),
            std::string::npos);
  EXPECT_NE(errorFor(good + "xx").find("the header counts 3 tokens of 2 bytes, 8 bytes follow it"),
            std::string::npos);
  EXPECT_NE(errorFor(good.substr(0, 1028)).find("counts 3 tokens of 2 bytes, 4 bytes follow"),
            std::string::npos);
  EXPECT_NE(errorFor(good.substr(0, 1000)).find("expected a token shard of llm.c"),
            std::string::npos);
  EXPECT_NE(errorFor("abc").find("expected tokens of 16 bits, found 3 bytes, no multiple of 2"),
            std::string::npos);
  EXPECT_NE(errorFor("abcd", DataFormat::LlmC).find("expected a token shard of llm.c"),
            std::string::npos);
}

// The whole line of a message: where tokens begin depends on the header, their width on the format.
TEST(Tokens, NamesTheOffsetOfABadToken) {
  ScratchDirectory scratch;
  TokenModule tokens(1003);
  auto errorFor = [&](const std::string &name, const std::string &contents) {
    writeFile(scratch / name, contents);
    return errorOf([&] {
      openBatchSource(scratch / name, tokens.entry, 0, DataFormat::Auto, 2);
    });
  };
  auto expected = [&](const std::string &name, const char *offset) {
    return "'" + (scratch / name) + "': id 1003 at offset " + offset +
           " is not a token of 'small', whose tokens are below 1003";
  };
  EXPECT_EQ(errorFor("n.bin", shard(counting<uint16_t>(990, 20), false)), expected("n.bin", "26"));
  EXPECT_EQ(errorFor("l.bin", shard(counting<uint16_t>(990, 20), true)), expected("l.bin", "1050"));
  EXPECT_EQ(errorFor("w.bin", shard(counting<uint32_t>(990, 20), true)), expected("w.bin", "1076"));
  // The first of many, whichever thread sees one first.
  std::vector<uint16_t> many(uint64_t(3) << 20, 1003);
  many[0] = many[1] = 0;
  EXPECT_EQ(errorFor("m.bin", shard(many, false)), expected("m.bin", "4"));
}

TEST(Tokens, ReadBeyondFourGibibytesAndFailWhenRead) {
  ScratchDirectory scratch;
  std::string path = scratch / "sparse.bin";
  constexpr uint64_t size = uint64_t(5) << 30;
  writeFile(path, "");
  std::filesystem::resize_file(path, size);
  std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
  std::vector<uint16_t> end = {1, 2, 3, 4, 5};
  file.seekp(static_cast<std::streamoff>(size - 10));
  file.write(reinterpret_cast<char *>(end.data()), 10);
  file.close();
  TokenModule tokens(5);
  // Too long to be searched: the bad token at the very end is found when its window is read.
  auto data = openBatchSource(path, tokens.entry, 0, DataFormat::Auto, 2);
  uint64_t windows = (size / 2 - 1) / 4;
  EXPECT_EQ(data->evaluationBatches(), (windows + 1 + 1) / 2);
  Batch batch;
  data->fillEvaluation(0, batch.bytes);
  EXPECT_EQ(batch.row(0, 0), (Row{0, 0, 0, 0}));
  uint64_t last = data->evaluationBatches() - 1;
  EXPECT_EQ(errorOf([&] { data->fillEvaluation(last, batch.bytes); }),
            "'" + path + "': id 5 at offset " + std::to_string(size - 2) +
                " is not a token of 'small', whose tokens are below 5");
  // Whichever thread reads it: the one before is good, and the error comes with its own batch.
  ReadAhead ahead(openBatchSource(path, tokens.entry, 0), tokens.entry);
  ahead.fillEvaluation(last - 1, batch.bytes);
  EXPECT_NE(errorOf([&] { ahead.fillEvaluation(last, batch.bytes); }).find("id 5 at offset"),
            std::string::npos);
  ahead.fillEvaluation(0, batch.bytes);
  EXPECT_EQ(batch.row(0, 0), (Row{0, 0, 0, 0}));
  TokenModule wide(6);
  openBatchSource(path, wide.entry, 0)->fillEvaluation(last, batch.bytes);
  EXPECT_EQ(batch.row(0, windows % 2 ? 0 : 1)[0], windows % 2 ? 0 : -100);
}

/// All batches of a few epochs.
std::vector<Row> rowsOf(const BatchSource &data, uint64_t sequences) {
  std::vector<Row> rows;
  Batch batch;
  for (uint64_t first = 0; first < sequences; first += 2) {
    data.fill(first, batch.bytes);
    for (int input : {0, 1})
      for (int row : {0, 1})
        rows.push_back(batch.row(input, row));
  }
  return rows;
}

TEST(Tokens, ShardsAreOneRunOfWindows) {
  ScratchDirectory scratch;
  TokenModule tokens(1000);
  // 2 and 1 windows, and one that only evaluation has, as a shorter one.
  writeFile(scratch / "s2.bin", shard(counting<uint16_t>(200, 6), true));
  writeFile(scratch / "s1.bin", shard(counting<uint16_t>(100, 9), false));
  writeFile(scratch / "s3.bin", shard(counting<uint16_t>(300, 3), false));
  auto byPattern = openBatchSource(scratch / "s[12].bin", tokens.entry, 3);
  auto byList = openBatchSource((scratch / "s2.bin") + "," + (scratch / "s1.bin"), tokens.entry, 3);
  std::vector<Row> rows = rowsOf(*byPattern, 12);
  EXPECT_EQ(rows, rowsOf(*byList, 12));
  EXPECT_EQ(byPattern->identity(), byList->identity());
  std::multiset<int32_t> starts;
  for (size_t i = 0; i < rows.size(); i += 4)
    starts.insert({rows[i][0], rows[i + 1][0]});
  EXPECT_EQ(starts, (std::multiset<int32_t>{100, 100, 100, 100, 104, 104, 104, 104, 200, 200, 200,
                                            200}));
  TokenModule evaluation(1000);
  evaluation.entry.kind = WEFT_ENTRY_EVAL;
  byList = openBatchSource(scratch / "s?.bin", evaluation.entry, 3);
  ASSERT_EQ(byList->evaluationBatches(), 3u);
  Batch batch;
  byList->fillEvaluation(1, batch.bytes);
  EXPECT_EQ(batch.row(1, 0), (Row{201, 202, 203, 204}));
  EXPECT_EQ(batch.row(1, 1), (Row{205, -100, -100, -100}));
  byList->fillEvaluation(2, batch.bytes);
  EXPECT_EQ(batch.row(1, 0), (Row{301, 302, -100, -100}));
  EXPECT_NE(errorOf([&] {
              openBatchSource((scratch / "s*.bin") + "," + (scratch / "s1.bin"), tokens.entry, 3);
            }).find("s1.bin' twice"),
            std::string::npos);
  EXPECT_NE(errorOf([&] { openBatchSource(scratch / "x*.bin", tokens.entry, 3); })
                .find("no file matches"),
            std::string::npos);
  EXPECT_NE(errorOf([&] { openBatchSource("a,,b", tokens.entry, 3); }).find("between the commas"),
            std::string::npos);
}

// Alone or among others: a file that has no sequence is an error, in evaluation only where it has
// not a target.
TEST(Tokens, RefusesFilesWithoutASequence) {
  ScratchDirectory scratch;
  writeFile(scratch / "long", "abcdefghi");
  writeFile(scratch / "none", "abcd");
  writeFile(scratch / "one", "a");
  TokenModule training, evaluation, strict(128, /*canIgnore=*/false);
  evaluation.entry.kind = strict.entry.kind = WEFT_ENTRY_EVAL;
  auto errorFor = [&](const TokenModule &module, const char *name) {
    auto errorOfList = [&](const std::string &list) {
      return errorOf([&] { openBatchSource(list, module.entry, 0); });
    };
    std::string alone = errorOfList(scratch / name);
    EXPECT_EQ(errorOfList((scratch / "long") + "," + (scratch / name)),
              alone + "; leave it out, or join it with another");
    return alone;
  };
  std::string begin = "'" + (scratch / "none") + "' is too short: a sequence of ";
  EXPECT_EQ(errorFor(training, "none"), begin + "length 4 needs 5 tokens, the file has 4");
  EXPECT_EQ(errorFor(strict, "none"), begin + "length 4 needs 5 tokens, the file has 4");
  EXPECT_NE(
      errorFor(evaluation, "one").find("a sequence of at least 1 needs 2 tokens, the file has 1"),
      std::string::npos);
  for (std::string list : {scratch / "none", (scratch / "long") + "," + (scratch / "none")}) {
    auto data = openBatchSource(list, evaluation.entry, 0);
    Batch batch;
    data->fillEvaluation(data->evaluationBatches() - 1, batch.bytes);
    EXPECT_EQ(batch.row(1, 0), (Row{'b', 'c', 'd', -100}));
  }
}

TEST(ReadAhead, GivesTheSameBatchesInAnyOrder) {
  ScratchDirectory scratch;
  TokenModule tokens(1000);
  writeFile(scratch / "a.bin", shard(counting<uint16_t>(0, 100), false));
  auto plain = openBatchSource(scratch / "a.bin", tokens.entry, 3);
  ReadAhead ahead(openBatchSource(scratch / "a.bin", tokens.entry, 3), tokens.entry);
  EXPECT_EQ(rowsOf(*plain, 120), rowsOf(ahead, 120));
  EXPECT_EQ(ahead.identity(), plain->identity());
  Batch one = {}, other = {};
  for (uint64_t number : {0, 1, 2, 7, 3, 4, 0}) {
    plain->fillEvaluation(number, one.bytes);
    ahead.fillEvaluation(number, other.bytes);
    EXPECT_EQ(memcmp(one.bytes, other.bytes, sizeof(one.bytes)), 0) << number;
    plain->fill(number, one.bytes);
    ahead.fill(number, other.bytes);
    EXPECT_EQ(memcmp(one.bytes, other.bytes, sizeof(one.bytes)), 0) << number;
  }
}

TEST(Hash, DoesNotDependOnTheCuts) {
  std::string text(1000, 'x');
  for (size_t i = 0; i < text.size(); ++i)
    text[i] = static_cast<char>(i * i);
  auto hashOf = [](const std::string &all, size_t cut) {
    Hash hash;
    for (size_t at = 0; at < all.size(); at += cut)
      hash.add(all.data() + at, std::min(cut, all.size() - at));
    return hash.value();
  };
  uint64_t whole = hashOf(text, text.size());
  for (size_t cut : {1, 3, 31, 32, 33, 64, 500})
    EXPECT_EQ(hashOf(text, cut), whole) << cut;
  for (size_t at : {0, 31, 32, 999}) {
    std::string changed = text;
    changed[at] = static_cast<char>(changed[at] ^ 1);
    EXPECT_NE(hashOf(changed, 1000), whole) << at;
  }
  EXPECT_NE(hashOf(text + std::string(1, 0), 1001), whole);
}

TEST(Tensors, OfAFileInItsOrderWrapAround) {
  ScratchDirectory scratch;
  std::vector<int64_t> tokens(12);
  std::vector<int32_t> targets(12);
  std::iota(tokens.begin(), tokens.end(), 0);
  std::iota(targets.begin(), targets.end(), 50);
  targets[3] = -100;
  std::string path = scratch / "data.safetensors";
  writeFile(path, tensorFile(tokens, targets));
  TokenModule module;
  auto data = openBatchSource(path, module.entry, 0, DataFormat::Auto, 1, DataOrder::File);
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

/// The first tokens of `count` sequences of a run, two at a time.
Row startsOf(const BatchSource &data, uint64_t count) {
  Row starts;
  Batch batch;
  for (uint64_t first = 0; first < count; first += 2) {
    data.fill(first, batch.bytes);
    for (int row : {0, 1}) {
      EXPECT_EQ(batch.row(1, row)[0], batch.row(0, row)[0] + 1) << "inputs go together";
      starts.push_back(batch.row(0, row)[0]);
    }
  }
  return starts;
}

// Tokens and tensors of the same sequences are shuffled alike, and evaluated in order.
TEST(Tensors, AreShuffledAsTokensAre) {
  ScratchDirectory scratch;
  constexpr uint64_t sequences = 22;
  std::vector<int64_t> tokens;
  std::vector<int32_t> targets;
  for (int32_t i = 0; i < 4 * int32_t(sequences); ++i) {
    tokens.push_back(i);
    targets.push_back(i + 1);
  }
  writeFile(scratch / "data.safetensors", tensorFile(tokens, targets));
  writeFile(scratch / "data.bin", shard(counting<uint16_t>(0, 4 * sequences + 1), true));
  TokenModule module;
  auto open = [&](const char *name, uint64_t seed, DataOrder order = DataOrder::Shuffled) {
    return openBatchSource(scratch / name, module.entry, seed, DataFormat::Auto, 1, order);
  };
  Row starts = startsOf(*open("data.safetensors", 1), 2 * sequences);
  Row inOrder = startsOf(*open("data.safetensors", 1, DataOrder::File), 2 * sequences);
  EXPECT_EQ(starts, startsOf(*open("data.bin", 1), 2 * sequences));
  EXPECT_EQ(inOrder, startsOf(*open("data.bin", 1, DataOrder::File), 2 * sequences));
  EXPECT_NE(starts, inOrder);
  EXPECT_NE(starts, startsOf(*open("data.safetensors", 2), 2 * sequences));
  Row first(starts.begin(), starts.begin() + sequences),
      second(starts.begin() + sequences, starts.end());
  EXPECT_NE(first, second);
  Row once(inOrder.begin(), inOrder.begin() + sequences);
  EXPECT_TRUE(std::is_sorted(once.begin(), once.end()));
  for (Row *epoch : {&first, &second}) {
    std::sort(epoch->begin(), epoch->end());
    EXPECT_EQ(*epoch, once);
  }
  Batch batch;
  open("data.safetensors", 2)->fillEvaluation(0, batch.bytes);
  EXPECT_EQ(batch.row(0, 1)[0], 4);
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
  openBatchSource(path, entry, 0, DataFormat::Auto, 1, DataOrder::File)
      ->fill(0, reinterpret_cast<char *>(batch));
  EXPECT_EQ(std::vector<float>(batch, batch + 4), (std::vector<float>{1.5, 2, -3, 4}));
  std::string y = ",\"y\":{\"dtype\":\"F64\",\"shape\":[1],\"data_offsets\":[32,40]}";
  writeFile(path, safetensors("{" + x + y + "}", values + std::string(8, 0)));
  EXPECT_NE(errorOf([&] { openBatchSource(path, entry, 0); }).find("'y' is not an input"),
            std::string::npos);
  // What says which sequences are the data's is not looked for in it, nor taken from it.
  WeftInput both[] = {input, {"y", WEFT_F64, 1, 1, dims, 16, 16, -1, 0, 0}};
  entry.inputs = both;
  entry.num_inputs = 2;
  EXPECT_NE(errorOf([&] { openBatchSource(path, entry, 0); }).find("'y' is not an input"),
            std::string::npos);
  writeFile(path, safetensors("{" + x + "}", values));
  double filled[4];
  openBatchSource(path, entry, 0)->fill(1, reinterpret_cast<char *>(filled));
  EXPECT_EQ(filled[2], 1);
  EXPECT_EQ(filled[3], 1);
}

} // namespace
