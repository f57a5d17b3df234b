#include "KernelValues.h"

#include "dialects/Interfaces/TileBodyOpInterface.h"

#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace weft;

KernelValues::KernelValues(OpBuilder &builder, GroupOp group, const IterationSpace &space,
                           int64_t tileBytes)
    : builder(builder), body(group.getBody().front()), space(space), loc(group.getLoc()) {
  int64_t widest = 1;
  for (const Access &access : llvm::concat<const Access>(space.arguments, space.results))
    widest = std::max<int64_t>(widest, access.type.getElementTypeBitWidth() / 8);
  extent = std::min<int64_t>(tileBytes / widest, llvm::PowerOf2Ceil(space.columns()));
  tileType = RankedTensorType::get({extent}, builder.getF32Type());
}

Value KernelValues::argumentBuffer(Value argument) {
  return kernel.getBody().getArgument(cast<BlockArgument>(argument).getArgNumber());
}
Value KernelValues::resultBuffer(size_t i) {
  return kernel.getBody().getArgument(space.arguments.size() + i);
}
const Access &KernelValues::accessOf(Value argument) const {
  return space.arguments[cast<BlockArgument>(argument).getArgNumber()];
}

Value KernelValues::index(int64_t value) {
  return arith::ConstantIndexOp::create(builder, loc, value);
}

// ---- what kind of value it is

bool KernelValues::spansColumns(const Access &access) const {
  return !access.dims.empty() && access.dims.back() == (int64_t)space.shape.size() - 1;
}

bool KernelValues::spansColumns(Value value) {
  auto known = spans.find(value);
  if (known != spans.end())
    return known->second;
  bool result = false;
  Operation *op = value.getDefiningOp();
  if (!op)
    result = spansColumns(accessOf(value));
  else if (op->hasTrait<facts::ReadsCoordinates>())
    result = cast<RankedTensorType>(value.getType()).getShape().back() > 1;
  else if (!isRowReduction(op) && !isSinkReduction(op))
    result = llvm::any_of(op->getOperands(), [&](Value v) { return spansColumns(v); });
  spans[value] = result;
  return result;
}

int64_t KernelValues::phaseOf(Value value) {
  auto known = phases.find(value);
  if (known != phases.end())
    return known->second;
  int64_t phase = 0;
  if (Operation *op = value.getDefiningOp()) {
    for (Value operand : op->getOperands())
      phase = std::max(phase, phaseOf(operand));
    phase += isRowReduction(op);
  }
  phases[value] = phase;
  return phase;
}

// ---- emitting values

SmallVector<Value> KernelValues::indicesOf(const Access &access, Value column) {
  SmallVector<Value> indices;
  for (int64_t dim : access.dims)
    indices.push_back(dim == (int64_t)space.shape.size() - 1 ? column : rowCoordinates[dim]);
  return indices;
}

Value KernelValues::emitScalar(Value value) {
  if (Value known = scalars.lookup(value))
    return known;
  OpBuilder::InsertionGuard guard(builder);
  if (hoistBefore)
    builder.setInsertionPoint(hoistBefore);
  Value emitted;
  if (Operation *op = value.getDefiningOp()) {
    SmallVector<Value> operands;
    for (Value operand : op->getOperands())
      if (!isTableOf(op, operand))
        operands.push_back(emitScalar(operand));
    emitted = emitScalarBody(op, operands);
  } else {
    emitted = memref::LoadOp::create(builder, loc, argumentBuffer(value),
                                     indicesOf(accessOf(value), Value()));
  }
  scalars[value] = emitted;
  return emitted;
}

Value KernelValues::tableRow(GatherRowsOp op, Value id) {
  if (std::optional<uint32_t> divisor = op.getDivisor())
    id = arith::DivUIOp::create(
        builder, loc, id,
        arith::ConstantIntOp::create(builder, loc, builder.getI32Type(), *divisor));
  return arith::IndexCastOp::create(builder, loc, builder.getIndexType(), id);
}

Value KernelValues::emitScalarBody(Operation *op, ValueRange operands) {
  if (auto gather = dyn_cast<GatherRowsOp>(op)) {
    Value row = tableRow(gather, operands[0]);
    return memref::LoadOp::create(builder, loc, argumentBuffer(gather.getTable()),
                                  ValueRange{row, index(0)});
  }
  Value emitted = emitBody(op, operands, index(0));
  // Ops that look at column numbers emit tiles: of one element, where there is one column.
  if (isa<RankedTensorType>(emitted.getType()))
    emitted = tile::ReduceOp::create(builder, loc, getElementTypeOrSelf(emitted.getType()),
                                     tile::ReductionKind::Add, emitted, /*axis=*/0);
  return emitted;
}

Value KernelValues::emitBody(Operation *op, ValueRange operands, Value column) {
  SmallVector<Value> coordinates(rowCoordinates);
  coordinates.push_back(column);
  return cast<TileBodyOpInterface>(op).emitTile(builder, operands, coordinates, tileType);
}

Value KernelValues::load(Value buffer, ValueRange indices, bool inBounds) {
  Type element = cast<MemRefType>(buffer.getType()).getElementType();
  return tile::LoadOp::create(builder, loc, tileOf(element), buffer, indices, inBounds);
}

Value KernelValues::emit(Value value, Value column, bool inBounds, Tiles &tiles) {
  if (!spansColumns(value))
    return emitScalar(value);
  if (Value known = tiles.lookup(value))
    return known;
  Value emitted;
  Operation *op = value.getDefiningOp();
  if (!op) {
    emitted = load(argumentBuffer(value), indicesOf(accessOf(value), column), inBounds);
  } else if (auto gather = dyn_cast<GatherRowsOp>(op)) {
    Value row = tableRow(gather, emitScalar(gather.getIds()));
    emitted = load(argumentBuffer(gather.getTable()), {row, column}, inBounds);
  } else {
    SmallVector<Value> operands;
    for (Value operand : op->getOperands())
      operands.push_back(emit(operand, column, inBounds, tiles));
    emitted = emitBody(op, operands, column);
  }
  tiles[value] = emitted;
  return emitted;
}

Value KernelValues::asTile(Value value) {
  if (isa<RankedTensorType>(value.getType()))
    return value;
  return tensor::SplatOp::create(builder, loc, value, tileOf(value.getType()));
}

void KernelValues::setRow(Value row) {
  rowCoordinates.assign(space.shape.size() - 1, Value());
  for (int64_t d = (int64_t)space.shape.size() - 2; d > 0; --d) {
    Value size = index(space.shape[d]);
    rowCoordinates[d] = arith::RemUIOp::create(builder, loc, row, size);
    row = arith::DivUIOp::create(builder, loc, row, size);
  }
  if (!rowCoordinates.empty())
    rowCoordinates[0] = row;
}
