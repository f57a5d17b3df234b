#include "ExactKernels.h"

#include "mlir/Dialect/Arith/IR/Arith.h"

using namespace mlir;
using namespace weft;

static bool isNarrow(Type element) { return isa<BFloat16Type, Float16Type>(element); }

bool test::isLowPrecision(tile::KernelOp kernel) {
  auto isRounded = [](tile::DotOp dot) {
    return dot.getTf32() ? WalkResult::interrupt() : WalkResult::advance();
  };
  return kernel.walk(isRounded).wasInterrupted() || llvm::any_of(kernel.getArgumentTypes(), [](Type type) {
           return isNarrow(getElementTypeOrSelf(type));
         });
}

static Type inDouble(Type type) {
  auto f64 = Float64Type::get(type.getContext());
  if (isa<FloatType>(type))
    return f64;
  auto shaped = dyn_cast<ShapedType>(type);
  if (!shaped || !isa<FloatType>(shaped.getElementType()))
    return type;
  if (auto buffer = dyn_cast<MemRefType>(type))
    return MemRefType::Builder(buffer).setElementType(f64);
  return shaped.clone(f64);
}

static void changeConstant(arith::ConstantOp op) {
  auto type = inDouble(op.getType());
  if (auto number = dyn_cast<FloatAttr>(op.getValue()))
    op.setValueAttr(FloatAttr::get(type, number.getValueAsDouble()));
  else if (auto numbers = dyn_cast<DenseFPElementsAttr>(op.getValue()))
    op.setValueAttr(DenseElementsAttr::get(cast<ShapedType>(type), numbers.getSplatValue<APFloat>().convertToDouble()));
}

void test::computeInDouble(ModuleOp module) {
  SmallVector<Operation *> conversions;
  module.walk([&](Operation *op) {
    if (auto constant = dyn_cast<arith::ConstantOp>(op))
      changeConstant(constant);
    for (Value result : op->getResults())
      result.setType(inDouble(result.getType()));
    for (Region &region : op->getRegions())
      for (Value argument : region.getArguments())
        argument.setType(inDouble(argument.getType()));
    if (auto kernel = dyn_cast<tile::KernelOp>(op)) {
      SmallVector<Type> types = llvm::map_to_vector(kernel.getArgumentTypes(), inDouble);
      kernel.setFunctionType(FunctionType::get(op->getContext(), types, {}));
    }
    if (auto dot = dyn_cast<tile::DotOp>(op))
      dot.setTf32(false);
    if (isa<arith::ExtFOp, arith::TruncFOp>(op))
      conversions.push_back(op);
  });
  for (Operation *op : conversions) {
    op->getResult(0).replaceAllUsesWith(op->getOperand(0));
    op->erase();
  }
}

std::vector<char> test::toDouble(Type element, const std::vector<char> &bytes) {
  auto type = dyn_cast<FloatType>(element);
  if (!type || type.isF64())
    return bytes;
  size_t width = type.getWidth() / 8;
  std::vector<char> result(bytes.size() / width * sizeof(double));
  for (size_t i = 0; i < bytes.size() / width; ++i) {
    uint64_t bits = 0;
    std::memcpy(&bits, bytes.data() + i * width, width);
    double number = APFloat(type.getFloatSemantics(), APInt(type.getWidth(), bits)).convertToDouble();
    std::memcpy(result.data() + i * sizeof number, &number, sizeof number);
  }
  return result;
}
