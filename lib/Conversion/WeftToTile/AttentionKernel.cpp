#include "AttentionKernel.h"

using namespace mlir;
using namespace weft;

double AttentionShape::visibleShare() const {
  if (causal)
    return std::min(0.5, window ? *window / double(keys) : 0.5);
  double count = 0;
  for (int64_t own = shift(); own < keys; ++own) {
    int64_t from = window ? std::max<int64_t>(own - *window + 1, 0) : 0,
            to = ahead ? std::min(own + *ahead, keys) : keys;
    count += std::max<int64_t>(to - from, 0);
  }
  return count / (double(queries) * keys);
}

AttentionKernel::AttentionKernel(OpBuilder &builder, Location loc, StringRef name,
                                 const AttentionShape &shape, ArrayRef<Type> arguments,
                                 int64_t grid, int64_t outputs)
    : s(shape), pieces(cut(s.width)), valuePieces(cut(s.valueWidth)), guard(builder),
      b(loc, builder) {
  kernel = tile::KernelOp::create(builder, loc, name, builder.getFunctionType(arguments, {}), grid,
                                  outputs,
                                  /*in_place=*/ArrayAttr(), /*arg_attrs=*/ArrayAttr(),
                                  /*res_attrs=*/ArrayAttr());
  Block *entry = b.createBlock(&kernel.getBody());
  for (Type type : arguments)
    entry->addArgument(type, loc);
  if (!s.drawAt)
    return;
  SmallVector<Value> source;
  for (unsigned i = 0; i < 7; ++i) // six words, and the step
    source.push_back(memref::LoadOp::create(b, argument(*s.drawAt + i)));
  draws.emplace(b, loc, source, *s.dropout);
}

tile::KernelOp AttentionKernel::finish(double flops) {
  kernel->setAttr("flops", b.getF64FloatAttr(flops));
  tile::ReturnOp::create(b);
  return kernel;
}

// Pieces of 64, then of smaller powers of two; a rest of less than 16 is masked.
SmallVector<AttentionKernel::Piece> AttentionKernel::cut(int64_t width) {
  SmallVector<Piece> pieces;
  for (int64_t at = 0; at < width;) {
    int64_t left = width - at;
    int64_t extent = left >= 64 ? 64 : std::max<int64_t>(16, 1ll << llvm::Log2_64(left));
    pieces.push_back({at, extent, extent <= left});
    at += extent;
  }
  return pieces;
}

// ---- numbers and indices

Value IndexMath::constant(int64_t value) { return arith::ConstantIndexOp::create(b, value); }
Value IndexMath::add(Value x, Value y) { return b.createOrFold<arith::AddIOp>(x, y); }
Value IndexMath::min(Value x, Value y) { return b.createOrFold<arith::MinSIOp>(x, y); }
Value IndexMath::max(Value x, Value y) { return b.createOrFold<arith::MaxSIOp>(x, y); }
Value IndexMath::floorTo(Value x, int64_t step) {
  Value blocks = b.createOrFold<arith::DivUIOp>(max(x, constant(0)), constant(step));
  return b.createOrFold<arith::MulIOp>(blocks, constant(step));
}
Value IndexMath::ifAbove(Value x, Value y, Value yes, Value no) {
  return b.createOrFold<arith::SelectOp>(b.createOrFold<arith::CmpIOp>(arith::CmpIPredicate::sgt, x, y), yes, no);
}

std::pair<Value, Value> AttentionKernel::divide(Value x, int64_t by) {
  return {b.createOrFold<arith::DivUIOp>(x, index(by)),
          b.createOrFold<arith::RemUIOp>(x, index(by))};
}

AttentionKernel::Values AttentionKernel::loop(Value from, Value to, int64_t step,
                                              ValueRange initial, Body body) {
  auto over = scf::ForOp::create(b, from, to, index(step), initial);
  OpBuilder::InsertionGuard inside(b);
  b.setInsertionPointToStart(over.getBody());
  Values next = body(over.getInductionVar(), over.getRegionIterArgs());
  if (!initial.empty()) // a loop that carries nothing has its yield already
    scf::YieldOp::create(b, next);
  return Values(over.getResults());
}

// ---- tiles

Value AttentionKernel::splat(RankedTensorType type, double value) {
  return arith::ConstantOp::create(b,
                                   DenseElementsAttr::get(type, b.getFloatAttr(s.element, value)));
}

Value AttentionKernel::converted(Value x, Type element) {
  auto from = cast<FloatType>(getElementTypeOrSelf(x)), to = cast<FloatType>(element);
  if (from == to)
    return x;
  if (from.isF64() && to.getWidth() == 16) // as weft.cast does
    x = converted(x, b.getF32Type());
  Type type = cast<RankedTensorType>(x.getType()).clone(element);
  return to.getWidth() > from.getWidth() ? Value(arith::ExtFOp::create(b, type, x))
                                         : Value(arith::TruncFOp::create(b, type, x));
}

AttentionKernel::Values AttentionKernel::zeros(int64_t rows, ArrayRef<Piece> pieces) {
  return llvm::map_to_vector<4>(pieces, [&](const Piece &p) {
    return splat(type({rows, p.extent}), 0);
  });
}

AttentionKernel::Values AttentionKernel::load(unsigned buffer, ArrayRef<Value> head, Value row,
                                              int64_t rows, ArrayRef<Piece> pieces, bool isWhole) {
  Values tiles;
  Type element = elementOf(buffer);
  for (const Piece &p : pieces) {
    Values at(head);
    at.append({row, index(p.offset)});
    tiles.push_back(tile::LoadOp::create(b, RankedTensorType::get({rows, p.extent}, element), argument(buffer),
                                         at, isWhole && p.isWhole));
  }
  return tiles;
}

void AttentionKernel::store(Values tiles, unsigned buffer, ArrayRef<Value> head, Value row,
                            ArrayRef<Piece> pieces, bool isWhole) {
  for (auto [t, p] : llvm::zip(tiles, pieces)) {
    Values at(head);
    at.append({row, index(p.offset)});
    tile::StoreOp::create(b, converted(t, elementOf(buffer)), argument(buffer), at, isWhole && p.isWhole);
  }
}

Value AttentionKernel::loadRow(unsigned buffer, ArrayRef<Value> head, Value row, int64_t rows,
                               bool isWhole) {
  Values at(head);
  at.push_back(row);
  return tile::LoadOp::create(b, type({rows}), argument(buffer), at, isWhole);
}

Value AttentionKernel::dot(Value x, Value y, Value acc, bool transposeA, bool transposeB) {
  return tile::DotOp::create(b, acc.getType(), converted(x, s.stored), converted(y, s.stored), acc, transposeA, transposeB);
}

Value AttentionKernel::productOfRows(const Values &x, const Values &y, Value init) {
  for (auto [u, v] : llvm::zip(x, y))
    init = dot(u, v, init, /*transposeA=*/false, /*transposeB=*/true);
  return init;
}

Value AttentionKernel::rowsAsColumns(Value v, int64_t columns) {
  auto rows = cast<RankedTensorType>(v.getType());
  return tile::BroadcastOp::create(b, rows.clone({rows.getDimSize(0), columns}), v, /*axis=*/1);
}

// ---- scores and masks

Value AttentionKernel::scores(Value products, Value *tanh) {
  auto tile = cast<RankedTensorType>(products.getType());
  auto times = [&](Value x, double factor) -> Value {
    return factor == 1.0 ? x : make<arith::MulFOp>(x, splat(tile, factor));
  };
  if (!s.softcap)
    return times(products, s.scale);
  Value t = make<math::TanhOp>(times(products, s.scale / *s.softcap));
  if (tanh)
    *tanh = t;
  return times(t, *s.softcap);
}

Value AttentionKernel::biased(Value scores, ArrayRef<Value> head, Value query, Value key,
                              bool isWhole, Value *kept) {
  if (s.alibiAt)
    scores = make<arith::AddFOp>(scores, alibiOf(head, query, key));
  if (s.keptAt) {
    Value zero = splat(squareOf(s.element), 0), marks = loadBias(*s.keptAt, head, query, key, isWhole);
    Value isKept = make<arith::CmpFOp>(arith::CmpFPredicate::UNE, marks, zero);
    scores = make<arith::SelectOp>(isKept, scores, zero);
    if (kept)
      *kept = isKept;
  }
  if (!s.biasAt)
    return scores;
  // A sum of fewer bits is rounded to these, as in the text: a large number of them takes the place of the score.
  Value sum = make<arith::AddFOp>(scores, loadBias(*s.biasAt, head, query, key, isWhole));
  return converted(converted(sum, elementOf(*s.biasAt)), s.element);
}

Value AttentionKernel::loadBias(unsigned operand, ArrayRef<Value> head, Value query, Value key, bool isWhole) {
  auto square = type({s.queryBlock, s.keyBlock});
  auto at = [&](unsigned dim, Value i) { return s.bias[dim] == 1 ? index(0) : i; };
  Values place = {at(0, head[0]), at(1, head[1]), at(2, query), key};
  bool keysExist = isWhole || s.keys % s.keyBlock == 0;
  Value buffer = argument(operand);
  Type element = elementOf(operand);
  auto load = [&](RankedTensorType type, bool isWhole) {
    return converted(tile::LoadOp::create(b, type.clone(element), buffer, place, isWhole), s.element);
  };
  if (s.bias[2] == 1)
    return asKeys(load(type({s.keyBlock}), keysExist));
  bool rowsExist = s.queries % s.queryBlock == 0;
  return load(square, keysExist && rowsExist);
}

// slope * (key - (query + shift)), with positions that are exact in any float.
Value AttentionKernel::alibiOf(ArrayRef<Value> head, Value query, Value key) {
  auto numbers = [&](Value first, int64_t count) -> Value {
    return make<arith::SIToFPOp>(type({count}), positions(first, count));
  };
  Value distance =
      make<arith::SubFOp>(asKeys(numbers(key, s.keyBlock)),
                          asQueries(numbers(add(query, s.shift()), s.queryBlock)));
  Value slope = memref::LoadOp::create(b, argument(*s.alibiAt), head[1]);
  return make<arith::MulFOp>(distance, make<tensor::SplatOp>(distance.getType(), slope));
}

Value AttentionKernel::positions(Value first, int64_t count) {
  auto row = RankedTensorType::get({count}, b.getI32Type());
  Value start = make<arith::IndexCastOp>(b.getI32Type(), first);
  return make<arith::AddIOp>(make<tile::IotaOp>(row), make<tensor::SplatOp>(row, start));
}

RankedTensorType AttentionKernel::squareOf(Type element) {
  int64_t rows = keysAreRows ? s.keyBlock : s.queryBlock, columns = keysAreRows ? s.queryBlock : s.keyBlock;
  return RankedTensorType::get({rows, columns}, element);
}
Value AttentionKernel::asKeys(Value perKey) {
  return tile::BroadcastOp::create(b, squareOf(getElementTypeOrSelf(perKey)), perKey, /*axis=*/keysAreRows ? 1 : 0);
}
Value AttentionKernel::asQueries(Value perQuery) {
  return tile::BroadcastOp::create(b, squareOf(getElementTypeOrSelf(perQuery)), perQuery,
                                   /*axis=*/keysAreRows ? 0 : 1);
}

Value AttentionKernel::visible(Value query, Value key, bool isWhole) {
  Value result;
  auto require = [&](arith::CmpIPredicate predicate, Value x, Value y) {
    Value condition = make<arith::CmpIOp>(predicate, x, y);
    result = result ? make<arith::AndIOp>(result, condition) : condition;
  };
  if (hasDocuments())
    require(arith::CmpIPredicate::eq, asKeys(keyDocuments), asQueries(queryDocuments));
  if (isWhole)
    return result;
  Value keys = asKeys(positions(key, s.keyBlock));
  auto queriesFrom = [&](int64_t shift) {
    return asQueries(positions(add(query, shift), s.queryBlock));
  };
  if (s.ahead)
    require(arith::CmpIPredicate::sle, keys, queriesFrom(s.shift() + *s.ahead - 1));
  if (s.window)
    require(arith::CmpIPredicate::sgt, keys, queriesFrom(s.shift() - *s.window));
  auto below = [&](Value positions, int64_t size) {
    auto all = cast<RankedTensorType>(positions.getType());
    require(arith::CmpIPredicate::slt, positions,
            arith::ConstantOp::create(
                b, DenseElementsAttr::get(all, static_cast<int32_t>(size))));
  };
  if (s.keys % s.keyBlock != 0)
    below(keys, s.keys);
  // A bias or slope may give them scores whose exp is infinite; times their zeros, NaN.
  if (hidesMissingQueries && (s.biasAt || s.alibiAt) && s.queries % s.queryBlock != 0)
    below(queriesFrom(0), s.queries);
  return result;
}

// ---- documents

void AttentionKernel::loadQueryDocuments(Value batch, Value query) {
  if (hasDocuments())
    queryDocuments = tile::LoadOp::create(
        b, RankedTensorType::get({s.queryBlock}, b.getI32Type()), argument(*s.queryDocumentsAt),
        ValueRange{batch, query}, s.queries % s.queryBlock == 0);
}

void AttentionKernel::loadKeyDocuments(Value batch, Value key) {
  if (hasDocuments())
    keyDocuments = tile::LoadOp::create(
        b, RankedTensorType::get({s.keyBlock}, b.getI32Type()), argument(*s.keyDocumentsAt),
        ValueRange{batch, key}, s.keys % s.keyBlock == 0);
}

Value AttentionKernel::largest(Value ids) {
  return make<tile::ReduceOp>(b.getI32Type(), tile::ReductionKind::Max, ids, 0);
}

// -1 - x turns the order around, and stays within 32 bits.
Value AttentionKernel::smallest(Value ids) {
  auto flip = [&](Value x) -> Value {
    TypedAttr ones = b.getI32IntegerAttr(-1);
    if (auto tile = dyn_cast<RankedTensorType>(x.getType()))
      ones = DenseElementsAttr::get(tile, static_cast<int32_t>(-1));
    return make<arith::XOrIOp>(x, arith::ConstantOp::create(b, ones));
  };
  return flip(largest(flip(ids)));
}

// A loop of one round or none: what it carries stays where it is.
AttentionKernel::Values AttentionKernel::ifShared(ValueRange carried,
                                                  function_ref<Values(ValueRange)> block) {
  if (!hasDocuments())
    return block(carried);
  auto reaches = [&](Value high, Value low) {
    return make<arith::CmpIOp>(arith::CmpIPredicate::sge, largest(high), smallest(low));
  };
  Value shares = make<arith::AndIOp>(reaches(queryDocuments, keyDocuments),
                                     reaches(keyDocuments, queryDocuments));
  Value rounds = make<arith::SelectOp>(shares, index(1), index(0));
  return loop(index(0), rounds, 1, carried,
              [&](Value, ValueRange state) { return block(state); });
}

// ---- dropout

Value AttentionKernel::dropFactor(ArrayRef<Value> head, Value query, Value key) {
  Value row = add(b.createOrFold<arith::MulIOp>(head[1], index(s.queries)), query);
  draws->setSequence(head[0]);
  draws->setRow(make<arith::IndexCastOp>(b.getI32Type(), row), s.queryBlock);
  Values factors;
  for (Value words : draws->draw(key, s.keyBlock)) {
    auto tile = type(cast<RankedTensorType>(words.getType()).getShape());
    factors.push_back(make<arith::SelectOp>(draws->isKept(words), splat(tile, 1 / (1 - *s.dropout)),
                                            splat(tile, 0)));
  }
  if (factors.size() == 1)
    return factors.front();
  return make<tile::ConcatOp>(type({s.queryBlock, s.keyBlock}), ValueRange(factors));
}
