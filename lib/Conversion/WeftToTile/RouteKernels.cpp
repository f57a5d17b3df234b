// The kernels of top_k and route.
#include "KernelBuilder.h"
#include "KernelWriter.h"

using namespace mlir;
using namespace weft;

namespace {

/// A kernel on whole buffers without tiles, and what its body is written with.
class ScalarKernel : public KernelWriter {
public:
  ScalarKernel(OpBuilder &builder, Location loc, StringRef name, ArrayRef<Type> types, int64_t grid,
               int64_t outputs)
      : KernelWriter(builder, loc) {
    kernel = tile::KernelOp::create(builder, loc, name, builder.getFunctionType(types, {}), grid,
                                    outputs, /*in_place=*/ArrayAttr(), /*arg_attrs=*/ArrayAttr(),
                                    /*res_attrs=*/ArrayAttr());
    Block *entry = builder.createBlock(&kernel.getBody());
    for (Type type : types)
      entry->addArgument(type, loc);
  }

  tile::KernelOp finish() {
    tile::ReturnOp::create(builder, loc);
    return kernel;
  }

  Value argument(unsigned i) { return kernel.getBody().getArgument(i); }
  Value load(unsigned i, ValueRange at) {
    return memref::LoadOp::create(builder, loc, argument(i), at);
  }
  void store(Value value, unsigned i, ValueRange at) {
    memref::StoreOp::create(builder, loc, value, argument(i), at);
  }
  Value compare(arith::CmpFPredicate predicate, Value a, Value b) {
    return arith::CmpFOp::create(builder, loc, predicate, a, b);
  }
  Value compare(arith::CmpIPredicate predicate, Value a, Value b) {
    return arith::CmpIOp::create(builder, loc, predicate, a, b);
  }

  using KernelWriter::loop;
  /// for (i = 0; i < count; ++i).
  ValueRange loop(int64_t count, ValueRange initial, Body body) {
    Value begin = index(0), end = index(count);
    return loop(begin, end, 1, initial, body);
  }

private:
  tile::KernelOp kernel;
};

} // namespace

// Elements are in a total order: the larger first, NaN before all numbers, then the lower index.
// Round j looks for the first one behind that of round j - 1. No index yet is -1.
tile::KernelOp weft::buildTopKKernel(OpBuilder &builder, TopKOp op) {
  RankedTensorType type = op.getInput().getType();
  int64_t columns = type.getShape().back(), rows = type.getNumElements() / columns;
  int64_t k = op.getK();
  Type element = type.getElementType(), i32 = builder.getI32Type();
  ScalarKernel b(builder, op.getLoc(), "top_k",
                 {MemRefType::get({rows, columns}, element), MemRefType::get({rows, k}, element),
                  MemRefType::get({rows, k}, i32)},
                 rows, /*outputs=*/2);
  using F = arith::CmpFPredicate;
  using I = arith::CmpIPredicate;
  Value row = b.make<tile::ProgramIdOp>(builder.getIndexType());
  Value none = b.word(-1);
  Value zero = b.make<arith::ConstantOp>(TypedAttr(builder.getFloatAttr(element, 0.0)));
  b.loop(k, {zero, none}, [&](Value j, ValueRange last) -> SmallVector<Value> {
    Value isFirst = b.compare(I::eq, last[1], none);
    Value lastIsNaN = b.compare(F::UNO, last[0], last[0]);
    ValueRange found = b.loop(columns, {zero, none}, [&](Value c, ValueRange best) {
      Value x = b.load(0, {row, c}), id = b.toWord(c);
      Value isNaN = b.compare(F::UNO, x, x), isNumber = b.compare(F::ORD, x, x);
      Value isLess =
          b.make<arith::SelectOp>(lastIsNaN, isNumber, b.compare(F::OLT, x, last[0]));
      Value isEqual = b.make<arith::SelectOp>(lastIsNaN, isNaN, b.compare(F::OEQ, x, last[0]));
      Value comesLater = b.make<arith::AndIOp>(isEqual, b.compare(I::sgt, id, last[1]));
      Value isLeft = b.make<arith::OrIOp>(isFirst, b.make<arith::OrIOp>(isLess, comesLater));
      Value isMore = b.make<arith::AndIOp>(b.compare(F::UGT, x, best[0]),
                                           b.compare(F::ORD, best[0], best[0]));
      Value isBetter = b.make<arith::OrIOp>(b.compare(I::eq, best[1], none), isMore);
      Value takes = b.make<arith::AndIOp>(isLeft, isBetter);
      return SmallVector<Value>{b.make<arith::SelectOp>(takes, x, best[0]),
                                b.make<arith::SelectOp>(takes, id, best[1])};
    });
    b.store(found[0], 1, {row, j});
    b.store(found[1], 2, {row, j});
    return {found[0], found[1]};
  });
  return b.finish();
}

// A counting sort by one program, in time linear in slots and experts. `offsets` first counts, then
// holds the next free place of each expert, which ends as the first place of the next expert.
tile::KernelOp weft::buildRouteKernel(OpBuilder &builder, RouteOp op) {
  int64_t slots = op.getIds().getType().getNumElements(), experts = op.getExperts();
  Type i32 = builder.getI32Type();
  auto list = MemRefType::get({slots}, i32);
  ScalarKernel b(builder, op.getLoc(), "route",
                 {list, list, list, MemRefType::get({experts + 1}, i32)}, /*grid=*/1,
                 /*outputs=*/3);
  Value one = b.index(1), zero = b.word(0);
  auto expertOf = [&](Value slot) {
    return b.toIndex(b.make<arith::MinUIOp>(b.load(0, slot), b.word(experts - 1)));
  };
  auto increment = [&](Value at) {
    Value old = b.load(3, at);
    b.store(b.make<arith::AddIOp>(old, b.word(1)), 3, at);
    return old;
  };
  b.loop(experts + 1, {}, [&](Value e, ValueRange) -> SmallVector<Value> {
    b.store(zero, 3, e);
    return {};
  });
  b.loop(slots, {}, [&](Value slot, ValueRange) -> SmallVector<Value> {
    increment(b.make<arith::AddIOp>(expertOf(slot), one));
    return {};
  });
  b.loop(experts, {}, [&](Value e, ValueRange) -> SmallVector<Value> {
    Value next = b.make<arith::AddIOp>(e, one);
    b.store(b.make<arith::AddIOp>(b.load(3, e), b.load(3, next)), 3, next);
    return {};
  });
  b.loop(slots, {}, [&](Value slot, ValueRange) -> SmallVector<Value> {
    Value place = increment(expertOf(slot));
    b.store(b.toWord(slot), 1, b.toIndex(place));
    b.store(place, 2, slot);
    return {};
  });
  b.loop(experts, {}, [&](Value i, ValueRange) -> SmallVector<Value> {
    Value e = b.make<arith::SubIOp>(b.index(experts), i);
    b.store(b.load(3, b.make<arith::SubIOp>(e, one)), 3, e);
    return {};
  });
  b.store(zero, 3, b.index(0));
  return b.finish();
}
