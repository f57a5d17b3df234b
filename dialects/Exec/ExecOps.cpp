// Verifiers of the exec ops.
#include "dialects/Exec/Exec.h"

#include "mlir/Interfaces/FunctionInterfaces.h"
#include "llvm/Support/CheckedArithmetic.h"

using namespace mlir;
using namespace weft::exec;

using weft::spec::parseInit;
using weft::spec::parseKeyword;
using weft::spec::printInit;
using weft::spec::printKeyword;

#define GET_OP_CLASSES
#include "dialects/Exec/ExecOps.cpp.inc"

//===----------------------------------------------------------------------===//
// Sizes
//===----------------------------------------------------------------------===//

// Two words, for as many bits as there may be.
std::optional<int64_t> weft::exec::countBytes(Type element, int64_t count) {
  __int128 bytes = (__int128(count) * element.getIntOrFloatBitWidth() + 7) / 8;
  return bytes > INT64_MAX ? std::nullopt : std::optional(int64_t(bytes));
}

std::optional<int64_t> weft::exec::getSpan(MemRefType type) {
  SmallVector<int64_t> strides;
  int64_t offset;
  if (failed(type.getStridesAndOffset(strides, offset)) || type.getNumDynamicDims() != 0)
    return std::nullopt;
  if (llvm::any_of(strides, [](int64_t s) { return ShapedType::isDynamic(s) || s < 0; }))
    return std::nullopt;
  if (llvm::is_contained(type.getShape(), 0))
    return 0;
  std::optional<int64_t> span = 1;
  for (auto [extent, stride] : llvm::zip_equal(type.getShape(), strides))
    if (span)
      span = llvm::checkedMulAdd<int64_t>(extent - 1, stride, *span);
  if (!span || !countBytes(type.getElementType(), *span))
    return std::nullopt;
  return span;
}

SmallVector<int32_t> weft::exec::collectWords(exec::ModuleOp module) {
  llvm::SetVector<int32_t> words;
  module.walk([&](exec::WordOp op) { words.insert(int32_t(op.getValue())); });
  return words.takeVector();
}

int64_t weft::exec::getByteSize(MemRefType type) { return *countBytes(type.getElementType(), *getSpan(type)); }

// What has memory of its own: no layout, a size that can be counted, an offset that is not
// negative.
static LogicalResult verifyMemory(Operation *op, MemRefType type, std::optional<int64_t> at) {
  if (!type.getLayout().isIdentity())
    return op->emitOpError("expects a type without a layout, got: ") << type;
  // Strides of the identity layout are products of the extents: count the bytes without them.
  std::optional<int64_t> count = 1;
  for (int64_t extent : type.getShape())
    count = count ? llvm::checkedMul<int64_t>(*count, extent) : std::nullopt;
  if (!count || !countBytes(type.getElementType(), *count))
    return op->emitOpError("expects a size below 2^63 bytes, got: ") << type;
  if (at && *at < 0)
    return op->emitOpError("expects an offset that is not negative, got: ") << *at;
  return success();
}

// Memory has no layout, a countable size and a place that is not negative.
LogicalResult StateOp::verify() {
  auto type = cast<MemRefType>(getType());
  if (failed(verifyMemory(*this, type, getAt())))
    return failure();
  return spec::verifyRows(*this, getInit(), getPaddingRows().value_or(ArrayRef<int64_t>()),
                          type.getShape());
}
LogicalResult InputOp::verify() {
  auto type = cast<MemRefType>(getType());
  bool isMask = (type.getRank() == 1 || type.getRank() == 2) && isa<FloatType>(type.getElementType());
  if (getFromData() && (!isMask || getLimit() || getIgnored()))
    return emitOpError("expects from_data of rank 1 or 2, of floats and without bounds, got: ")
           << type;
  return verifyMemory(*this, type, getAt());
}
LogicalResult BufferOp::verify() { return verifyMemory(*this, getResult().getType(), getAt()); }

// A word where the field is one, else f64.
LogicalResult StepRefOp::verify() {
  bool isWord = getField() > StepField::Accumulate;
  if (cast<MemRefType>(getResult().getType()).getElementType().isInteger() == isWord)
    return success();
  return emitOpError("expects ") << (isWord ? "memref<i32>" : "memref<f64>") << " for "
                                 << stringifyStepField(getField())
                                 << ", got: " << getResult().getType();
}

//===----------------------------------------------------------------------===//
// Structure
//===----------------------------------------------------------------------===//

// Holds states, inputs, programs and entries only. (Unique names: the SymbolTable trait.)
LogicalResult weft::exec::ModuleOp::verify() {
  for (Operation &op : getBody().front())
    if (!isa<StateOp, InputOp, ProgramOp, EntryOp>(op))
      return op.emitOpError("is not expected here: exec.module holds exec.state, exec.input, "
                            "exec.program and exec.entry only");
  return success();
}

// Holds ops of this dialect only.
LogicalResult ProgramOp::verify() {
  for (Operation &op : getBody().front())
    if (!isa_and_present<ExecDialect>(op.getDialect()))
      return op.emitOpError(
          "is not expected here: exec.program holds ops of the exec dialect only");
  return success();
}

// As many programs, metrics and inputs as an entry of its kind has.
LogicalResult EntryOp::verify() {
  bool isTrain = getKind() == spec::EntryKind::Train,
       isLogits = getKind() == spec::EntryKind::Logits;
  size_t programs = isTrain ? 2 : 1, metrics = isTrain ? 3 : isLogits ? 1 : 2;
  if (getPrograms().size() != programs || getMetrics().size() != metrics)
    return emitOpError("expects programs and metrics of ")
           << stringifyEntryKind(getKind()) << ", " << programs << " and " << metrics
           << ", got: " << getPrograms().size() << " and " << getMetrics().size();
  if (isLogits && getInputs().size() != 2)
    return emitOpError("expects two inputs of logits, the ids and the row, got: ")
           << getInputs().size();
  return success();
}

// The symbol of type OpT that `op` refers to in its exec.module.
template <typename OpT>
static FailureOr<OpT> verifyDeclared(Operation *op, FlatSymbolRefAttr symbol, StringRef what,
                                     SymbolTableCollection &tables) {
  auto target = tables.lookupSymbolIn<OpT>(op->getParentOfType<weft::exec::ModuleOp>(), symbol);
  if (target)
    return target;
  return op->emitOpError("refers to ") << symbol << ", which is not " << what << " of this module";
}

// The same, of `type`.
template <typename OpT>
static LogicalResult verifyReference(Operation *op, FlatSymbolRefAttr symbol, StringRef what,
                                     SymbolTableCollection &tables, Type type) {
  FailureOr<OpT> declared = verifyDeclared<OpT>(op, symbol, what, tables);
  if (failed(declared))
    return failure();
  OpT target = *declared;
  if (target.getType() == type)
    return success();
  InFlightDiagnostic error = op->emitOpError("expects the type of ")
                             << symbol << ", " << target.getType() << ", got: " << type;
  error.attachNote(target.getLoc()) << "declared here";
  return error;
}

// Programs, inputs and metrics are declared.
LogicalResult EntryOp::verifySymbolUses(SymbolTableCollection &tables) {
  auto verifyAll = [&]<typename OpT>(ArrayAttr symbols, StringRef what, OpT) {
    return llvm::all_of(symbols.getAsRange<FlatSymbolRefAttr>(), [&](FlatSymbolRefAttr symbol) {
      return succeeded(verifyDeclared<OpT>(*this, symbol, what, tables));
    });
  };
  return success(verifyAll(getPrograms(), "a program", ProgramOp()) &&
                 verifyAll(getInputs(), "an input", InputOp()) &&
                 verifyAll(getMetrics(), "a state", StateOp()));
}

// The state is declared with this type.
LogicalResult StateRefOp::verifySymbolUses(SymbolTableCollection &tables) {
  return verifyReference<StateOp>(*this, getSymbolAttr(), "a state", tables, getResult().getType());
}

// The input is declared with this type.
LogicalResult InputRefOp::verifySymbolUses(SymbolTableCollection &tables) {
  return verifyReference<InputOp>(*this, getSymbolAttr(), "an input", tables,
                                  getResult().getType());
}

// The state is declared.
LogicalResult InitializeOp::verifySymbolUses(SymbolTableCollection &tables) {
  return verifyDeclared<StateOp>(*this, getStateAttr(), "a state", tables);
}

/// Beside the exec.module, or in the module of a device there.
static FunctionOpInterface findKernel(mlir::ModuleOp outer, SymbolRefAttr name,
                                      SymbolTableCollection &tables) {
  if (auto kernel = tables.lookupSymbolIn<FunctionOpInterface>(outer, name))
    return kernel;
  for (Operation &op : outer.getOps())
    if (op.hasTrait<OpTrait::SymbolTable>() && !isa<weft::exec::ModuleOp>(op))
      if (auto kernel = tables.lookupSymbolIn<FunctionOpInterface>(&op, name))
        return kernel;
  return FunctionOpInterface();
}

// The kernel stands beside the exec.module and, unless it is lowered already, has these arguments.
LogicalResult LaunchOp::verifySymbolUses(SymbolTableCollection &tables) {
  auto outer = (*this)->getParentOfType<mlir::ModuleOp>();
  FunctionOpInterface kernel = findKernel(outer, getKernelAttr(), tables);
  // Kernels that are device code already are checked by what reads it.
  bool isDeviceCode = llvm::any_of(outer.getOps(), [](Operation &op) {
    return op.getName().getStringRef() == "gpu.binary";
  });
  if (!kernel && isDeviceCode)
    return success();
  if (!kernel)
    return emitOpError("refers to ") << getKernelAttr() << ", which is not a kernel of this file";
  ArrayRef<Type> expected = kernel.getArgumentTypes();
  if (!llvm::all_of(expected, llvm::IsaPred<MemRefType>))
    return success();
  if (expected.size() != getNumOperands())
    return emitOpError("expects ") << expected.size() << " operands, the arguments of "
                                   << getKernelAttr() << ", got: " << getNumOperands();
  for (auto [i, want, got] : llvm::enumerate(expected, getOperandTypes()))
    if (want != got)
      return emitOpError("expects operand ")
             << i << " of type " << want << ", as " << getKernelAttr() << " has it, got: " << got;
  return success();
}

// Element types agree; the offset and strides are not negative; no layout offset; inside the
// source.
LogicalResult ViewOp::verify() {
  MemRefType source = getSource().getType(), view = getResult().getType();
  if (source.getElementType() != view.getElementType())
    return emitOpError("expects the element type of its source, ")
           << source.getElementType() << ", got: " << view.getElementType();
  SmallVector<int64_t> strides;
  int64_t layoutOffset;
  if (failed(view.getStridesAndOffset(strides, layoutOffset)) || layoutOffset != 0)
    return emitOpError("expects a strided layout without an offset, got: ") << view;
  std::optional<int64_t> inner = getSpan(view), outer = getSpan(source);
  if (!inner || !outer)
    return emitOpError("expects static strides that are not negative and a size below 2^63 bytes, "
                       "got: ")
           << (inner ? source : view);
  int64_t offset = getOffset();
  if (offset < 0)
    return emitOpError("expects an offset that is not negative, got: ") << offset;
  if (*inner > *outer || offset > *outer - *inner)
    return emitOpError("expects to lie inside its source, which spans ")
           << *outer << " elements, got: " << *inner << " elements from " << offset << " on";
  return success();
}

//===----------------------------------------------------------------------===//
// Products
//===----------------------------------------------------------------------===//

// The last two dimensions have one unit stride (`rowMajor`: the last) and rows that do not overlap.
static LogicalResult verifyMatrixLayout(Operation *op, StringRef name, MemRefType type,
                                        bool rowMajor) {
  SmallVector<int64_t> strides;
  int64_t offset;
  if (failed(type.getStridesAndOffset(strides, offset)) || !getSpan(type))
    return op->emitOpError("expects static strides that are not negative for ")
           << name << ", got: " << type;
  size_t rank = strides.size();
  int64_t rows = type.getDimSize(rank - 2), columns = type.getDimSize(rank - 1);
  int64_t rowStride = strides[rank - 2], columnStride = strides[rank - 1];
  if (columnStride == 1 && rowStride >= columns)
    return success();
  if (!rowMajor && rowStride == 1 && columnStride >= rows)
    return success();
  return op->emitOpError("expects ")
         << (rowMajor ? "the last stride" : "one of the last two strides") << " of " << name
         << " to be 1 and the other at least the extent it steps over, got: " << type;
}

// The extents of the last two dimensions, as the product sees them.
static std::pair<int64_t, int64_t> getMatrixExtents(MemRefType type, bool transposed) {
  int64_t rows = type.getShape().end()[-2], columns = type.getShape().back();
  return transposed ? std::pair(columns, rows) : std::pair(rows, columns);
}

// m, n, k and the batch dimensions of the three operands fit each other.
static LogicalResult verifyExtents(MatmulOp op) {
  MemRefType a = op.getA().getType(), b = op.getB().getType(), c = op.getC().getType();
  auto [m, k] = getMatrixExtents(a, op.getTransposeA());
  auto [bk, n] = getMatrixExtents(b, op.getTransposeB());
  if (k != bk)
    return op.emitOpError("expects a and b to agree on the dimension that is summed, got: ")
           << k << " and " << bk;
  if (getMatrixExtents(c, false) != std::pair(m, n))
    return op.emitOpError("expects c to be ") << m << " x " << n << ", got: " << c;
  for (MemRefType type : {a, b})
    if (type.getShape().drop_back(2) != c.getShape().drop_back(2))
      return op.emitOpError("expects the batch dimensions of c, ") << c << ", got: " << type;
  return success();
}

// A bias or aux is there exactly if `wanted`, where it is not optional, with this shape and no layout.
static LogicalResult verifyEpilogueOperand(MatmulOp op, StringRef name, Value value, bool wanted, bool isOptional,
                                           ArrayRef<int64_t> shape) {
  if (!value && (!wanted || isOptional))
    return success();
  if (!value || !wanted)
    return op.emitOpError("expects ") << (wanted ? "" : "no ") << name << " for epilogue "
                                      << weft::spec::stringifyEpilogue(*op.getEpilogue());
  auto expected = MemRefType::get(shape, op.getC().getType().getElementType());
  if (value.getType() == expected)
    return success();
  return op.emitOpError("expects ") << name << " of type " << expected << ", got: " << value.getType();
}

// One matrix that cuBLASLt overwrites (or adds to, where only a factor is summed); its bias and aux.
static LogicalResult verifyEpilogue(MatmulOp op) {
  using weft::spec::Epilogue;
  if (!op.getEpilogue()) {
    if (op.getBias() || op.getAux())
      return op.emitOpError("expects bias and aux with an epilogue only");
    return success();
  }
  Epilogue epilogue = *op.getEpilogue();
  MemRefType c = op.getC().getType();
  if (op.getLibrary() != Library::CuBLASLt || c.getRank() != 2 || c.getElementType().isF64())
    return op.emitOpError("expects an epilogue for one product of cublaslt of f32, bf16 or f16 only");
  bool sums = weft::spec::sumsFactor(epilogue), isBackward = epilogue == Epilogue::GeluBackward;
  if (op.getAccumulate() != Accumulate::Overwrite && !sums)
    return op.emitOpError("expects overwrite for epilogue ") << weft::spec::stringifyEpilogue(epilogue);
  int64_t length = c.getDimSize(epilogue == Epilogue::SumA ? 0 : 1);
  if (failed(verifyEpilogueOperand(op, "bias", op.getBias(), true, isBackward, {length})) ||
      failed(verifyEpilogueOperand(op, "aux", op.getAux(), isBackward || epilogue == Epilogue::Gelu, !isBackward,
                                   c.getShape())))
    return failure();
  if (op.getAux() && c.getDimSize(1) % weft::spec::kAuxMultiple != 0)
    return op.emitOpError("expects aux to have rows of a multiple of ")
           << weft::spec::kAuxMultiple << " elements, got: " << c.getDimSize(1);
  return success();
}

// Ranks 2 to 6 and f32 or f64, the same in all three; layouts; extents; the library; the block; the epilogue.
LogicalResult MatmulOp::verify() {
  MemRefType a = getA().getType(), b = getB().getType(), c = getC().getType();
  if (a.getRank() != c.getRank() || b.getRank() != c.getRank() || c.getRank() < 2 ||
      c.getRank() > 6)
    return emitOpError("expects one rank of 2 to 6, got: ")
           << a.getRank() << ", " << b.getRank() << ", " << c.getRank();
  Type element = c.getElementType();
  bool isShort = element.getIntOrFloatBitWidth() == 16;
  if (a.getElementType() != element || b.getElementType() != element || element.isInteger() ||
      (isShort && getLibrary() != Library::CuBLASLt))
    return emitOpError("expects one element type, f32 or f64 (cublaslt has bf16 and f16 too), got: ")
           << a.getElementType() << ", " << b.getElementType() << ", " << element;
  if (getLibrary() == Library::OneDNN && !element.isF32())
    return emitOpError("expects f32 for onednn, got: ") << element << " (openblas has both)";
  if (getLibrary() != Library::CuBLASLt && (getTf32() || getWorkspace()))
    return emitOpError("expects tf32 and a workspace for cublaslt only");
  if (getWorkspace() && !getWorkspace().getDefiningOp<BufferOp>())
    return emitOpError("expects its workspace to be an exec.buffer");
  if (getTf32() && !element.isF32())
    return emitOpError("expects f32 for tf32, got: ") << element;
  if (failed(verifyMatrixLayout(*this, "a", a, false)) ||
      failed(verifyMatrixLayout(*this, "b", b, false)) ||
      failed(verifyMatrixLayout(*this, "c", c, true)) || failed(verifyExtents(*this)))
    return failure();
  if (getBlock().size() != 2 || llvm::any_of(getBlock(), [](int64_t x) { return x <= 0; }))
    return emitOpError("expects a block of two positive extents, got: [") << getBlock() << "]";
  return verifyEpilogue(*this);
}

// The shapes that a, b and c have to have, for as many groups as there are offsets.
static LogicalResult verifyGroupedExtents(GroupedMatmulOp op) {
  MemRefType a = op.getA().getType(), b = op.getB().getType(), c = op.getC().getType();
  int64_t groups = op.getOffsets().getType().getDimSize(0) - 1;
  bool isInner = op.getGrouping() == Grouping::Inner;
  if (groups < 1 || a.getRank() != 2 || b.getRank() != (isInner ? 2 : 3) ||
      c.getRank() != (isInner ? 3 : 2))
    return op.emitOpError("expects at least two offsets and operands of ranks ")
           << (isInner ? "2, 2, 3" : "2, 3, 2") << ", got: " << a << ", " << b << ", " << c;
  int64_t rows = a.getDimSize(0), width = a.getDimSize(1);
  SmallVector<int64_t> wantB, wantC;
  if (isInner) {
    wantB = {rows, b.getDimSize(1)};
    wantC = {groups, width, b.getDimSize(1)};
  } else {
    int64_t n = c.getDimSize(1);
    wantB = op.getTransposeB() ? SmallVector<int64_t>{groups, n, width}
                               : SmallVector<int64_t>{groups, width, n};
    wantC = {rows, n};
  }
  if (b.getShape() != ArrayRef(wantB) || c.getShape() != ArrayRef(wantC))
    return op.emitOpError("expects b and c of shapes [")
           << wantB << "] and [" << wantC << "], got: " << b << " and " << c;
  return success();
}

// Whole f32 or f64 matrices; extents; the library; the block; nothing transposed in inner products.
LogicalResult GroupedMatmulOp::verify() {
  Type element = getC().getType().getElementType();
  for (MemRefType type : {getA().getType(), getB().getType(), getC().getType()}) {
    if (!type.getLayout().isIdentity())
      return emitOpError("expects types without a layout, got: ") << type;
    if (type.getElementType() != element || !isa<Float32Type, Float64Type>(element))
      return emitOpError("expects one element type, f32 or f64, got: ") << type;
  }
  if (getLibrary() == Library::OneDNN && !element.isF32())
    return emitOpError("expects f32 for onednn, got: ") << element << " (openblas has both)";
  if (failed(verifyGroupedExtents(*this)))
    return failure();
  if (getTransposeB() && getGrouping() == Grouping::Inner)
    return emitOpError("expects no transpose_b in an inner product");
  if (getBlock().size() != 2 || llvm::any_of(getBlock(), [](int64_t x) { return x <= 0; }))
    return emitOpError("expects a block of two positive extents, got: [") << getBlock() << "]";
  return success();
}
