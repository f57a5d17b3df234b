// What `weft.drop` computes on one tile: Philox4x32-10 on the lanes of a tile. The function from
// (seed, step, sample, key, element) to a draw is defined at `weft.dropout`.
#include "dialects/Interfaces/TileBodyOpInterface.h"
#include "dialects/Tile/Tile.h"
#include "dialects/Weft/Weft.h"
#include "weft/Conversion/WeftToTile/TileBodies.h"

#include <array>
#include <cmath>

using namespace mlir;
using namespace weft;

namespace {

using Block = std::array<Value, 4>;

/// Columns that share blocks, and blocks among them.
constexpr int64_t kShared = 64, kBlocks = 16;

/// Emits arithmetic on words, as scalars or as tiles.
class Words {
public:
  Words(OpBuilder &builder, Location loc) : builder(builder), loc(loc) {}

  Value number(uint32_t value, Type type) {
    TypedAttr attr = builder.getI32IntegerAttr(static_cast<int32_t>(value));
    if (auto tile = dyn_cast<RankedTensorType>(type))
      attr = DenseElementsAttr::get(tile, attr);
    return arith::ConstantOp::create(builder, loc, attr);
  }
  Value splat(Value word, Type type) {
    return isa<RankedTensorType>(type) ? tensor::SplatOp::create(builder, loc, word, type) : word;
  }
  Value fromIndex(Value index) {
    return arith::IndexCastOp::create(builder, loc, builder.getI32Type(), index);
  }
  template <typename OpT> Value make(Value a, Value b) { return OpT::create(builder, loc, a, b); }
  template <typename OpT> Value make(Value a, uint32_t b) {
    return make<OpT>(a, number(b, a.getType()));
  }

  /// The words of a counter, scalars or tiles, under a key, which is scalar. Inside, each word is the
  /// lower half of 64 bits: that is how processors multiply whole words of a vector.
  Block philox(Block counter, Value key0, Value key1) {
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

  OpBuilder &builder;
  Location loc;

private:
  std::pair<Value, Value> multiply(Value a, uint32_t factor) {
    Value product = make<arith::MulIOp>(a, wide(factor, a.getType()));
    return {make<arith::AndIOp>(product, wide(0xffffffff, a.getType())),
            make<arith::ShRUIOp>(product, wide(32, a.getType()))};
  }
  Type widened(Type type) {
    if (auto tile = dyn_cast<RankedTensorType>(type))
      return tile.clone(builder.getI64Type());
    return builder.getI64Type();
  }
  Value wide(int64_t value, Type type) {
    TypedAttr attr = builder.getI64IntegerAttr(value);
    if (auto tile = dyn_cast<RankedTensorType>(type))
      attr = DenseElementsAttr::get(tile, attr);
    return arith::ConstantOp::create(builder, loc, attr);
  }
  /// A word in 64 bits, as a tile where `type` is one.
  Value widen(Value word, Type type) {
    Value wide = arith::ExtUIOp::create(builder, loc, widened(word.getType()), word);
    return wide.getType() == widened(type) ? wide : splat(wide, widened(type));
  }
  Value exclusive(Value a, Value b, Value c) {
    return make<arith::XOrIOp>(make<arith::XOrIOp>(a, b), c);
  }
};

/// One draw for each lane of a tile.
class Draws {
public:
  Draws(DropOp op, Words words, ValueRange at, int64_t extent)
      : op(op), w(words), at(at), extent(extent), width(std::min(extent, kBlocks)),
        type(RankedTensorType::get({width}, words.builder.getI32Type())) {}

  /// The words of columns [column, column + extent), a piece of at most 16 after the other.
  Value emit(ArrayRef<Value> operands, Value column) {
    setStream(operands);
    setPlace(operands);
    Value first = w.fromIndex(column);
    SmallVector<Value> pieces;
    Block block;
    for (int64_t offset = 0; offset < extent; offset += width) {
      if (offset % kShared == 0)
        block = blocksAt(w.make<arith::AddIOp>(first, offset));
      pieces.push_back(extent % kShared == 0 ? block[offset / kBlocks % 4]
                                             : pick(block, w.make<arith::AddIOp>(first, offset)));
    }
    if (pieces.size() == 1)
      return pieces.front();
    return tile::ConcatOp::create(w.builder, w.loc, type.clone({extent}), pieces);
  }

private:
  // The key of all draws of this op in this step.
  void setStream(ArrayRef<Value> operands) {
    Type word = w.builder.getI32Type();
    Value step = arith::FPToUIOp::create(w.builder, w.loc, word, operands[7]);
    Block stream = w.philox({operands[1], operands[2], step, w.number(0, word)}, operands[3],
                            operands[4]);
    key0 = stream[0];
    key1 = stream[1];
  }

  // The row, and the global sample in two words: the carry of the lower one goes into the upper.
  void setPlace(ArrayRef<Value> operands) {
    ArrayRef<int64_t> shape = op.getType().getShape();
    Value index = w.number(0, w.builder.getI32Type());
    for (size_t d = 1; d + 1 < shape.size(); ++d)
      index = w.make<arith::AddIOp>(w.make<arith::MulIOp>(index, static_cast<uint32_t>(shape[d])),
                                    w.fromIndex(at[d]));
    Value low = w.make<arith::AddIOp>(operands[5], w.fromIndex(at[0]));
    Value wrapped = arith::CmpIOp::create(w.builder, w.loc, arith::CmpIPredicate::ult, low,
                                          operands[5]);
    Value carry = arith::ExtUIOp::create(w.builder, w.loc, w.builder.getI32Type(), wrapped);
    row = index;
    sampleLow = low;
    sampleHigh = w.make<arith::AddIOp>(operands[6], carry);
  }

  // The blocks of the columns from `column` on: 16 * (c / 64) + c % 16.
  Block blocksAt(Value column) {
    Value group = w.make<arith::MulIOp>(w.make<arith::DivUIOp>(column, kShared), kBlocks);
    Value start = w.make<arith::AddIOp>(group, w.make<arith::RemUIOp>(column, kBlocks));
    Value lanes = tile::IotaOp::create(w.builder, w.loc, type);
    return w.philox({w.make<arith::AddIOp>(w.splat(start, type), lanes), row, sampleLow, sampleHigh},
                    key0, key1);
  }

  // w[c / 16 % 4], of a column that is known at run time only.
  Value pick(const Block &block, Value column) {
    Value number = w.make<arith::RemUIOp>(w.make<arith::DivUIOp>(column, kBlocks), 4);
    Value picked = block[0];
    for (uint32_t i = 1; i < 4; ++i) {
      Value isThis = arith::CmpIOp::create(w.builder, w.loc, arith::CmpIPredicate::eq, number,
                                           w.number(i, number.getType()));
      picked = arith::SelectOp::create(w.builder, w.loc, isThis, block[i], picked);
    }
    return picked;
  }

  DropOp op;
  Words w;
  ValueRange at;
  int64_t extent, width;
  RankedTensorType type;
  Value key0, key1, row, sampleLow, sampleHigh;
};

/// 0 where the word is below rate * 2^32, else the input times 1 / (1 - rate).
struct DropBody : TileBodyOpInterface::ExternalModel<DropBody, DropOp> {
  Value emitTile(Operation *op, OpBuilder &builder, ValueRange operands, ValueRange coordinates,
                 RankedTensorType tileType) const {
    auto drop = cast<DropOp>(op);
    Words w(builder, op->getLoc());
    auto type = tileType.clone(drop.getType().getElementType());
    Value input = operands[0];
    if (!isa<RankedTensorType>(input.getType()))
      input = tensor::SplatOp::create(builder, op->getLoc(), input, type);
    SmallVector<Value> scalars(operands);
    Value words = Draws(drop, w, coordinates, tileType.getNumElements())
                      .emit(scalars, coordinates.back());
    double rate = drop.getRate().convertToDouble();
    auto bound = static_cast<uint32_t>(std::min(std::round(rate * 0x1p32), 0x1p32 - 1));
    Value isKept = arith::CmpIOp::create(builder, op->getLoc(), arith::CmpIPredicate::uge, words,
                                         w.number(bound, words.getType()));
    auto number = [&](double value) -> Value {
      Attribute attr = builder.getFloatAttr(type.getElementType(), value);
      return arith::ConstantOp::create(builder, op->getLoc(), DenseElementsAttr::get(type, attr));
    };
    Value scaled = w.make<arith::MulFOp>(input, number(1.0 / (1.0 - rate)));
    return arith::SelectOp::create(builder, op->getLoc(), isKept, scaled, number(0.0));
  }
};

} // namespace

void weft::attachDropoutBody(MLIRContext &context) { DropOp::attachInterface<DropBody>(context); }
