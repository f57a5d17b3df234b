// Numbers that a module says what it is with: their texts, what elements take up, and that nothing takes a number that it does
// not know for another.
#include "Checkpoint/SafetensorsFile.h"
#include "Metrics/Profile.h"
#include "Support/DType.h"
#include "Support/Entries.h"
#include "Trial.h"

using namespace weft::rt;
using namespace weft::rt::test;

namespace {

constexpr int32_t unknown = 77;

void expectUnknown(const std::function<void()> &action, const std::string &name) {
  std::string error = errorOf(action);
  EXPECT_TRUE(contains(error, "expected a " + name + " that this runtime knows, one of ")) << error;
  EXPECT_TRUE(contains(error, ", found 77; compile the program again")) << error;
}

TEST(Enums, HaveTexts) {
  EXPECT_STREQ(textOf<WeftLibrary>(WEFT_OPENBLAS), "openblas");
  EXPECT_STREQ(textOf<WeftAccumulate>(WEFT_ADD_BY_STEP), "add_by_step");
  EXPECT_STREQ(textOf<WeftEpilogue>(WEFT_EPILOGUE_GELU_BACKWARD), "gelu_backward");
  EXPECT_EQ(asEnum<WeftRole>(WEFT_LOGITS), WEFT_LOGITS);
  EXPECT_EQ(errorOf([] { asEnum<WeftEntryKind>(-1); }),
            "expected a WeftEntryKind that this runtime knows, one of train (0), eval (1), logits (2), found -1; compile the "
            "program again with the compiler of this runtime");
}

template <typename Enum> void checkEnum(const char *name) {
  const weft::ABIEnumerator *before = nullptr;
  std::set<std::string> texts;
  for (const weft::ABIEnumerator &each : weft::abiEnumerators<Enum>) {
    EXPECT_TRUE(!before || before->number < each.number) << name << " " << each.text;
    EXPECT_TRUE(texts.insert(each.text).second) << name << " " << each.text;
    EXPECT_STREQ(textOf<Enum>(each.number), each.text) << name;
    before = &each;
  }
  expectUnknown([] { asEnum<Enum>(unknown); }, name);
}

// Texts of one enum differ, and numbers ascend: the last is the largest.
TEST(Enums, AreInOrder) {
#define WEFT_ENUM_BEGIN(Enum) checkEnum<Enum>(#Enum);
#include "weft-rt/ABI.def"
}

TEST(Enums, SizesOfElements) {
#define WEFT_DTYPE(name, number, text, stored, bits)                                               \
  EXPECT_EQ(bitsOf(name), bits) << text;                                                           \
  EXPECT_EQ(byteSize(name, 6), 6 * bits / 8) << text;                                              \
  EXPECT_EQ(elementsIn(name, 48), uint64_t(48 * 8 / bits)) << text;                                \
  EXPECT_EQ(bytesOfDType(stored) * 8, uint64_t(bits)) << text;                                     \
  EXPECT_STREQ(dtypeName(name), stored);                                                           \
  EXPECT_EQ(findDType(stored), name) << text;                                                      \
  EXPECT_EQ(withType(name, []<typename T>(T *) { return sizeof(T) * 8; }), size_t(bits)) << text;
#include "weft-rt/ABI.def"
  EXPECT_EQ(findDType("U8"), std::nullopt);
  EXPECT_EQ(findDType("f32"), std::nullopt) << "not as files have it";
  int32_t integer = -3;
  EXPECT_EQ(loadReal(reinterpret_cast<const char *>(&integer), WEFT_I32, 0), -3);
  EXPECT_TRUE(isReal(WEFT_BF16));
  EXPECT_FALSE(isReal(WEFT_I64));
}

TEST(Enums, UnknownElements) {
  double value = 0;
  auto *data = reinterpret_cast<char *>(&value);
  expectUnknown([] { byteSize(unknown, 1); }, "WeftDType");
  expectUnknown([] { dtypeName(unknown); }, "WeftDType");
  expectUnknown([] { isReal(unknown); }, "WeftDType");
  expectUnknown([&] { loadReal(data, unknown, 0); }, "WeftDType");
  DeviceContext device(1);
  device.context.state = data;
  WeftState state = {"x", "x", WEFT_PARAMETER, unknown, 0, nullptr, 0, 8, {}, 0, nullptr};
  expectUnknown([&] { weft_rt_initialize(&device.context, &state); }, "WeftDType");
  state.dtype = WEFT_F64;
  state.init.kind = unknown;
  expectUnknown([&] { weft_rt_initialize(&device.context, &state); }, "WeftInitKind");
}

WeftMatmul smallProduct() {
  WeftMatmul mm = {};
  mm.scope = "test", mm.phase = "forward";
  mm.dtype = WEFT_F32, mm.library = WEFT_OPENBLAS;
  mm.m = mm.n = mm.k = mm.lda = mm.ldb = mm.ldc = mm.block_m = mm.block_n = 1;
  return mm;
}

TEST(Enums, UnknownProducts) {
  DeviceContext device(1);
  float a = 2, b = 3, c = 1;
  int32_t offsets[] = {0, 1};
  auto run = [&](WeftMatmul mm) { weft_rt_matmul(&device.context, &mm, &a, &b, &c); };
  auto runGrouped = [&](WeftMatmul mm) {
    mm.groups = 1;
    weft_rt_grouped_matmul(&device.context, &mm, &a, &b, &c, offsets);
  };
  auto with = [](auto WeftMatmul::*field, int64_t value) {
    WeftMatmul mm = smallProduct();
    mm.*field = static_cast<std::remove_reference_t<decltype(mm.*field)>>(value);
    return mm;
  };
  expectUnknown([&] { run(with(&WeftMatmul::dtype, unknown)); }, "WeftDType");
  expectUnknown([&] { run(with(&WeftMatmul::library, unknown)); }, "WeftLibrary");
  expectUnknown([&] { run(with(&WeftMatmul::accumulate, unknown)); }, "WeftAccumulate");
  expectUnknown([&] { runGrouped(with(&WeftMatmul::grouping, unknown)); }, "WeftGrouping");
  // Known, and nothing that is computed here.
  EXPECT_EQ(errorOf([&] { run(with(&WeftMatmul::dtype, WEFT_BF16)); }),
            "the matrix product of 'test' (forward) is of bf16 by openblas: expected f32 by onednn or openblas, or f64 by "
            "openblas");
  EXPECT_EQ(errorOf([&] { run(with(&WeftMatmul::library, WEFT_CUBLASLT)); }),
            "the matrix product of 'test' (forward) is of f32 by cublaslt: expected f32 by onednn or openblas, or f64 by "
            "openblas");
  EXPECT_EQ(errorOf([&] { runGrouped(smallProduct()); }),
            "the grouped matrix product of 'test' (forward) has no groups");
  EXPECT_EQ(c, 1) << "what is refused computes nothing";
  run(smallProduct());
  EXPECT_EQ(c, 6);
  Profile profile;
  WeftMatmul mm = with(&WeftMatmul::library, unknown);
  profile.add(&mm, 5);
  expectUnknown([&] { profile.report(1, 5); }, "WeftLibrary");
}

TEST(Enums, UnknownModules) {
  WeftState state = {"x", "x", WEFT_PARAMETER, WEFT_F32, 0, nullptr, 0, 4, {}, 0, nullptr};
  WeftInput input = {"ids", WEFT_I32, 0, 0, nullptr, 0, 4, -1, 0, 0};
  WeftEntry entry = {};
  entry.num_inputs = 1, entry.inputs = &input;
  WeftModule module = {};
  module.abi_version = WEFT_ABI_VERSION;
  module.num_states = module.num_entries = 1;
  module.states = &state, module.entries = &entry;
  checkModule(module);
  auto expect = [&](auto &number, const char *name) {
    auto before = number;
    number = unknown;
    expectUnknown([&] { checkModule(module); }, name);
    number = before;
  };
  expect(module.target, "WeftTarget");
  expect(state.role, "WeftRole");
  expect(state.dtype, "WeftDType");
  expect(state.init.kind, "WeftInitKind");
  expect(entry.kind, "WeftEntryKind");
  expect(input.dtype, "WeftDType");
  checkModule(module);
  module.abi_version = WEFT_ABI_VERSION - 1;
  EXPECT_TRUE(contains(errorOf([&] { checkModule(module); }), "compile it again"));
}

// Not a batch is filled, and nothing is computed.
TEST(Enums, UnknownElementsEndARun) {
  Trial run;
  Outcome outcome = runProcess(run.command(FAKE_UNKNOWN, {}));
  EXPECT_EQ(outcome.code, 2);
  EXPECT_TRUE(contains(outcome.err, "error: expected a WeftDType that this runtime knows, one of f32 (0), ")) << outcome.err;
  EXPECT_EQ(outcome.out, "");
}

} // namespace
