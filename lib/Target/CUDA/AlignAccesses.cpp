// weft-align-accesses: from where launches let buffers begin, strides and indices.
#include "dialects/Exec/Exec.h"
#include "dialects/Tile/Tile.h"
#include "weft-rt/ABI.h"
#include "weft/Target/CUDA/Passes.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "llvm/ADT/StringMap.h"

#include <numeric>

using namespace mlir;

namespace weft {
#define GEN_PASS_DEF_ALIGNACCESSES
#include "weft/Target/CUDA/Passes.h.inc"

namespace {

constexpr int64_t kMost = WEFT_ALIGNMENT, kWidestAccess = 16;

/// The largest power of two that divides a number, of at most kMost; 0 is a multiple of everything.
int64_t divisorOf(int64_t number) { return std::gcd(number, kMost); }

/// What divides an index whatever its value: such a power of two.
class Divisors {
public:
  int64_t of(Value value) {
    auto [known, isNew] = divisors.try_emplace(value, 1);
    if (!isNew)
      return known->second;
    int64_t found = find(value); // looks others up: no reference into the map survives it
    return divisors[value] = found;
  }

private:
  int64_t find(Value value) {
    if (std::optional<int64_t> number = getConstantIntValue(value))
      return divisorOf(*number);
    if (auto argument = dyn_cast<BlockArgument>(value)) {
      auto loop = dyn_cast<scf::ForOp>(argument.getOwner()->getParentOp());
      bool isInduction = loop && loop.getInductionVar() == value;
      return isInduction ? std::min(of(loop.getLowerBound()), of(loop.getStep())) : 1;
    }
    Operation *op = value.getDefiningOp();
    if (isa<arith::MulIOp>(op))
      return std::min(kMost, of(op->getOperand(0)) * of(op->getOperand(1)));
    if (isa<arith::IndexCastOp, arith::IndexCastUIOp>(op))
      return of(op->getOperand(0));
    if (auto select = dyn_cast<arith::SelectOp>(op))
      return std::min(of(select.getTrueValue()), of(select.getFalseValue()));
    if (isa<arith::AddIOp, arith::SubIOp, arith::RemUIOp, arith::RemSIOp, arith::MinSIOp,
            arith::MinUIOp, arith::MaxSIOp, arith::MaxUIOp>(op))
      return std::min(of(op->getOperand(0)), of(op->getOperand(1)));
    return 1;
  }

  DenseMap<Value, int64_t> divisors; // looked up only
};

int64_t bytesOf(MemRefType type) { return type.getElementTypeBitWidth() / 8; }

/// Where an operand of a launch begins, in every run.
int64_t alignmentOf(Value buffer) {
  if (auto view = buffer.getDefiningOp<exec::ViewOp>())
    return std::min(alignmentOf(view.getSource()),
                    divisorOf(static_cast<int64_t>(view.getOffset()) * bytesOf(view.getType())));
  // Words and numbers of the step lie one behind the other.
  bool isBlock = buffer.getDefiningOp<exec::BufferOp>() ||
                 buffer.getDefiningOp<exec::StateRefOp>() || buffer.getDefiningOp<exec::InputRefOp>();
  return isBlock ? kMost : bytesOf(cast<MemRefType>(buffer.getType()));
}

class KernelAccesses {
public:
  KernelAccesses(tile::KernelOp kernel, ArrayRef<int64_t> alignments) {
    for (auto [argument, alignment] : llvm::zip_equal(kernel.getBody().getArguments(), alignments))
      begins[argument] = alignment;
    kernel.walk([&](tile::LoadOp op) { align(op, op.getType(), op.getSource()); });
    kernel.walk([&](tile::StoreOp op) { align(op, op.getValue().getType(), op.getDest()); });
  }

private:
  template <typename OpT> void align(OpT op, Type tile, Value buffer) {
    int64_t alignment = find(cast<RankedTensorType>(tile), buffer, op.getIndices(), op.getInBounds());
    if (alignment > bytesOf(cast<MemRefType>(buffer.getType())))
      op.setAlignment(alignment);
    else
      op.removeAlignmentAttr();
  }

  /// Every row of the tile begins at a multiple of it, and ends or leaves the buffer at one.
  int64_t find(RankedTensorType tile, Value buffer, OperandRange indices, bool inBounds) {
    auto type = cast<MemRefType>(buffer.getType());
    int64_t bytes = bytesOf(type), last = type.getRank() - 1, leading = type.getRank() - tile.getRank();
    SmallVector<int64_t> strides = type.getStridesAndOffset().first;
    if (strides[last] != 1)
      return bytes;
    int64_t result = std::min(kWidestAccess, begins.lookup(buffer));
    auto meet = [&](int64_t distance) { result = std::min(result, divisorOf(distance)); };
    for (int64_t d = 0; d <= last; ++d) {
      bool hasRows = d >= leading && d < last && tile.getDimSize(d - leading) > 1;
      meet((hasRows ? 1 : divisors.of(indices[d])) * strides[d] * bytes);
    }
    meet(tile.getShape().back() * bytes);
    if (!inBounds)
      meet(type.getDimSize(last) * bytes);
    return std::max(result, bytes);
  }

  DenseMap<Value, int64_t> begins; // looked up only
  Divisors divisors;
};

struct AlignAccessesPass : impl::AlignAccessesBase<AlignAccessesPass> {
  void runOnOperation() override {
    llvm::StringMap<SmallVector<int64_t>> launched; // looked up only
    getOperation().walk([&](exec::LaunchOp launch) {
      auto own = llvm::map_to_vector(launch.getOperands(), alignmentOf);
      SmallVector<int64_t> &all = launched.try_emplace(launch.getKernel(), own).first->second;
      for (auto [least, alignment] : llvm::zip_equal(all, own))
        least = std::min(least, alignment);
    });
    for (auto kernel : getOperation().getOps<tile::KernelOp>()) {
      auto found = launched.find(kernel.getSymName());
      auto noted = kernel->getAttrOfType<DenseI64ArrayAttr>("alignments");
      SmallVector<int64_t> alignments;
      if (found != launched.end())
        alignments = found->second;
      else if (noted)
        alignments = llvm::to_vector(noted.asArrayRef());
      else
        for (Type type : kernel.getArgumentTypes())
          alignments.push_back(bytesOf(cast<MemRefType>(type)));
      if (alignments.size() != kernel.getArgumentTypes().size()) {
        kernel.emitError("expected ") << kernel.getArgumentTypes().size() << " alignments, got: " << alignments.size();
        return signalPassFailure();
      }
      kernel->setAttr("alignments", DenseI64ArrayAttr::get(&getContext(), alignments));
      KernelAccesses(kernel, alignments);
    }
  }
};

} // namespace
} // namespace weft
