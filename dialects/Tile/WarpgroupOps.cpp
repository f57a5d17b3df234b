#include "dialects/Tile/Layout.h"

using namespace mlir;
using namespace weft::tile;

namespace {

/// The two dimensions of an operand: of a tile, or of one of the tiles in a buffer.
ArrayRef<int64_t> extentsOf(Value operand) { return cast<ShapedType>(operand.getType()).getShape().take_back(2); }

LogicalResult verifyRows(WarpgroupDotOp op, Value buffer, Value slot) {
  auto type = dyn_cast<MemRefType>(buffer.getType());
  if (!type)
    return success(!slot);
  if (!isa_and_nonnull<SharedAttr>(type.getMemorySpace()) || type.getRank() != (slot ? 3 : 2))
    return op.emitOpError("expected shared memory of ") << (slot ? 3 : 2) << " dimensions, got: " << type;
  int64_t bytes = type.getShape().back() * type.getElementTypeBitWidth() / 8;
  if (!getSwizzleMode(bytes))
    return op.emitOpError("expected rows of 32, 64 or 128 bytes, got: ") << bytes;
  return success();
}

} // namespace

// Proves: operands that tensor cores take, of sizes that fit.
LogicalResult WarpgroupDotOp::verify() {
  Type a = getElementTypeOrSelf(getA().getType()), b = getElementTypeOrSelf(getB().getType());
  if (a != b || !(a.isBF16() || a.isF16()))
    return emitOpError("expected a and b of bf16 or f16, got: ") << a << " and " << b;
  if (isa<RankedTensorType>(getA().getType()) && getTransposeA())
    return emitOpError("expected a in shared memory where it is transposed");
  if (isa<RankedTensorType>(getA().getType()) && getASlot())
    return emitOpError("expected no slot of a tile");
  if (failed(verifyRows(*this, getA(), getASlot())) || failed(verifyRows(*this, getB(), getBSlot())))
    return failure();
  if (extentsOf(getA()).size() != 2)
    return emitOpError("expected a of two dimensions, got: ") << getA().getType();
  int64_t m = extentsOf(getA())[getTransposeA()], k = extentsOf(getA())[!getTransposeA()];
  int64_t n = extentsOf(getB())[!getTransposeB()], inner = extentsOf(getB())[getTransposeB()];
  ArrayRef<int64_t> sums = extentsOf(getAcc());
  if (k != inner || sums[0] != m || sums[1] != n)
    return emitOpError("expected sizes that fit, got: [") << m << ", " << k << "] and [" << inner << ", " << n << "] for ["
                                                           << sums[0] << ", " << sums[1] << "]";
  if (m % 64 != 0 || n % 8 != 0 || n > 256 || k % 16 != 0)
    return emitOpError("expected rows in multiples of 64, at most 256 columns in multiples of 8, sums over multiples of 16, got: ")
           << m << ", " << n << ", " << k;
  return success();
}
