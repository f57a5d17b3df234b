// What the compiler makes of ABI.def: structs as LLVM has them, the writer of their fields, enums and types of elements.
#include "ABIEnums.h"
#include "StructWriter.h"

#include "mlir/AsmParser/AsmParser.h"
#include "mlir/IR/OwningOpRef.h"
#include "mlir/IR/Verifier.h"
#include "mlir/Interfaces/DataLayoutInterfaces.h"
#include "llvm/Support/xxhash.h"
#include <gtest/gtest.h>

using namespace mlir;
using namespace weft;

namespace {

// ---- what compiles

template <typename Writer, auto Field>
concept TakesInteger = requires(Writer writer) { writer.template integer<Field>(0); };
template <typename Writer, auto Field>
concept TakesAddress = requires(Writer writer) { writer.template address<Field>(LLVM::GlobalOp()); };
template <typename Writer>
concept Finishes = requires(Writer writer) { writer.finish(); };

template <auto... Fields> constexpr uint64_t kWritten = ((uint64_t(1) << kPlace<Fields>) | ... | 0);
constexpr uint64_t kAllOfImage =
    kWritten<&WeftImage::arch, &WeftImage::data, &WeftImage::bytes, &WeftImage::is_ptx>;
using Start = StructWriter<WeftImage>;
template <uint64_t Written> using After = StructWriter<WeftImage, Written>;

static_assert(TakesInteger<Start, &WeftImage::bytes> && TakesAddress<Start, &WeftImage::arch>);
static_assert(!TakesInteger<After<kWritten<&WeftImage::bytes>>, &WeftImage::bytes>, "a field twice");
static_assert(TakesInteger<After<kWritten<&WeftImage::is_ptx>>, &WeftImage::bytes>, "out of order");
static_assert(Finishes<After<kAllOfImage>>);
static_assert(!Finishes<After<kAllOfImage & ~kWritten<&WeftImage::is_ptx>>>, "the last is missing");
static_assert(!Finishes<After<kAllOfImage & ~kWritten<&WeftImage::data>>>, "one within is missing");
static_assert(!Finishes<Start>);
static_assert(!TakesInteger<Start, &WeftInput::bytes>, "a field of another struct");
static_assert(!TakesInteger<Start, &WeftImage::arch> && !TakesAddress<Start, &WeftImage::bytes>);
static_assert(!TakesInteger<StructWriter<WeftInit>, &WeftInit::value>, "a real");
static_assert(!TakesInteger<StructWriter<WeftMatmul>, &WeftMatmul::batch>, "an array");

// ---- what it writes

struct ABI : testing::Test {
  ABI() { context.loadDialect<LLVM::LLVMDialect, exec::ExecDialect>(); }
  MLIRContext context;
};

// Fields lie where they are called, in whatever order they are written.
TEST_F(ABI, WriterWritesByName) {
  OwningOpRef<mlir::ModuleOp> module = mlir::ModuleOp::create(UnknownLoc::get(&context));
  auto builder = OpBuilder::atBlockBegin(module->getBody());
  auto global = LLVM::GlobalOp::create(builder, module->getLoc(), getABIStruct<WeftInit>(&context), true,
                                       LLVM::Linkage::Private, "init", Attribute());
  builder.createBlock(&global.getInitializerRegion());
  Value value = StructWriter<WeftInit>(builder, module->getLoc())
                    .integer<&WeftInit::zero_row>(5)
                    .integer<&WeftInit::kind>(WEFT_INIT_UNIFORM)
                    .real<&WeftInit::value>(0.25)
                    .integer<&WeftInit::has_zero_row>(1)
                    .integer<&WeftInit::key>(-1)
                    .finish();
  LLVM::ReturnOp::create(builder, module->getLoc(), value);
  ASSERT_TRUE(succeeded(verify(*module)));
  std::map<int64_t, std::string> fields;
  global.walk([&](LLVM::InsertValueOp op) {
    ASSERT_EQ(op.getPosition().size(), 1u);
    llvm::raw_string_ostream(fields[op.getPosition()[0]])
        << op.getValue().getDefiningOp<LLVM::ConstantOp>().getValue();
  });
  EXPECT_EQ(fields, (std::map<int64_t, std::string>{{0, "4 : i32"},
                                                    {1, "1 : i32"},
                                                    {2, "2.500000e-01 : f64"},
                                                    {3, "-1 : i64"},
                                                    {4, "5 : i64"}}));
}

// LLVM puts each field where C++ does.
TEST_F(ABI, StructsLieAsInC) {
  OwningOpRef<mlir::ModuleOp> module = mlir::ModuleOp::create(UnknownLoc::get(&context));
  DataLayout layout(*module);
  LLVM::LLVMStructType type;
  uint64_t end = 0;
#define WEFT_STRUCT_BEGIN(Struct)                                                                  \
  type = getABIStruct<Struct>(&context);                                                           \
  end = 0;
#define WEFT_FIELD(Struct, Type, name)                                                             \
  EXPECT_EQ(end, offsetof(Struct, name)) << #Struct "::" #name;                                    \
  EXPECT_EQ(end % layout.getTypeABIAlignment(type.getBody()[kPlace<&Struct::name>]), 0u)           \
      << #Struct "::" #name;                                                                       \
  end += layout.getTypeSize(type.getBody()[kPlace<&Struct::name>]).getFixedValue();
#define WEFT_STRUCT_END(Struct)                                                                    \
  EXPECT_EQ(end, sizeof(Struct)) << #Struct;                                                       \
  EXPECT_EQ(layout.getTypeSize(type).getFixedValue(), sizeof(Struct)) << #Struct;
#include "weft-rt/ABI.def"
}

// Whoever changes a struct changes the version, and this number.
TEST_F(ABI, LayoutHasAVersion) {
  std::string all;
  llvm::raw_string_ostream out(all);
#define WEFT_FIELD(Struct, Type, name)                                                             \
  out << #Struct " " #name " " << offsetof(Struct, name) << " " << sizeof(Struct::name) << "\n";
#include "weft-rt/ABI.def"
  EXPECT_EQ(WEFT_ABI_VERSION, 7);
  EXPECT_EQ(llvm::xxh3_64bits(all), 10360100580608869988u) << all;
}

TEST_F(ABI, EntryPointsHaveTheTypesOfC) {
  Type pointer = LLVM::LLVMPointerType::get(&context), i64 = IntegerType::get(&context, 64);
  auto type = getABIFunction<WeftKernelFn>(&context);
  EXPECT_EQ(type.getParams(), ArrayRef<Type>({pointer, i64, i64}));
  EXPECT_TRUE(isa<LLVM::LLVMVoidType>(type.getReturnType()));
  EXPECT_EQ(getABIFunction<decltype(&weft_rt_matmul_epilogue)>(&context).getNumParams(), 7u);
}

// ---- enums

/// What a dialect's enum and the ABI's differ in; the ABI's "none" is an attribute that is left out.
template <typename Enum>
std::string differences(unsigned last, llvm::function_ref<std::string(uint32_t)> textInDialect) {
  std::map<int64_t, std::string> here, there;
  for (const ABIEnumerator &each : abiEnumerators<Enum>)
    if (StringRef(each.text) != "none")
      here[each.number] = each.text;
  for (unsigned i = 0; i <= last; ++i)
    if (std::string text = textInDialect(i); !text.empty())
      there[i] = text;
  std::string all;
  for (auto &[number, text] : here)
    if (auto other = there.find(number); other == there.end() || other->second != text)
      all += "ABI.def has " + text + ", the dialect does not; ";
  for (auto &[number, text] : there)
    if (auto other = here.find(number); other == here.end() || other->second != text)
      all += "the dialect has " + text + ", ABI.def does not; ";
  return all;
}

TEST_F(ABI, EnumsAreThoseOfTheDialects) {
#define CHECK_ENUM(space, Enum, ABIEnum)                                                           \
  EXPECT_EQ(differences<ABIEnum>(space::getMaxEnumValFor##Enum(),                                  \
                                 [](uint32_t number) {                                             \
                                   auto value = space::symbolize##Enum(number);                    \
                                   return value ? space::stringify##Enum(*value).str() : "";       \
                                 }),                                                               \
            "")                                                                                    \
      << #ABIEnum;
  WEFT_SHARED_ENUMS(CHECK_ENUM)
#undef CHECK_ENUM
}

// Another text, and an enumerator that one of the two does not have.
TEST_F(ABI, DifferencesOfEnumsAreSeen) {
  auto kinds = [](std::initializer_list<const char *> texts) {
    std::vector<std::string> all(texts.begin(), texts.end());
    return differences<WeftEntryKind>(unsigned(all.size()) - 1, [&](uint32_t i) { return all[i]; });
  };
  EXPECT_EQ(kinds({"train", "eval", "logits"}), "");
  EXPECT_EQ(kinds({"train", "evaluate", "logits"}),
            "ABI.def has eval, the dialect does not; the dialect has evaluate, ABI.def does not; ");
  EXPECT_EQ(kinds({"train", "eval"}), "ABI.def has logits, the dialect does not; ");
  EXPECT_EQ(kinds({"train", "", "logits"}), "ABI.def has eval, the dialect does not; ");
  EXPECT_EQ(kinds({"train", "eval", "logits", "more"}), "the dialect has more, ABI.def does not; ");
}

// ---- types of elements

TEST_F(ABI, TypesOfElements) {
#define WEFT_DTYPE(name, number, text, stored, bits)                                               \
  {                                                                                                \
    Type type = parseType(text, &context);                                                         \
    ASSERT_TRUE(type) << text;                                                                     \
    EXPECT_EQ(findDType(type), name) << text;                                                      \
    EXPECT_EQ(type.getIntOrFloatBitWidth(), unsigned(bits)) << text;                               \
    EXPECT_EQ(exec::countBytes(type, 24), 3 * bits) << text;                                       \
  }
#include "weft-rt/ABI.def"
}

// What the ABI does not have is not taken for something else: it is said at the op.
TEST_F(ABI, UnknownTypesOfElements) {
  OwningOpRef<mlir::ModuleOp> module = mlir::ModuleOp::create(UnknownLoc::get(&context));
  for (const char *text : {"i1", "i8", "ui32", "f8E4M3FN", "index", "tf32"}) {
    Type type = parseType(text, &context);
    ASSERT_TRUE(type) << text;
    EXPECT_EQ(findDType(type), std::nullopt) << text;
    std::string message;
    ScopedDiagnosticHandler handler(&context, [&](Diagnostic &diagnostic) { message = diagnostic.str(); });
    EXPECT_TRUE(failed(verifyDType(*module, type))) << text;
    EXPECT_EQ(message, std::string("'builtin.module' op expects elements of a type that the runtime has (f32, f64, "
                                   "i32, i64, bf16, f16), got: '") +
                           text + "'");
  }
  EXPECT_TRUE(succeeded(verifyDType(*module, IntegerType::get(&context, 64))));
}

// Elements of less than a byte share bytes.
TEST_F(ABI, BytesAreCountedInBits) {
  Type i4 = IntegerType::get(&context, 4), i8 = IntegerType::get(&context, 8);
  EXPECT_EQ(exec::countBytes(i4, 0), 0);
  EXPECT_EQ(exec::countBytes(i4, 1), 1);
  EXPECT_EQ(exec::countBytes(i4, 6), 3);
  EXPECT_EQ(exec::countBytes(i8, INT64_MAX), INT64_MAX);
  EXPECT_EQ(exec::countBytes(Float64Type::get(&context), INT64_MAX / 8), INT64_MAX - 7);
  EXPECT_EQ(exec::countBytes(Float64Type::get(&context), INT64_MAX / 8 + 1), std::nullopt);
}

TEST_F(ABI, FieldsOfTheStepHavePlaces) {
  EXPECT_EQ(getStepOffset(exec::StepField::LearningRate), 0);
  EXPECT_EQ(getStepOffset(exec::StepField::Accumulate), 16);
  EXPECT_EQ(getStepOffset(exec::StepField::SampleHigh), 36);
}

} // namespace
