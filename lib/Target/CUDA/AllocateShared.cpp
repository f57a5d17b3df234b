// weft-allocate-shared: offsets from lifetimes.
#include "SharedPlacement.h"
#include "weft/Target/CUDA/Passes.h"

using namespace mlir;

namespace weft {
#define GEN_PASS_DEF_ALLOCATESHARED
#include "weft/Target/CUDA/Passes.h.inc"

using namespace tile;

namespace {

/// Offsets are multiples of it: of what TMA and swizzled reads of 128-byte rows want.
constexpr int64_t kAlignment = 1024;

struct Buffer {
  AllocSharedOp op;
  int64_t bytes, first, last, offset = 0;

  bool meets(const Buffer &other) const {
    bool inTime = first <= other.last && other.first <= last;
    return inTime && offset < other.offset + other.bytes && other.offset < offset + bytes;
  }
};

class Lifetimes {
public:
  Lifetimes(KernelOp kernel, const EarlyBuffers &early) : kernel(kernel), early(early) {
    int64_t count = 0;
    kernel.walk<WalkOrder::PreOrder>([&](Operation *op) { begin[op] = count++; });
    kernel.walk([&](Operation *op) { end[op] = begin[op]; });
    kernel.walk([&](Operation *op) { // inner ops come first
      for (Region &region : op->getRegions())
        for (Operation &inner : region.getOps())
          end[op] = std::max(end[op], end[&inner]);
    });
  }

  SharedPlacement place() {
    SmallVector<Buffer> buffers;
    for (auto op : kernel.getBody().getOps<AllocSharedOp>())
      if (!op->use_empty())
        buffers.push_back(lifetimeOf(op));
    llvm::stable_sort(buffers, [](const Buffer &a, const Buffer &b) { return a.bytes > b.bytes; });
    SharedPlacement result;
    for (auto [i, buffer] : llvm::enumerate(buffers)) {
      place(buffer, ArrayRef(buffers).take_front(i));
      result.offsets.push_back({buffer.op, buffer.offset});
      result.bytes = std::max(result.bytes, buffer.offset + buffer.bytes);
    }
    return result;
  }

private:
  /// From the first use to the last, in the innermost block that holds all of them.
  Buffer lifetimeOf(AllocSharedOp op) {
    auto type = cast<MemRefType>(op.getType());
    int64_t bytes = type.getNumElements() * type.getElementTypeBitWidth() / 8;
    Block *common = nullptr;
    for (Operation *user : op->getUsers()) {
      common = common ? common : user->getBlock();
      while (!common->findAncestorOpInBlock(*user))
        common = common->getParentOp()->getBlock();
    }
    Buffer buffer{op, static_cast<int64_t>(llvm::alignTo(bytes, kAlignment)), std::numeric_limits<int64_t>::max(), -1};
    if (llvm::is_contained(early.buffers, op)) {
      buffer.first = begin[early.loop] - 1, buffer.last = end[early.loop];
      return buffer;
    }
    for (Operation *user : op->getUsers()) {
      Operation *ancestor = common->findAncestorOpInBlock(*user);
      buffer.first = std::min(buffer.first, begin[ancestor]);
      buffer.last = std::max(buffer.last, end[ancestor]);
    }
    return buffer;
  }

  /// The lowest offset at which it meets none of those that have theirs.
  static void place(Buffer &buffer, ArrayRef<Buffer> placed) {
    auto inTheWay = [&] {
      return llvm::find_if(placed, [&](const Buffer &other) { return buffer.meets(other); });
    };
    for (auto other = inTheWay(); other != placed.end(); other = inTheWay())
      buffer.offset = other->offset + other->bytes;
  }

  KernelOp kernel;
  const EarlyBuffers &early;
  DenseMap<Operation *, int64_t> begin, end; // looked up only
};

struct AllocateSharedPass : impl::AllocateSharedBase<AllocateSharedPass> {
  void runOnOperation() override {
    KernelOp kernel = getOperation();
    SharedPlacement placement = placeShared(kernel);
    Builder b(&getContext());
    for (auto [op, offset] : placement.offsets)
      op.setOffsetAttr(b.getI64IntegerAttr(offset));
    for (auto op : llvm::make_early_inc_range(kernel.getBody().getOps<AllocSharedOp>()))
      if (op->use_empty())
        op.erase();
    kernel->setAttr("shared_bytes", b.getI64IntegerAttr(placement.bytes));
  }
};

} // namespace

SharedPlacement placeShared(KernelOp kernel, const EarlyBuffers &early) {
  return Lifetimes(kernel, early).place();
}

} // namespace weft
