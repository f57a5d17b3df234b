// What `weft.drop` computes on one tile. The function from (seed, step, sample, key, element) to a draw
// is defined at `weft.dropout`.
#include "DropoutDraws.h"

#include "dialects/Interfaces/TileBodyOpInterface.h"
#include "dialects/Tile/Tile.h"
#include "dialects/Weft/Weft.h"
#include "weft/Conversion/WeftToTile/TileBodies.h"

using namespace mlir;
using namespace weft;

namespace {

/// The row: the indices between the first and the last.
Value rowOf(Words &w, ArrayRef<int64_t> shape, ValueRange at) {
  Value row = w.number(0, w.builder.getI32Type());
  for (size_t d = 1; d + 1 < shape.size(); ++d)
    row = w.make<arith::AddIOp>(w.make<arith::MulIOp>(row, static_cast<uint32_t>(shape[d])),
                                w.fromIndex(at[d]));
  return row;
}

/// 0 where the word is below rate * 2^32, else the input times 1 / (1 - rate).
struct DropBody : TileBodyOpInterface::ExternalModel<DropBody, DropOp> {
  Value emitTile(Operation *op, OpBuilder &builder, ValueRange operands, ValueRange coordinates,
                 RankedTensorType tileType) const {
    auto drop = cast<DropOp>(op);
    Location loc = op->getLoc();
    auto type = tileType.clone(drop.getType().getElementType());
    Value input = operands[0];
    if (!isa<RankedTensorType>(input.getType()))
      input = tensor::SplatOp::create(builder, loc, input, type);
    double rate = drop.getRate().convertToDouble();
    SmallVector<Value> source(operands.drop_front());
    DropoutDraws draws(builder, loc, source, rate);
    Words w(builder, loc);
    draws.setSequence(coordinates.front());
    draws.setRow(rowOf(w, drop.getType().getShape(), coordinates));
    SmallVector<Value> pieces = draws.draw(coordinates.back(), tileType.getNumElements());
    Value words = pieces.front();
    if (pieces.size() > 1)
      words = tile::ConcatOp::create(builder, loc, tileType.clone(builder.getI32Type()), pieces);
    auto number = [&](double value) -> Value {
      Attribute attr = builder.getFloatAttr(type.getElementType(), value);
      return arith::ConstantOp::create(builder, loc, DenseElementsAttr::get(type, attr));
    };
    Value scaled = w.make<arith::MulFOp>(input, number(1.0 / (1.0 - rate)));
    return arith::SelectOp::create(builder, loc, draws.isKept(words), scaled, number(0.0));
  }
};

} // namespace

void weft::attachDropoutBody(MLIRContext &context) { DropOp::attachInterface<DropBody>(context); }
