// The structure of a kernel that is rewritten to rows: blocks, loops, loads, stores, reductions.
#include "RowBuilder.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

using namespace mlir;
using namespace weft;

LogicalResult RowBuilder::build() {
  Block *old = &kernel.getBody().front();
  entry = builder.createBlock(&kernel.getBody(), kernel.getBody().end());
  for (BlockArgument argument : old->getArguments())
    mapping.map(argument, entry->addArgument(argument.getType(), argument.getLoc()));
  if (failed(convertBlock(*old)))
    return failure();
  tile::ReturnOp::create(builder, old->getTerminator()->getLoc());
  old->dropAllReferences();
  old->erase();
  return success();
}

// ---- blocks

static bool hasMatrices(Operation *op) {
  return llvm::any_of(op->getOperands(), isMatrix) || llvm::any_of(op->getResults(), isMatrix);
}

LogicalResult RowBuilder::convertBlock(Block &old) {
  SmallVector<Value> allocated;
  llvm::SaveAndRestore scope(inBlock, &allocated);
  llvm::SaveAndRestore scalars(scalarBuffers); // what is stored here is not there outside
  for (Operation &op : old.without_terminator()) {
    loc = op.getLoc();
    if (failed(convert(&op)))
      return failure();
    if (hasMatrices(&op) && !OpTrait::hasElementwiseMappableTraits(&op))
      done.insert(&op);
  }
  auto yield = dyn_cast<scf::YieldOp>(old.getTerminator());
  if (yield) {
    SmallVector<Value> values;
    auto loop = cast<scf::ForOp>(yield->getParentOp());
    for (auto [value, argument] : llvm::zip(yield.getOperands(), loop.getRegionIterArgs()))
      if (unsigned along = lanes.lanesOf(argument); isMatrix(value))
        materialize(value, along, yield, scratchOf(argument, along));
      else
        values.push_back(mapping.lookupOrDefault(value));
    scf::YieldOp::create(builder, yield.getLoc(), values);
  }
  llvm::append_range(unused, allocated);
  return success();
}

LogicalResult RowBuilder::convert(Operation *op) {
  if (auto loop = dyn_cast<scf::ForOp>(op))
    return convertFor(loop);
  if (op->getNumRegions() != 0)
    return op->emitOpError("expected loops only around tiles of rank 2");
  if (!hasMatrices(op)) {
    builder.clone(*op, mapping);
    return success();
  }
  if (auto dot = dyn_cast<tile::DotOp>(op))
    convertDot(dot);
  else if (auto reduce = dyn_cast<tile::ReduceOp>(op))
    convertReduce(reduce);
  else if (auto store = dyn_cast<tile::StoreOp>(op))
    convertStore(store);
  else if (auto concat = dyn_cast<tile::ConcatOp>(op))
    convertConcat(concat);
  else if (auto load = dyn_cast<tile::LoadOp>(op)) {
    for (unsigned along : {0, 1})
      if (lanes.packingsOf(load) & (1u << along))
        pack(load, along);
  } else if (!OpTrait::hasElementwiseMappableTraits(op) && !isRowFree(op->getResult(0)))
    return op->emitOpError("is not lowered for tiles of rank 2 beside products");
  return success();
}

LogicalResult RowBuilder::convertFor(scf::ForOp old) {
  SmallVector<Value> carried;
  for (auto [init, argument] : llvm::zip(old.getInitArgs(), old.getRegionIterArgs())) {
    if (!isMatrix(init)) {
      carried.push_back(mapping.lookupOrDefault(init));
      continue;
    }
    unsigned along = lanes.lanesOf(argument);
    Value buffer = scratchOf(init, along);
    if (!buffer || !isDead(init, {}, old)) {
      buffer = allocate(scratchType(init, along));
      materialize(init, along, old, buffer);
    }
    scratch[{argument, along}] = buffer;
  }
  auto loop =
      scf::ForOp::create(builder, old.getLoc(), mapping.lookupOrDefault(old.getLowerBound()),
                         mapping.lookupOrDefault(old.getUpperBound()),
                         mapping.lookupOrDefault(old.getStep()), carried);
  mapping.map(old.getInductionVar(), loop.getInductionVar());
  unsigned next = 0;
  for (auto [argument, result] : llvm::zip(old.getRegionIterArgs(), old.getResults())) {
    if (isMatrix(argument)) {
      unsigned along = lanes.lanesOf(argument);
      scratch[{result, along}] = scratchOf(argument, along);
      continue;
    }
    mapping.map(argument, loop.getRegionIterArg(next));
    mapping.map(result, loop.getResult(next++));
  }
  OpBuilder::InsertionGuard guard(builder);
  if (!loop.getBody()->empty()) // a loop that carries nothing has its yield already
    loop.getBody()->back().erase();
  builder.setInsertionPointToStart(loop.getBody());
  return convertBlock(*old.getBody());
}

// ---- loads and stores

/// Where the rows end that a tile may have part of; null if it has all of its rows.
template <typename OpT> static Value endOfRows(OpBuilder &builder, OpT op, MemRefType buffer, const IRMapping &mapping) {
  if (op.getEnd())
    return mapping.lookupOrDefault(op.getEnd());
  if (op.getInBounds())
    return Value();
  return arith::ConstantIndexOp::create(builder, op.getLoc(), buffer.getShape()[buffer.getRank() - 2]);
}

/// Runs `emit` where a row is in front of the end, if there is one.
static void ifExists(OpBuilder &builder, Location loc, Value row, Value end, function_ref<void()> emit) {
  if (!end)
    return emit();
  Value exists = arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::slt, row, end);
  auto branch = scf::IfOp::create(builder, loc, exists, /*withElseRegion=*/false);
  OpBuilder::InsertionGuard guard(builder);
  builder.setInsertionPointToStart(branch.thenBlock());
  emit();
}

/// The indices of element (i, j) of a tile, which spans the last two dimensions.
static SmallVector<Value> shifted(ArrayRef<Value> indices, Value i, Value j) {
  SmallVector<Value> result(indices);
  result[result.size() - 2] = i;
  result.back() = j;
  return result;
}

void RowBuilder::pack(tile::LoadOp load, unsigned along) {
  auto type = cast<RankedTensorType>(load.getType());
  SmallVector<Value> at = mapAll(load.getIndices());
  Value source = mapping.lookupOrDefault(load.getSource());
  Value first = at[at.size() - 2], column = at.back();
  bool inBounds = load.getInBounds();
  Value end = endOfRows(builder, load, load.getSource().getType(), mapping);
  Value buffer = allocate(scratchType(load, along));
  scratch[{load, along}] = buffer;
  OpBuilder::InsertionGuard guard(builder);
  if (along == 1) {
    auto rows = loop(type.getDimSize(0), 1);
    Value r = rows.getInductionVar(), row = add(first, r);
    RankedTensorType tile = rowType(load, along);
    if (end)
      storeRow(arith::ConstantOp::create(builder, loc, builder.getZeroAttr(tile)), buffer, r,
               index(0));
    ifExists(builder, loc, row, end, [&] {
      Value t =
          tile::LoadOp::create(builder, loc, tile, source, shifted(at, row, column), inBounds);
      storeRow(t, buffer, r, index(0));
    });
    return;
  }
  int64_t extent =
      std::min({blockExtent(type.getElementType()), type.getDimSize(0), type.getDimSize(1)});
  auto square = type.clone({extent, extent});
  auto rows = loop(type.getDimSize(0), extent);
  auto columns = loop(type.getDimSize(1), extent);
  Value i = rows.getInductionVar(), j = columns.getInductionVar();
  Value t = tile::LoadOp::create(builder, loc, square, source, shifted(at, add(first, i), add(column, j)),
                                 load.getEnd() ? end : Value(), inBounds, /*alignment=*/IntegerAttr());
  Value turned = tile::TransposeOp::create(builder, loc, square, t);
  tile::StoreOp::create(builder, loc, turned, buffer, ValueRange{j, i}, /*in_bounds=*/true);
}

void RowBuilder::convertStore(tile::StoreOp store) {
  Value matrix = store.getValue();
  auto type = cast<RankedTensorType>(matrix.getType());
  unsigned along = lanes.lanesOf(matrix);
  SmallVector<Value> at = mapAll(store.getIndices());
  Value dest = mapping.lookupOrDefault(store.getDest());
  Value first = at[at.size() - 2], column = at.back();
  bool inBounds = store.getInBounds();
  Value end = endOfRows(builder, store, store.getDest().getType(), mapping);
  if (along == 1) {
    loopOverRows(matrix, along, store, Value(), Value(), [&](Value r, Value row, Value) {
      Value i = add(first, r);
      ifExists(builder, loc, i, end, [&] {
        tile::StoreOp::create(builder, loc, row, dest, shifted(at, i, column), inBounds);
      });
      return Value();
    });
    return;
  }
  Value buffer = materialize(matrix, along, store);
  OpBuilder::InsertionGuard guard(builder);
  int64_t extent =
      std::min({blockExtent(type.getElementType()), type.getDimSize(0), type.getDimSize(1)});
  auto square = type.clone({extent, extent});
  auto rows = loop(type.getDimSize(0), extent);
  auto columns = loop(type.getDimSize(1), extent);
  Value i = rows.getInductionVar(), j = columns.getInductionVar();
  Value t =
      tile::LoadOp::create(builder, loc, square, buffer, ValueRange{j, i}, /*in_bounds=*/true);
  Value turned = tile::TransposeOp::create(builder, loc, square, t);
  tile::StoreOp::create(builder, loc, turned, dest, shifted(at, add(first, i), add(column, j)),
                        store.getEnd() ? end : Value(), inBounds, /*alignment=*/IntegerAttr());
}

// ---- reductions

void RowBuilder::convertReduce(tile::ReduceOp reduce) {
  Value matrix = reduce.getValue();
  unsigned along = lanes.lanesOf(matrix);
  bool isSum = reduce.getKind() == tile::ReductionKind::Add;
  if (reduce.getAxis() == along) { // within rows
    auto type = cast<RankedTensorType>(reduce.getType());
    Value results = allocate(MemRefType::get(type.getShape(), type.getElementType()));
    loopOverRows(matrix, along, reduce, Value(), Value(), [&](Value r, Value row, Value) {
      Value one =
          tile::ReduceOp::create(builder, loc, type.getElementType(), reduce.getKind(), row, 0);
      memref::StoreOp::create(builder, loc, one, results, r);
      return Value();
    });
    mapping.map(reduce.getResult(), tile::LoadOp::create(builder, loc, type, results, index(0),
                                                         /*in_bounds=*/true)
                                        .getResult());
    return;
  }
  RankedTensorType row = rowType(matrix, along);
  auto element = cast<FloatType>(row.getElementType());
  APFloat neutral = isSum ? APFloat::getZero(element.getFloatSemantics())
                          : APFloat::getInf(element.getFloatSemantics(), /*Negative=*/true);
  Value start = arith::ConstantOp::create(builder, loc, DenseElementsAttr::get(row, neutral));
  Value result = loopOverRows(matrix, along, reduce, Value(), start,
                              [&](Value, Value value, Value carried) -> Value {
                                if (isSum)
                                  return arith::AddFOp::create(builder, loc, carried, value);
                                return arith::MaximumFOp::create(builder, loc, carried, value);
                              });
  mapping.map(reduce.getResult(), result);
}

// ---- scratch and small helpers

MemRefType RowBuilder::scratchType(Value matrix, unsigned along) {
  auto type = cast<RankedTensorType>(matrix.getType());
  return MemRefType::get({type.getDimSize(1 - along), type.getDimSize(along)},
                         type.getElementType());
}

Value RowBuilder::allocate(MemRefType type) {
  auto free = llvm::find_if(unused, [&](Value buffer) { return buffer.getType() == type; });
  Value buffer;
  if (free != unused.end()) {
    buffer = *free;
    unused.erase(free);
  } else {
    OpBuilder::InsertionGuard guard(builder);
    builder.setInsertionPointToStart(entry);
    buffer = memref::AllocaOp::create(builder, loc, type, builder.getI64IntegerAttr(64));
  }
  inBlock->push_back(buffer);
  return buffer;
}

Value RowBuilder::index(int64_t value) {
  return arith::ConstantIndexOp::create(builder, loc, value);
}
Value RowBuilder::add(Value a, Value b) { return builder.createOrFold<arith::AddIOp>(loc, a, b); }

/// Goes into a loop; the caller's guard leads out again.
scf::ForOp RowBuilder::loop(int64_t end, int64_t step, ValueRange carried) {
  auto loop = scf::ForOp::create(builder, loc, index(0), index(end), index(step), carried);
  builder.setInsertionPointToStart(loop.getBody());
  return loop;
}

Value RowBuilder::loadRow(Value buffer, Value row, Value column, int64_t width) {
  auto type = RankedTensorType::get({width}, cast<MemRefType>(buffer.getType()).getElementType());
  return tile::LoadOp::create(builder, loc, type, buffer, ValueRange{row, column},
                              /*in_bounds=*/true);
}

void RowBuilder::storeRow(Value value, Value buffer, Value row, Value column) {
  tile::StoreOp::create(builder, loc, value, buffer, ValueRange{row, column}, /*in_bounds=*/true);
}

RankedTensorType RowBuilder::rowType(Value matrix, unsigned along) {
  auto type = cast<RankedTensorType>(matrix.getType());
  return RankedTensorType::get({type.getDimSize(along)}, type.getElementType());
}

SmallVector<Value> RowBuilder::mapAll(ValueRange values) {
  return llvm::map_to_vector(values, [&](Value v) { return mapping.lookupOrDefault(v); });
}
