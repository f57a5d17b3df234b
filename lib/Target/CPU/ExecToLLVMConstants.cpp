#include "ExecToLLVMConstants.h"

#include "llvm/Support/Path.h"

using namespace mlir;

namespace weft {

ConstantBuilder::ConstantBuilder(mlir::ModuleOp module)
    : loc(module.getLoc()), builder(OpBuilder::atBlockBegin(module.getBody())) {}

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
