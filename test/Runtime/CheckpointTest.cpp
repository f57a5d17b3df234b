// Loading parameters under Hugging Face's names, and saving them.
#include "Checkpoint/Checkpoint.h"
#include "Checkpoint/LoadParameters.h"
#include "Checkpoint/SafetensorsFile.h"
#include "Support/Half.h"
#include "TestSupport.h"

#include <array>
#include <bit>
#include <cmath>
#include <cstring>
#include <map>

using namespace weft::rt;
using namespace weft::rt::test;

namespace {

/// Two parameters of 2 x 2 and 3 elements, one moment.
struct SmallModule {
  int64_t square[2] = {2, 2};
  int64_t line[1] = {3};
  std::array<double, 32> memory = {};
  WeftState states[3];
  WeftModule module = {};

  explicit SmallModule(int32_t dtype) {
    uint64_t size = dtype == WEFT_F32 ? 4 : 8;
    WeftInit zeros = {WEFT_INIT_ZEROS, 0, 0, 0, 0};
    states[0] = {"wte", "wte.weight", WEFT_PARAMETER, dtype, 2, square, 0, 4 * size, zeros, 0, nullptr};
    states[1] = {"b", "h.0.bias", WEFT_PARAMETER, dtype, 1, line, 64, 3 * size, zeros, 0, nullptr};
    states[2] = {"b.exp_avg", "h.0.bias", WEFT_OPTIMIZER, dtype, 1, line, 128, 3 * size, zeros, 0, nullptr};
    module.name = "small";
    module.compiler = "none";
    module.num_states = 3;
    module.states = states;
  }
  char *bytes() { return reinterpret_cast<char *>(memory.data()); }
  HostStateBlock state{bytes()};
  template <typename T> T at(uint64_t offset, size_t index) {
    return reinterpret_cast<T *>(bytes() + offset)[index];
  }
};

struct Saved {
  std::string dtype = "F32";
  std::vector<int64_t> shape;
  std::string bytes;
};

using Contents = std::map<std::string, Saved>;

std::string fileOf(const Contents &contents) {
  std::string header, data;
  for (const auto &[name, tensor] : contents) {
    size_t begin = data.size();
    data += tensor.bytes;
    header += (header.empty() ? "{\"" : ",\"") + name + "\":{\"dtype\":\"" + tensor.dtype +
              "\",\"shape\":" + shapeText(tensor.shape) + ",\"data_offsets\":[" +
              std::to_string(begin) + "," + std::to_string(data.size()) + "]}";
  }
  return safetensors(header + "}", data);
}

const Saved table = {"F32", {2, 2}, bytesOf(std::vector<float>{1, 2, 3, 4})};
const Saved bias = {"F64", {3}, bytesOf(std::vector<double>{0.1, 6, 7})};

std::string loadError(const Contents &contents, SmallModule &module) {
  ScratchDirectory scratch;
  writeFile(scratch / "f", fileOf(contents));
  return errorOf([&] { loadParameters(scratch / "f", module.module, module.state); });
}

TEST(LoadParameters, AcceptsBothSpellingsAndConverts) {
  for (std::string prefix : {"", "transformer."})
    for (int32_t dtype : {WEFT_F32, WEFT_F64}) {
      ScratchDirectory scratch;
      SmallModule module(dtype);
      writeFile(scratch / "f", fileOf({{prefix + "wte.weight", table},
                                       {prefix + "h.0.bias", bias},
                                       {prefix + "h.0.attn.bias", {"U8", {1}, "x"}},
                                       {prefix + "h.0.attn.masked_bias", {"F32", {}, "1234"}},
                                       {"lm_head.weight", table}}));
      loadParameters(scratch / "f", module.module, module.state);
      if (dtype == WEFT_F32) {
        EXPECT_EQ(module.at<float>(0, 3), 4);
        EXPECT_EQ(module.at<float>(64, 0), 0.1f);
      } else {
        EXPECT_EQ(module.at<double>(0, 3), 4);
        EXPECT_EQ(module.at<double>(64, 0), 0.1);
      }
    }
}

TEST(LoadParameters, TakesATiedHeadForTheEmbedding) {
  ScratchDirectory scratch;
  SmallModule module(WEFT_F32);
  writeFile(scratch / "f", fileOf({{"lm_head.weight", table}, {"h.0.bias", bias}}));
  loadParameters(scratch / "f", module.module, module.state);
  EXPECT_EQ(module.at<float>(0, 3), 4);
}

TEST(LoadParameters, ListsWhatIsMissingAndWhatIsLeftOver) {
  SmallModule module(WEFT_F32);
  std::string message = loadError({{"wte.weight", table}, {"other", bias}}, module);
  EXPECT_NE(message.find("missing 'h.0.bias'; unknown 'other'"), std::string::npos) << message;
  message = loadError({{"wte.weight", table}, {"h.0.bias", bias}, {"x.attn.biased", bias}}, module);
  EXPECT_NE(message.find("unknown 'x.attn.biased'"), std::string::npos) << message;
  EXPECT_EQ(module.at<float>(0, 3), 0) << "nothing is loaded from a file that does not fit";
}

TEST(LoadParameters, RefusesWhatDoesNotFit) {
  SmallModule module(WEFT_F32);
  Saved wrongShape = {"F32", {4}, table.bytes}, half = {"I16", {2, 2}, "12345678"};
  Saved otherValues = {"F32", {2, 2}, bytesOf(std::vector<float>{1, 2, 3, 5})};
  EXPECT_NE(loadError({{"wte.weight", wrongShape}, {"h.0.bias", bias}}, module)
                .find("'wte.weight' has shape [4], the model needs [2, 2]"),
            std::string::npos);
  EXPECT_NE(loadError({{"wte.weight", half}, {"h.0.bias", bias}}, module)
                .find("'wte.weight' has dtype I16, expected F32, F64, F16 or BF16"),
            std::string::npos);
  EXPECT_NE(
      loadError({{"model.wte.weight", table}, {"transformer.wte.weight", table}, {"h.0.bias", bias}},
                module)
          .find("'model.wte.weight' and 'transformer.wte.weight' could both be parameter"),
      std::string::npos);
  EXPECT_NE(
      loadError({{"wte.weight", table}, {"transformer.wte.weight", table}, {"h.0.bias", bias}},
                module)
          .find("unknown 'transformer.wte.weight'"),
      std::string::npos);
  EXPECT_NE(loadError({{"wte.weight", table}, {"lm_head.weight", otherValues}, {"h.0.bias", bias}},
                      module)
                .find("'lm_head.weight' differs from 'wte.weight'"),
            std::string::npos);
}

TEST(LoadParameters, RefusesWhatIsNotFiniteInTheParametersType) {
  SmallModule module(WEFT_F32);
  for (double value : {double(NAN), double(INFINITY), -double(INFINITY), 1e300}) {
    Saved bad = {"F64", {3}, bytesOf(std::vector<double>{1, value, 7})};
    std::string message = loadError({{"wte.weight", table}, {"h.0.bias", bad}}, module);
    char expected[128];
    snprintf(expected, sizeof(expected), "tensor 'h.0.bias' has the value %g at offset ", value);
    EXPECT_NE(message.find(expected), std::string::npos) << message;
    // The offset is that of the value in the file.
    std::string file = fileOf({{"wte.weight", table}, {"h.0.bias", bad}});
    double there = 0;
    memcpy(&there, file.data() + std::stoull(message.substr(message.find("at offset ") + 10)),
           sizeof(there));
    EXPECT_TRUE(there == value || std::isnan(value)) << there;
  }
  Saved half = {"BF16", {3}, bytesOf(std::vector<uint16_t>{0x3F80, 0x3F80, 0x7FC0})};
  EXPECT_NE(
      loadError({{"wte.weight", table}, {"h.0.bias", half}}, module).find("has the value nan"),
      std::string::npos);
}

// Every pattern of 16 bits there and back; and the nearest in between, by the compiler's own type.
TEST(Half, ConvertsExactlyAndRoundsToTheNearest) {
  auto same = [](uint16_t a, uint16_t b, bool nan) { return a == b || nan; };
  for (uint32_t bits = 0; bits < 65536; ++bits) {
    auto half = std::bit_cast<_Float16>(static_cast<uint16_t>(bits));
    double value = static_cast<double>(Half{static_cast<uint16_t>(bits)});
    double wide = static_cast<double>(BFloat{static_cast<uint16_t>(bits)});
    ASSERT_TRUE(value == static_cast<double>(half) || (std::isnan(value) && half != half)) << bits;
    ASSERT_TRUE(same(Half::from(value).bits, static_cast<uint16_t>(bits), std::isnan(value)));
    ASSERT_TRUE(same(BFloat::from(wide).bits, static_cast<uint16_t>(bits), std::isnan(wide)));
    if (std::isnan(value))
      ASSERT_TRUE(std::isnan(static_cast<double>(Half::from(value)))) << bits;
    if (std::isnan(wide))
      ASSERT_TRUE(std::isnan(static_cast<double>(BFloat::from(wide)))) << bits;
    // Halfway to the next one, and a hair to both sides of that: what a rounding in two steps misses.
    double next = static_cast<double>(Half{static_cast<uint16_t>(bits + 1)});
    double middle = (value + next) / 2;
    for (double x : {middle, middle * (1 + 1e-15), middle * (1 - 1e-15)})
      if (std::isfinite(x) && (bits & 0x7FFF) != 0x7FFF)
        ASSERT_EQ(Half::from(x).bits, std::bit_cast<uint16_t>(static_cast<_Float16>(x))) << x;
  }
  EXPECT_EQ(Half::from(65520).bits, 0x7C00);
  EXPECT_EQ(Half::from(65519.99).bits, 0x7BFF);
  EXPECT_EQ(Half::from(-1e-30).bits, 0x8000);
  EXPECT_EQ(BFloat::from(1 + 0x1p-8).bits, 0x3F80) << "a tie goes to the even one";
  EXPECT_EQ(BFloat::from(1 + 0x1p-8 + 0x1p-40).bits, 0x3F81) << "seen through a float, a tie";
  EXPECT_EQ(BFloat::from(1e300).bits, 0x7F80);
}

TEST(LoadParameters, TakesSixteenBitsAndShards) {
  ScratchDirectory scratch;
  SmallModule module(WEFT_F32);
  Saved half = {"F16", {2, 2}, bytesOf(std::vector<uint16_t>{0x3C00, 0xC000, 0x0001, 0x7BFF})};
  Saved brain = {"BF16", {3}, bytesOf(std::vector<uint16_t>{0x3F80, 0x4049, 0xC2F7})};
  writeFile(scratch / "a", fileOf({{"model.wte.weight", half}}));
  writeFile(scratch / "b", fileOf({{"model.h.0.bias", brain}, {"x.inv_freq", bias}}));
  std::string index = scratch / "model.safetensors.index.json";
  auto load = [&](const std::string &map, std::vector<std::string> ignored = {"*.inv_freq"}) {
    writeFile(index, "{\"weight_map\": {" + map + "}}");
    loadParameters(scratch.path, module.module, module.state, ignored);
  };
  std::string good = "\"model.wte.weight\": \"a\", \"model.h.0.bias\": \"b\", \"x.inv_freq\": \"b\"";
  load(good);
  EXPECT_EQ(module.at<float>(0, 0), 1);
  EXPECT_EQ(module.at<float>(0, 1), -2);
  EXPECT_EQ(module.at<float>(0, 2), 0x1p-24f);
  EXPECT_EQ(module.at<float>(0, 3), 65504);
  EXPECT_EQ(module.at<float>(64, 1), 3.140625f);
  EXPECT_EQ(module.at<float>(64, 2), -123.5f);
  EXPECT_NE(errorOf([&] { load(good, {}); }).find("unknown 'x.inv_freq'"), std::string::npos);
  EXPECT_NE(errorOf([&] { load(good, {"*.inv_freq", "y*"}); }).find("'y*' matches no tensor"),
            std::string::npos);
  EXPECT_NE(errorOf([&] { load("\"model.wte.weight\": \"../a\""); }).find("lie beside the index"),
            std::string::npos);
  EXPECT_NE(errorOf([&] { load(good + ", \"z\": \"a\""); }).find("tensor 'z' is not in 'a'"),
            std::string::npos);
  EXPECT_NE(errorOf([&] { load("\"model.wte.weight\": \"a\", \"x.inv_freq\": \"b\""); })
                .find("'model.h.0.bias' of '" + (scratch / "b") + "' is not in the index"),
            std::string::npos);
}

TEST(LoadParameters, StackedOnesAreOneTensorForEach) {
  ScratchDirectory scratch;
  SmallModule module(WEFT_F32);
  module.states[0].logical = "experts.*.w1.weight";
  Saved first = {"F32", {2}, bytesOf(std::vector<float>{1, 2})};
  Saved second = {"F32", {2}, bytesOf(std::vector<float>{3, 4})};
  writeFile(scratch / "f", fileOf({{"experts.0.w1.weight", first},
                                   {"model.experts.1.w1.weight", second},
                                   {"h.0.bias", bias}}));
  loadParameters(scratch / "f", module.module, module.state);
  for (size_t i = 0; i < 4; ++i)
    EXPECT_EQ(module.at<float>(0, i), static_cast<float>(i + 1));
  EXPECT_NE(loadError({{"experts.0.w1.weight", first}, {"h.0.bias", bias}}, module)
                .find("missing 'experts.1.w1.weight'"),
            std::string::npos);
  CheckpointWriter(scratch.path, module.module, module.state, "{}", 0, {}).save({}, false);
  SafetensorsFile saved(scratch / "latest/model.safetensors");
  ASSERT_NE(saved.find("experts.1.w1.weight"), nullptr);
  EXPECT_EQ(memcmp(saved.find("experts.1.w1.weight")->data, second.bytes.data(), 8), 0);
}

/// A line "VmHWM: 123 kB" of this process, in bytes.
uint64_t memoryOf(const std::string &key) {
  std::string status = readFile("/proc/self/status");
  return std::stoull(status.substr(status.find(key + ":") + key.size() + 1)) << 10;
}

// Beside the parameters themselves there is less than twice the largest tensor, mapped pages included.
TEST(LoadParameters, StreamsTensorByTensor) {
  if (sanitized)
    GTEST_SKIP() << "AddressSanitizer has memory of its own";
  ScratchDirectory scratch;
  constexpr uint64_t count = 6, elements = uint64_t(10) << 20;
  int64_t dims[2] = {count, elements};
  WeftState state = {"all", "w.*", WEFT_PARAMETER, WEFT_F32, 2, dims, 0, count * elements * 4, {}, 0, nullptr};
  WeftModule module = {};
  module.name = "large";
  module.num_states = 1;
  module.states = &state;
  Contents contents;
  for (uint64_t i = 0; i < count; ++i)
    contents["w." + std::to_string(i)] = {"F16", {int64_t(elements)}, std::string(2 * elements, 'x')};
  writeFile(scratch / "f", fileOf(contents));
  contents.clear();
  std::vector<float> memory(count * elements);
  writeFile("/proc/self/clear_refs", "5"); // begins VmHWM anew
  uint64_t before = memoryOf("VmHWM");
  HostStateBlock block(reinterpret_cast<char *>(memory.data()));
  loadParameters(scratch / "f", module, block);
  EXPECT_LT(memoryOf("VmHWM"), before + 2 * 2 * elements);
  EXPECT_NE(memory.back(), 0);
  // The negative control: a mapped file that is read as a whole counts.
  MappedFile file(scratch / "f");
  volatile char sum = 0;
  for (uint64_t i = 0; i < file.size(); i += 4096)
    sum = static_cast<char>(sum + file.data()[i]);
  EXPECT_GT(memoryOf("VmHWM"), before + 2 * 2 * elements);
}

TEST(CheckpointWriter, SavesAndLoads) {
  ScratchDirectory scratch;
  SmallModule module(WEFT_F32), again(WEFT_F32);
  for (size_t i = 0; i < module.memory.size(); ++i)
    module.memory[i] = 0.5 * static_cast<double>(i);
  CheckpointWriter writer(scratch.path, module.module, module.state, "{}", 0, {});
  StepReport report;
  report.step = 41;
  report.updates = 40; // a step was skipped
  writer.save(report, false);
  SafetensorsFile optimizer(scratch / "step-000041/optimizer.safetensors");
  ASSERT_NE(optimizer.find("step"), nullptr);
  int64_t updates;
  memcpy(&updates, optimizer.find("step")->data, sizeof(updates));
  EXPECT_EQ(updates, 40);
  ASSERT_NE(optimizer.find("b.exp_avg"), nullptr);
  EXPECT_EQ(memcmp(optimizer.find("b.exp_avg")->data, module.bytes() + 128, 12), 0);
  EXPECT_EQ(SafetensorsFile(scratch / "latest/model.safetensors").metadata().at("step"), "41");
  loadParameters(scratch / "latest/model.safetensors", again.module, again.state);
  EXPECT_EQ(memcmp(module.bytes(), again.bytes(), 16), 0);
  EXPECT_EQ(memcmp(module.bytes() + 64, again.bytes() + 64, 12), 0);
}

} // namespace
