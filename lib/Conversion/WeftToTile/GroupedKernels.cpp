// The kernels of grouped_linear and its backward, for targets whose libraries cannot read the sizes of groups.
#include "KernelBuilder.h"

#include "mlir/IR/ImplicitLocOpBuilder.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace weft;

namespace {

/// A dimension that is cut into blocks of a power of two.
struct Blocks {
  Blocks(int64_t size, int64_t most)
      : size(size), extent(std::clamp<int64_t>(llvm::PowerOf2Ceil(size), std::min<int64_t>(16, most), most)) {}
  int64_t count() const { return llvm::divideCeil(size, extent); }
  bool areWhole() const { return size % extent == 0; }

  int64_t size, extent;
};

/// What both kernels are made of. Rows are summed over in one program, in their order: no sum depends on how rows are
/// shared out, but for which of them are there.
class GroupedKernel {
protected:
  GroupedKernel(OpBuilder &builder, Operation *op, const KernelOptions &options)
      : guard(builder), b(op->getLoc(), builder), name(op->getName().stripDialect()),
        element(getTensorType(op->getResult(0)).getElementType()),
        most(options.tileBytes * 8 / element.getIntOrFloatBitWidth()) {
    for (Type type : llvm::concat<const Type>(op->getOperandTypes(), op->getResultTypes())) {
      auto tensor = cast<RankedTensorType>(type);
      types.push_back(MemRefType::get(tensor.getShape(), tensor.getElementType()));
    }
  }

  /// Begins the kernel, whose operand `offsets` says where groups begin.
  void begin(int64_t grid, unsigned offsets, ArrayAttr inPlace = ArrayAttr()) {
    kernel = tile::KernelOp::create(b, name, b.getFunctionType(types, {}), grid, /*outputs=*/1, inPlace,
                                    /*arg_attrs=*/ArrayAttr(), /*res_attrs=*/ArrayAttr());
    kernel->setAttr(kGroupOffsets, b.getI64IntegerAttr(offsets));
    Block *entry = b.createBlock(&kernel.getBody());
    for (Type type : types)
      entry->addArgument(type, b.getLoc());
  }

  tile::KernelOp finish(double flops) {
    kernel->setAttr("flops", b.getF64FloatAttr(flops));
    tile::ReturnOp::create(b);
    return kernel;
  }

  // ---- numbers

  Value argument(unsigned i) { return kernel.getBody().getArgument(i); }
  Value index(int64_t value) { return arith::ConstantIndexOp::create(b, value); }
  Value add(Value x, Value y) { return b.createOrFold<arith::AddIOp>(x, y); }
  Value times(Value x, int64_t y) { return b.createOrFold<arith::MulIOp>(x, index(y)); }
  std::pair<Value, Value> divide(Value x, int64_t by) { // quotient and remainder
    return {b.createOrFold<arith::DivUIOp>(x, index(by)), b.createOrFold<arith::RemUIOp>(x, index(by))};
  }
  Value programId() { return tile::ProgramIdOp::create(b, b.getIndexType()); }
  /// Where group `group` begins, and where the next one does.
  std::pair<Value, Value> rowsOf(Value group, unsigned offsets) {
    auto at = [&](Value i) -> Value {
      Value word = memref::LoadOp::create(b, argument(offsets), i);
      return arith::IndexCastOp::create(b, b.getIndexType(), word);
    };
    return {at(group), at(add(group, index(1)))};
  }

  using Body = function_ref<SmallVector<Value>(Value i, ValueRange carried)>;
  ValueRange loop(Value from, Value to, int64_t step, ValueRange initial, Body body) {
    auto over = scf::ForOp::create(b, from, to, index(step), initial);
    OpBuilder::InsertionGuard inside(b);
    b.setInsertionPointToStart(over.getBody());
    scf::YieldOp::create(b, body(over.getInductionVar(), over.getRegionIterArgs()));
    return over.getResults();
  }

  // ---- tiles

  RankedTensorType type(int64_t rows, int64_t columns) { return RankedTensorType::get({rows, columns}, element); }
  Value zeros(int64_t rows, int64_t columns) {
    return arith::ConstantOp::create(b, b.getZeroAttr(type(rows, columns)));
  }
  /// `end`: of the group's rows, where these are what the tile has.
  Value load(RankedTensorType tile, unsigned i, ValueRange at, Value end, bool inBounds) {
    return tile::LoadOp::create(b, tile, argument(i), at, end, inBounds, /*alignment=*/IntegerAttr());
  }
  void store(Value tile, unsigned i, ValueRange at, Value end, bool inBounds) {
    tile::StoreOp::create(b, tile, argument(i), at, end, inBounds, /*alignment=*/IntegerAttr());
  }

  OpBuilder::InsertionGuard guard;
  ImplicitLocOpBuilder b;
  StringRef name;
  Type element;
  int64_t most; // rows and columns of a tile
  SmallVector<Type> types;
  tile::KernelOp kernel;
};

/// y[r] = x[r] times the weight of r's group: a program for some rows of one group, and some columns. How many such blocks of
/// rows there are only the offsets say; there are programs for as many as there can be.
class RowsProduct : GroupedKernel {
  enum Argument { X, Weight, Offsets, Y };

public:
  RowsProduct(OpBuilder &builder, GroupedLinearOp op, const KernelOptions &options)
      : GroupedKernel(builder, op, options), isOutIn(op.getWeightLayout() == WeightLayout::OutIn),
        groups(getTensorType(op.getWeight()).getDimSize(0)), rowCount(getTensorType(op.getRows()).getDimSize(0)),
        rows(llvm::divideCeil(rowCount, groups), most), inner(getTensorType(op.getRows()).getDimSize(1), std::max<int64_t>(most / 2, 1)),
        columns(getTensorType(op.getResult()).getDimSize(1), most) {}

  tile::KernelOp build() {
    // With rows in as many groups as can be, each but for its last block full: no other sizes make more blocks.
    int64_t filled = std::min(groups, rowCount);
    begin(((rowCount - filled) / rows.extent + filled) * columns.count(), Offsets);
    auto [block, columnBlock] = divide(programId(), columns.count());
    Value column = times(columnBlock, columns.extent);
    Part part = find(block);
    // What has no rows sums nothing and stores nothing.
    Value hasRows = arith::CmpIOp::create(b, arith::CmpIPredicate::slt, part.row, part.end);
    Value end = arith::SelectOp::create(b, hasRows, index(inner.size), index(0));
    Value sum = loop(index(0), end, inner.extent, zeros(rows.extent, columns.extent), [&](Value k, ValueRange carried) {
      return SmallVector<Value>{addProduct(part, k, column, carried.front())};
    }).front();
    store(sum, Y, {part.row, column}, part.end, columns.areWhole());
    return finish(2.0 * rowCount * inner.size * columns.size);
  }

private:
  /// Rows of one group, up to its last.
  struct Part {
    Value group, row, end;
  };

  /// The rows of a block: the blocks of group 0 come first, then those of group 1.
  Part find(Value block) {
    Value zero = index(0);
    ValueRange found = loop(zero, index(groups), 1, {zero, zero, zero, zero}, [&](Value group, ValueRange carried) {
      auto [from, to] = rowsOf(group, Offsets);
      Value blocksBefore = carried[0], count = arith::SubIOp::create(b, to, from);
      Value blocks = divide(add(count, index(rows.extent - 1)), rows.extent).first;
      Value own = arith::SubIOp::create(b, block, blocksBefore);
      // Unsigned: those of groups before are behind all others.
      Value isHere = arith::CmpIOp::create(b, arith::CmpIPredicate::ult, own, blocks);
      auto choose = [&](Value here, Value other) -> Value { return arith::SelectOp::create(b, isHere, here, other); };
      return SmallVector<Value>{add(blocksBefore, blocks), choose(group, carried[1]),
                                choose(add(from, times(own, rows.extent)), carried[2]), choose(to, carried[3])};
    });
    return {found[1], found[2], found[3]};
  }

  Value addProduct(const Part &part, Value k, Value column, Value sum) {
    Value x = load(type(rows.extent, inner.extent), X, {part.row, k}, part.end, inner.areWhole());
    SmallVector<Value> at = isOutIn ? SmallVector<Value>{part.group, column, k} : SmallVector<Value>{part.group, k, column};
    RankedTensorType shape = isOutIn ? type(columns.extent, inner.extent) : type(inner.extent, columns.extent);
    Value weight = load(shape, Weight, at, Value(), inner.areWhole() && columns.areWhole());
    return tile::DotOp::create(b, sum.getType(), x, weight, sum, /*transpose_a=*/false, /*transpose_b=*/isOutIn);
  }

  bool isOutIn;
  int64_t groups, rowCount;
  Blocks rows, inner, columns;
};

/// result[g] = lhs_g^T rhs_g over the group's rows, added to what was there if asked for: a program for a block of one
/// group's result.
class InnerProduct : GroupedKernel {
  enum Argument { Lhs, Rhs, Offsets, Old, Flag };

public:
  InnerProduct(OpBuilder &builder, GroupedLinearBackwardOp op, const KernelOptions &options)
      : GroupedKernel(builder, op, options), adds(op.getOld()), asksFlag(op.getFlag()), result(op->getNumOperands()),
        groups(getTensorType(op.getResult()).getDimSize(0)), rowCount(getTensorType(op.getLhs()).getDimSize(0)),
        inner(llvm::divideCeil(rowCount, groups), std::max<int64_t>(most / 2, 1)), rows(getTensorType(op.getLhs()).getDimSize(1), most),
        columns(getTensorType(op.getRhs()).getDimSize(1), most) {}

  tile::KernelOp build() {
    ArrayAttr inPlace = adds ? b.getArrayAttr({b.getI64ArrayAttr({0, Old})}) : ArrayAttr();
    begin(groups * rows.count() * columns.count(), Offsets, inPlace);
    auto [blockOfRows, columnBlock] = divide(programId(), columns.count());
    auto [group, rowBlock] = divide(blockOfRows, rows.count());
    Value row = times(rowBlock, rows.extent), column = times(columnBlock, columns.extent);
    bool isWhole = rows.areWhole() && columns.areWhole();
    auto [from, to] = rowsOf(group, Offsets);
    Value end = to;
    Value sum = loop(from, to, inner.extent, initial({group, row, column}, isWhole), [&](Value k, ValueRange carried) {
      Value lhs = load(type(inner.extent, rows.extent), Lhs, {k, row}, end, rows.areWhole());
      Value rhs = load(type(inner.extent, columns.extent), Rhs, {k, column}, end, columns.areWhole());
      Value next = tile::DotOp::create(b, carried.front().getType(), lhs, rhs, carried.front(), /*transpose_a=*/true,
                                       /*transpose_b=*/false);
      return SmallVector<Value>{next};
    }).front();
    store(sum, result, {group, row, column}, Value(), isWhole);
    return finish(2.0 * rowCount * rows.size * columns.size);
  }

private:
  /// What is added to: a group without rows leaves just that. The first of several micro-batches adds to nothing.
  Value initial(ValueRange at, bool isWhole) {
    Value zero = zeros(rows.extent, columns.extent);
    if (!adds)
      return zero;
    Value old = load(type(rows.extent, columns.extent), Old, at, Value(), isWhole);
    if (!asksFlag)
      return old;
    Value flag = memref::LoadOp::create(b, argument(Flag), ValueRange());
    Value none = arith::ConstantOp::create(b, b.getF64FloatAttr(0));
    Value isFirst = arith::CmpFOp::create(b, arith::CmpFPredicate::OEQ, flag, none);
    return arith::SelectOp::create(b, isFirst, zero, old);
  }

  bool adds, asksFlag;
  unsigned result; // the argument that it is
  int64_t groups, rowCount;
  Blocks inner, rows, columns;
};

} // namespace

tile::KernelOp weft::buildGroupedLinearKernel(OpBuilder &builder, GroupedLinearOp op, const KernelOptions &options) {
  return RowsProduct(builder, op, options).build();
}

tile::KernelOp weft::buildGroupedLinearBackwardKernel(OpBuilder &builder, GroupedLinearBackwardOp op,
                                                      const KernelOptions &options) {
  return InnerProduct(builder, op, options).build();
}
