// Products of matrices in scratch memory: accumulators in registers, vectors of one operand,
// scalars of the other.
#include "RowBuilder.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

using namespace mlir;
using namespace weft;

/// Whether an accumulator starts at zero.
static bool isZero(Value matrix) {
  auto constant = matrix.getDefiningOp<arith::ConstantOp>();
  auto value =
      constant ? dyn_cast<DenseFPElementsAttr>(constant.getValue()) : DenseFPElementsAttr();
  return value && value.isSplat() && value.getSplatValue<APFloat>().isPosZero();
}

/// Element (i, j) of an operand: where it was loaded from, or from scratch.
Value RowBuilder::readScalar(Value matrix, Value i, Value j) {
  for (unsigned along : {1, 0})
    if (Value buffer = scratchOf(matrix, along))
      return memref::LoadOp::create(builder, loc, buffer,
                                    along == 1 ? ValueRange{i, j} : ValueRange{j, i});
  auto load = matrix.getDefiningOp<tile::LoadOp>();
  SmallVector<Value> at = mapAll(load.getIndices());
  at[at.size() - 2] = add(at[at.size() - 2], i);
  at.back() = add(at.back(), j);
  return memref::LoadOp::create(builder, loc, mapping.lookupOrDefault(load.getSource()), at);
}

/// Asks for a part of the tile that the next round of the loop streams through. The `parts` blocks of
/// rows of a product, of which one begins at each multiple of `step`, together ask for the whole.
void RowBuilder::prefetchNext(Value matrix, Value part, int64_t step, int64_t parts) {
  auto load = matrix.getDefiningOp<tile::LoadOp>();
  if (!load || load.getIndices().size() < 2)
    return;
  auto row = dyn_cast<BlockArgument>(load.getIndices().drop_back().back());
  auto over = row ? dyn_cast<scf::ForOp>(row.getOwner()->getParentOp()) : scf::ForOp();
  if (!over || row != over.getInductionVar())
    return;
  auto type = cast<RankedTensorType>(matrix.getType());
  int64_t line = blockExtent(type.getElementType()),
          rows = llvm::divideCeil(type.getDimSize(0), parts);
  if (rows != step)
    part = arith::MulIOp::create(builder, loc,
                                 arith::DivUIOp::create(builder, loc, part, index(step)),
                                 index(rows));
  SmallVector<Value> at = mapAll(load.getIndices());
  Value next = add(at[at.size() - 2], mapping.lookupOrDefault(over.getStep())),
        first = add(next, part), column = at.back();
  for (int64_t i = 0; i < rows; ++i)
    for (int64_t j = 0; j < type.getDimSize(1); j += line) {
      at[at.size() - 2] = add(first, index(i));
      at.back() = add(column, index(j));
      memref::PrefetchOp::create(builder, loc, mapping.lookupOrDefault(load.getSource()), at,
                                 /*isWrite=*/false, /*localityHint=*/2, /*isDataCache=*/true);
    }
}

void RowBuilder::convertDot(tile::DotOp dot) {
  unsigned along = lanes.lanesOf(dot.getResult());
  bool vectorsAreA = lanes.takesVectorsFromA(dot);
  Value vectors = vectorsAreA ? dot.getA() : dot.getB(),
        scalars = vectorsAreA ? dot.getB() : dot.getA();
  bool isTurned = vectorsAreA ? dot.getTransposeA() : dot.getTransposeB();
  unsigned lanesOfVectors = vectorsAreA == isTurned ? 1 : 0;
  for (Value operand : {vectors, scalars})
    if (!operand.getDefiningOp<tile::LoadOp>())
      materialize(operand, lanes.lanesOf(operand), dot);
  Value rows = scratchOf(vectors, lanesOfVectors);

  Value result;
  bool adds = !isZero(dot.getAcc());
  if (adds) {
    Value acc = materialize(dot.getAcc(), along, dot);
    result = acc;
    if (!isDead(dot.getAcc(), {}, dot)) {
      result = allocate(scratchType(dot.getResult(), along));
      loopOverRows(dot.getAcc(), along, dot, result, Value(), nullptr);
    }
  } else {
    result = allocate(scratchType(dot.getResult(), along));
  }
  scratch[{dot.getResult(), along}] = result;

  // result[r, lanes] += scalars(r, k) * rows[k, lanes], for blocks of rows and lanes.
  auto type = cast<MemRefType>(result.getType());
  int64_t width =
      std::min<int64_t>(type.getDimSize(1), block.laneBytes * 8 / type.getElementTypeBitWidth());
  int64_t height = std::min<int64_t>(type.getDimSize(0), block.rows);
  int64_t inner = cast<MemRefType>(rows.getType()).getDimSize(0);
  bool rowIsFirst =
      vectorsAreA ? dot.getTransposeB() : !dot.getTransposeA(); // of the scalars' tile
  auto vector = RankedTensorType::get({width}, type.getElementType());
  OpBuilder::InsertionGuard guard(builder);
  Value first = loop(type.getDimSize(0), height).getInductionVar();
  prefetchNext(scalars, first, height, type.getDimSize(0) / height);
  Value lane = loop(type.getDimSize(1), width).getInductionVar();
  SmallVector<Value> at, sums;
  for (int64_t i = 0; i < height; ++i) {
    at.push_back(add(first, index(i)));
    sums.push_back(adds ? loadRow(result, at[i], lane, width)
                        : arith::ConstantOp::create(builder, loc, builder.getZeroAttr(vector)));
  }
  scf::ForOp over;
  {
    OpBuilder::InsertionGuard inside(builder);
    over = loop(inner, 1, sums);
    Value k = over.getInductionVar(), row = loadRow(rows, k, lane, width);
    SmallVector<Value> next;
    for (int64_t i = 0; i < height; ++i) {
      Value scalar = rowIsFirst ? readScalar(scalars, at[i], k) : readScalar(scalars, k, at[i]);
      Value factor = tensor::SplatOp::create(builder, loc, vector, scalar);
      next.push_back(math::FmaOp::create(builder, loc, factor, row, over.getRegionIterArg(i)));
    }
    scf::YieldOp::create(builder, loc, next);
  }
  for (int64_t i = 0; i < height; ++i)
    storeRow(over.getResult(i), result, at[i], lane);
}
