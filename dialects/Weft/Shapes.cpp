#include "dialects/Weft/Shapes.h"

#include "llvm/ADT/STLExtras.h"

using namespace mlir;

FailureOr<SmallVector<int64_t>> weft::broadcastShapes(ArrayRef<int64_t> a, ArrayRef<int64_t> b) {
  if (a.size() < b.size())
    std::swap(a, b);
  SmallVector<int64_t> result(a);
  size_t missing = a.size() - b.size();
  for (auto [size, other] : llvm::zip(MutableArrayRef(result).drop_front(missing), b)) {
    if (size == 1)
      size = other;
    else if (other != 1 && other != size)
      return failure();
  }
  return result;
}

bool weft::hasSaneSize(ArrayRef<int64_t> shape) {
  constexpr int64_t limit = int64_t(1) << 48;
  int64_t count = 1;
  for (int64_t size : shape) {
    if (size < 1 || size > limit / count)
      return false;
    count *= size;
  }
  return true;
}

int64_t weft::getNumRows(RankedTensorType type) {
  return type.getRank() == 0 ? 1 : type.getNumElements() / type.getShape().back();
}

weft::RowsRead weft::getRowsRead(RankedTensorType operand, RankedTensorType result) {
  int64_t rows = getNumRows(operand);
  if (rows == 1)
    return RowsRead::Same;
  return rows == getNumRows(result) ? RowsRead::Own : RowsRead::Shared;
}

std::string weft::shapeToString(ArrayRef<int64_t> shape) {
  if (shape.empty())
    return "scalar";
  return llvm::join(llvm::map_range(shape, [](int64_t size) { return std::to_string(size); }), "x");
}

LogicalResult weft::verifyStaticTensors(std::optional<Location> location, StringRef op,
                                        ValueRange operands) {
  for (auto [index, operand] : llvm::enumerate(operands)) {
    auto type = dyn_cast<RankedTensorType>(operand.getType());
    if (!type || !type.hasStaticShape())
      return inferenceError(location, op, "operand #", index,
                            " must be a tensor of static shape, got ", operand.getType());
    // So that what is inferred from sizes can be computed.
    if (!hasSaneSize(type.getShape()))
      return inferenceError(location, op, "operand #", index,
                            " must have elements, and at most 2^48 of them, got ", operand.getType());
  }
  return success();
}

LogicalResult weft::verifySameElementType(std::optional<Location> location, StringRef op,
                                          ArrayRef<RankedTensorType> types) {
  for (RankedTensorType type : types.drop_front())
    if (type.getElementType() != types.front().getElementType())
      return inferenceError(location, op, "expects operands of one element type, got ",
                            types.front().getElementType(), " and ", type.getElementType());
  return success();
}
