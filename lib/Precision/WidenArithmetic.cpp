// weft-widen-arithmetic: arithmetic on bf16 and f16 is done in f32.
#include "weft/Precision/Passes.h"

#include "dialects/Interfaces/Scope.h"
#include "dialects/Interfaces/Target.h"

namespace weft {
#define GEN_PASS_DEF_WIDENARITHMETIC
#include "weft/Precision/Passes.h.inc"
} // namespace weft

using namespace mlir;
using namespace weft;

static bool isShort(Value value) {
  return isa<BFloat16Type, Float16Type>(getElementTypeOrSelf(value));
}

static Value castTo(OpBuilder &builder, Operation *source, Value value, RankedTensorType type) {
  auto cast = CastOp::create(builder, source->getLoc(), type, value);
  copyScope(source, cast);
  return cast;
}

static void widen(Operation *op) {
  OpBuilder builder(op);
  IRMapping mapping;
  for (Value operand : op->getOperands())
    if (isShort(operand) && !mapping.contains(operand))
      mapping.map(operand, castTo(builder, op, operand, withComputeType(getTensorType(operand))));
  Operation *wide = builder.clone(*op, mapping);
  for (auto [result, old] : llvm::zip(wide->getResults(), op->getResults())) {
    Value value = result;
    if (isShort(old)) {
      result.setType(withComputeType(getTensorType(old)));
      value = castTo(builder, op, result, getTensorType(old));
    }
    old.replaceAllUsesWith(value);
  }
  op->erase();
}

namespace {

struct WidenArithmeticPass : weft::impl::WidenArithmeticBase<WidenArithmeticPass> {
  using WidenArithmeticBase::WidenArithmeticBase;

  void runOnOperation() override {
    SmallVector<Operation *> work;
    spec::TargetAttr target = spec::getTarget(getOperation());
    auto keepsProduct = [&](Operation *op) {
      return op->hasTrait<facts::MatrixProduct>() && (!products || target.getLibrary(getElementTypeOrSelf(op->getResult(0))));
    };
    getOperation().walk([&](Operation *op) {
      // What has effects or ends a function takes values as they are.
      bool computes = isPure(op) && !op->hasTrait<OpTrait::IsTerminator>() && !op->hasTrait<facts::MovesElements>() &&
                      !op->hasTrait<facts::WidensItself>() && !keepsProduct(op) &&
                      (groupedProducts || !op->hasTrait<facts::GroupedProduct>());
      if (computes && (llvm::any_of(op->getOperands(), isShort) || llvm::any_of(op->getResults(), isShort)))
        work.push_back(op);
    });
    for (Operation *op : work)
      widen(op);
  }
};

} // namespace
