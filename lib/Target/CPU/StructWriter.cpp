#include "StructWriter.h"

using namespace mlir;

namespace weft {

StructValue::StructValue(OpBuilder &builder, Location loc, LLVM::LLVMStructType type)
    : value(LLVM::UndefOp::create(builder, loc, type)), builder(builder), loc(loc), type(type) {}

Type StructValue::getFieldType(unsigned place) { return type.getBody()[place]; }

void StructValue::set(unsigned place, Value field) {
  value = LLVM::InsertValueOp::create(builder, loc, value, field, int64_t(place));
}

void StructValue::setInteger(unsigned place, int64_t number) {
  Type type = getFieldType(place);
  set(place, LLVM::ConstantOp::create(builder, loc, type, builder.getIntegerAttr(type, number)));
}

void StructValue::setIntegers(unsigned place, ArrayRef<int64_t> values) {
  auto array = cast<LLVM::LLVMArrayType>(getFieldType(place));
  assert(values.size() <= array.getNumElements() && "verified ops have no more");
  SmallVector<int64_t> filled(values);
  filled.resize(array.getNumElements(), 0);
  set(place, LLVM::ConstantOp::create(builder, loc, array, builder.getI64TensorAttr(filled)));
}

void StructValue::setReal(unsigned place, double number) {
  set(place, LLVM::ConstantOp::create(builder, loc, getFieldType(place),
                                      builder.getF64FloatAttr(number)));
}

void StructValue::setAddress(unsigned place, LLVM::GlobalOp global) {
  set(place, LLVM::AddressOfOp::create(builder, loc, global));
}

void StructValue::setAddress(unsigned place, LLVM::LLVMFuncOp function) {
  if (function)
    set(place, LLVM::AddressOfOp::create(builder, loc, function));
  else
    set(place, LLVM::ZeroOp::create(builder, loc, getFieldType(place)));
}

void StructValue::setAddress(unsigned place, StringRef global) {
  set(place, LLVM::AddressOfOp::create(builder, loc, getFieldType(place), global));
}

Value StructValue::getElement(LLVM::GlobalOp array, int64_t index) {
  Value base = LLVM::AddressOfOp::create(builder, loc, array);
  return LLVM::GEPOp::create(builder, loc, base.getType(), array.getGlobalType(), base,
                             ArrayRef<LLVM::GEPArg>{0, static_cast<int32_t>(index)});
}

void StructValue::setElement(unsigned place, LLVM::GlobalOp array, int64_t index) {
  set(place, getElement(array, index));
}

void StructValue::setElements(unsigned place, LLVM::GlobalOp array, ArrayRef<int64_t> indices) {
  Value all = LLVM::ZeroOp::create(builder, loc, getFieldType(place));
  for (auto [i, index] : llvm::enumerate(indices))
    all = LLVM::InsertValueOp::create(builder, loc, all, getElement(array, index), int64_t(i));
  set(place, all);
}

} // namespace weft
