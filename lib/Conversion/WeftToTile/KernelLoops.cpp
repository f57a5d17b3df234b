#include "KernelLoops.h"

#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace weft;

// ---- reductions

static tile::ReductionKind kindOf(Operation *op) {
  return isa<ReduceMaxOp>(op) ? tile::ReductionKind::Max : tile::ReductionKind::Add;
}

Value KernelLoops::neutral(Operation *op, Type tile) {
  double value = kindOf(op) == tile::ReductionKind::Max ? -INFINITY : 0.0;
  auto element = builder.getFloatAttr(getElementTypeOrSelf(tile), value);
  return arith::ConstantOp::create(builder, loc,
                                   DenseElementsAttr::get(cast<RankedTensorType>(tile), element));
}

SmallVector<Value> KernelLoops::neutrals(ArrayRef<Operation *> reductions) {
  return llvm::map_to_vector(reductions, [&](Operation *op) {
    return neutral(op, tileOf(getElementTypeOrSelf(op->getResult(0).getType())));
  });
}

Value KernelLoops::combine(Operation *op, Value a, Value b) {
  if (kindOf(op) == tile::ReductionKind::Max)
    return arith::MaximumFOp::create(builder, loc, a, b);
  return arith::AddFOp::create(builder, loc, a, b);
}

SmallVector<Value> KernelLoops::combine(ArrayRef<Operation *> reductions, ValueRange a,
                                        ValueRange b) {
  SmallVector<Value> both;
  for (auto [op, x, y] : llvm::zip_equal(reductions, a, b))
    both.push_back(combine(op, x, y));
  return both;
}

Value KernelLoops::maskTail(Operation *op, Value value, Value column) {
  auto type = tileOf(builder.getI32Type());
  Value first = arith::IndexCastOp::create(builder, loc, builder.getI32Type(), column);
  Value number =
      arith::AddIOp::create(builder, loc, asTile(first), tile::IotaOp::create(builder, loc, type));
  Value end = arith::ConstantOp::create(
      builder, loc, DenseElementsAttr::get(type, static_cast<int32_t>(space.columns())));
  Value exists = arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::slt, number, end);
  return arith::SelectOp::create(builder, loc, exists, value, neutral(op, value.getType()));
}

Value KernelLoops::reduceTile(Operation *op, Value tile) {
  return tile::ReduceOp::create(builder, loc, getElementTypeOrSelf(tile.getType()), kindOf(op),
                                tile, /*axis=*/0);
}

// ---- loops

SmallVector<Value> KernelLoops::reduce(ArrayRef<Operation *> reductions, const Rounds &rounds,
                                       Round emitRound) {
  return reduceInParts(builder, loc, rounds, neutrals(reductions), emitRound,
                       [&](ValueRange a, ValueRange b) { return combine(reductions, a, b); });
}

SmallVector<Value> KernelLoops::forColumns(ArrayRef<Operation *> reductions,
                                           ColumnRound emitColumns) {
  int64_t full = space.columns() / extent * extent;
  SmallVector<Value> carried;
  if (full > extent) {
    Rounds rounds = Rounds::upTo(builder, loc, full, extent);
    auto emitFull = [&](Value column, ValueRange sums) { return emitColumns(column, true, sums); };
    hoistBefore = rounds.start.getDefiningOp();
    carried = reduce(reductions, rounds, emitFull);
    hoistBefore = nullptr;
  } else {
    carried = neutrals(reductions);
    if (full == extent)
      carried = emitColumns(index(0), true, carried);
  }
  if (full < space.columns())
    carried = emitColumns(index(full), false, carried);
  return carried;
}
