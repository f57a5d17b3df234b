// Loading parameters under Hugging Face's names, and saving them.
#include "Checkpoint/Checkpoint.h"
#include "Checkpoint/LoadParameters.h"
#include "Checkpoint/SafetensorsFile.h"
#include "TestSupport.h"

#include <array>
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
    WeftInit zeros = {WEFT_INIT_ZEROS, 0, 0, 0};
    states[0] = {"wte", "wte.weight", WEFT_PARAMETER, dtype, 2, square, 0, 4 * size, zeros};
    states[1] = {"b", "h.0.bias", WEFT_PARAMETER, dtype, 1, line, 64, 3 * size, zeros};
    states[2] = {"b.exp_avg", "h.0.bias", WEFT_OPTIMIZER, dtype, 1, line, 128, 3 * size, zeros};
    module.name = "small";
    module.compiler = "none";
    module.num_states = 3;
    module.states = states;
  }
  char *state() { return reinterpret_cast<char *>(memory.data()); }
  template <typename T> T at(uint64_t offset, size_t index) {
    return reinterpret_cast<T *>(state() + offset)[index];
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
  return errorOf([&] { loadParameters(scratch / "f", module.module, module.state()); });
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
      loadParameters(scratch / "f", module.module, module.state());
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
  loadParameters(scratch / "f", module.module, module.state());
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

TEST(CheckpointWriter, SavesAndLoads) {
  ScratchDirectory scratch;
  SmallModule module(WEFT_F32), again(WEFT_F32);
  for (size_t i = 0; i < module.memory.size(); ++i)
    module.memory[i] = 0.5 * static_cast<double>(i);
  CheckpointWriter writer(scratch.path, module.module, module.state(), "{}", 0, {});
  StepReport report;
  report.step = 41;
  writer.save(report, false);
  SafetensorsFile optimizer(scratch / "step-000041/optimizer.safetensors");
  ASSERT_NE(optimizer.find("step"), nullptr);
  int64_t step;
  memcpy(&step, optimizer.find("step")->data, sizeof(step));
  EXPECT_EQ(step, 41);
  ASSERT_NE(optimizer.find("b.exp_avg"), nullptr);
  EXPECT_EQ(memcmp(optimizer.find("b.exp_avg")->data, module.state() + 128, 12), 0);
  EXPECT_EQ(SafetensorsFile(scratch / "latest/model.safetensors").metadata().at("step"), "41");
  loadParameters(scratch / "latest/model.safetensors", again.module, again.state());
  EXPECT_EQ(memcmp(module.state(), again.state(), 16), 0);
  EXPECT_EQ(memcmp(module.state() + 64, again.state() + 64, 12), 0);
}

} // namespace
