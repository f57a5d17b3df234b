// weft-assign-layouts: every tile gets a layout.
#include "dialects/Tile/Layout.h"
#include "weft/Target/CUDA/Passes.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

using namespace mlir;

namespace weft {
#define GEN_PASS_DEF_ASSIGNLAYOUTS
#include "weft/Target/CUDA/Passes.h.inc"

using namespace tile;

namespace {

bool isTile(Value value) { return isa<RankedTensorType>(value.getType()); }
bool isElementwise(Operation *op) { return OpTrait::hasElementwiseMappableTraits(op); }
ArrayRef<int64_t> shapeOf(Value value) {
  return cast<RankedTensorType>(value.getType()).getShape();
}
/// What costs nothing to have in several layouts.
bool isMadeAgain(Value value) {
  return isa_and_nonnull<arith::ConstantOp, tensor::SplatOp, IotaOp>(value.getDefiningOp());
}
int64_t rankOf(Value value) { return shapeOf(value).size(); }

/// A tile that is loaded or stored, and how many elements one access may span.
struct Access {
  Value tile;
  int64_t run;
};

std::optional<Access> accessOf(Operation *op) {
  auto make = [](Value tile, std::optional<int64_t> alignment) {
    int64_t bytes = cast<RankedTensorType>(tile.getType()).getElementTypeBitWidth() / 8;
    return Access{tile, alignment.value_or(bytes) / bytes};
  };
  if (auto load = dyn_cast<LoadOp>(op))
    return make(load.getResult(), load.getAlignment());
  if (auto store = dyn_cast<StoreOp>(op))
    return make(store.getValue(), store.getAlignment());
  return std::nullopt;
}

/// Spreads layouts from the values that have one to all that are laid out alike.
class Assignment {
public:
  Assignment(KernelOp kernel, int64_t warps) : kernel(kernel), warps(warps) {}

  void run() {
    kernel.walk([&](DotOp dot) { set(dot.getResult(), getResultLayout(dot, warps)); });
    SmallVector<Access> accesses;
    kernel.walk<WalkOrder::PreOrder>([&](Operation *op) {
      if (std::optional<Access> access = accessOf(op))
        accesses.push_back(*access);
    });
    llvm::stable_sort(accesses, [](const Access &a, const Access &b) { return a.run > b.run; });
    // Larger tiles decide for rows that are broadcast to them or reduced from them, long accesses for short ones.
    for (int64_t rank : {2, 1}) {
      for (const Access &access : accesses)
        if (rankOf(access.tile) == rank)
          setBlocked(access.tile, access.run);
      kernel.walk<WalkOrder::PreOrder>([&](Operation *op) {
        for (Value result : op->getResults())
          if (isTile(result) && rankOf(result) == rank)
            setBlocked(result, 1);
      });
    }
  }

  LayoutAttr lookup(Value value) const { return layouts.lookup(value); }

private:
  void setBlocked(Value value, int64_t run) {
    if (!layouts.contains(value))
      set(value, Layout::blocked(shapeOf(value), warps, run));
  }

  void set(Value value, const Layout &layout) { set(value, layout.attr(kernel.getContext())); }

  void set(Value value, LayoutAttr layout) {
    SmallVector<std::pair<Value, LayoutAttr>> open{{value, layout}};
    while (!open.empty()) {
      auto [next, attr] = open.pop_back_val();
      if (!isTile(next) || !layouts.insert({next, attr}).second)
        continue;
      if (isMadeAgain(next)) // so whoever else uses it is free to want another layout
        continue;
      auto add = [&](Value other, LayoutAttr of) { open.push_back({other, of}); };
      for (Operation *user : next.getUsers())
        throughOp(user, next, attr, add);
      if (Operation *op = next.getDefiningOp())
        throughOp(op, next, attr, add);
      else if (auto loop = dyn_cast<scf::ForOp>(next.getParentBlock()->getParentOp()))
        throughLoop(loop, cast<BlockArgument>(next).getArgNumber() - 1, attr, add);
    }
  }

  using Add = function_ref<void(Value, LayoutAttr)>;

  void throughOp(Operation *op, Value known, LayoutAttr attr, Add add) {
    MLIRContext *context = kernel.getContext();
    if (isElementwise(op)) {
      for (Value value : llvm::concat<Value>(op->getOperands(), op->getResults()))
        if (isTile(value))
          add(value, attr);
    } else if (auto dot = dyn_cast<DotOp>(op)) {
      if (known == dot.getAcc() || known == dot.getResult())
        add(dot.getAcc(), attr), add(dot.getResult(), attr);
    } else if (auto reduce = dyn_cast<ReduceOp>(op)) {
      if (known == reduce.getValue() && isTile(reduce.getResult()))
        add(reduce.getResult(), Layout::of(attr).sliced(reduce.getAxis()).attr(context));
    } else if (auto broadcast = dyn_cast<BroadcastOp>(op)) {
      if (known == broadcast.getResult())
        add(broadcast.getValue(), Layout::of(attr).sliced(broadcast.getAxis()).attr(context));
    } else if (auto transpose = dyn_cast<TransposeOp>(op)) {
      add(known == transpose.getResult() ? transpose.getValue() : transpose.getResult(),
          Layout::of(attr).transposed().attr(context));
    } else if (auto concat = dyn_cast<ConcatOp>(op)) {
      if (known == concat.getResult())
        for (Value piece : concat.getTiles())
          add(piece, Layout::of(attr).piece(shapeOf(piece).back()).attr(context));
    } else if (auto loop = dyn_cast<scf::ForOp>(op)) {
      for (unsigned i = 0; i < loop.getNumResults(); ++i)
        if (loop.getInitArgs()[i] == known || loop.getResult(i) == known)
          throughLoop(loop, i, attr, add);
    } else if (auto yield = dyn_cast<scf::YieldOp>(op)) {
      for (auto [i, value] : llvm::enumerate(yield.getOperands()))
        if (value == known)
          throughLoop(cast<scf::ForOp>(yield->getParentOp()), i, attr, add);
    }
  }

  static void throughLoop(scf::ForOp loop, unsigned i, LayoutAttr attr, Add add) {
    add(loop.getInitArgs()[i], attr);
    add(loop.getRegionIterArg(i), attr);
    add(loop.getYieldedValues()[i], attr);
    add(loop.getResult(i), attr);
  }

  KernelOp kernel;
  int64_t warps;
  DenseMap<Value, LayoutAttr> layouts; // looked up only
};

/// Writes layouts into types, and conversions to where ops want others.
class Rewriter {
public:
  Rewriter(KernelOp kernel, const Assignment &assignment, int64_t warps)
      : kernel(kernel), assignment(assignment), warps(warps), b(kernel.getContext()) {}

  void run() {
    SmallVector<Operation *> ops;
    kernel.walk<WalkOrder::PreOrder>([&](Operation *op) { ops.push_back(op); });
    for (Operation *op : ops) {
      for (Value result : op->getResults())
        writeType(result);
      for (Region &region : op->getRegions())
        for (Value argument : region.getArguments())
          writeType(argument);
    }
    for (Operation *op : ops)
      convertOperands(op);
  }

private:
  void writeType(Value value) {
    LayoutAttr layout = assignment.lookup(value);
    if (!layout)
      return;
    value.setType(withLayout(value.getType(), layout));
    if (auto constant = value.getDefiningOp<arith::ConstantOp>())
      constant.setValueAttr(cast<DenseElementsAttr>(constant.getValue())
                                .resizeSplat(cast<ShapedType>(value.getType())));
  }

  void want(Operation *op, unsigned operand, const Layout &layout) {
    want(op, operand, layout.attr(op->getContext()));
  }

  void want(Operation *op, unsigned operand, LayoutAttr layout) {
    Value value = op->getOperand(operand);
    if (!isTile(value) || getLayout(value.getType()) == layout)
      return;
    b.setInsertionPoint(op);
    RankedTensorType type = withLayout(value.getType(), layout);
    op->setOperand(operand, inLayout(value, type));
  }

  Value inLayout(Value value, RankedTensorType type) {
    Location loc = value.getLoc();
    if (auto constant = value.getDefiningOp<arith::ConstantOp>())
      return arith::ConstantOp::create(
          b, loc, cast<DenseElementsAttr>(constant.getValue()).resizeSplat(type));
    if (auto splat = value.getDefiningOp<tensor::SplatOp>())
      return tensor::SplatOp::create(b, loc, type, splat.getInput());
    if (value.getDefiningOp<IotaOp>())
      return IotaOp::create(b, loc, type);
    return ConvertLayoutOp::create(b, loc, type, value);
  }

  void convertOperands(Operation *op) {
    if (isElementwise(op) && isTile(op->getResult(0))) {
      for (unsigned i = 0; i < op->getNumOperands(); ++i)
        want(op, i, getLayout(op->getResult(0).getType()));
    } else if (auto dot = dyn_cast<DotOp>(op)) {
      // Threads can sum up alone in any layout.
      Layout result = getFragmentInner(dot) ? getResultLayout(dot, warps) : Layout::of(dot.getType());
      want(op, 0, getOperandLayout(dot, result, dot.getInner(), true));
      want(op, 1, getOperandLayout(dot, result, dot.getInner(), false));
      want(op, 2, result);
      convertResult(op, result);
    } else if (auto broadcast = dyn_cast<BroadcastOp>(op)) {
      want(op, 0, Layout::of(broadcast.getType()).sliced(broadcast.getAxis()));
    } else if (auto transpose = dyn_cast<TransposeOp>(op)) {
      want(op, 0, Layout::of(transpose.getType()).transposed());
    } else if (auto concat = dyn_cast<ConcatOp>(op)) {
      Layout piece = Layout::of(concat.getType()).piece(shapeOf(concat.getTiles().front()).back());
      for (unsigned i = 0; i < op->getNumOperands(); ++i)
        want(op, i, piece);
    } else if (auto loop = dyn_cast<scf::ForOp>(op)) {
      for (unsigned i = 0; i < loop.getNumResults(); ++i)
        want(op, loop.getNumControlOperands() + i, getLayout(loop.getResult(i).getType()));
    } else if (isa<scf::YieldOp>(op)) {
      for (unsigned i = 0; i < op->getNumOperands(); ++i)
        want(op, i, getLayout(op->getParentOp()->getResult(i).getType()));
    } else if (auto reduce = dyn_cast<ReduceOp>(op)) {
      // A warp reduces what it holds; of what several hold, each takes all.
      Layout layout = Layout::of(reduce.getValue().getType());
      if (llvm::any_of(layout.warps, [&](const Coordinates &basis) { return basis[reduce.getAxis()]; }))
        want(op, 0, Layout::perWarp(shapeOf(reduce.getValue()), int64_t(1) << layout.warps.size()));
      // What a reduction gives is laid out as its operand is.
      if (isTile(reduce.getResult()))
        convertResult(op, Layout::of(reduce.getValue().getType()).sliced(reduce.getAxis()));
    }
  }

  /// The op's result comes in its own layout, whichever its users want.
  void convertResult(Operation *op, const Layout &layout) {
    Value result = op->getResult(0);
    auto type = cast<RankedTensorType>(result.getType());
    LayoutAttr own = layout.attr(b.getContext());
    if (getLayout(type) == own)
      return;
    result.setType(withLayout(type, own));
    b.setInsertionPointAfter(op);
    auto converted = ConvertLayoutOp::create(b, op->getLoc(), type, result);
    result.replaceAllUsesExcept(converted, converted);
  }

  KernelOp kernel;
  const Assignment &assignment;
  int64_t warps;
  OpBuilder b;
};

struct AssignLayoutsPass : impl::AssignLayoutsBase<AssignLayoutsPass> {
  using AssignLayoutsBase::AssignLayoutsBase;

  /// All where there are products; else as many as have 16 bytes for each lane of the longest row that is loaded or stored.
  int64_t countWarps(KernelOp kernel) {
    constexpr int64_t warpBytes = 32 * 16;
    int64_t most = 1;
    kernel.walk([&](Operation *op) {
      if (isa<DotOp>(op))
        most = warps;
      else if (std::optional<Access> access = accessOf(op)) {
        auto type = cast<RankedTensorType>(access->tile.getType());
        int64_t bytes = type.getNumElements() * type.getElementTypeBitWidth() / 8;
        if (type.getRank() == 1)
          most = std::max(most, std::min<int64_t>(bytes / warpBytes, warps));
      }
    });
    return most;
  }

  void runOnOperation() override {
    KernelOp kernel = getOperation();
    if (warps < 1 || warps > 32 || !llvm::isPowerOf2_64(warps)) {
      kernel.emitError("expected warps to be a power of two of at most 32, got: ") << int64_t(warps);
      return signalPassFailure();
    }
    int64_t count = countWarps(kernel);
    kernel->setAttr("warps", Builder(kernel).getI64IntegerAttr(count));
    Assignment assignment(kernel, count);
    assignment.run();
    Rewriter(kernel, assignment, count).run();
  }
};

} // namespace
} // namespace weft
