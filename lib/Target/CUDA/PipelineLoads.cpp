// weft-pipeline-loads: copies of later rounds begin while a round computes.
#include "LoopRounds.h"
#include "SharedPlacement.h"
#include "weft/Target/CUDA/Passes.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/SCF/Transforms/Transforms.h"

using namespace mlir;

namespace weft {
#define GEN_PASS_DEF_PIPELINELOADS
#include "weft/Target/CUDA/Passes.h.inc"

using namespace tile;

namespace {

class LoopPipeline {
public:
  LoopPipeline(scf::ForOp loop, int64_t stages) : loop(loop), stages(stages), b(loop.getContext()) {
    for (Operation &op : *loop.getBody()) {
      if (auto copy = dyn_cast<AsyncCopyOp>(op))
        copies.push_back(copy);
      else if (isa<CommitOp, WaitOp>(op))
        synchronization.push_back(&op);
    }
  }

  /// Whether copies begin from nothing but the number of their round, and no buffer is used elsewhere.
  bool isPossible() {
    if (copies.empty() || hasOneRoundAtMost(loop))
      return false;
    llvm::SetVector<Operation *> needed = neededFor(SmallVector<Operation *>(copies.begin(), copies.end()));
    for (Operation *op : needed) {
      if (!isa<AsyncCopyOp>(op) && (!isMemoryEffectFree(op) || op->getNumRegions() != 0))
        return false;
      if (llvm::any_of(op->getOperands(), [&](Value v) { return llvm::is_contained(loop.getRegionIterArgs(), v); }))
        return false;
    }
    return llvm::all_of(copies, [&](AsyncCopyOp copy) {
      return copy.getDestIndices().empty() && llvm::all_of(copy.getDest().getUsers(), [&](Operation *user) {
        return loop->isProperAncestor(user) && isa<AsyncCopyOp, LocalLoadOp>(user);
      });
    });
  }

  /// As many places for each buffer.
  void multiplyBuffers(int64_t places) {
    for (AsyncCopyOp copy : copies) {
      auto type = cast<MemRefType>(copy.getDest().getType());
      SmallVector<int64_t> shape(type.getShape().take_back(copy.getLayout().getRank()));
      if (places > 1)
        shape.insert(shape.begin(), places);
      copy.getDest().setType(MemRefType::get(shape, type.getElementType(), MemRefLayoutAttrInterface(),
                                             type.getMemorySpace()));
    }
  }

  /// What the kernel needs with the copies of later rounds in it.
  int64_t sharedBytes(KernelOp kernel) {
    EarlyBuffers early{loop, {}};
    for (AsyncCopyOp copy : copies)
      early.buffers.push_back(copy.getDest().getDefiningOp<AllocSharedOp>());
    return placeShared(kernel, early).bytes;
  }

  LogicalResult run() {
    Location loc = loop.getLoc();
    choosePlaces();
    for (Operation *op : synchronization)
      op->erase();
    b.setInsertionPointAfter(copies.back());
    Operation *commit = CommitOp::create(b, loc), *wait = WaitOp::create(b, loc, stages - 2);
    SmallVector<Operation *> begins(copies.begin(), copies.end());
    begins.push_back(commit);
    llvm::SetVector<Operation *> early = neededFor(begins);
    scf::PipeliningOption options;
    options.peelEpilogue = false;
    options.supportDynamicLoops = true;
    options.predicateFn = onlyIf;
    unsigned last = stages - 1;
    scf::ForOp own = loop;
    // A round waits for its copies; then the place of the round before is free for the copies of a later one.
    options.getScheduleFn = [&, own, last](scf::ForOp of, std::vector<std::pair<Operation *, unsigned>> &schedule) {
      if (of != own)
        return;
      schedule.push_back({wait, last});
      for (bool isEarly : {true, false})
        for (Operation &op : of.getBody()->without_terminator())
          if (&op != wait && early.contains(&op) == isEarly)
            schedule.push_back({&op, isEarly ? 0 : last});
    };
    IRRewriter rewriter(loop.getContext());
    rewriter.setInsertionPoint(loop);
    FailureOr<scf::ForOp> pipelined = scf::pipelineForLoop(rewriter, loop, options);
    if (succeeded(pipelined))
      joinGroups(*pipelined);
    return pipelined;
  }

private:
  /// Copies in front of the loop that only it needs come with those of its first round: their group is that one's. Their
  /// wait goes behind, for a loop that may have no round; the waits of a loop that has some are enough.
  void joinGroups(scf::ForOp loop) {
    auto isPart = [](Operation &op) {
      return isMemoryEffectFree(&op) || isa<AsyncCopyOp, CommitOp, LoadOp>(op) ||
             (isa<scf::IfOp>(op) && !op.walk([](LocalLoadOp) { return WalkResult::interrupt(); }).wasInterrupted());
    };
    int64_t own = 0; // of the loop's groups
    for (Operation *op = loop->getPrevNode(); op;) {
      Operation *previous = op->getPrevNode();
      auto wait = dyn_cast<WaitOp>(op);
      if (wait && wait.getPending() == 0 && hasRounds(loop))
        wait->erase();
      else if (wait && wait.getPending() == 0)
        wait->moveAfter(loop);
      else if (!isPart(*op))
        break;
      if (isa<CommitOp>(op) && ++own >= stages)
        op->erase();
      op = previous;
    }
  }

  /// These ops, and those in the loop that compute their operands.
  llvm::SetVector<Operation *> neededFor(SmallVector<Operation *> open) {
    llvm::SetVector<Operation *> needed;
    while (!open.empty()) {
      Operation *op = open.pop_back_val();
      if (op->getBlock() != loop.getBody() || !needed.insert(op))
        continue;
      for (Value operand : op->getOperands())
        if (Operation *producer = operand.getDefiningOp())
          open.push_back(producer);
    }
    return needed;
  }

  Value index(int64_t value) { return arith::ConstantIndexOp::create(b, loop.getLoc(), value); }

  /// The number of the round, counted around so many places.
  Value place(Value places) {
    Location loc = loop.getLoc();
    Value distance = arith::SubIOp::create(b, loc, loop.getInductionVar(), loop.getLowerBound());
    Value round = arith::DivUIOp::create(b, loc, distance, loop.getStep());
    return arith::RemUIOp::create(b, loc, round, places);
  }

  void choosePlaces() {
    b.setInsertionPoint(loop);
    Value zero = index(0), places = index(stages);
    b.setInsertionPointToStart(loop.getBody());
    // One for what runs ahead, and one for what does not.
    SmallVector<Value, 3> written{place(places)}, read{place(places)};
    for (AsyncCopyOp copy : copies) {
      int64_t rank = copy.getLayout().getRank();
      written.resize(rank + 1, zero), read.resize(rank + 1, zero);
      copy.getDestIndicesMutable().assign(written);
      for (Operation *user : llvm::make_early_inc_range(copy.getDest().getUsers()))
        if (auto load = dyn_cast<LocalLoadOp>(user))
          load.getIndicesMutable().assign(read);
    }
  }

  /// A round that does not come copies nothing; its group is empty.
  static Operation *onlyIf(RewriterBase &rewriter, Operation *op, Value condition) {
    if (isa<CommitOp>(op) || isMemoryEffectFree(op))
      return op;
    if (!isa<AsyncCopyOp>(op))
      return nullptr;
    auto branch = scf::IfOp::create(rewriter, op->getLoc(), condition, /*withElseRegion=*/false);
    rewriter.moveOpBefore(op, branch.thenBlock(), branch.thenBlock()->begin());
    return branch;
  }

  scf::ForOp loop;
  int64_t stages;
  OpBuilder b;
  SmallVector<AsyncCopyOp> copies;
  SmallVector<Operation *> synchronization;
};

struct PipelineLoadsPass : impl::PipelineLoadsBase<PipelineLoadsPass> {
  using PipelineLoadsBase::PipelineLoadsBase;

  void runOnOperation() override {
    KernelOp kernel = getOperation();
    if (stages < 1 || stages > 8) {
      kernel.emitError("expected stages from 1 to 8, got: ") << int64_t(stages);
      return signalPassFailure();
    }
    SmallVector<scf::ForOp> loops;
    kernel.walk([&](scf::ForOp loop) { loops.push_back(loop); });
    for (scf::ForOp loop : loops) {
      LoopPipeline pipeline(loop, stages);
      if (stages == 1 || !pipeline.isPossible())
        continue;
      pipeline.multiplyBuffers(stages);
      if (pipeline.sharedBytes(kernel) > budget)
        pipeline.multiplyBuffers(1);
      else if (failed(pipeline.run())) {
        kernel.emitError("this loop cannot be pipelined");
        return signalPassFailure();
      }
    }
  }
};

} // namespace
} // namespace weft
