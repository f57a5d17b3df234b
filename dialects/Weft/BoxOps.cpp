// Type inference and verifiers of reductions, and of ops that cut tensors and put them together.
#include "dialects/Weft/Weft.h"

using namespace mlir;
using namespace weft;

// Proves: axes are in range and strictly increasing.
template <typename OpT>
static LogicalResult inferReduction(std::optional<Location> location, typename OpT::Adaptor adaptor,
                                    SmallVectorImpl<Type> &types) {
  RankedTensorType input = getTensorType(adaptor.getInput());
  ArrayRef<int64_t> axes = adaptor.getAxes();
  for (auto [index, axis] : llvm::enumerate(axes))
    if (axis < 0 || axis >= input.getRank() || (index > 0 && axis <= axes[index - 1]))
      return inferenceError(location, OpT::getOperationName(),
                            "expects axes in increasing order, each at least 0 and below ",
                            input.getRank(), ", got [", axes, "]");
  SmallVector<int64_t> shape;
  for (auto [dimension, size] : llvm::enumerate(input.getShape())) {
    if (!llvm::is_contained(axes, dimension))
      shape.push_back(size);
    else if (adaptor.getKeepDims())
      shape.push_back(1);
  }
  types.push_back(RankedTensorType::get(shape, input.getElementType()));
  return success();
}

LogicalResult SumOp::inferReturnTypes(MLIRContext *, std::optional<Location> location,
                                      Adaptor adaptor, SmallVectorImpl<Type> &types) {
  return inferReduction<SumOp>(location, adaptor, types);
}

LogicalResult MeanOp::inferReturnTypes(MLIRContext *, std::optional<Location> location,
                                       Adaptor adaptor, SmallVectorImpl<Type> &types) {
  return inferReduction<MeanOp>(location, adaptor, types);
}

LogicalResult ReduceMaxOp::inferReturnTypes(MLIRContext *, std::optional<Location> location,
                                            Adaptor adaptor, SmallVectorImpl<Type> &types) {
  return inferReduction<ReduceMaxOp>(location, adaptor, types);
}

// `offset + size <= limit` without overflow.
static bool fits(int64_t offset, int64_t size, int64_t limit) {
  return offset >= 0 && size >= 1 && size <= limit && offset <= limit - size;
}

// Proves: one offset and size a dimension; a box inside the input that is not empty.
LogicalResult SliceOp::inferReturnTypes(MLIRContext *, std::optional<Location> location,
                                        Adaptor adaptor, SmallVectorImpl<Type> &types) {
  RankedTensorType input = getTensorType(adaptor.getInput());
  ArrayRef<int64_t> offsets = adaptor.getOffsets(), sizes = adaptor.getSizes();
  size_t rank = input.getRank();
  if (offsets.size() != rank || sizes.size() != rank)
    return inferenceError(location, getOperationName(), "expects ", rank,
                          " offsets and sizes (the input's rank), got ", offsets.size(), " and ",
                          sizes.size());
  for (size_t i = 0; i < rank; ++i)
    if (!fits(offsets[i], sizes[i], input.getDimSize(i)))
      return inferenceError(location, getOperationName(),
                            "expects a box inside the input: dimension ", i, " has ",
                            input.getDimSize(i), " elements, got ", sizes[i], " from ", offsets[i]);
  types.push_back(RankedTensorType::get(sizes, input.getElementType()));
  return success();
}

static LogicalResult verifyAxis(std::optional<Location> location, StringRef name, int64_t axis,
                                RankedTensorType type) {
  if (axis >= 0 && axis < type.getRank())
    return success();
  return inferenceError(location, name, "expects an axis of at least 0 and below ", type.getRank(),
                        ", got ", axis);
}

// More parts than a model has use for, and as many as an op can have results without trouble.
static constexpr int64_t kMaxParts = 4096;

// Proves: the axis is in range; parts > 0 divides its size; there are not too many.
LogicalResult SplitOp::inferReturnTypes(MLIRContext *, std::optional<Location> location,
                                        Adaptor adaptor, SmallVectorImpl<Type> &types) {
  RankedTensorType input = getTensorType(adaptor.getInput());
  int64_t axis = adaptor.getAxis(), parts = adaptor.getParts();
  if (failed(verifyAxis(location, getOperationName(), axis, input)))
    return failure();
  int64_t size = input.getDimSize(axis);
  if (parts < 1 || size % parts != 0)
    return inferenceError(location, getOperationName(), "expects parts that divide ", size,
                          " (the size of dimension ", axis, "), got ", parts);
  if (parts > kMaxParts)
    return inferenceError(location, getOperationName(), "expects at most ", kMaxParts,
                          " parts, got ", parts);
  SmallVector<int64_t> shape(input.getShape());
  shape[axis] = size / parts;
  types.assign(parts, RankedTensorType::get(shape, input.getElementType()));
  return success();
}

// Proves: at least one operand; the axis is in range; operands agree but for its size.
LogicalResult ConcatOp::inferReturnTypes(MLIRContext *, std::optional<Location> location,
                                         Adaptor adaptor, SmallVectorImpl<Type> &types) {
  StringRef name = getOperationName();
  if (adaptor.getInputs().empty())
    return inferenceError(location, name, "expects at least one operand");
  auto first = getTensorType(adaptor.getInputs().front());
  int64_t axis = adaptor.getAxis();
  if (failed(verifyAxis(location, name, axis, first)))
    return failure();
  SmallVector<int64_t> shape(first.getShape());
  for (Value input : adaptor.getInputs().drop_front()) {
    auto type = getTensorType(input);
    SmallVector<int64_t> expected(first.getShape());
    if (type.getRank() == first.getRank())
      expected[axis] = type.getDimSize(axis);
    if (type != RankedTensorType::get(expected, first.getElementType()))
      return inferenceError(location, name, "expects operands that agree but for dimension ", axis,
                            ", got ", first, " and ", type);
    shape[axis] += type.getDimSize(axis);
  }
  types.push_back(RankedTensorType::get(shape, first.getElementType()));
  return success();
}

// Proves: ranks and element types agree; one offset a dimension; the input fits into the result.
LogicalResult PadOp::verify() {
  RankedTensorType input = getInput().getType(), result = getResult().getType();
  if (failed(verifySameElementType(getLoc(), getOperationName(), {input, result})))
    return failure();
  if (input.getRank() != result.getRank() ||
      static_cast<int64_t>(getOffsets().size()) != input.getRank())
    return emitOpError("expects one rank for input, result and offsets, got ")
           << input.getRank() << ", " << result.getRank() << " and " << getOffsets().size();
  for (auto [i, offset] : llvm::enumerate(getOffsets()))
    if (!fits(offset, input.getDimSize(i), result.getDimSize(i)))
      return emitOpError("expects the input to fit into the result: dimension ")
             << i << " has " << result.getDimSize(i) << " elements, got " << input.getDimSize(i)
             << " from " << offset;
  return success();
}
