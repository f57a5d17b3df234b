// The kernels of weft.attention_backward.
#include "AttentionKernel.h"

using namespace mlir;
using namespace weft;

namespace {

enum Argument { Q, K, V, LSE, DELTA, GRAD };

/// What one block of queries and keys gives, from the scores computed again:
///   p  = exp(scale * q k^T - lse - rest)   dv += p^T do
///   ds = p * (do v^T - delta) * scale      dk += ds^T q      dq += ds k
class Backward : public AttentionKernel {
public:
  Backward(OpBuilder &builder, AttentionBackwardOp op, StringRef name, const AttentionShape &shape,
           ArrayRef<Type> arguments, int64_t grid, int64_t outputs)
      : AttentionKernel(builder, op.getLoc(), name, shape, arguments, grid, outputs),
        chunks(op.getKeyChunks()), firstResult(op->getNumOperands()) {}

protected:
  /// The rows of a block of queries, or of keys.
  struct Queries {
    Values q, grad;
    Value lse, delta, rest;
  };
  struct Keys {
    Values k, v;
  };
  struct Gradients {
    Value weights, ds;
  };

  Queries loadQueries(const Values &head, Value query, bool rowsExist) {
    loadQueryDocuments(head[0], query);
    return {load(Q, head, query, s.queryBlock, pieces, rowsExist),
            load(GRAD, head, query, s.queryBlock, valuePieces, rowsExist),
            loadRow(LSE, head, query, s.queryBlock, rowsExist),
            loadRow(DELTA, head, query, s.queryBlock, rowsExist),
            s.restAt ? loadRow(*s.restAt, head, query, s.queryBlock, rowsExist) : Value()};
  }
  Keys loadKeys(const Values &keyHead, Value key, bool keysExist) {
    return {load(K, keyHead, key, s.keyBlock, pieces, keysExist),
            load(V, keyHead, key, s.keyBlock, valuePieces, keysExist)};
  }

  /// `isWhole`: all queries and keys of the block exist, and but for documents see each other.
  Gradients block(const Queries &queries, const Keys &keys, const Values &head, Value query,
                  Value key, bool isWhole) {
    RankedTensorType square = squareOf(s.element);
    Value tanh, kept;
    Value score = scores(productOf(queries.q, keys.k), &tanh);
    score = biased(score, head, query, key, isWhole, &kept);
    Value exponent = make<arith::SubFOp>(score, asQueries(queries.lse));
    if (queries.rest)
      exponent = make<arith::SubFOp>(exponent, asQueries(queries.rest));
    Value p = make<math::ExpOp>(exponent);
    if (Value counts = visible(query, key, isWhole))
      p = make<arith::SelectOp>(counts, p, splat(square, 0));
    Value dp = productOf(queries.grad, keys.v), weights = p;
    if (s.dropout) {
      Value factor = dropFactor(head, query, key);
      weights = make<arith::MulFOp>(p, factor);
      dp = make<arith::MulFOp>(dp, factor);
    }
    Value ds = make<arith::MulFOp>(p, make<arith::SubFOp>(dp, asQueries(queries.delta)));
    if (tanh)
      ds = make<arith::MulFOp>(
          ds, make<arith::SubFOp>(splat(square, 1), make<arith::MulFOp>(tanh, tanh)));
    if (kept)
      ds = make<arith::SelectOp>(kept, ds, splat(square, 0));
    if (s.scale != 1.0)
      ds = make<arith::MulFOp>(ds, splat(square, s.scale));
    return {weights, ds};
  }

  /// The products of the rows of queries and those of keys.
  Value productOf(const Values &ofQueries, const Values &ofKeys) {
    Value zero = splat(squareOf(s.element), 0);
    return keysAreRows ? productOfRows(ofKeys, ofQueries, zero) : productOfRows(ofQueries, ofKeys, zero);
  }

  bool queriesFit() const { return s.queriesFit(); }
  bool keysFit() const { return s.keysFit(); }
  /// The keys of a chunk.
  std::pair<Value, Value> keysOfChunk(Value chunk) {
    int64_t step = llvm::divideCeil(llvm::divideCeil(s.keys, s.keyBlock), chunks) * s.keyBlock;
    Value from = b.createOrFold<arith::MulIOp>(chunk, index(step));
    return {from, IndexMath(b).min(add(from, step), index(s.keys))};
  }
  /// Where the sum of a chunk towards the rows of a head lies.
  Values sumOf(Value chunk, const Values &head) {
    Values at;
    if (chunks > 1)
      at.push_back(chunk);
    llvm::append_range(at, head);
    return at;
  }

  const int64_t chunks;
  const unsigned firstResult;
};

/// A program for each chunk of keys of a key head. Blocks of keys stay, and for each of them those of
/// the queries that see it come by, of all heads that share the keys. With `withQueries`, dq is added
/// up in memory, which only this program writes; where keys are shared out in chunks each has its
/// own, and they are added up afterwards. Without, there is a program for each block of keys. So
/// every sum has one order.
class BackwardOfKeys : Backward {
public:
  BackwardOfKeys(OpBuilder &builder, AttentionBackwardOp op, StringRef name,
                 const AttentionShape &shape, ArrayRef<Type> arguments, bool withQueries)
      : Backward(builder, op, name, shape, arguments,
                 shape.batch * shape.keyHeads *
                     (withQueries ? op.getKeyChunks()
                                  : llvm::divideCeil(shape.keys, shape.keyBlock)),
                 /*outputs=*/withQueries ? 3 : 2),
        withQueries(withQueries), DQ(firstResult), DK(firstResult + withQueries), DV(DK + 1) {
    hidesMissingQueries = true;
    // Then the sums over queries are plain products of what is in registers. Draws and whole biases are made for
    // queries as rows.
    bool hasWholeBias = s.biasAt && s.bias[2] != 1;
    keysAreRows = !withQueries && !s.dropout && !hasWholeBias;
  }

  tile::KernelOp build() {
    int64_t parts = withQueries ? chunks : llvm::divideCeil(s.keys, s.keyBlock);
    auto [keyHeadNumber, part] = divide(make<tile::ProgramIdOp>(b.getIndexType()), parts);
    auto [batchNumber, keyHeadInBatch] = divide(keyHeadNumber, s.keyHeads);
    batch = batchNumber;
    keyHead = {batch, keyHeadInBatch};
    firstHead = b.createOrFold<arith::MulIOp>(keyHeadInBatch, index(s.group()));
    if (!withQueries) {
      overKeys(b.createOrFold<arith::MulIOp>(part, index(s.keyBlock)));
      return finish(s.flops(2, 2)); // scores, dk; dp, dv
    }
    chunk = part;
    clear();
    auto [from, to] = keysOfChunk(chunk);
    loop(from, to, s.keyBlock, {}, [&](Value key, ValueRange) {
      overKeys(key);
      return Values();
    });
    return finish(s.flops(3, 2)); // scores, dk, dq; dp, dv
  }

private:
  Values headOf(Value inGroup) { return {batch, add(firstHead, inGroup)}; }

  /// dq starts at 0.
  void clear() {
    loop(index(0), index(s.group()), 1, {}, [&](Value inGroup, ValueRange) {
      loop(index(0), index(s.queries), s.queryBlock, {}, [&](Value query, ValueRange) {
        store(zeros(s.queryBlock, pieces), DQ, sumOf(chunk, headOf(inGroup)), query, pieces,
              queriesFit());
        return Values();
      });
      return Values();
    });
  }

  void overKeys(Value key) {
    loadKeyDocuments(batch, key);
    keys = loadKeys(keyHead, key, keysFit());
    Values gradients = zeros(s.keyBlock, pieces);
    llvm::append_range(gradients, zeros(s.keyBlock, valuePieces));
    Ranges::Range range = ranges().queriesOf(key);
    gradients =
        loop(index(0), index(s.group()), 1, gradients, [&](Value inGroup, ValueRange carried) {
          Values head = headOf(inGroup), now(carried);
          if (ranges().queriesBeginInPart())
            now = overQueries(range.begin, range.wholeBegin, head, key, now, /*isWhole=*/false);
          now = overQueries(range.wholeBegin, range.wholeEnd, head, key, now, /*isWhole=*/true);
          if (ranges().queriesEndInPart())
            now = overQueries(range.wholeEnd, range.end, head, key, now, /*isWhole=*/false);
          return now;
        });
    ArrayRef<Value> all(gradients);
    store(Values(all.take_front(pieces.size())), DK, keyHead, key, pieces, keysFit());
    store(Values(all.drop_front(pieces.size())), DV, keyHead, key, valuePieces, keysFit());
  }

  Values overQueries(Value from, Value to, const Values &head, Value key, ValueRange carried,
                     bool isWhole) {
    return loop(from, to, s.queryBlock, carried, [&](Value query, ValueRange gradients) {
      loadQueryDocuments(batch, query);
      return ifShared(gradients, [&](ValueRange sums) {
        return addTo(sums, head, query, key, isWhole);
      });
    });
  }

  /// dk and dv with what one block of queries adds; dq in memory.
  Values addTo(ValueRange sums, const Values &head, Value query, Value key, bool isWhole) {
    bool rowsExist = isWhole || queriesFit();
    Queries queries = loadQueries(head, query, rowsExist);
    auto [weights, ds] = block(queries, keys, head, query, key, isWhole);
    Values next, dv;
    for (auto [sum, g] : llvm::zip(sums.drop_front(pieces.size()), queries.grad))
      dv.push_back(dot(weights, g, sum, /*transposeA=*/!keysAreRows));
    for (auto [sum, rows] : llvm::zip(sums, queries.q))
      next.push_back(dot(ds, rows, sum, /*transposeA=*/!keysAreRows));
    if (withQueries) {
      Values dq = load(DQ, sumOf(chunk, head), query, s.queryBlock, pieces, rowsExist);
      for (auto [sum, rows] : llvm::zip(dq, keys.k))
        sum = dot(ds, rows, sum);
      store(dq, DQ, sumOf(chunk, head), query, pieces, rowsExist);
    }
    llvm::append_range(next, dv);
    return next;
  }

  const bool withQueries;
  const unsigned DQ, DK, DV;
  Value batch, firstHead, chunk;
  Values keyHead;
  Keys keys;
};

/// A program for each block of queries of a head, and chunk of keys: dq alone.
class BackwardOfQueries : Backward {
public:
  BackwardOfQueries(OpBuilder &builder, AttentionBackwardOp op, StringRef name,
                    const AttentionShape &shape, ArrayRef<Type> arguments)
      : Backward(builder, op, name, shape, arguments,
                 shape.batch * shape.heads * llvm::divideCeil(shape.queries, shape.queryBlock) *
                     op.getKeyChunks(),
                 /*outputs=*/1) {}

  tile::KernelOp build() {
    auto [rows, chunk] = divide(make<tile::ProgramIdOp>(b.getIndexType()), chunks);
    auto [headNumber, blockNumber] = divide(rows, llvm::divideCeil(s.queries, s.queryBlock));
    auto [batch, h] = divide(headNumber, s.heads);
    head = {batch, h};
    keyHead = {batch, divide(h, s.group()).first};
    query = b.createOrFold<arith::MulIOp>(blockNumber, index(s.queryBlock));
    queries = loadQueries(head, query, queriesFit());
    auto [from, to] = keysOfChunk(chunk);
    // The keys that are seen, and of those the ones of the chunk: multiples of a block too.
    Ranges::Range range = ranges().keysOf(query);
    auto within = [&, from = from, to = to](Value key) -> Value {
      if (chunks == 1)
        return key;
      return make<arith::MinSIOp>(make<arith::MaxSIOp>(key, from), to);
    };
    Values dq = zeros(s.queryBlock, pieces);
    if (ranges().keysBeginInPart())
      dq = overKeys(within(range.begin), within(range.wholeBegin), dq, /*isWhole=*/false);
    dq = overKeys(within(range.wholeBegin), within(range.wholeEnd), dq, /*isWhole=*/true);
    if (ranges().keysEndInPart())
      dq = overKeys(within(range.wholeEnd), within(range.end), dq, /*isWhole=*/false);
    store(dq, firstResult, sumOf(chunk, head), query, pieces, queriesFit());
    return finish(s.flops(2, 1)); // scores, dq; dp
  }

private:
  Values overKeys(Value from, Value to, ValueRange dq, bool isWhole) {
    return loop(from, to, s.keyBlock, dq, [&](Value key, ValueRange carried) {
      loadKeyDocuments(head[0], key);
      return ifShared(carried, [&](ValueRange sums) {
        Keys keys = loadKeys(keyHead, key, isWhole || keysFit());
        Value ds = block(queries, keys, head, query, key, isWhole).ds;
        Values next;
        for (auto [sum, rows] : llvm::zip(sums, keys.k))
          next.push_back(dot(ds, rows, sum));
        return next;
      });
    });
  }

  Values head, keyHead;
  Value query;
  Queries queries;
};

/// The sums of wide heads leave few registers for the scores of 16 bits, of which blocks are large: smaller blocks of
/// queries for these, and where that is not enough of keys.
void leaveRoomForSums(AttentionShape &shape) {
  constexpr int64_t most = 128, mostWithFewQueries = 192;
  int64_t width = shape.width + shape.valueWidth;
  if (shape.stored.getWidth() != 16 || width <= most)
    return;
  int64_t &block = width <= mostWithFewQueries ? shape.queryBlock : shape.keyBlock;
  block = std::max<int64_t>(16, block / 2);
}

} // namespace

tile::KernelOp weft::buildAttentionBackwardKernel(OpBuilder &builder, AttentionBackwardOp op,
                                                  AttentionGradients of, ArrayRef<Type> arguments,
                                                  const KernelOptions &options) {
  AttentionShape shape(op, options);
  ArrayRef<Type> inputs = arguments.take_front(op->getNumOperands());
  SmallVector<Type> own(inputs);
  switch (of) {
  case AttentionGradients::All:
    return BackwardOfKeys(builder, op, "attention_backward", shape, arguments, true).build();
  case AttentionGradients::Keys:
    leaveRoomForSums(shape);
    llvm::append_range(own, arguments.drop_front(inputs.size() + 1));
    return BackwardOfKeys(builder, op, "attention_backward_keys", shape, own, false).build();
  case AttentionGradients::Queries:
    own.push_back(arguments[inputs.size()]);
    return BackwardOfQueries(builder, op, "attention_backward_queries", shape, own).build();
  }
  llvm_unreachable("unknown gradients");
}
