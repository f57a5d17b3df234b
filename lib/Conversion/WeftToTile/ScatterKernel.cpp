// The kernels of embedding_backward.
#include "KernelBuilder.h"
#include "KernelWriter.h"

#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace weft;

namespace {

/// Row r of the gradient is added to row ids[r] of the table, from the lowest r on: in both forms, so that they give the same bits.
/// Rows of the padding are passed over.
class ScatterKernel : KernelWriter {
public:
  ScatterKernel(OpBuilder &builder, EmbeddingBackwardOp op, const KernelOptions &options)
      : KernelWriter(builder, op.getLoc()), options(options) {
    auto tableType = cast<RankedTensorType>(op.getOld().getType());
    element = tableType.getElementType();
    rows = cast<RankedTensorType>(op.getIds().getType()).getNumElements();
    columns = tableType.getDimSize(1);
    extent = tileOf(options.target.getManyPrograms() ? 8 * options.rowBytes() : options.tileBytes, columns, element);
    table = MemRefType::get(tableType.getShape(), element);
    padding = op.getPaddingIndexAttr();
  }

  tile::KernelOp build(StringRef name) {
    tile::KernelOp kernel = createKernel(name);
    options.target.getManyPrograms() ? emitRow() : emitColumns();
    tile::ReturnOp::create(builder, loc);
    return kernel;
  }

private:
  using P = arith::CmpIPredicate;

  /// How many of `count` elements make a tile of at most so many bytes.
  static int64_t tileOf(int64_t bytes, int64_t count, Type element) {
    return std::min<int64_t>(bytes * 8 / element.getIntOrFloatBitWidth(), llvm::PowerOf2Ceil(count));
  }

  tile::KernelOp createKernel(StringRef name) {
    SmallVector<Type> types = {table, MemRefType::get({rows}, builder.getI32Type()),
                               MemRefType::get({rows, columns}, element), table};
    ArrayAttr inPlace = builder.getArrayAttr({builder.getI64ArrayAttr({0, 0})});
    int64_t tiles = llvm::divideCeil(columns, extent);
    auto kernel = tile::KernelOp::create(builder, loc, name, builder.getFunctionType(types, {}),
                                         options.target.getManyPrograms() ? rows * tiles : tiles, /*outputs=*/1, inPlace,
                                         /*arg_attrs=*/ArrayAttr(), /*res_attrs=*/ArrayAttr());
    kernel->setAttr(kInPlaceRequired, builder.getUnitAttr());
    Block *entry = builder.createBlock(&kernel.getBody());
    for (Type type : types)
      entry->addArgument(type, loc);
    ids = entry->getArgument(1), grad = entry->getArgument(2), sum = entry->getArgument(3);
    return kernel;
  }

  // ---- what both are written with

  /// The body, once or not at all.
  void when(Value condition, llvm::function_ref<void()> body) {
    loop(index(0), make<arith::SelectOp>(condition, index(1), index(0)), 1, {}, [&](Value, ValueRange) -> SmallVector<Value> {
      body();
      return {};
    });
  }
  /// The body where the id is not the padding's.
  void unlessPadding(Value id, llvm::function_ref<void()> body) {
    if (!padding)
      return body();
    when(make<arith::CmpIOp>(P::ne, id, word(padding.getInt())), body);
  }

  Value idOf(Value row) { return make<memref::LoadOp>(ids, ValueRange{row}); }
  Value loadRow(Value from, Value row, Value column) {
    return make<tile::LoadOp>(RankedTensorType::get({extent}, element), from, ValueRange{row, column},
                              columns % extent == 0);
  }
  void storeRow(Value value, Value row, Value column) {
    tile::StoreOp::create(builder, loc, value, sum, ValueRange{row, column}, columns % extent == 0);
  }

  // ---- a program a tile of columns

  void emitColumns() {
    Value column = make<arith::MulIOp>(make<tile::ProgramIdOp>(builder.getIndexType()), index(extent));
    loop(index(0), index(rows), 1, {}, [&](Value row, ValueRange) -> SmallVector<Value> {
      Value id = idOf(row);
      unlessPadding(id, [&] {
        Value target = toIndex(id);
        Value old = loadRow(sum, target, column);
        storeRow(make<arith::AddFOp>(old, loadRow(grad, row, column)), target, column);
      });
      return {};
    });
  }

  // ---- a program a row

  /// Some ids side by side, and their numbers.
  struct Ids {
    Value isSame, number; // as the program's; i1 and i32
  };

  RankedTensorType idTile() const { return RankedTensorType::get({idExtent}, builder.getI32Type()); }
  Value splat(Value word) { return make<tensor::SplatOp>(idTile(), word); }
  Value words(int32_t value) { return make<arith::ConstantOp>(DenseElementsAttr::get(idTile(), value)); }

  /// Those from `block` on that are `id`, from `from` on and before `to`.
  Ids find(Value id, Value block, Value from, Value to) {
    Value those = make<tile::LoadOp>(idTile(), ids, ValueRange{block}, rows % idExtent == 0);
    Value number = make<arith::AddIOp>(splat(toWord(block)), make<tile::IotaOp>(idTile()));
    Value isSame = make<arith::CmpIOp>(P::eq, those, splat(id));
    Value isBehind = make<arith::CmpIOp>(P::sge, number, splat(toWord(from)));
    Value isBefore = make<arith::CmpIOp>(P::slt, number, splat(toWord(to)));
    return {make<arith::AndIOp>(isSame, make<arith::AndIOp>(isBehind, isBefore)), number};
  }

  Value reduce(tile::ReductionKind kind, Value words) {
    return make<tile::ReduceOp>(builder.getI32Type(), kind, words, /*axis=*/0);
  }
  Value count(const Ids &found) {
    return reduce(tile::ReductionKind::Add, make<arith::SelectOp>(found.isSame, words(1), words(0)));
  }
  /// The lowest number of those found that is above `last`; there is one.
  Value next(const Ids &found, Value last) {
    Value isAbove = make<arith::CmpIOp>(P::sgt, found.number, splat(last));
    Value negative = make<arith::SubIOp>(words(0), found.number);
    Value candidates = make<arith::SelectOp>(make<arith::AndIOp>(found.isSame, isAbove), negative,
                                             words(std::numeric_limits<int32_t>::min()));
    return make<arith::SubIOp>(word(0), reduce(tile::ReductionKind::Max, candidates));
  }

  /// Of several rows for one row of the table, the first one's program adds them all.
  void emitRow() {
    idExtent = tileOf(4 * options.rowBytes(), rows, builder.getI32Type());
    Value tiles = index(llvm::divideCeil(columns, extent));
    Value program = make<tile::ProgramIdOp>(builder.getIndexType());
    Value row = make<arith::DivUIOp>(program, tiles);
    Value column = make<arith::MulIOp>(make<arith::RemUIOp>(program, tiles), index(extent));
    Value id = idOf(row);
    unlessPadding(id, [&] { addRows(row, id, column); });
  }

  void addRows(Value row, Value id, Value column) {
    Value zero = word(0);
    Value earlier = loop(index(0), row, idExtent, zero, [&](Value block, ValueRange sums) -> SmallVector<Value> {
      return {make<arith::AddIOp>(sums[0], count(find(id, block, index(0), row)))};
    })[0];
    when(make<arith::CmpIOp>(P::eq, earlier, zero), [&] {
      Value target = toIndex(id);
      storeRow(addFrom(row, id, column, loadRow(sum, target, column)), target, column);
    });
  }

  /// `old` and all rows of this id, `row` being the first.
  Value addFrom(Value row, Value id, Value column, Value old) {
    Value width = index(idExtent), minusOne = word(-1);
    Value begin = make<arith::MulIOp>(make<arith::DivUIOp>(row, width), width);
    return loop(begin, index(rows), idExtent, old, [&](Value block, ValueRange outer) -> SmallVector<Value> {
      Ids found = find(id, block, row, index(rows));
      return {loop(index(0), toIndex(count(found)), 1, {outer[0], minusOne}, [&](Value, ValueRange carried) -> SmallVector<Value> {
        Value number = next(found, carried[1]);
        return {make<arith::AddFOp>(carried[0], loadRow(grad, toIndex(number), column)), number};
      })[0]};
    })[0];
  }

  const KernelOptions &options;
  Type element;
  MemRefType table;
  IntegerAttr padding; // or none
  int64_t rows, columns, extent, idExtent = 0;
  Value ids, grad, sum;
};

} // namespace

tile::KernelOp weft::buildScatterKernel(OpBuilder &builder, StringRef name, EmbeddingBackwardOp op,
                                        const KernelOptions &options) {
  return ScatterKernel(builder, op, options).build(name);
}
