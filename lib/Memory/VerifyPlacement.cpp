// weft-verify-placement: proves a placement, without the code that made it.
#include "weft/Memory/VerifyPlacement.h"

#include "weft/Memory/ArenaPlacement.h"
#include "weft/Memory/Passes.h"

#include <map>

using namespace mlir;

namespace weft {
#define GEN_PASS_DEF_VERIFYPLACEMENT
#include "weft/Memory/Passes.h.inc"

namespace {

struct Extent {
  Operation *op;
  int64_t begin, end;
};

// Something placed lies inside a block of `blockSize` bytes, on a multiple of kAlignment.
FailureOr<Extent> getExtent(Operation *op, std::optional<int64_t> at, MemRefType type,
                            std::optional<int64_t> blockSize) {
  if (!at || !blockSize)
    return op->emitOpError("has no place: run weft-place-buffers first");
  int64_t bytes = exec::getByteSize(type);
  if (*at % kAlignment != 0)
    return op->emitOpError("expects a place that is a multiple of ")
           << kAlignment << ", got: " << *at;
  if (*at > *blockSize || bytes > *blockSize - *at)
    return op->emitOpError("expects to lie inside its block of ")
           << *blockSize << " bytes, got: " << bytes << " bytes at " << *at;
  return Extent{op, *at, *at + bytes};
}

// The extents that are in use at some point of a program, by their begin. Refuses an overlap.
class LiveSet {
public:
  LogicalResult insert(Extent extent) {
    if (extent.begin == extent.end)
      return success();
    auto next = extents.lower_bound(extent.begin);
    if (next != extents.end() && next->second.begin < extent.end)
      return reportOverlap(extent, next->second);
    if (next != extents.begin() && std::prev(next)->second.end > extent.begin)
      return reportOverlap(extent, std::prev(next)->second);
    extents.emplace(extent.begin, extent);
    bytes += extent.end - extent.begin;
    most = std::max(most, bytes);
    return success();
  }

  void erase(const Extent &extent) {
    if (extents.erase(extent.begin))
      bytes -= extent.end - extent.begin;
  }

  int64_t getMost() const { return most; }

private:
  static LogicalResult reportOverlap(const Extent &extent, const Extent &other) {
    InFlightDiagnostic error = extent.op->emitOpError("at ")
                               << extent.begin << ", of " << extent.end - extent.begin
                               << " bytes, overlaps what lies at " << other.begin << ", of "
                               << other.end - other.begin << " bytes, while both are in use";
    error.attachNote(other.op->getLoc()) << "the other one is here";
    return error;
  }

  std::map<int64_t, Extent> extents;
  int64_t bytes = 0, most = 0;
};

// What outlives programs: everything of one kind is in use all the time.
template <typename OpT>
LogicalResult verifyBlock(exec::ModuleOp module, std::optional<int64_t> blockSize) {
  LiveSet live;
  for (auto op : module.getBody().getOps<OpT>()) {
    FailureOr<Extent> extent = getExtent(op, op.getAt(), cast<MemRefType>(op.getType()), blockSize);
    if (failed(extent) || failed(live.insert(*extent)))
      return failure();
  }
  return success();
}

// The buffer whose memory `value` names; null for states, inputs and step fields.
exec::BufferOp getBuffer(Value value) {
  while (auto view = value.getDefiningOp<exec::ViewOp>())
    value = view.getSource();
  return value.getDefiningOp<exec::BufferOp>();
}

// The buffers that an op works on, each once, in the order of its operands.
SmallVector<exec::BufferOp> getBuffers(Operation &op) {
  llvm::SmallSetVector<Operation *, 8> buffers;
  if (!isa<exec::ViewOp>(op))
    for (Value operand : op.getOperands())
      if (exec::BufferOp buffer = getBuffer(operand))
        buffers.insert(buffer);
  return llvm::map_to_vector(buffers, [](Operation *b) { return cast<exec::BufferOp>(b); });
}

// Replays a program: buffers come into use at their first op and go out of use after their last.
FailureOr<int64_t> verifyProgram(exec::ProgramOp program, std::optional<int64_t> arena) {
  Block &body = program.getBody().front();
  DenseMap<Operation *, Operation *> lastUse; // looked up, never iterated
  for (Operation &op : llvm::reverse(body))
    for (exec::BufferOp buffer : getBuffers(op))
      lastUse.try_emplace(buffer, &op);

  LiveSet live;
  DenseSet<Operation *> begun;
  for (Operation &op : body) {
    SmallVector<exec::BufferOp> buffers = getBuffers(op);
    SmallVector<Extent> ending;
    for (exec::BufferOp buffer : buffers) {
      FailureOr<Extent> extent =
          getExtent(buffer, buffer.getAt(), buffer.getResult().getType(), arena);
      if (failed(extent) || (begun.insert(buffer).second && failed(live.insert(*extent))))
        return failure();
      if (lastUse.lookup(buffer) == &op)
        ending.push_back(*extent);
    }
    for (const Extent &extent : ending)
      live.erase(extent);
  }
  return live.getMost();
}

struct VerifyPlacement : impl::VerifyPlacementBase<VerifyPlacement> {
  void runOnOperation() override {
    markAllAnalysesPreserved();
    for (auto module : getOperation().getOps<exec::ModuleOp>())
      if (failed(verifyPlacement(module)))
        return signalPassFailure();
  }
};

} // namespace

LogicalResult verifyPlacement(exec::ModuleOp module) {
  if (failed(verifyBlock<exec::StateOp>(module, module.getState())) ||
      failed(verifyBlock<exec::InputOp>(module, module.getInput())))
    return failure();
  int64_t most = 0;
  for (auto program : module.getBody().getOps<exec::ProgramOp>()) {
    FailureOr<int64_t> live = verifyProgram(program, module.getArena());
    if (failed(live))
      return failure();
    most = std::max(most, *live);
  }
  if (!module.getArena() || !module.getState() || !module.getInput() || !module.getLive())
    return module.emitOpError("has no sizes: run weft-place-buffers first");
  if (int64_t(*module.getLive()) != most)
    return module.emitOpError("expects live to be ")
           << most << ", the most bytes that are in use at once, got: " << *module.getLive();
  return success();
}

} // namespace weft
