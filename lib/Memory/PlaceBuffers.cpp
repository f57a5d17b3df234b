// weft-place-buffers: offsets in the state block, the input block and the arena.
#include "weft/Memory/Lifetimes.h"
#include "weft/Memory/Passes.h"
#include "weft/Memory/VerifyPlacement.h"

#include "llvm/Support/CheckedArithmetic.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;

namespace weft {
#define GEN_PASS_DEF_PLACEBUFFERS
#include "weft/Memory/Passes.h.inc"

namespace {

// `end` plus `bytes`, rounded up to the next place; nothing where that does not fit 63 bits.
std::optional<int64_t> advance(int64_t end, int64_t bytes) {
  std::optional<int64_t> next = llvm::checkedAdd(end, bytes);
  next = next ? llvm::checkedAdd(*next, kAlignment - 1) : std::nullopt;
  return next ? std::optional(*next / kAlignment * kAlignment) : std::nullopt;
}

// One after the other, in the order of the text. Returns the size of the block.
template <typename OpT> FailureOr<int64_t> placeInOrder(exec::ModuleOp module) {
  int64_t end = 0;
  for (auto op : module.getBody().getOps<OpT>()) {
    op.setAt(end);
    std::optional<int64_t> next = advance(end, exec::getByteSize(cast<MemRefType>(op.getType())));
    if (!next)
      return op.emitOpError("expects to end below 2^63 bytes; all before it take up ") << end;
    end = *next;
  }
  return end;
}

// The buffers of all programs in one arena.
LogicalResult placeArena(exec::ModuleOp module) {
  BufferLifetimes all = getBufferLifetimes(module);
  int64_t sum = 0;
  for (auto [buffer, lifetime] : llvm::zip_equal(all.buffers, all.lifetimes)) {
    std::optional<int64_t> next = advance(sum, lifetime.size);
    if (!next)
      return buffer.emitOpError(
          "expects the sizes of all buffers to add up to less than 2^63 bytes");
    sum = *next;
  }
  ArenaPlacement placement = placeInArena(all.lifetimes);
  for (auto [buffer, offset] : llvm::zip_equal(all.buffers, placement.offsets))
    buffer.setAt(offset);
  module.setArena(placement.size);
  module.setLive(getMostLive(all.lifetimes));
  return success();
}

LogicalResult place(exec::ModuleOp module) {
  FailureOr<int64_t> state = placeInOrder<exec::StateOp>(module);
  FailureOr<int64_t> input = placeInOrder<exec::InputOp>(module);
  if (failed(state) || failed(input) || failed(placeArena(module)))
    return failure();
  module.setState(*state);
  module.setInput(*input);
  return verifyPlacement(module);
}

struct PlaceBuffers : impl::PlaceBuffersBase<PlaceBuffers> {
  void runOnOperation() override {
    for (auto module : getOperation().getOps<exec::ModuleOp>())
      if (failed(place(module)))
        return signalPassFailure();
  }
};

} // namespace
} // namespace weft
