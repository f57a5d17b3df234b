// From a group to a kernel: loops over rows and columns around the tile bodies of the group's ops.
//
// A value of the group either extends along the columns (it becomes a tile) or not (a scalar). Row
// reductions cut the computation into phases: phase p loops over the columns once and adds up the
// reductions that need only those of earlier phases; what an earlier phase computed on tiles is
// computed again. All stores happen in the last loop, after the loads of the same elements, which is
// why an output may share the buffer of an argument that is read element by element.
#include "KernelBuilder.h"

#include "dialects/Interfaces/TileBodyOpInterface.h"

#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace weft;

namespace {

/// Values already emitted, and where scalars for them go.
struct Scope {
  DenseMap<Value, Value> values;
  Operation *hoistBefore = nullptr; // a column loop: scalars are emitted in front of it
};

class KernelBuilder {
public:
  KernelBuilder(OpBuilder &builder, GroupOp group, const IterationSpace &space,
                const KernelOptions &options)
      : builder(builder), group(group), body(group.getBody().front()), space(space),
        options(options), loc(group.getLoc()) {
    int64_t widest = 1;
    for (const Access &access : space.arguments)
      widest = std::max<int64_t>(widest, access.type.getElementTypeBitWidth() / 8);
    for (const Access &access : space.results)
      widest = std::max<int64_t>(widest, access.type.getElementTypeBitWidth() / 8);
    extent = std::min<int64_t>(options.tileBytes / widest, llvm::PowerOf2Ceil(space.columns()));
    tileType = RankedTensorType::get({extent}, builder.getF32Type());
  }

  tile::KernelOp build(StringRef name) {
    kernel = createKernel(name);
    OpBuilder::InsertionGuard guard(builder);
    Block *entry = &kernel.getBody().front();
    builder.setInsertionPointToStart(entry);
    switch (space.kind) {
    case IterationSpace::Kind::Flat:
      buildFlat();
      break;
    case IterationSpace::Kind::Rows:
      buildRows();
      break;
    case IterationSpace::Kind::Columns:
      buildColumns();
      break;
    case IterationSpace::Kind::Chunks:
      buildChunks();
      break;
    }
    builder.setInsertionPointToEnd(entry);
    tile::ReturnOp::create(builder, loc);
    return kernel;
  }

private:
  // ---- the kernel's frame

  int64_t gridSize() const {
    switch (space.kind) {
    case IterationSpace::Kind::Flat:
      return llvm::divideCeil(space.columns(), options.chunk);
    case IterationSpace::Kind::Rows:
      return space.rows();
    case IterationSpace::Kind::Columns:
      return llvm::divideCeil(space.columns(), extent);
    case IterationSpace::Kind::Chunks:
      return llvm::divideCeil(space.columns(), chunkOf());
    }
    llvm_unreachable("unknown kind");
  }

  tile::KernelOp createKernel(StringRef name) {
    SmallVector<Type> types;
    for (const Access &access : llvm::concat<const Access>(space.arguments, space.results))
      types.push_back(access.type);
    bool isSink = space.kind == IterationSpace::Kind::Columns || space.kind == IterationSpace::Kind::Chunks;
    ArrayAttr inPlace = isSink ? ArrayAttr() : inPlacePairs();
    auto op = tile::KernelOp::create(builder, loc, name, builder.getFunctionType(types, {}),
                                     gridSize(), space.results.size(), inPlace,
                                     /*arg_attrs=*/ArrayAttr(), /*res_attrs=*/ArrayAttr());
    Block *entry = builder.createBlock(&op.getBody());
    for (Type type : types)
      entry->addArgument(type, loc);
    builder.setInsertionPointAfter(op);
    return op;
  }

  /// Outputs that may take the buffer of an argument of the same elements in the same places.
  ArrayAttr inPlacePairs() {
    SmallVector<Attribute> pairs;
    for (auto [o, result] : llvm::enumerate(space.results))
      for (auto [a, argument] : llvm::enumerate(space.arguments))
        if (argument.type == result.type && argument.dims == result.dims)
          pairs.push_back(builder.getI64ArrayAttr({(int64_t)o, (int64_t)a}));
    return pairs.empty() ? ArrayAttr() : builder.getArrayAttr(pairs);
  }

  Value argumentBuffer(Value argument) {
    return kernel.getBody().getArgument(cast<BlockArgument>(argument).getArgNumber());
  }
  Value resultBuffer(size_t i) { return kernel.getBody().getArgument(space.arguments.size() + i); }
  Value result(size_t i) { return body.getTerminator()->getOperand(i); }
  const Access &accessOf(Value argument) {
    return space.arguments[cast<BlockArgument>(argument).getArgNumber()];
  }

  Value index(int64_t value) { return arith::ConstantIndexOp::create(builder, loc, value); }

  // ---- what kind of value it is

  bool spansColumns(const Access &access) const {
    return !access.dims.empty() && access.dims.back() == (int64_t)space.shape.size() - 1;
  }

  /// Whether a value of the group differs from column to column.
  bool spansColumns(Value value) {
    auto known = spans.find(value);
    if (known != spans.end())
      return known->second;
    bool result = false;
    Operation *op = value.getDefiningOp();
    if (!op)
      result = spansColumns(accessOf(value));
    else if (isa<GatherRowsOp, OneHotOp, CausalMaskOp, IotaOp>(op))
      result = space.columns() > 1;
    else if (!isRowReduction(op) && !isSinkReduction(op))
      result = llvm::any_of(op->getOperands(), [&](Value v) { return spansColumns(v); });
    spans[value] = result;
    return result;
  }

  /// How many loops over the columns must have run before the value can be computed.
  int64_t phaseOf(Value value) {
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

  /// The index of each dimension of an access, with `column` for the last one.
  SmallVector<Value> indicesOf(const Access &access, Value column) {
    SmallVector<Value> indices;
    for (int64_t dim : access.dims)
      indices.push_back(dim == (int64_t)space.shape.size() - 1 ? column : rowCoordinates[dim]);
    return indices;
  }

  /// A value that is the same in all columns.
  Value emitScalar(Value value) {
    if (Value known = scalars.values.lookup(value))
      return known;
    OpBuilder::InsertionGuard guard(builder);
    if (scalars.hoistBefore)
      builder.setInsertionPoint(scalars.hoistBefore);
    Value emitted;
    if (Operation *op = value.getDefiningOp()) {
      SmallVector<Value> operands;
      for (Value operand : op->getOperands())
        operands.push_back(emitScalar(operand));
      emitted = emitBody(op, operands, index(0));
    } else {
      emitted = memref::LoadOp::create(builder, loc, argumentBuffer(value),
                                       indicesOf(accessOf(value), Value()));
    }
    scalars.values[value] = emitted;
    return emitted;
  }

  Value emitBody(Operation *op, ValueRange operands, Value column) {
    SmallVector<Value> coordinates(rowCoordinates);
    coordinates.push_back(column);
    return cast<TileBodyOpInterface>(op).emitTile(builder, operands, coordinates, tileType);
  }

  RankedTensorType tileOf(Type element) { return RankedTensorType::get({extent}, element); }

  Value load(Value buffer, ValueRange indices, bool inBounds) {
    Type element = cast<MemRefType>(buffer.getType()).getElementType();
    return tile::LoadOp::create(builder, loc, tileOf(element), buffer, indices, inBounds);
  }

  /// A value at the tile that starts at `column`; scalars stay scalars.
  Value emit(Value value, Value column, bool inBounds, DenseMap<Value, Value> &tiles) {
    if (!spansColumns(value))
      return emitScalar(value);
    if (Value known = tiles.lookup(value))
      return known;
    Value emitted;
    Operation *op = value.getDefiningOp();
    if (!op) {
      emitted = load(argumentBuffer(value), indicesOf(accessOf(value), column), inBounds);
    } else if (auto gather = dyn_cast<GatherRowsOp>(op)) {
      Value id = emitScalar(gather.getIds());
      Value row = arith::IndexCastOp::create(builder, loc, builder.getIndexType(), id);
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

  Value asTile(Value value) {
    if (isa<RankedTensorType>(value.getType()))
      return value;
    return tensor::SplatOp::create(builder, loc, value, tileOf(value.getType()));
  }

  // ---- loops

  using ColumnBody = function_ref<SmallVector<Value>(Value column, bool inBounds, ValueRange carried)>;

  /// Runs `emitColumns` over all tiles of a row: full tiles first, the rest with bounds.
  SmallVector<Value> forColumns(SmallVector<Value> carried, ColumnBody emitColumns) {
    int64_t full = space.columns() / extent * extent;
    if (full > extent) {
      auto loop = scf::ForOp::create(builder, loc, index(0), index(full), index(extent), carried);
      OpBuilder::InsertionGuard guard(builder);
      builder.setInsertionPointToStart(loop.getBody());
      scalars.hoistBefore = loop;
      auto next = emitColumns(loop.getInductionVar(), true, loop.getRegionIterArgs());
      scalars.hoistBefore = nullptr;
      if (!carried.empty()) // a loop that carries nothing has its yield already
        scf::YieldOp::create(builder, loc, next);
      carried.assign(loop.getResults().begin(), loop.getResults().end());
    } else if (full == extent) {
      carried = emitColumns(index(0), true, carried);
    }
    if (full < space.columns())
      carried = emitColumns(index(full), false, carried);
    return carried;
  }

  // ---- row kernels

  static tile::ReductionKind kindOf(Operation *op) {
    return isa<ReduceMaxOp>(op) ? tile::ReductionKind::Max : tile::ReductionKind::Add;
  }

  Value neutral(Operation *op, Type type) {
    double value = kindOf(op) == tile::ReductionKind::Max ? -INFINITY : 0.0;
    return arith::ConstantOp::create(
        builder, loc,
        DenseElementsAttr::get(cast<RankedTensorType>(type),
                               builder.getFloatAttr(getElementTypeOrSelf(type), value)));
  }

  Value combine(Operation *op, Value a, Value b) {
    if (kindOf(op) == tile::ReductionKind::Max)
      return arith::MaximumFOp::create(builder, loc, a, b);
    return arith::AddFOp::create(builder, loc, a, b);
  }

  /// `value` where the column exists, the neutral element of `op` elsewhere.
  Value maskTail(Operation *op, Value value, Value column) {
    auto type = tileOf(builder.getI32Type());
    Value first = arith::IndexCastOp::create(builder, loc, builder.getI32Type(), column);
    Value number = arith::AddIOp::create(builder, loc, asTile(first), tile::IotaOp::create(builder, loc, type));
    Value end = arith::ConstantOp::create(
        builder, loc, DenseElementsAttr::get(type, static_cast<int32_t>(space.columns())));
    Value exists = arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::slt, number, end);
    return arith::SelectOp::create(builder, loc, exists, value, neutral(op, value.getType()));
  }

  /// One loop that computes `reductions`, all of one phase.
  void emitReductions(ArrayRef<Operation *> reductions) {
    SmallVector<Value> initial;
    for (Operation *op : reductions)
      initial.push_back(neutral(op, tileOf(getElementTypeOrSelf(op->getResult(0).getType()))));
    auto sums = forColumns(initial, [&](Value column, bool inBounds, ValueRange carried) {
      SmallVector<Value> next;
      DenseMap<Value, Value> tiles;
      for (auto [op, sum] : llvm::zip(reductions, carried)) {
        SmallVector<Value> operands;
        for (Value operand : op->getOperands())
          operands.push_back(emit(operand, column, inBounds, tiles));
        Value value = asTile(emitBody(op, operands, column));
        next.push_back(combine(op, sum, inBounds ? value : maskTail(op, value, column)));
      }
      return next;
    });
    for (auto [op, sum] : llvm::zip(reductions, sums)) {
      Type element = getElementTypeOrSelf(sum.getType());
      scalars.values[op->getResult(0)] =
          tile::ReduceOp::create(builder, loc, element, kindOf(op), sum, /*axis=*/0);
    }
  }

  void storeTiles(Value column, bool inBounds) {
    DenseMap<Value, Value> tiles;
    SmallVector<std::pair<size_t, Value>> stores;
    for (auto [i, access] : llvm::enumerate(space.results))
      if (spansColumns(access))
        stores.push_back({i, asTile(emit(result(i), column, inBounds, tiles))});
    for (auto [i, value] : stores)
      tile::StoreOp::create(builder, loc, value, resultBuffer(i),
                            indicesOf(space.results[i], column), inBounds);
  }

  bool storesTiles() {
    return llvm::any_of(space.results, [&](const Access &access) { return spansColumns(access); });
  }

  void storeScalars() {
    for (auto [i, access] : llvm::enumerate(space.results))
      if (!spansColumns(access))
        memref::StoreOp::create(builder, loc, emitScalar(result(i)), resultBuffer(i),
                                indicesOf(access, Value()));
  }

  /// The coordinates of row `row`, the last dimension running fastest.
  void setRow(Value row) {
    rowCoordinates.assign(space.shape.size() - 1, Value());
    for (int64_t d = (int64_t)space.shape.size() - 2; d > 0; --d) {
      Value size = index(space.shape[d]);
      rowCoordinates[d] = arith::RemUIOp::create(builder, loc, row, size);
      row = arith::DivUIOp::create(builder, loc, row, size);
    }
    if (!rowCoordinates.empty())
      rowCoordinates[0] = row;
  }

  void buildRows() {
    setRow(tile::ProgramIdOp::create(builder, loc, builder.getIndexType()));
    int64_t last = 0;
    for (Operation &op : body.without_terminator())
      last = std::max(last, phaseOf(op.getResult(0)));
    for (int64_t phase = 1; phase <= last; ++phase) {
      SmallVector<Operation *> reductions;
      for (Operation &op : body.without_terminator())
        if (isRowReduction(&op) && phaseOf(op.getResult(0)) == phase)
          reductions.push_back(&op);
      emitReductions(reductions);
    }
    if (storesTiles())
      forColumns({}, [&](Value column, bool inBounds, ValueRange) {
        storeTiles(column, inBounds);
        return SmallVector<Value>();
      });
    storeScalars();
  }

  // ---- flat kernels

  void buildFlat() {
    if (!storesTiles())
      return storeScalars();
    int64_t columns = space.columns();
    Value program = tile::ProgramIdOp::create(builder, loc, builder.getIndexType());
    Value start = arith::MulIOp::create(builder, loc, program, index(options.chunk));
    Value end = arith::AddIOp::create(builder, loc, start, index(options.chunk));
    if (columns % options.chunk != 0)
      end = arith::MinUIOp::create(builder, loc, end, index(columns));
    auto loop = scf::ForOp::create(builder, loc, start, end, index(extent));
    scalars.hoistBefore = loop;
    builder.setInsertionPointToStart(loop.getBody());
    storeTiles(loop.getInductionVar(), columns % extent == 0);
    scalars.hoistBefore = nullptr;
    builder.setInsertionPointAfter(loop);
  }

  // ---- column kernels

  void buildColumns() {
    Value program = tile::ProgramIdOp::create(builder, loc, builder.getIndexType());
    Value column = arith::MulIOp::create(builder, loc, program, index(extent));
    bool inBounds = space.columns() % extent == 0;
    SmallVector<Value> initial;
    for (auto [i, access] : llvm::enumerate(space.results))
      initial.push_back(neutral(result(i).getDefiningOp(), tileOf(access.type.getElementType())));
    auto loop = scf::ForOp::create(builder, loc, index(0), index(space.rows()), index(1), initial);
    builder.setInsertionPointToStart(loop.getBody());
    setRow(loop.getInductionVar());
    SmallVector<Value> next;
    DenseMap<Value, Value> tiles;
    for (auto [i, sum] : llvm::enumerate(loop.getRegionIterArgs())) {
      Value summand = result(i).getDefiningOp()->getOperand(0);
      next.push_back(arith::AddFOp::create(builder, loc, sum,
                                           asTile(emit(summand, column, inBounds, tiles))));
    }
    scf::YieldOp::create(builder, loc, next);
    builder.setInsertionPointAfter(loop);
    for (auto [i, sum] : llvm::enumerate(loop.getResults()))
      tile::StoreOp::create(builder, loc, sum, resultBuffer(i), ValueRange{column}, inBounds);
  }

  // ---- chunk kernels

  int64_t chunkOf() const {
    return cast<ChunkSumsOp>(body.getTerminator()->getOperand(0).getDefiningOp()).getChunk();
  }

  void buildChunks() {
    int64_t columns = space.columns(), chunk = chunkOf();
    Value program = tile::ProgramIdOp::create(builder, loc, builder.getIndexType());
    Value start = arith::MulIOp::create(builder, loc, program, index(chunk));
    Value end = arith::AddIOp::create(builder, loc, start, index(chunk));
    if (columns % chunk != 0)
      end = arith::MinUIOp::create(builder, loc, end, index(columns));
    SmallVector<Value> initial, next;
    for (auto [i, access] : llvm::enumerate(space.results))
      initial.push_back(neutral(result(i).getDefiningOp(), tileOf(access.type.getElementType())));
    auto loop = scf::ForOp::create(builder, loc, start, end, index(extent), initial);
    scalars.hoistBefore = loop;
    builder.setInsertionPointToStart(loop.getBody());
    DenseMap<Value, Value> tiles;
    Value column = loop.getInductionVar();
    bool inBounds = columns % extent == 0;
    for (auto [i, sum] : llvm::enumerate(loop.getRegionIterArgs())) {
      Operation *op = result(i).getDefiningOp();
      Value value = asTile(emit(op->getOperand(0), column, inBounds, tiles));
      next.push_back(combine(op, sum, inBounds ? value : maskTail(op, value, column)));
    }
    scf::YieldOp::create(builder, loc, next);
    scalars.hoistBefore = nullptr;
    builder.setInsertionPointAfter(loop);
    for (auto [i, sum] : llvm::enumerate(loop.getResults())) {
      Type element = getElementTypeOrSelf(sum.getType());
      Value total = tile::ReduceOp::create(builder, loc, element, tile::ReductionKind::Add, sum, /*axis=*/0);
      memref::StoreOp::create(builder, loc, total, resultBuffer(i), ValueRange{program});
    }
  }

  OpBuilder &builder;
  GroupOp group;
  Block &body;
  const IterationSpace &space;
  const KernelOptions &options;
  Location loc;
  int64_t extent;
  RankedTensorType tileType;
  tile::KernelOp kernel;
  SmallVector<Value> rowCoordinates;
  Scope scalars;
  DenseMap<Value, bool> spans;
  DenseMap<Value, int64_t> phases;
};

} // namespace

tile::KernelOp weft::buildKernel(OpBuilder &builder, StringRef name, GroupOp group,
                                 const IterationSpace &space, const KernelOptions &options) {
  return KernelBuilder(builder, group, space, options).build(name);
}
