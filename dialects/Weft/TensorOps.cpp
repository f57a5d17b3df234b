// Type inference and verifiers of products, and of ops that only move elements.
#include "dialects/Weft/Weft.h"

using namespace mlir;
using namespace weft;

// Proves: input of rank at least 1; a weight [out, in] or [in, out] whose `in` is the input's last
// size; a bias [out]; one element type.
LogicalResult LinearOp::inferReturnTypes(MLIRContext *, std::optional<Location> location,
                                         Adaptor adaptor, SmallVectorImpl<Type> &types) {
  RankedTensorType input = getTensorType(adaptor.getInput()),
                   weight = getTensorType(adaptor.getWeight());
  StringRef name = getOperationName();
  if (failed(verifySameElementType(location, name, {input, weight})))
    return failure();
  if (input.getRank() < 1)
    return inferenceError(location, name, "expects an input of rank at least 1, got a scalar");
  if (weight.getRank() != 2)
    return inferenceError(location, name, "expects a weight of rank 2, got shape ",
                          shapeToString(weight.getShape()));
  bool outIn = adaptor.getWeightLayout() == WeightLayout::OutIn;
  int64_t out = weight.getDimSize(outIn ? 0 : 1), in = weight.getDimSize(outIn ? 1 : 0);
  if (in != input.getShape().back())
    return inferenceError(location, name, "expects a weight with ", input.getShape().back(),
                          " inputs (the input's last size), got ", in, " in ",
                          stringifyWeightLayout(adaptor.getWeightLayout()), " layout");
  if (Value bias = adaptor.getBias()) {
    auto type = getTensorType(bias);
    if (failed(verifySameElementType(location, name, {input, type})))
      return failure();
    if (type.getShape() != ArrayRef(out))
      return inferenceError(location, name, "expects a bias of shape ", out, ", got ",
                            shapeToString(type.getShape()));
  }
  SmallVector<int64_t> shape(input.getShape());
  shape.back() = out;
  types.push_back(RankedTensorType::get(shape, input.getElementType()));
  return success();
}

// The type of a product. Proves: rank at least 2; equal ranks, batch dimensions and element types;
// inner sizes that agree.
static FailureOr<RankedTensorType> inferProduct(std::optional<Location> location, StringRef name,
                                                RankedTensorType lhs, RankedTensorType rhs,
                                                bool transposeA, bool transposeB) {
  if (failed(verifySameElementType(location, name, {lhs, rhs})))
    return failure();
  int64_t rank = lhs.getRank();
  if (rank < 2 || rank != rhs.getRank())
    return inferenceError(location, name, "expects operands of one rank of at least 2, got ",
                          shapeToString(lhs.getShape()), " and ", shapeToString(rhs.getShape()));
  if (lhs.getShape().drop_back(2) != rhs.getShape().drop_back(2))
    return inferenceError(location, name, "expects equal batch dimensions, got ",
                          shapeToString(lhs.getShape()), " and ", shapeToString(rhs.getShape()));
  auto sizeOf = [rank](RankedTensorType type, bool last) {
    return type.getDimSize(last ? rank - 1 : rank - 2);
  };
  int64_t innerA = sizeOf(lhs, !transposeA), innerB = sizeOf(rhs, transposeB);
  if (innerA != innerB)
    return inferenceError(location, name, "expects inner sizes that agree, got ", innerA, " (lhs",
                          transposeA ? ", transposed" : "", ") and ", innerB, " (rhs",
                          transposeB ? ", transposed" : "", ")");
  SmallVector<int64_t> shape(lhs.getShape());
  shape[rank - 2] = sizeOf(lhs, transposeA);
  shape[rank - 1] = sizeOf(rhs, !transposeB);
  return RankedTensorType::get(shape, lhs.getElementType());
}

LogicalResult MatmulOp::inferReturnTypes(MLIRContext *, std::optional<Location> location,
                                         Adaptor adaptor, SmallVectorImpl<Type> &types) {
  auto type = inferProduct(location, getOperationName(), getTensorType(adaptor.getLhs()),
                           getTensorType(adaptor.getRhs()), adaptor.getTransposeA(),
                           adaptor.getTransposeB());
  if (failed(type))
    return failure();
  types.push_back(*type);
  return success();
}

// Proves: what matmul proves; `old` has the product's type.
LogicalResult MatmulAccumulateOp::inferReturnTypes(MLIRContext *, std::optional<Location> location,
                                                   Adaptor adaptor, SmallVectorImpl<Type> &types) {
  auto type = inferProduct(location, getOperationName(), getTensorType(adaptor.getLhs()),
                           getTensorType(adaptor.getRhs()), adaptor.getTransposeA(),
                           adaptor.getTransposeB());
  if (failed(type))
    return failure();
  if (getTensorType(adaptor.getOld()) != *type)
    return inferenceError(location, getOperationName(), "expects the product's type ", *type,
                          " to add to, got ", getTensorType(adaptor.getOld()));
  types.push_back(*type);
  return success();
}

// Proves: the table has rank 2.
LogicalResult EmbeddingOp::inferReturnTypes(MLIRContext *, std::optional<Location> location,
                                            Adaptor adaptor, SmallVectorImpl<Type> &types) {
  RankedTensorType ids = getTensorType(adaptor.getIds()), table = getTensorType(adaptor.getTable());
  if (table.getRank() != 2)
    return inferenceError(location, getOperationName(), "expects a table of rank 2, got shape ",
                          shapeToString(table.getShape()));
  SmallVector<int64_t> shape(ids.getShape());
  shape.push_back(table.getDimSize(1));
  types.push_back(RankedTensorType::get(shape, table.getElementType()));
  return success();
}

// Proves: the table has rank 2; grad has the type of the embedding's result.
LogicalResult EmbeddingBackwardOp::inferReturnTypes(MLIRContext *, std::optional<Location> location,
                                                    Adaptor adaptor, SmallVectorImpl<Type> &types) {
  RankedTensorType ids = getTensorType(adaptor.getIds()), table = getTensorType(adaptor.getOld());
  if (table.getRank() != 2)
    return inferenceError(location, getOperationName(), "expects a table of rank 2, got shape ",
                          shapeToString(table.getShape()));
  SmallVector<int64_t> shape(ids.getShape());
  shape.push_back(table.getDimSize(1));
  auto expected = RankedTensorType::get(shape, table.getElementType());
  if (getTensorType(adaptor.getGrad()) != expected)
    return inferenceError(location, getOperationName(), "expects a gradient of type ", expected,
                          ", got ", getTensorType(adaptor.getGrad()));
  types.push_back(table);
  return success();
}

static LogicalResult verifyPaddingIndex(Operation *op, IntegerAttr index, RankedTensorType table) {
  if (!index || (index.getInt() >= 0 && index.getInt() < table.getDimSize(0)))
    return success();
  return op->emitOpError("expects a padding_index of at least 0 and below ")
         << table.getDimSize(0) << ", the table's rows, got " << index.getInt();
}

// Proves: the padding's row is one of the table's.
LogicalResult EmbeddingOp::verify() {
  return verifyPaddingIndex(*this, getPaddingIndexAttr(), getTable().getType());
}
LogicalResult EmbeddingBackwardOp::verify() {
  return verifyPaddingIndex(*this, getPaddingIndexAttr(), getOld().getType());
}

// Proves: the input broadcasts to the result's shape; one element type.
LogicalResult BroadcastOp::verify() {
  RankedTensorType input = getInput().getType(), result = getResult().getType();
  if (failed(verifySameElementType(getLoc(), getOperationName(), {input, result})))
    return failure();
  auto shape = broadcastShapes(input.getShape(), result.getShape());
  if (failed(shape) || ArrayRef<int64_t>(*shape) != result.getShape())
    return emitOpError("expects a shape that broadcasts to ")
           << shapeToString(result.getShape()) << ", got " << shapeToString(input.getShape());
  return success();
}

// Proves: as many elements; one element type.
LogicalResult ReshapeOp::verify() {
  RankedTensorType input = getInput().getType(), result = getResult().getType();
  if (failed(verifySameElementType(getLoc(), getOperationName(), {input, result})))
    return failure();
  if (input.getNumElements() != result.getNumElements())
    return emitOpError("expects as many elements in the result, got ")
           << input.getNumElements() << " in " << shapeToString(input.getShape()) << " and "
           << result.getNumElements() << " in " << shapeToString(result.getShape());
  return success();
}

// Proves: a permutation of the input's dimensions.
LogicalResult TransposeOp::inferReturnTypes(MLIRContext *, std::optional<Location> location,
                                            Adaptor adaptor, SmallVectorImpl<Type> &types) {
  RankedTensorType input = getTensorType(adaptor.getInput());
  ArrayRef<int64_t> permutation = adaptor.getPermutation();
  SmallVector<int64_t> sorted(permutation);
  llvm::sort(sorted);
  if (!llvm::equal(sorted, llvm::seq<int64_t>(0, input.getRank())))
    return inferenceError(location, getOperationName(), "expects a permutation of ",
                          input.getRank(), " dimensions, got [", permutation, "]");
  SmallVector<int64_t> shape = llvm::map_to_vector(
      permutation, [&](int64_t dimension) { return input.getDimSize(dimension); });
  types.push_back(RankedTensorType::get(shape, input.getElementType()));
  return success();
}
