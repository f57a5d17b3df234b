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

static int64_t countRows(PartialSumsOp op) {
  return getTensorType(op.getInput()).getNumElements() / shapeOf(op.getInput()).back();
}

int64_t PartialSumsOp::getRowsOfPart() { return llvm::divideCeil(countRows(*this), getParts()); }

// Proves: rows, of which each part has some; one result a part and a column.
LogicalResult PartialSumsOp::verify() {
  if (shapeOf(getInput()).size() < 2)
    return emitOpError() << "expected an input of rows, got: " << getInput().getType();
  int64_t parts = getParts(), rows = countRows(*this);
  if (parts < 1 || (parts - 1) * getRowsOfPart() >= rows)
    return emitOpError() << "expected parts that each have some of the " << rows << " rows, got: " << parts;
  auto expected = RankedTensorType::get({parts, shapeOf(getInput()).back()}, getElementTypeOrSelf(getInput()));
  if (getResult().getType() != expected)
    return emitOpError() << "expected a result of " << expected << ", got: " << getResult().getType();
  return success();
}

// Proves: a factor of rank 2; one element type, that of a library with epilogues.
static LogicalResult verifyFactors(MatmulEpilogueOp op) {
  Type element = getElementTypeOrSelf(op.getLhs());
  if (!isa<BFloat16Type, Float16Type, Float32Type>(element))
    return op.emitOpError() << "expected factors of f32, bf16 or f16, got " << op.getLhs().getType();
  for (Value value : {op.getLhs(), op.getRhs()})
    if (shapeOf(value).size() != 2 || getElementTypeOrSelf(value) != element)
      return op.emitOpError() << "expected factors of rank 2 and one type, got " << value.getType();
  return success();
}

// Proves: `value` is there exactly if `wanted`, where it is not optional, and has this shape.
static LogicalResult verifyPart(MatmulEpilogueOp op, StringRef name, Value value, bool wanted, bool isOptional,
                                ArrayRef<int64_t> shape) {
  if (!value && (!wanted || isOptional))
    return success();
  if (!value || !wanted)
    return op.emitOpError() << (wanted ? "expected a " : "expected no ") << name << " for "
                            << stringifyEpilogue(op.getEpilogue());
  auto expected = RankedTensorType::get(shape, getElementTypeOrSelf(op.getLhs()));
  if (value.getType() == expected)
    return success();
  return op.emitOpError() << "expected a " << name << " of " << expected << ", got " << value.getType();
}

// Proves: factors that fit; every further operand and result that its epilogue has, and no other.
LogicalResult MatmulEpilogueOp::verify() {
  if (failed(verifyFactors(*this)))
    return failure();
  int64_t m = shapeOf(getLhs())[getTransposeA()], k = shapeOf(getLhs())[!getTransposeA()];
  int64_t n = shapeOf(getRhs())[!getTransposeB()], rhsK = shapeOf(getRhs())[getTransposeB()];
  if (k != rhsK)
    return emitOpError() << "expected factors that agree on the size that is summed, got " << k << " and " << rhsK;
  spec::Epilogue epilogue = getEpilogue();
  bool isBackward = epilogue == spec::Epilogue::GeluBackward, sums = spec::sumsFactor(epilogue);
  SmallVector<int64_t> whole{m, n}, row{n}, column{m};
  const SmallVector<int64_t> &side = epilogue == spec::Epilogue::Gelu   ? whole
                                     : epilogue == spec::Epilogue::SumA ? column
                                                                        : row;
  if (failed(verifyPart(*this, "result", getResult(), true, false, whole)) ||
      failed(verifyPart(*this, "tensor to compute with", getWith(), !sums, false, isBackward ? whole : row)) ||
      failed(verifyPart(*this, "second result", getSide(), epilogue != spec::Epilogue::Bias, !sums, side)) ||
      failed(verifyPart(*this, "tensor to add onto", getOld(), sums, true, whole)))
    return failure();
  if (getFlag() && !getOld())
    return emitOpError("expected no flag without a tensor to add onto");
  bool keepsInput = isBackward || (epilogue == spec::Epilogue::Gelu && getSide());
  if (keepsInput && n % spec::kAuxMultiple != 0)
    return emitOpError() << "expected rows of a multiple of " << spec::kAuxMultiple << " elements, got " << n;
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
