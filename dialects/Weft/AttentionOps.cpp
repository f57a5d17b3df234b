// Type inference and verifiers of attention.
#include "dialects/Weft/AttentionLimits.h"
#include "dialects/Weft/Weft.h"

#include <cmath>

using namespace mlir;
using namespace weft;

// Proves: rank 4; element types, batch, keys, d and key heads agree; key heads divide heads.
static LogicalResult verifyHeads(std::optional<Location> location, StringRef name, Value qValue,
                                 Value kValue, Value vValue) {
  RankedTensorType q = getTensorType(qValue), k = getTensorType(kValue), v = getTensorType(vValue);
  for (RankedTensorType type : {q, k, v})
    if (type.getRank() != 4)
      return inferenceError(location, name,
                            "expects q, k and v of [batch, heads, positions, width], got ", type);
  if (failed(verifySameElementType(location, name, {q, k, v})))
    return failure();
  if (q.getDimSize(0) != k.getDimSize(0) || q.getDimSize(3) != k.getDimSize(3))
    return inferenceError(location, name, "expects q and k of one batch and one width, got ", q,
                          " and ", k);
  if (k.getShape().drop_back() != v.getShape().drop_back())
    return inferenceError(location, name, "expects k and v that agree but for their width, got ", k,
                          " and ", v);
  for (RankedTensorType type : {q, v})
    if (type.getDimSize(3) > kMaxAttentionWidth)
      return inferenceError(location, name, "expects heads of a width of at most ",
                            kMaxAttentionWidth, ", got ", type);
  if (q.getDimSize(1) % k.getDimSize(1) != 0)
    return inferenceError(location, name,
                          "expects heads of keys that divide those of queries, got ",
                          k.getDimSize(1), " and ", q.getDimSize(1));
  return success();
}

// Proves: a rate of dropout at least 0 and below 1; what it draws from goes with it, and is there in a
// graph.
template <typename OpT> static LogicalResult verifyDropout(OpT op) {
  size_t words = op.getDraw().size();
  if (words != 0 && words != 6)
    return op.emitOpError("expects 6 words to draw from, of key, seed and sample, got ") << words;
  if (!op.getDropout()) {
    if (op.getKey() || words)
      return op.emitOpError("expects a key or a draw to go with dropout: add 'dropout = 0.1'");
    return success();
  }
  double rate = op.getDropout()->convertToDouble();
  if (!(rate >= 0 && rate < 1))
    return op.emitOpError("expects a dropout of at least 0 and below 1, got ") << rate;
  if (isa<GraphOp>(op->getParentOp()) && !op.getKey() && !words)
    return op.emitOpError("expects a key in a graph, as weft-instantiate gives it");
  return success();
}

// Proves: documents of [batch, queries] and [batch, keys]; a slope for each head.
template <typename OpT> static LogicalResult verifyPositions(OpT op) {
  RankedTensorType q = getTensorType(op.getQ()), k = getTensorType(op.getK());
  for (auto [ids, positions] : {std::pair(op.getQueryDocuments(), q.getDimSize(2)),
                                std::pair(op.getKeyDocuments(), k.getDimSize(2))})
    if (ids && getTensorType(ids).getShape() != ArrayRef({q.getDimSize(0), positions}))
      return op.emitOpError("expects documents of ")
             << shapeToString({q.getDimSize(0), positions}) << ", got " << ids.getType();
  if (Value slopes = op.getAlibi();
      slopes && slopes.getType() != withComputeType(q.clone({q.getDimSize(1)})))
    return op.emitOpError("expects an alibi slope of ")
           << getComputeType(q.getElementType()) << " for each of " << q.getDimSize(1) << " heads, got "
           << slopes.getType();
  return success();
}

// Proves: causal without ahead, with a window of at least 1; window and ahead that leave a key to see.
template <typename OpT> static LogicalResult verifyWindow(OpT op) {
  std::optional<int64_t> window = op.getWindow(), ahead = op.getAhead();
  if (op.getCausal() && ahead)
    return op.emitOpError("expects either causal or ahead: causal is ahead = 1");
  if (op.getCausal() && window && *window < 1)
    return op.emitOpError("expects a window of at least 1, got ") << *window;
  // The first key is the farthest before the last query, the last one the farthest after the first.
  int64_t queries = getTensorType(op.getQ()).getDimSize(2),
          keys = getTensorType(op.getK()).getDimSize(2);
  if (window && *window < 2 - queries)
    return op.emitOpError("expects a window of at least ")
           << 2 - queries << ", with which the first query sees the last key, got " << *window;
  if (ahead && *ahead < 2 - keys)
    return op.emitOpError("expects ahead of at least ")
           << 2 - keys << ", with which the last query sees the first key, got " << *ahead;
  if (window && ahead && *window < 2 - *ahead)
    return op.emitOpError("expects a window and ahead of at least 2 together, which is the query's own "
                          "position, got ")
           << *window << " and " << *ahead;
  return success();
}

// Proves: a finite scale; a positive soft cap; what is kept beside a bias; and what the three above do.
template <typename OpT> static LogicalResult verifyScores(OpT op) {
  if (op.getKept() && (!op.getBias() || op.getKept().getType() != op.getBias().getType()))
    return op.emitOpError("expects kept to go with a bias of its type, which says what takes the place of scores");
  if (failed(verifyDropout(op)) || failed(verifyPositions(op)) || failed(verifyWindow(op)))
    return failure();
  if (!std::isfinite(op.getScale().convertToDouble()))
    return op.emitOpError("expects a finite scale");
  if (std::optional<APFloat> cap = op.getSoftcap();
      cap && !(cap->convertToDouble() > 0 && cap->isFinite()))
    return op.emitOpError("expects a softcap that is positive and finite");
  return success();
}

// Proves: [batch or 1, heads or 1, queries or 1, keys], in no more bits than the scores.
static LogicalResult verifyBias(std::optional<Location> location, StringRef name, Value bias,
                                Value qValue, Value kValue) {
  if (!bias)
    return success();
  RankedTensorType type = getTensorType(bias), q = getTensorType(qValue), k = getTensorType(kValue);
  SmallVector<int64_t> full(q.getShape());
  full.back() = k.getDimSize(2);
  Type scores = getComputeType(q.getElementType());
  auto own = dyn_cast<FloatType>(type.getElementType()), most = dyn_cast<FloatType>(scores);
  bool fits = type.getRank() == 4 && type.getDimSize(3) == full[3] && own && most && own.getWidth() <= most.getWidth();
  for (int64_t i = 0; fits && i < 3; ++i)
    fits = type.getDimSize(i) == 1 || type.getDimSize(i) == full[i];
  if (!fits)
    return inferenceError(location, name, "expects a bias of ", shapeToString(full),
                          ", in which the first three may be 1, in no more bits than ",
                          scores, ", got ", type);
  return success();
}

static RankedTensorType withShape(RankedTensorType type, ArrayRef<int64_t> shape) {
  return RankedTensorType::get(shape, type.getElementType());
}

LogicalResult AttentionOp::inferReturnTypes(MLIRContext *, std::optional<Location> location,
                                            Adaptor adaptor, SmallVectorImpl<Type> &types) {
  if (failed(verifyHeads(location, getOperationName(), adaptor.getQ(), adaptor.getK(),
                         adaptor.getV())) ||
      failed(verifyBias(location, getOperationName(), adaptor.getBias(), adaptor.getQ(),
                        adaptor.getK())))
    return failure();
  RankedTensorType q = getTensorType(adaptor.getQ());
  SmallVector<int64_t> shape(q.getShape());
  shape.back() = getTensorType(adaptor.getV()).getDimSize(3);
  types.push_back(withShape(q, shape));
  shape.pop_back();
  // The log-sum-exp, and its rest.
  types.append(adaptor.getBias() ? 2 : 1, withComputeType(withShape(q, shape)));
  return success();
}

LogicalResult AttentionOp::verify() { return verifyScores(*this); }

LogicalResult AttentionBackwardOp::inferReturnTypes(MLIRContext *, std::optional<Location> location,
                                                    Adaptor adaptor, SmallVectorImpl<Type> &types) {
  StringRef name = getOperationName();
  if (failed(verifyHeads(location, name, adaptor.getQ(), adaptor.getK(), adaptor.getV())) ||
      failed(verifyBias(location, name, adaptor.getBias(), adaptor.getQ(), adaptor.getK())))
    return failure();
  RankedTensorType q = getTensorType(adaptor.getQ());
  SmallVector<int64_t> shape(q.getShape());
  shape.back() = getTensorType(adaptor.getV()).getDimSize(3);
  RankedTensorType result = withShape(q, shape);
  shape.pop_back();
  RankedTensorType rows = withComputeType(withShape(q, shape));
  for (Value value : {adaptor.getLse(), adaptor.getDelta()})
    if (value.getType() != rows)
      return inferenceError(location, name, "expects lse and delta of ", rows, ", got ",
                            value.getType());
  if (!adaptor.getBias() != !adaptor.getRest() || (adaptor.getRest() && adaptor.getRest().getType() != rows))
    return inferenceError(location, name, "expects a rest of ", rows, " with a bias, and none without");
  if (adaptor.getGrad().getType() != result)
    return inferenceError(location, name, "expects a gradient of ", result, ", got ",
                          adaptor.getGrad().getType());
  int64_t chunks = adaptor.getKeyChunks();
  if (chunks < 1)
    return inferenceError(location, name, "expects at least 1 chunk of keys, got ", chunks);
  SmallVector<int64_t> sums(q.getShape());
  if (chunks > 1)
    sums.insert(sums.begin(), chunks);
  types.append({withComputeType(withShape(q, sums)), adaptor.getK().getType(), adaptor.getV().getType()});
  return success();
}

LogicalResult AttentionBackwardOp::verify() { return verifyScores(*this); }
