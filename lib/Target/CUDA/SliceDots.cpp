// weft-slice-dots: products with operands in shared memory become loops over slices of them.
#include "dialects/Tile/Layout.h"
#include "weft/Target/CUDA/Passes.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/SCF/IR/SCF.h"

using namespace mlir;

namespace weft {
#define GEN_PASS_DEF_SLICEDOTS
#include "weft/Target/CUDA/Passes.h.inc"

using namespace tile;

namespace {

/// `slice` of an operand from `k` on. `along`: the dimension that is summed over.
Value sliceOf(OpBuilder &b, LocalLoadOp load, Value k, unsigned along, int64_t slice,
              const Layout &layout) {
  auto type = cast<RankedTensorType>(load.getType());
  SmallVector<int64_t> shape(type.getShape());
  shape[along] = slice;
  Value zero = arith::ConstantIndexOp::create(b, load.getLoc(), 0);
  SmallVector<Value> indices(load.getIndices());
  if (indices.empty())
    indices.assign(2, zero);
  indices[indices.size() - 2 + along] = k; // behind the number of a tile in its buffer
  return LocalLoadOp::create(
      b, load.getLoc(),
      RankedTensorType::get(shape, type.getElementType(), layout.attr(b.getContext())),
      load.getSource(), indices);
}

struct SliceDotsPass : impl::SliceDotsBase<SliceDotsPass> {
  using SliceDotsBase::SliceDotsBase;

  void runOnOperation() override {
    if (slice < 1 || !llvm::isPowerOf2_64(slice)) {
      getOperation().emitError("expected slice to be a power of two, got: ") << int64_t(slice);
      return signalPassFailure();
    }
    SmallVector<DotOp> dots;
    getOperation().walk([&](DotOp dot) { dots.push_back(dot); });
    for (DotOp dot : dots)
      cut(dot);
  }

  void cut(DotOp dot) {
    auto a = dot.getA().getDefiningOp<LocalLoadOp>(), c = dot.getB().getDefiningOp<LocalLoadOp>();
    unsigned alongA = !dot.getTransposeA(), alongB = dot.getTransposeB();
    int64_t inner = dot.getInner(), step = std::max<int64_t>(slice, getFragmentInner(dot));
    if (!a || !c || inner <= step)
      return;
    OpBuilder b(dot);
    Location loc = dot.getLoc();
    auto index = [&](int64_t value) { return arith::ConstantIndexOp::create(b, loc, value); };
    Layout result = Layout::of(dot.getType());
    auto loop = scf::ForOp::create(b, loc, index(0), index(inner), index(step), dot.getAcc());
    b.setInsertionPointToStart(loop.getBody());
    Value k = loop.getInductionVar();
    Value x = sliceOf(b, a, k, alongA, step, getOperandLayout(dot, result, step, true));
    Value y = sliceOf(b, c, k, alongB, step, getOperandLayout(dot, result, step, false));
    Value sum = DotOp::create(b, loc, dot.getType(), x, y, loop.getRegionIterArg(0),
                              dot.getTransposeA(), dot.getTransposeB(), dot.getTf32());
    scf::YieldOp::create(b, loc, sum);
    dot.replaceAllUsesWith(loop.getResult(0));
    dot.erase();
    for (LocalLoadOp load : {a, c})
      if (load->use_empty())
        load.erase();
  }
};

} // namespace
} // namespace weft
