// From a group to a kernel: loops over rows and columns around the tile bodies of the group's ops.
//
// A value of the group either extends along the columns (it becomes a tile) or not (a scalar). Row
// reductions cut the computation into phases: phase p loops over the columns once and adds up the
// reductions that need only those of earlier phases; what an earlier phase computed on tiles is
// computed again. All stores happen in the last loop, after the loads of the same elements, which
// is why an output may share the buffer of an argument that is read element by element.
#include "KernelBuilder.h"
#include "KernelLoops.h"

#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace weft;

namespace {

class KernelBuilder : KernelLoops {
public:
  KernelBuilder(OpBuilder &builder, GroupOp group, const IterationSpace &space,
                const KernelOptions &options)
      : KernelLoops(builder, group, space, tileBytes(group, space, options)), options(options) {}

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
  /// Rows are shared out in long tiles where there are few of them; columns in short ones, as each program has its own, unless their
  /// rows are shared out too.
  static int64_t tileBytes(GroupOp group, const IterationSpace &space, const KernelOptions &options) {
    constexpr int64_t fewRows = 1024;
    if (space.kind == IterationSpace::Kind::Chunks) { // as one row, but not beyond the chunk, in elements of any type
      constexpr int64_t smallest = 2;
      return std::min(options.rowBytes() ? 4 * options.rowBytes() : options.tileBytes, smallest * chunkOf(group));
    }
    if (!options.rowBytes())
      return options.tileBytes;
    if (space.kind == IterationSpace::Kind::Columns)
      return space.results.front().type.getRank() == 1 ? options.tileBytes : options.rowBytes();
    bool hasFewRows = space.kind == IterationSpace::Kind::Rows && space.rows() < fewRows;
    return hasFewRows ? 4 * options.rowBytes() : options.rowBytes();
  }

  // ---- the kernel's frame

  int64_t gridSize() const {
    switch (space.kind) {
    case IterationSpace::Kind::Flat:
      return llvm::divideCeil(space.columns(), flatChunk());
    case IterationSpace::Kind::Rows:
      return space.rows();
    case IterationSpace::Kind::Columns:
      return llvm::divideCeil(space.columns(), extent) * parts();
    case IterationSpace::Kind::Chunks:
      return llvm::divideCeil(space.columns(), chunkOf());
    }
    llvm_unreachable("unknown kind");
  }

  tile::KernelOp createKernel(StringRef name) {
    SmallVector<Type> types;
    for (const Access &access : llvm::concat<const Access>(space.arguments, space.results))
      types.push_back(access.type);
    bool isSink =
        space.kind == IterationSpace::Kind::Columns || space.kind == IterationSpace::Kind::Chunks;
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

  // ---- row kernels

  /// One loop that computes `reductions`, all of one phase.
  void emitReductions(ArrayRef<Operation *> reductions) {
    auto sums = forColumns(reductions, [&](Value column, bool inBounds, ValueRange carried) {
      SmallVector<Value> next;
      Tiles tiles;
      for (auto [op, sum] : llvm::zip_equal(reductions, carried)) {
        SmallVector<Value> operands;
        for (Value operand : op->getOperands())
          operands.push_back(emit(operand, column, inBounds, tiles));
        Value value = asTile(emitBody(op, operands, column));
        next.push_back(combine(op, sum, inBounds ? value : maskTail(op, value, column)));
      }
      return next;
    });
    for (auto [op, sum] : llvm::zip_equal(reductions, sums))
      scalars[op->getResult(0)] = reduceTile(op, sum);
  }

  void storeTiles(Value column, bool inBounds) {
    Tiles tiles;
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

  // Everything is loaded before anything is stored: an output may lie in the buffer of an argument that
  // only another output needs.
  void storeScalars() {
    SmallVector<std::pair<size_t, Value>> stores;
    for (auto [i, access] : llvm::enumerate(space.results))
      if (!spansColumns(access))
        stores.push_back({i, emitScalar(result(i))});
    for (auto [i, value] : stores)
      memref::StoreOp::create(builder, loc, value, resultBuffer(i), indicesOf(space.results[i], Value()));
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

  /// As many elements as leave enough programs for a GPU's processors.
  int64_t flatChunk() const {
    constexpr int64_t manyPrograms = 4096;
    if (!options.target.getManyPrograms())
      return options.chunk;
    return std::min<int64_t>(options.chunk, llvm::alignTo(std::max<int64_t>(space.columns() / manyPrograms, 1), extent));
  }

  void buildFlat() {
    if (!storesTiles())
      return storeScalars();
    int64_t columns = space.columns(), chunk = flatChunk();
    Value program = tile::ProgramIdOp::create(builder, loc, builder.getIndexType());
    Value start = arith::MulIOp::create(builder, loc, program, index(chunk));
    Value end = arith::AddIOp::create(builder, loc, start, index(chunk));
    if (columns % chunk != 0)
      end = arith::MinUIOp::create(builder, loc, end, index(columns));
    auto loop = scf::ForOp::create(builder, loc, start, end, index(extent));
    hoistBefore = loop;
    builder.setInsertionPointToStart(loop.getBody());
    storeTiles(loop.getInductionVar(), columns % extent == 0);
    hoistBefore = nullptr;
    builder.setInsertionPointAfter(loop);
  }

  // ---- kernels that end in sums

  SmallVector<Operation *> sinks() const {
    return llvm::map_to_vector(body.getTerminator()->getOperands(),
                               [](Value v) { return v.getDefiningOp(); });
  }

  /// What the sinks sum at `column` of the row that is set.
  SmallVector<Value> summands(Value column, bool inBounds) {
    Tiles tiles;
    return llvm::map_to_vector(sinks(), [&](Operation *op) {
      return asTile(emit(op->getOperand(0), column, inBounds, tiles));
    });
  }

  PartialSumsOp partialSums() const { return dyn_cast<PartialSumsOp>(sinks().front()); }
  int64_t parts() const { return partialSums() ? partialSums().getParts() : 1; }

  void buildColumns() {
    Value tile = tile::ProgramIdOp::create(builder, loc, builder.getIndexType()), part;
    if (partialSums()) {
      Value tiles = index(llvm::divideCeil(space.columns(), extent));
      part = arith::DivUIOp::create(builder, loc, tile, tiles);
      tile = arith::RemUIOp::create(builder, loc, tile, tiles);
    }
    Value column = arith::MulIOp::create(builder, loc, tile, index(extent));
    bool inBounds = space.columns() % extent == 0;
    Rounds rows = part ? Rounds::ofRun(builder, loc, part, partialSums().getRowsOfPart(), space.rows())
                       : Rounds::upTo(builder, loc, space.rows());
    auto sums = reduce(sinks(), rows, [&](Value row, ValueRange carried) {
      setRow(row);
      return combine(sinks(), carried, summands(column, inBounds));
    });
    SmallVector<Value> place = part ? SmallVector<Value>{part, column} : SmallVector<Value>{column};
    for (auto [i, sum] : llvm::enumerate(sums))
      tile::StoreOp::create(builder, loc, sum, resultBuffer(i), place, inBounds);
  }

  static int64_t chunkOf(GroupOp group) {
    return group.getBody().front().getTerminator()->getOperand(0).getDefiningOp<ChunkSumsOp>().getChunk();
  }
  int64_t chunkOf() const { return chunkOf(cast<GroupOp>(body.getParentOp())); }

  void buildChunks() {
    Value program = tile::ProgramIdOp::create(builder, loc, builder.getIndexType());
    Rounds rounds = Rounds::ofRun(builder, loc, program, chunkOf(), space.columns(), extent);
    bool inBounds = space.columns() % extent == 0;
    hoistBefore = rounds.start.getDefiningOp();
    auto sums = reduce(sinks(), rounds, [&](Value column, ValueRange carried) {
      SmallVector<Value> values = summands(column, inBounds);
      if (!inBounds)
        for (auto [op, value] : llvm::zip_equal(sinks(), values))
          value = maskTail(op, value, column);
      return combine(sinks(), carried, values);
    });
    hoistBefore = nullptr;
    for (auto [i, op, sum] : llvm::enumerate(sinks(), sums))
      memref::StoreOp::create(builder, loc, reduceTile(op, sum), resultBuffer(i),
                              ValueRange{program});
  }

  const KernelOptions &options;
};

} // namespace

tile::KernelOp weft::buildKernel(OpBuilder &builder, StringRef name, GroupOp group,
                                 const IterationSpace &space, const KernelOptions &options) {
  return KernelBuilder(builder, group, space, options).build(name);
}
