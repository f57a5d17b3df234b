// Chains of elementwise ops on matrices, as one loop over rows.
#include "RowBuilder.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

using namespace mlir;
using namespace weft;

/// What has to be computed for a matrix, and from what.
void RowBuilder::collect(Value matrix, Chain &chain) {
  if (isRowFree(matrix))
    return;
  if (scratchOf(matrix, lanes.lanesOf(matrix)) || matrix.getDefiningOp<tile::LoadOp>()) {
    if (!llvm::is_contained(chain.leaves, matrix))
      chain.leaves.push_back(matrix);
    return;
  }
  Operation *op = matrix.getDefiningOp();
  if (chain.ops.contains(op))
    return;
  for (Value operand : op->getOperands())
    if (isMatrix(operand))
      collect(operand, chain);
  chain.ops.insert(op);
}

/// Whether nobody reads a matrix after `user`, if `ops` have been computed with it. What comes from
/// outside of the present block is read again in the next round.
bool RowBuilder::isDead(Value matrix, const SetVector<Operation *> &ops, Operation *user) const {
  Block *here = user->getBlock();
  if (matrix.getParentBlock() != here)
    return false;
  return llvm::all_of(matrix.getUsers(), [&](Operation *reader) {
    // Comparisons are made again wherever they are wanted.
    bool isRemade = reader->getNumResults() == 1 && isMatrix(reader->getResult(0)) &&
                    !isa<FloatType>(getElementTypeOrSelf(reader->getResult(0)));
    Operation *ancestor = here->findAncestorOpInBlock(*reader);
    return !isRemade && (ancestor == user || ops.contains(reader) || done.contains(ancestor));
  });
}

/// Puts into memory the tiles of rank 1 of which the loop wants one element a row.
void RowBuilder::prepareScalars(const Chain &chain, unsigned along) {
  auto prepare = [&](Value matrix) {
    auto broadcast = matrix.getDefiningOp<tile::BroadcastOp>();
    if (!broadcast || broadcast.getAxis() != along || scalarBuffers.contains(broadcast.getValue()))
      return;
    auto type = cast<RankedTensorType>(broadcast.getValue().getType());
    Value buffer = allocate(MemRefType::get(type.getShape(), type.getElementType()));
    tile::StoreOp::create(builder, loc, mapping.lookupOrDefault(broadcast.getValue()), buffer,
                          index(0),
                          /*in_bounds=*/true);
    scalarBuffers[broadcast.getValue()] = buffer;
  };
  for (Operation *op : chain.ops)
    for (Value operand : op->getOperands())
      prepare(operand);
}

Value RowBuilder::rowOfBroadcast(tile::BroadcastOp op, Value row, unsigned along) {
  if (op.getAxis() != along)
    return mapping.lookupOrDefault(op.getValue());
  Value element = memref::LoadOp::create(builder, loc, scalarBuffers.lookup(op.getValue()), row);
  return tensor::SplatOp::create(builder, loc, rowType(op.getResult(), along), element);
}

Value RowBuilder::rowOf(Value matrix, Value row, unsigned along, Rows &known) {
  if (Value value = known.lookup(matrix))
    return value;
  RankedTensorType type = rowType(matrix, along);
  Operation *op = matrix.getDefiningOp();
  Value result;
  if (auto constant = dyn_cast<arith::ConstantOp>(op)) {
    auto splat = cast<DenseElementsAttr>(constant.getValue());
    result = arith::ConstantOp::create(builder, loc, splat.resizeSplat(type));
  } else if (auto splat = dyn_cast<tensor::SplatOp>(op)) {
    result = tensor::SplatOp::create(builder, loc, type, mapping.lookupOrDefault(splat.getInput()));
  } else if (auto broadcast = dyn_cast<tile::BroadcastOp>(op)) {
    result = rowOfBroadcast(broadcast, row, along);
  } else {
    SmallVector<Value> operands;
    for (Value operand : op->getOperands())
      operands.push_back(isMatrix(operand) ? rowOf(operand, row, along, known)
                                           : mapping.lookupOrDefault(operand));
    OperationState state(op->getLoc(), op->getName(), operands, type, op->getAttrs());
    result = builder.create(state)->getResult(0);
  }
  known[matrix] = result;
  return result;
}

Value RowBuilder::loopOverRows(Value matrix, unsigned along, Operation *user, Value target,
                               Value carried,
                               function_ref<Value(Value row, Value value, Value carried)> use) {
  Chain chain;
  collect(matrix, chain);
  prepareScalars(chain, along);
  // Where the results go that are wanted again: over what is not, if there is any.
  SmallVector<Value> free;
  for (Value leaf : chain.leaves)
    if (isDead(leaf, chain.ops, user) && scratchOf(leaf, along) != target)
      free.push_back(scratchOf(leaf, along));
  SmallVector<std::pair<Value, Value>> kept;
  if (target)
    kept.push_back({matrix, target});
  for (Operation *op : chain.ops) {
    Value value = op->getResult(0);
    bool isWanted = llvm::any_of(value.getUsers(), [&](Operation *reader) {
      return reader != user && !chain.ops.contains(reader);
    });
    if (!isWanted || !isa<FloatType>(getElementTypeOrSelf(value)) || (value == matrix && target))
      continue;
    MemRefType type = scratchType(value, along);
    auto taken = llvm::find_if(free, [&](Value buffer) { return buffer.getType() == type; });
    kept.push_back({value, taken != free.end() ? *taken : allocate(type)});
    if (taken != free.end())
      free.erase(taken);
  }
  {
    OpBuilder::InsertionGuard guard(builder);
    int64_t rows = cast<RankedTensorType>(matrix.getType()).getDimSize(1 - along);
    auto over = loop(rows, 1, carried ? ValueRange(carried) : ValueRange());
    Value row = over.getInductionVar();
    Rows known;
    for (Value leaf : chain.leaves) // all reads come before all writes
      known[leaf] =
          loadRow(scratchOf(leaf, along), row, index(0), rowType(leaf, along).getDimSize(0));
    Value value = rowOf(matrix, row, along, known);
    for (auto [kept, buffer] : kept)
      storeRow(rowOf(kept, row, along, known), buffer, row, index(0));
    Value next = use ? use(row, value, carried ? over.getRegionIterArg(0) : Value()) : Value();
    if (carried) {
      scf::YieldOp::create(builder, loc, next);
      carried = over.getResult(0);
    }
  }
  for (auto [value, buffer] : kept)
    if (!isRowFree(value) && !scratchOf(value, along))
      scratch[{value, along}] = buffer;
  done.insert_range(chain.ops);
  return carried;
}

Value RowBuilder::materialize(Value matrix, unsigned along, Operation *user, Value target) {
  Value known = scratchOf(matrix, along);
  if (known && (!target || known == target))
    return known;
  if (!target) {
    Chain chain;
    collect(matrix, chain);
    MemRefType type = scratchType(matrix, along);
    for (Value leaf : chain.leaves)
      if (!target && isDead(leaf, chain.ops, user) && scratchOf(leaf, along).getType() == type)
        target = scratchOf(leaf, along);
    if (!target)
      target = allocate(type);
  }
  loopOverRows(matrix, along, user, target, Value(), nullptr);
  return target;
}

/// One loop over the rows of all pieces, which are alike and often share what they are computed from.
void RowBuilder::convertConcat(tile::ConcatOp concat) {
  unsigned along = lanes.lanesOf(concat.getResult());
  Chain chain;
  for (Value piece : concat.getTiles())
    collect(piece, chain);
  prepareScalars(chain, along);
  Value buffer = allocate(scratchType(concat.getResult(), along));
  {
    OpBuilder::InsertionGuard guard(builder);
    auto piece = cast<RankedTensorType>(concat.getTiles().front().getType());
    Value row = loop(piece.getDimSize(1 - along), 1).getInductionVar();
    Rows known;
    for (Value leaf : chain.leaves)
      known[leaf] =
          loadRow(scratchOf(leaf, along), row, index(0), rowType(leaf, along).getDimSize(0));
    for (auto [i, value] : llvm::enumerate(concat.getTiles())) {
      Value offset = index(i * piece.getDimSize(1));
      Value result = rowOf(value, row, along, known);
      storeRow(result, buffer, along == 1 ? row : add(row, offset), along == 1 ? offset : index(0));
    }
  }
  scratch[{concat.getResult(), along}] = buffer;
  done.insert_range(chain.ops);
}
