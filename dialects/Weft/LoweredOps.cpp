// Verifiers of the ops that the graph consists of on its way to kernels.
#include "dialects/Weft/Weft.h"

#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace weft;

static ArrayRef<int64_t> shapeOf(Value value) {
  return cast<RankedTensorType>(value.getType()).getShape();
}

// `narrow` is `wide` with a last size of 1.
static LogicalResult verifyColumnOf(Operation *op, StringRef name, Value narrow, Value wide) {
  ArrayRef<int64_t> narrowShape = shapeOf(narrow), wideShape = shapeOf(wide);
  if (!narrowShape.empty() && narrowShape.size() == wideShape.size() && narrowShape.back() == 1 &&
      narrowShape.drop_back() == wideShape.drop_back())
    return success();
  return op->emitOpError() << "expected " << name << " of the shape of " << wide.getType()
                           << " with a last size of 1, got " << narrow.getType();
}

// Proves: the table has rank 2, the result has the ids' shape with the table's width.
LogicalResult GatherRowsOp::verify() {
  if (shapeOf(getTable()).size() != 2)
    return emitOpError() << "expected a table of rank 2, got " << getTable().getType();
  if (failed(verifyColumnOf(*this, "ids", getIds(), getResult())))
    return failure();
  if (shapeOf(getResult()).back() != shapeOf(getTable()).back())
    return emitOpError() << "expected rows of " << shapeOf(getTable()).back() << " elements, got "
                         << getResult().getType();
  return success();
}

// Proves: ids are one column of the result.
LogicalResult OneHotOp::verify() { return verifyColumnOf(*this, "ids", getIds(), getResult()); }

// Proves: ids and result are one column of the input.
LogicalResult PickOp::verify() {
  if (failed(verifyColumnOf(*this, "ids", getIds(), getInput())))
    return failure();
  return verifyColumnOf(*this, "a result", getResult(), getInput());
}

// Proves: a chunk that is a power of two; one result a chunk.
LogicalResult ChunkSumsOp::verify() {
  int64_t chunk = getChunk();
  if (chunk < 64 || !llvm::isPowerOf2_64(chunk))
    return emitOpError() << "expected a chunk that is a power of two of at least 64, got: "
                         << chunk;
  auto input = cast<RankedTensorType>(getInput().getType());
  auto expected =
      RankedTensorType::get({static_cast<int64_t>(llvm::divideCeil(input.getNumElements(), chunk))},
                            input.getElementType());
  if (getResult().getType() != expected)
    return emitOpError() << "expected a result of " << expected << ", got "
                         << getResult().getType();
  return success();
}

// Proves: block arguments and yielded values have the types of operands and results.
LogicalResult GroupOp::verify() {
  if (getBody().front().getArgumentTypes() != getOperandTypes())
    return emitOpError("expected block arguments of the operands' types");
  Operation *yield = getBody().front().getTerminator();
  if (yield->getOperandTypes() != getResultTypes())
    return emitOpError("expected to yield values of the results' types");
  return success();
}
