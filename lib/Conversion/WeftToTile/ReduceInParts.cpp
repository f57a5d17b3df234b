#include "ReduceInParts.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace weft;

/// Few enough for small errors: n summands of one size, added one after the other, are off by some
/// sqrt(n / 3) roundings. Many enough for what a part costs besides to be lost beside its rounds.
static constexpr int64_t kRoundsOfPart = 32;

/// How many rounds make a part of so many: a power of kRoundsOfPart, 1 where there are few.
static int64_t roundsOfPart(int64_t rounds) {
  int64_t size = 1;
  while (llvm::divideCeil(rounds, size) > 2 * kRoundsOfPart)
    size *= kRoundsOfPart;
  return size;
}

static Value index(OpBuilder &builder, Location loc, int64_t value) {
  return arith::ConstantIndexOp::create(builder, loc, value);
}

Rounds Rounds::upTo(OpBuilder &builder, Location loc, int64_t end, int64_t step) {
  Value start = index(builder, loc, 0);
  return {start, index(builder, loc, end), step, int64_t(llvm::divideCeil(end, step)),
          /*isExact=*/true};
}

Rounds Rounds::ofRun(OpBuilder &builder, Location loc, Value part, int64_t most, int64_t count,
                     int64_t step) {
  Value start = arith::MulIOp::create(builder, loc, part, index(builder, loc, most));
  Value end = arith::AddIOp::create(builder, loc, start, index(builder, loc, most));
  bool isExact = count % most == 0;
  if (!isExact)
    end = arith::MinUIOp::create(builder, loc, end, index(builder, loc, count));
  return {start, end, step, int64_t(llvm::divideCeil(std::min(most, count), step)), isExact};
}

/// The part of `size` rounds from `start` on: the last one ends where all do.
static Rounds partFrom(OpBuilder &builder, Location loc, const Rounds &all, Value start,
                       int64_t size) {
  Value end = arith::AddIOp::create(builder, loc, start, index(builder, loc, size * all.step));
  bool isExact = all.isExact && all.most % size == 0;
  if (!isExact)
    end = arith::MinUIOp::create(builder, loc, end, all.end);
  return {start, end, all.step, size, isExact};
}

Values weft::reduceInParts(OpBuilder &builder, Location loc, const Rounds &rounds,
                           ValueRange neutral, Round emitRound, Merge merge) {
  int64_t size = neutral.empty() ? 1 : roundsOfPart(rounds.most);
  Value step = index(builder, loc, size * rounds.step);
  auto loop = scf::ForOp::create(builder, loc, rounds.start, rounds.end, step, neutral);
  OpBuilder::InsertionGuard guard(builder);
  builder.setInsertionPointToStart(loop.getBody());
  Value start = loop.getInductionVar();
  ValueRange carried = loop.getRegionIterArgs();
  Values next;
  if (size == 1)
    next = emitRound(start, carried);
  else
    next = merge(carried, reduceInParts(builder, loc, partFrom(builder, loc, rounds, start, size),
                                        neutral, emitRound, merge));
  if (!neutral.empty()) // a loop that carries nothing has its yield already
    scf::YieldOp::create(builder, loc, next);
  return llvm::to_vector(ValueRange(loop.getResults()));
}
