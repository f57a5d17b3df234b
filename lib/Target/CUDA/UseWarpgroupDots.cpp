// weft-use-warpgroup-dots: products whose operands lie in shared memory become those of a warpgroup.
#include "Specialization.h"
#include "dialects/Tile/Layout.h"
#include "weft/Target/CUDA/Passes.h"

using namespace mlir;

namespace weft {
#define GEN_PASS_DEF_USEWARPGROUPDOTS
#include "weft/Target/CUDA/Passes.h.inc"

using namespace tile;

namespace {

constexpr int64_t kWarps = 4;

/// A whole tile in shared memory, with rows that a swizzle of tensor cores' own keeps.
struct SharedOperand {
  Value buffer, slot;

  static std::optional<SharedOperand> of(Value tile) {
    auto load = tile.getDefiningOp<LocalLoadOp>();
    if (!load)
      return std::nullopt;
    auto type = cast<MemRefType>(load.getSource().getType());
    ArrayRef<int64_t> shape = cast<RankedTensorType>(tile.getType()).getShape();
    int64_t bytes = shape.back() * type.getElementTypeBitWidth() / 8;
    bool isWhole = shape.size() == 2 && type.getShape().take_back(2) == shape;
    if (!isWhole || !getSwizzleMode(bytes))
      return std::nullopt;
    return SharedOperand{load.getSource(), type.getRank() == 3 ? load.getIndices().front() : Value()};
  }
};

class WarpgroupDots {
public:
  explicit WarpgroupDots(KernelOp kernel) : b(kernel.getContext()) {
    kernel.walk([&](DotOp dot) { dots.push_back(dot); });
  }

  void run() {
    llvm::SetVector<Block *> blocks;
    for (DotOp dot : dots)
      if (replace(dot))
        blocks.insert(dot->getBlock()), dot.erase();
    for (Block *block : blocks)
      addWaits(*block);
  }

private:
  bool replace(DotOp dot) {
    std::optional<SharedOperand> right = SharedOperand::of(dot.getB()), left = SharedOperand::of(dot.getA());
    // A tile in registers has its rows there.
    if (!fitsWarpgroup(dot) || !right || (!left && dot.getTransposeA()))
      return false;
    b.setInsertionPoint(dot);
    auto product = WarpgroupDotOp::create(b, dot.getLoc(), dot.getType(), left ? left->buffer : dot.getA(),
                                          left ? left->slot : Value(), right->buffer, right->slot, dot.getAcc(),
                                          dot.getTransposeA(), dot.getTransposeB());
    dot.replaceAllUsesWith(product.getResult());
    return true;
  }

  /// In front of the first op that needs a result, or that may change what they read, for all that are on their way.
  void addWaits(Block &block) {
    SmallVector<Value> open;
    for (Operation &op : llvm::make_early_inc_range(block)) {
      auto product = dyn_cast<WarpgroupDotOp>(op);
      if (!open.empty() && mustWait(op, product, open))
        wait(op, open);
      if (!product)
        continue;
      llvm::erase(open, product.getAcc());
      open.push_back(product.getResult());
    }
  }

  static bool mustWait(Operation &op, WarpgroupDotOp product, ArrayRef<Value> open) {
    bool needs = llvm::any_of(op.getOpOperands(), [&](OpOperand &operand) {
      bool isContinued = product && operand.get() == product.getAcc() && operand.get().hasOneUse();
      return !isContinued && llvm::is_contained(open, operand.get());
    });
    return needs || op.getNumRegions() != 0 || op.hasTrait<OpTrait::IsTerminator>() ||
           !(product || isa<LocalLoadOp>(op) || isMemoryEffectFree(&op));
  }

  void wait(Operation &op, SmallVectorImpl<Value> &open) {
    b.setInsertionPoint(&op);
    auto done = WarpgroupWaitOp::create(b, op.getLoc(), TypeRange(ValueRange(open)), open);
    for (auto [value, result] : llvm::zip(open, done.getResults()))
      value.replaceAllUsesExcept(result, done);
    open.clear();
  }

  OpBuilder b;
  SmallVector<DotOp> dots;
};

struct UseWarpgroupDotsPass : impl::UseWarpgroupDotsBase<UseWarpgroupDotsPass> {
  void runOnOperation() override {
    KernelOp kernel = getOperation();
    auto arch = kernel->getAttrOfType<StringAttr>(kArchAttr);
    auto warps = kernel->getAttrOfType<IntegerAttr>("warps");
    if (arch && arch.getValue() == kWarpgroupArch && warps && warps.getInt() == kWarps)
      WarpgroupDots(kernel).run();
  }
};

} // namespace
} // namespace weft
