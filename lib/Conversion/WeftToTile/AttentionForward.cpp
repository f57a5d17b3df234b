// The kernel of weft.attention: one program for each block of queries of a head.
#include "AttentionKernel.h"

using namespace mlir;
using namespace weft;

namespace {

enum Argument { Q, K, V };

/// The online softmax. Over the keys so far, m is the largest score of each query, l the sum of
/// exp(score - m), o the sum of exp(score - m) * v. A block of keys with a larger score scales l
/// and o down by exp(old m - new m).
class Forward : AttentionKernel {
public:
  Forward(OpBuilder &builder, AttentionOp op, const AttentionShape &shape, ArrayRef<Type> arguments)
      : AttentionKernel(builder, op.getLoc(), "attention", shape, arguments,
                        shape.batch * shape.heads *
                            llvm::divideCeil(shape.queries, shape.queryBlock),
                        /*outputs=*/op->getNumResults()),
        result(op->getNumOperands()) {}

  tile::KernelOp build() {
    auto [headNumber, block] = divide(make<tile::ProgramIdOp>(b.getIndexType()),
                                      llvm::divideCeil(s.queries, s.queryBlock));
    auto [batch, h] = divide(headNumber, s.heads);
    head = {batch, h};
    keyHead = {batch, divide(h, s.group()).first};
    Value query = b.createOrFold<arith::MulIOp>(block, index(s.queryBlock));
    bool rowsExist = s.queries % s.queryBlock == 0;
    q = load(Q, head, query, s.queryBlock, pieces, rowsExist);
    loadQueryDocuments(batch, query);

    auto row = type({s.queryBlock});
    Values state = {splat(row, -std::numeric_limits<double>::infinity()), splat(row, 0)};
    llvm::append_range(state, zeros(s.queryBlock, valuePieces));
    Ranges::Range keys = ranges().keysOf(query);
    if (ranges().keysBeginInPart())
      state = overKeys(keys.begin, keys.wholeBegin, query, state, /*isWhole=*/false);
    state = overKeys(keys.wholeBegin, keys.wholeEnd, query, state, /*isWhole=*/true);
    if (ranges().keysEndInPart())
      state = overKeys(keys.wholeEnd, keys.end, query, state, /*isWhole=*/false);
    finishRows(state, query, rowsExist);
    return finish(s.flops(1, 1));
  }

private:
  Values overKeys(Value from, Value to, Value query, ValueRange state, bool isWhole) {
    return loop(from, to, s.keyBlock, state,
                [&](Value key, ValueRange carried) {
                  loadKeyDocuments(head[0], key);
                  return ifShared(carried, [&](ValueRange state) {
                    return block(query, key, state, isWhole);
                  });
                });
  }

  /// One block of keys. `isWhole`: all its keys exist, and but for documents all queries see them.
  Values block(Value query, Value key, ValueRange carried, bool isWhole) {
    bool keysExist = isWhole || s.keys % s.keyBlock == 0;
    auto row = type({s.queryBlock}), square = type({s.queryBlock, s.keyBlock});
    Value m = carried[0], l = carried[1];
    Values k = load(K, keyHead, key, s.keyBlock, pieces, keysExist);
    Value score = scores(productOfRows(q, k, splat(square, 0)));
    score = biased(score, head, query, key, isWhole);
    double infinity = std::numeric_limits<double>::infinity();
    Value counts = visible(query, key, isWhole);
    if (counts)
      score = make<arith::SelectOp>(counts, score, splat(square, -infinity));
    Value largest =
        make<arith::MaximumFOp>(m, make<tile::ReduceOp>(row, tile::ReductionKind::Max, score, 1));
    // A query that has seen no key yet has no largest score to subtract.
    Value subtracted = largest;
    if (counts || s.biasAt) {
      Value none = make<arith::CmpFOp>(arith::CmpFPredicate::OEQ, largest, splat(row, -infinity));
      subtracted = make<arith::SelectOp>(none, splat(row, 0), largest);
    }
    Value scaled = make<math::ExpOp>(make<arith::SubFOp>(m, subtracted));
    Value p = make<math::ExpOp>(make<arith::SubFOp>(score, rowsAsColumns(subtracted, s.keyBlock)));
    Value sum = make<tile::ReduceOp>(row, tile::ReductionKind::Add, p, 1);
    if (s.dropout)
      p = make<arith::MulFOp>(p, dropFactor(head, query, key));
    Values next = {largest, make<arith::AddFOp>(make<arith::MulFOp>(l, scaled), sum)};
    Values v = load(V, keyHead, key, s.keyBlock, valuePieces, keysExist);
    for (auto [o, values, piece] : llvm::zip(carried.drop_front(2), v, valuePieces)) {
      Value kept = make<arith::MulFOp>(o, rowsAsColumns(scaled, piece.extent));
      next.push_back(dot(p, values, kept));
    }
    return next;
  }

  /// o / l, the log-sum-exp and its rest; 0, +infinity and 0 for queries that see no key.
  void finishRows(ValueRange state, Value query, bool rowsExist) {
    auto row = type({s.queryBlock});
    Value m = state[0], l = state[1], zero = splat(row, 0);
    Value hasKeys = make<arith::CmpFOp>(arith::CmpFPredicate::OGT, l, zero);
    // NaN is no sum above 0, and must stay NaN.
    Value isNaN = make<arith::CmpFOp>(arith::CmpFPredicate::UNO, l, l);
    hasKeys = make<arith::OrIOp>(hasKeys, isNaN);
    Value inverse = make<arith::SelectOp>(hasKeys, make<arith::DivFOp>(splat(row, 1), l), zero);
    Values o;
    for (auto [sum, piece] : llvm::zip(state.drop_front(2), valuePieces))
      o.push_back(make<arith::MulFOp>(sum, rowsAsColumns(inverse, piece.extent)));
    store(o, result, head, query, valuePieces, rowsExist);
    Value logarithm = make<math::LogOp>(l), lse = make<arith::AddFOp>(m, logarithm);
    storeRow(make<arith::SelectOp>(hasKeys, lse, splat(row, std::numeric_limits<double>::infinity())), result + 1,
             query, rowsExist);
    if (!s.biasAt)
      return;
    // What a sum rounds away (Dekker 1971, the larger number first; where that is the logarithm little is lost).
    Value rest = make<arith::AddFOp>(make<arith::SubFOp>(m, lse), logarithm);
    storeRow(make<arith::SelectOp>(hasKeys, rest, zero), result + 2, query, rowsExist);
  }

  void storeRow(Value row, unsigned buffer, Value query, bool rowsExist) {
    Values at(head);
    at.push_back(query);
    tile::StoreOp::create(b, row, argument(buffer), at, rowsExist);
  }

  unsigned result; // the argument that o is; lse is the next one, then its rest
  Values head, keyHead, q;
};

} // namespace

tile::KernelOp weft::buildAttentionKernel(OpBuilder &builder, AttentionOp op,
                                          ArrayRef<Type> arguments, const KernelOptions &options) {
  return Forward(builder, op, AttentionShape(op, options), arguments).build();
}
