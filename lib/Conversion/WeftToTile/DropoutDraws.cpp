#include "DropoutDraws.h"

#include "dialects/Tile/Tile.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

#include <cmath>

using namespace mlir;
using namespace weft;

/// Columns that share blocks, and blocks among them.
constexpr int64_t kShared = 64, kBlocks = 16;

// ---- words

Value Words::number(uint32_t value, Type type) {
  TypedAttr attr = builder.getI32IntegerAttr(static_cast<int32_t>(value));
  if (auto tile = dyn_cast<RankedTensorType>(type))
    attr = DenseElementsAttr::get(tile, attr);
  return arith::ConstantOp::create(builder, loc, attr);
}

Value Words::splat(Value word, Type type) {
  return isa<RankedTensorType>(type) ? tensor::SplatOp::create(builder, loc, word, type) : word;
}

Value Words::fromIndex(Value index) {
  return arith::IndexCastOp::create(builder, loc, builder.getI32Type(), index);
}

Words::Block Words::philox(Block counter, Value key0, Value key1) {
  auto exclusive = [&](Value a, Value b, Value c) {
    return make<arith::XOrIOp>(make<arith::XOrIOp>(a, b), c);
  };
  Type type = counter[0].getType();
  for (Value &word : counter)
    word = widen(word, type);
  for (int round = 0; round < 10; ++round) {
    auto [low0, high0] = multiply(counter[0], 0xD2511F53);
    auto [low1, high1] = multiply(counter[2], 0xCD9E8D57);
    counter = {exclusive(high1, counter[1], widen(key0, type)), low1,
               exclusive(high0, counter[3], widen(key1, type)), low0};
    key0 = make<arith::AddIOp>(key0, 0x9E3779B9);
    key1 = make<arith::AddIOp>(key1, 0xBB67AE85);
  }
  for (Value &word : counter)
    word = arith::TruncIOp::create(builder, loc, type, word);
  return counter;
}

std::pair<Value, Value> Words::multiply(Value a, uint32_t factor) {
  Value product = make<arith::MulIOp>(a, wide(factor, a.getType()));
  return {make<arith::AndIOp>(product, wide(0xffffffff, a.getType())),
          make<arith::ShRUIOp>(product, wide(32, a.getType()))};
}

Type Words::widened(Type type) {
  if (auto tile = dyn_cast<RankedTensorType>(type))
    return tile.clone(builder.getI64Type());
  return builder.getI64Type();
}

Value Words::wide(int64_t value, Type type) {
  TypedAttr attr = builder.getI64IntegerAttr(value);
  if (auto tile = dyn_cast<RankedTensorType>(type))
    attr = DenseElementsAttr::get(tile, attr);
  return arith::ConstantOp::create(builder, loc, attr);
}

// In 64 bits, as a tile where `type` is one.
Value Words::widen(Value word, Type type) {
  Value wide = arith::ExtUIOp::create(builder, loc, widened(word.getType()), word);
  return wide.getType() == widened(type) ? wide : splat(wide, widened(type));
}

// ---- draws

DropoutDraws::DropoutDraws(OpBuilder &builder, Location loc, ArrayRef<Value> source, double rate)
    : w(builder, loc),
      bound(static_cast<uint32_t>(std::min(std::round(rate * 0x1p32), 0x1p32 - 1))),
      firstLow(source[4]), firstHigh(source[5]) {
  Type word = builder.getI32Type();
  Value step = arith::FPToUIOp::create(builder, loc, word, source[6]);
  Words::Block stream =
      w.philox({source[0], source[1], step, w.number(0, word)}, source[2], source[3]);
  key0 = stream[0];
  key1 = stream[1];
}

// The global sample in two words: the carry of the lower one goes into the upper.
void DropoutDraws::setSequence(Value sequence) {
  sampleLow = w.make<arith::AddIOp>(firstLow, w.fromIndex(sequence));
  Value wrapped = arith::CmpIOp::create(w.builder, w.loc, arith::CmpIPredicate::ult, sampleLow,
                                        firstLow);
  Value carry = arith::ExtUIOp::create(w.builder, w.loc, w.builder.getI32Type(), wrapped);
  sampleHigh = w.make<arith::AddIOp>(firstHigh, carry);
}

void DropoutDraws::setRow(Value first, int64_t count) {
  row = first;
  rows = count;
}

SmallVector<Value> DropoutDraws::draw(Value column, int64_t extent) {
  width = std::min(extent, kBlocks);
  Value first = w.fromIndex(column);
  SmallVector<Value> pieces;
  Words::Block block;
  for (int64_t offset = 0; offset < extent; offset += width) {
    if (offset % kShared == 0)
      block = blocksAt(w.make<arith::AddIOp>(first, offset));
    pieces.push_back(extent % kShared == 0 ? block[offset / kBlocks % 4]
                                           : pick(block, w.make<arith::AddIOp>(first, offset)));
  }
  return pieces;
}

Value DropoutDraws::isKept(Value words) {
  return arith::CmpIOp::create(w.builder, w.loc, arith::CmpIPredicate::uge, words,
                               w.number(bound, words.getType()));
}

// The blocks of the columns from `column` on: 16 * (c / 64) + c % 16.
Words::Block DropoutDraws::blocksAt(Value column) {
  Value group = w.make<arith::MulIOp>(w.make<arith::DivUIOp>(column, kShared), kBlocks);
  Value start = w.make<arith::AddIOp>(group, w.make<arith::RemUIOp>(column, kBlocks));
  auto count = [&](Value first, int64_t size) {
    auto list = RankedTensorType::get({size}, w.builder.getI32Type());
    return w.make<arith::AddIOp>(w.splat(first, list),
                                 tile::IotaOp::create(w.builder, w.loc, list));
  };
  Value columns = count(start, width), ofRow = row;
  if (rows) {
    auto type = RankedTensorType::get({rows, width}, w.builder.getI32Type());
    columns = tile::BroadcastOp::create(w.builder, w.loc, type, columns, /*axis=*/0);
    ofRow = tile::BroadcastOp::create(w.builder, w.loc, type, count(row, rows), /*axis=*/1);
  }
  return w.philox({columns, ofRow, sampleLow, sampleHigh}, key0, key1);
}

// w[c / 16 % 4], of a column that is known at run time only.
Value DropoutDraws::pick(const Words::Block &block, Value column) {
  Value number = w.make<arith::RemUIOp>(w.make<arith::DivUIOp>(column, kBlocks), 4);
  Value picked = block[0];
  for (uint32_t i = 1; i < 4; ++i) {
    Value isThis = arith::CmpIOp::create(w.builder, w.loc, arith::CmpIPredicate::eq, number,
                                         w.number(i, number.getType()));
    picked = arith::SelectOp::create(w.builder, w.loc, isThis, block[i], picked);
  }
  return picked;
}
