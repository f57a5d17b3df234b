#include "ExecToLLVMConstants.h"

#include "llvm/Support/Path.h"
#include "weft-rt/ABI.h"

using namespace mlir;

namespace weft {

// The types below restate these structs field by field; a change there must be made here as well.
static_assert(WEFT_ABI_VERSION == 7, "bring ABITypes up to date");
static_assert(offsetof(WeftState, rank) == 24 && offsetof(WeftState, offset) == 40 &&
                  offsetof(WeftState, padding_rows) == 96 && offsetof(WeftInit, zero_row) == 24,
              "ABITypes::state");
static_assert(offsetof(WeftInput, from_data) == 12 && offsetof(WeftInput, rank) == 16 &&
                  offsetof(WeftInput, has_ignored) == 64,
              "ABITypes::input");
static_assert(offsetof(WeftLaunch, location) == 32 && offsetof(WeftKernel, shared_bytes) == 24,
              "ABITypes::launch");
static_assert(offsetof(WeftMatmul, m) == 40 && offsetof(WeftMatmul, block_m) == 88 &&
                  offsetof(WeftMatmul, stride_c) == 200 && offsetof(WeftMatmul, location) == 280,
              "ABITypes::matmul");
static_assert(offsetof(WeftEntry, programs) == 32 && offsetof(WeftEntry, metrics) == 48 &&
                  offsetof(WeftEntry, flops) == 104,
              "ABITypes::entry");
static_assert(offsetof(WeftModule, text_hash) == 24 && offsetof(WeftModule, num_states) == 72 &&
                  offsetof(WeftModule, images) == 160 && offsetof(WeftImage, is_ptx) == 24,
              "ABITypes::module");

static LLVM::LLVMStructType makeStruct(MLIRContext *context, ArrayRef<Type> fields) {
  return LLVM::LLVMStructType::getLiteral(context, fields);
}

ABITypes::ABITypes(MLIRContext *context) : pointer(LLVM::LLVMPointerType::get(context)) {
  Builder b(context);
  Type i32 = b.getI32Type(), i64 = b.getI64Type(), f64 = b.getF64Type(), p = pointer;
  Type batch = LLVM::LLVMArrayType::get(i64, WEFT_MAX_BATCH_RANK);
  init = makeStruct(context, {i32, i32, f64, i64, i64});
  state = makeStruct(context, {p, p, i32, i32, i64, p, i64, i64, init, i64, p});
  input = makeStruct(context, {p, i32, i32, i64, p, i64, i64, i64, i64, i64});
  kernel = makeStruct(context, {p, p, i32, i32, i64});
  launch = makeStruct(context, {p, p, p, i64, p});
  matmul = makeStruct(context, {p,   p,   i32, i32, i32, i32, i32,   i32,   i64,   i64,
                                i64, i64, i64, i64, i64, i64, batch, batch, batch, batch,
                                i64, i64, i64, i64, i64,   i64,   p});
  program = makeStruct(context, {p, p});
  Type programs = LLVM::LLVMArrayType::get(p, WEFT_MAX_PROGRAMS);
  Type metrics = LLVM::LLVMArrayType::get(p, WEFT_MAX_METRICS);
  entry = makeStruct(context, {p, p, p, i64, programs, metrics, i64, p, i64, i64, f64});
  module =
      makeStruct(context, {i32, i32, p, p,   i64, i64, i64, i64, i64, i64, i64,
                           p,   i64, p, i64, p,   i64, p,   i64, p,   i64, p});
  image = makeStruct(context, {p, p, i64, i64});
}

StructWriter::StructWriter(OpBuilder &builder, Location loc, LLVM::LLVMStructType type)
    : builder(builder), loc(loc), type(type), value(LLVM::UndefOp::create(builder, loc, type)) {}

Type StructWriter::getFieldType() { return type.getBody()[field]; }

StructWriter &StructWriter::nested(Value element) {
  value = LLVM::InsertValueOp::create(builder, loc, value, element, field++);
  return *this;
}

StructWriter &StructWriter::integer(int64_t number) {
  auto attr = builder.getIntegerAttr(getFieldType(), number);
  return nested(LLVM::ConstantOp::create(builder, loc, getFieldType(), attr));
}

StructWriter &StructWriter::real(double number) {
  auto attr = builder.getF64FloatAttr(number);
  return nested(LLVM::ConstantOp::create(builder, loc, getFieldType(), attr));
}

StructWriter &StructWriter::address(LLVM::GlobalOp global) {
  return nested(LLVM::AddressOfOp::create(builder, loc, global));
}

StructWriter &StructWriter::address(LLVM::LLVMFuncOp function) {
  return nested(LLVM::AddressOfOp::create(builder, loc, function));
}

StructWriter &StructWriter::address(StringRef global) {
  auto pointer = LLVM::LLVMPointerType::get(builder.getContext());
  return nested(LLVM::AddressOfOp::create(builder, loc, pointer, global));
}

StructWriter &StructWriter::null() {
  return nested(LLVM::ZeroOp::create(builder, loc, getFieldType()));
}

StructWriter &StructWriter::element(LLVM::GlobalOp array, int64_t index) {
  Value base = LLVM::AddressOfOp::create(builder, loc, array);
  return nested(LLVM::GEPOp::create(builder, loc, base.getType(), array.getGlobalType(), base,
                                    ArrayRef<LLVM::GEPArg>{0, static_cast<int32_t>(index)}));
}

StructWriter &StructWriter::elements(LLVM::GlobalOp array, ArrayRef<int64_t> indices) {
  auto type = cast<LLVM::LLVMArrayType>(getFieldType());
  Value base = LLVM::AddressOfOp::create(builder, loc, array);
  Value all = LLVM::ZeroOp::create(builder, loc, type);
  for (auto [i, index] : llvm::enumerate(indices)) {
    Value element = LLVM::GEPOp::create(builder, loc, base.getType(), array.getGlobalType(), base,
                                        ArrayRef<LLVM::GEPArg>{0, static_cast<int32_t>(index)});
    all = LLVM::InsertValueOp::create(builder, loc, all, element, int64_t(i));
  }
  return nested(all);
}

StructWriter &StructWriter::integers(ArrayRef<int64_t> values) {
  auto array = cast<LLVM::LLVMArrayType>(getFieldType());
  SmallVector<int64_t> filled(values);
  filled.resize(array.getNumElements(), 0);
  return nested(LLVM::ConstantOp::create(builder, loc, array, builder.getI64TensorAttr(filled)));
}

Value StructWriter::finish() {
  assert(field == int64_t(type.getBody().size()) && "every field is written");
  return value;
}

ConstantBuilder::ConstantBuilder(mlir::ModuleOp module)
    : types(module.getContext()), loc(module.getLoc()),
      builder(OpBuilder::atBlockBegin(module.getBody())) {}

LLVM::GlobalOp ConstantBuilder::make(const Twine &name, Type type, Attribute value) {
  return LLVM::GlobalOp::create(builder, loc, type, /*isConstant=*/true, LLVM::Linkage::Private,
                                name.str(), value);
}

LLVM::GlobalOp ConstantBuilder::string(StringRef text) {
  LLVM::GlobalOp &global = strings[text];
  if (!global) {
    std::string terminated = text.str() + '\0';
    Type type = LLVM::LLVMArrayType::get(builder.getI8Type(), terminated.size());
    global = make("weft_string_" + Twine(strings.size()), type, builder.getStringAttr(terminated));
  }
  return global;
}

LLVM::GlobalOp ConstantBuilder::location(Operation *op) {
  FileLineColLoc place;
  if (notesLocations)
    op->getLoc()->walk([&](Location loc) {
      place = dyn_cast<FileLineColLoc>(loc);
      return place ? WalkResult::interrupt() : WalkResult::advance();
    });
  if (!place)
    return string("");
  // The folder is no part of the text: the same text gives the same executable anywhere.
  StringRef file = llvm::sys::path::filename(place.getFilename().getValue());
  return string((file + ":" + Twine(place.getLine()) + ":" + Twine(place.getColumn())).str());
}

LLVM::GlobalOp ConstantBuilder::dims(ArrayRef<int64_t> values) {
  // A scalar has no dimensions, but its pointer must point somewhere.
  SmallVector<int64_t> filled(values);
  if (filled.empty())
    filled.push_back(1);
  Type type = LLVM::LLVMArrayType::get(builder.getI64Type(), filled.size());
  return make("weft_dims_" + Twine(++numDims), type, builder.getI64TensorAttr(filled));
}

LLVM::GlobalOp ConstantBuilder::words(const Twine &name, ArrayRef<int32_t> values) {
  // No words are no array, but its pointer must point somewhere.
  SmallVector<int32_t> filled(values);
  if (filled.empty())
    filled.push_back(0);
  Type type = LLVM::LLVMArrayType::get(builder.getI32Type(), filled.size());
  return make(name, type, builder.getI32TensorAttr(filled));
}

LLVM::GlobalOp ConstantBuilder::bytes(const Twine &name, StringRef contents) {
  Type type = LLVM::LLVMArrayType::get(builder.getI8Type(), contents.size());
  LLVM::GlobalOp global = make(name, type, builder.getStringAttr(contents));
  global.setAlignment(64); // the driver maps images as they lie
  return global;
}

LLVM::GlobalOp ConstantBuilder::global(const Twine &name, Type type, Initializer initializer) {
  LLVM::GlobalOp global = make(name, type, {});
  OpBuilder::InsertionGuard guard(builder);
  builder.createBlock(&global.getInitializerRegion());
  LLVM::ReturnOp::create(builder, loc, initializer(builder));
  return global;
}

LLVM::GlobalOp ConstantBuilder::array(const Twine &name, Type element, size_t count,
                                      function_ref<Value(OpBuilder &, size_t)> makeElement) {
  auto type = LLVM::LLVMArrayType::get(element, count);
  return global(name, type, [&](OpBuilder &b) {
    Value value = LLVM::UndefOp::create(b, loc, type);
    for (size_t i = 0; i < count; ++i)
      value = LLVM::InsertValueOp::create(b, loc, value, makeElement(b, i), int64_t(i));
    return value;
  });
}

} // namespace weft
