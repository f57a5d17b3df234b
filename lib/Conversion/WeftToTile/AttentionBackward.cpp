// The kernel of weft.attention_backward: one program for each chunk of keys of a key head.
#include "AttentionKernel.h"

using namespace mlir;
using namespace weft;

namespace {

enum Argument { Q, K, V, LSE, DELTA, GRAD, BIAS };

/// One pass over blocks of keys, which stay, and for each over the blocks of queries that see it,
/// of all heads that share the keys:
///   p  = exp(scale * q k^T - lse)          dv += p^T do
///   ds = p * (do v^T - delta) * scale      dk += ds^T q      dq += ds k
/// dq is kept in memory, which only this program writes; where keys are shared out in chunks each
/// has its own, and they are added up afterwards. So every sum has one order.
class Backward : AttentionKernel {
public:
  Backward(OpBuilder &builder, AttentionBackwardOp op, const AttentionShape &shape,
           ArrayRef<Type> arguments)
      : AttentionKernel(builder, op.getLoc(), "attention_backward", shape, arguments,
                        shape.batch * shape.keyHeads * op.getKeyChunks(), /*outputs=*/3),
        chunks(op.getKeyChunks()), DQ(shape.bias.empty() ? 6 : 7), DK(DQ + 1), DV(DQ + 2) {}

  tile::KernelOp build() {
    auto [keyHeadNumber, chunk] = divide(make<tile::ProgramIdOp>(b.getIndexType()), chunks);
    auto [batchNumber, keyHeadInBatch] = divide(keyHeadNumber, s.keyHeads);
    batch = batchNumber;
    keyHead = {batch, keyHeadInBatch};
    firstHead = b.createOrFold<arith::MulIOp>(keyHeadInBatch, index(s.group()));
    if (chunks > 1)
      sums.push_back(chunk);
    clear();
    int64_t step = llvm::divideCeil(llvm::divideCeil(s.keys, s.keyBlock), chunks) * s.keyBlock;
    Value from = b.createOrFold<arith::MulIOp>(chunk, index(step));
    loop(from, min(add(from, step), s.keys), s.keyBlock, {}, [&](Value key, ValueRange) {
      overKeys(key);
      return Values();
    });
    return finish(s.flops(3, 2)); // scores, dk, dq; dp, dv
  }

private:
  Values headOf(Value inGroup) { return {batch, add(firstHead, inGroup)}; }
  Values sumOf(const Values &head) {
    Values at(sums);
    llvm::append_range(at, head);
    return at;
  }
  bool queriesFit() const { return s.queries % s.queryBlock == 0; }

  /// dq starts at 0.
  void clear() {
    loop(index(0), index(s.group()), 1, {}, [&](Value inGroup, ValueRange) {
      loop(index(0), index(s.queries), s.queryBlock, {}, [&](Value query, ValueRange) {
        store(zeros(s.queryBlock, pieces), DQ, sumOf(headOf(inGroup)), query, pieces, queriesFit());
        return Values();
      });
      return Values();
    });
  }

  void overKeys(Value key) {
    bool keysFit = s.keys % s.keyBlock == 0;
    k = load(K, keyHead, key, s.keyBlock, pieces, keysFit);
    v = load(V, keyHead, key, s.keyBlock, valuePieces, keysFit);
    Values gradients = zeros(s.keyBlock, pieces);
    llvm::append_range(gradients, zeros(s.keyBlock, valuePieces));
    Range range = queriesOf(key);
    bool hasMask = s.causal || !keysFit;
    gradients =
        loop(index(0), index(s.group()), 1, gradients, [&](Value inGroup, ValueRange carried) {
          Values head = headOf(inGroup), now(carried);
          if (hasMask)
            now = overQueries(range.begin, range.wholeBegin, head, key, now, /*isWhole=*/false);
          now = overQueries(range.wholeBegin, range.wholeEnd, head, key, now, /*isWhole=*/true);
          if (hasMask || !queriesFit())
            now = overQueries(range.wholeEnd, range.end, head, key, now, /*isWhole=*/false);
          return now;
        });
    ArrayRef<Value> all(gradients);
    store(Values(all.take_front(pieces.size())), DK, keyHead, key, pieces, keysFit);
    store(Values(all.drop_front(pieces.size())), DV, keyHead, key, valuePieces, keysFit);
  }

  Values overQueries(Value from, Value to, const Values &head, Value key, ValueRange carried,
                     bool isWhole) {
    return loop(from, to, s.queryBlock, carried, [&](Value query, ValueRange gradients) {
      return block(head, query, key, gradients, isWhole);
    });
  }

  /// One block of queries. `isWhole`: all of them exist and see all keys of the block.
  Values block(const Values &head, Value query, Value key, ValueRange gradients, bool isWhole) {
    bool rowsExist = isWhole || queriesFit();
    auto square = type({s.queryBlock, s.keyBlock});
    Values q = load(Q, head, query, s.queryBlock, pieces, rowsExist);
    Value lse = loadRow(LSE, head, query, s.queryBlock, rowsExist), tanh;
    Value score = scores(productOfRows(q, k, splat(square, 0)), &tanh);
    if (!s.bias.empty())
      score = make<arith::AddFOp>(score, biasOf(BIAS, head, query, key, isWhole));
    Value p = make<math::ExpOp>(make<arith::SubFOp>(score, rowsAsColumns(lse, s.keyBlock)));
    if (Value counts = isWhole ? Value() : visible(query, key))
      p = make<arith::SelectOp>(counts, p, splat(square, 0));
    Values next, grad = load(GRAD, head, query, s.queryBlock, valuePieces, rowsExist);
    Value dp = productOfRows(grad, v, splat(square, 0));
    Values dv;
    for (auto [sum, g] : llvm::zip(gradients.drop_front(pieces.size()), grad))
      dv.push_back(dot(p, g, sum, /*transposeA=*/true));
    Value delta = loadRow(DELTA, head, query, s.queryBlock, rowsExist);
    Value ds = make<arith::MulFOp>(p, make<arith::SubFOp>(dp, rowsAsColumns(delta, s.keyBlock)));
    if (tanh)
      ds = make<arith::MulFOp>(
          ds, make<arith::SubFOp>(splat(square, 1), make<arith::MulFOp>(tanh, tanh)));
    if (s.scale != 1.0)
      ds = make<arith::MulFOp>(ds, splat(square, s.scale));
    for (auto [sum, rows] : llvm::zip(gradients, q))
      next.push_back(dot(ds, rows, sum, /*transposeA=*/true));
    Values dq = load(DQ, sumOf(head), query, s.queryBlock, pieces, rowsExist);
    for (auto [sum, rows] : llvm::zip(dq, k))
      sum = dot(ds, rows, sum);
    store(dq, DQ, sumOf(head), query, pieces, rowsExist);
    llvm::append_range(next, dv);
    return next;
  }

  int64_t chunks;
  const unsigned DQ, DK, DV;
  Value batch, firstHead;
  Values keyHead, sums, k, v;
};

} // namespace

tile::KernelOp weft::buildAttentionBackwardKernel(OpBuilder &builder, AttentionBackwardOp op,
                                                  ArrayRef<Type> arguments,
                                                  const KernelOptions &options) {
  return Backward(builder, op, AttentionShape(op, options.tileBytes), arguments).build();
}
