// weft-widen-dots: products of floats of 16 bits are computed in f32.
#include "dialects/Tile/Tile.h"
#include "weft/Target/CPU/Passes.h"

#include "mlir/Dialect/Arith/IR/Arith.h"

using namespace mlir;

namespace weft {
#define GEN_PASS_DEF_WIDENDOTS
#include "weft/Target/CPU/Passes.h.inc"

namespace {

/// An operand in f32, converted where it is made and not where it is multiplied: outside of loops. Each product has
/// its own, since it may want other lanes.
Value widened(OpBuilder &b, Value operand) {
  auto type = cast<RankedTensorType>(operand.getType());
  b.setInsertionPointAfterValue(operand);
  return arith::ExtFOp::create(b, operand.getLoc(), type.clone(b.getF32Type()), operand);
}

struct WidenDotsPass : impl::WidenDotsBase<WidenDotsPass> {
  void runOnOperation() override {
    OpBuilder b(&getContext());
    getOperation().walk([&](tile::DotOp dot) {
      for (OpOperand *operand : {&dot.getAMutable(), &dot.getBMutable()})
        if (getElementTypeOrSelf(operand->get()).getIntOrFloatBitWidth() == 16)
          operand->set(widened(b, operand->get()));
    });
  }
};

} // namespace
} // namespace weft
