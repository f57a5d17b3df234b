// Syntax and verifiers of the tile ops.
#include "dialects/Tile/Tile.h"

#include "mlir/IR/Builders.h"
#include "mlir/Interfaces/FunctionImplementation.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace weft::tile;

#define GET_OP_CLASSES
#include "dialects/Tile/TileOps.cpp.inc"

// ---- kernel

// `@name(%x: memref<...>, ...) grid(4) outputs(1) in_place([[0, 0]]) attributes {...} { body }`
ParseResult KernelOp::parse(OpAsmParser &parser, OperationState &result) {
  StringAttr name;
  SmallVector<OpAsmParser::Argument> arguments;
  IntegerAttr grid, outputs;
  Type i64 = parser.getBuilder().getIntegerType(64);
  if (parser.parseSymbolName(name, getSymNameAttrName(result.name), result.attributes) ||
      parser.parseArgumentList(arguments, OpAsmParser::Delimiter::Paren, /*allowType=*/true) ||
      parser.parseKeyword("grid") || parser.parseLParen() ||
      parser.parseAttribute(grid, i64, getGridAttrName(result.name), result.attributes) ||
      parser.parseRParen() || parser.parseKeyword("outputs") || parser.parseLParen() ||
      parser.parseAttribute(outputs, i64, getOutputsAttrName(result.name), result.attributes) ||
      parser.parseRParen())
    return failure();
  if (succeeded(parser.parseOptionalKeyword("in_place"))) {
    ArrayAttr pairs;
    if (parser.parseLParen() ||
        parser.parseAttribute(pairs, Type(), getInPlaceAttrName(result.name), result.attributes) ||
        parser.parseRParen())
      return failure();
  }
  if (parser.parseOptionalAttrDictWithKeyword(result.attributes))
    return failure();
  SmallVector<Type> types;
  for (OpAsmParser::Argument &argument : arguments)
    types.push_back(argument.type);
  result.addAttribute(getFunctionTypeAttrName(result.name),
                      TypeAttr::get(parser.getBuilder().getFunctionType(types, {})));
  return parser.parseRegion(*result.addRegion(), arguments);
}

void KernelOp::print(OpAsmPrinter &printer) {
  printer << ' ';
  printer.printSymbolName(getSymName());
  printer << '(';
  llvm::interleaveComma(getBody().getArguments(), printer,
                        [&](BlockArgument argument) { printer.printRegionArgument(argument); });
  printer << ") grid(" << getGrid() << ") outputs(" << getOutputs() << ')';
  if (getInPlace()) {
    printer << " in_place([";
    ArrayAttr pairs = *getInPlace();
    llvm::interleaveComma(pairs.getAsRange<ArrayAttr>(), printer, [&](ArrayAttr pair) {
      printer << '[';
      llvm::interleaveComma(pair.getAsRange<IntegerAttr>(), printer,
                            [&](IntegerAttr i) { printer << i.getInt(); });
      printer << ']';
    });
    printer << "])";
  }
  printer.printOptionalAttrDictWithKeyword(
      (*this)->getAttrs(),
      {getSymNameAttrName(), getFunctionTypeAttrName(), getGridAttrName(), getOutputsAttrName(),
       getInPlaceAttrName(), getArgAttrsAttrName(), getResAttrsAttrName()});
  printer << ' ';
  printer.printRegion(getBody(), /*printEntryBlockArgs=*/false);
}

// Proves: a buffer of static shape and strides that starts at its pointer.
static LogicalResult verifyBuffer(KernelOp kernel, Type type) {
  auto memref = dyn_cast<MemRefType>(type);
  if (!memref || !memref.hasStaticShape())
    return kernel.emitOpError("expected memref arguments of static shape, got: ") << type;
  Type element = memref.getElementType();
  if (!isa<BFloat16Type, Float16Type, Float32Type, Float64Type>(element) && !element.isInteger(32))
    return kernel.emitOpError("expected buffers of bf16, f16, f32, f64 or i32, got: ") << type;
  SmallVector<int64_t> strides;
  int64_t offset = 0;
  bool isStrided = succeeded(memref.getStridesAndOffset(strides, offset));
  // A dynamic stride is a negative number.
  if (!isStrided || offset != 0 || llvm::any_of(strides, [](int64_t s) { return s < 0; }))
    return kernel.emitOpError("expected static strides that are not negative, and no offset, got: ")
           << type;
  return success();
}

// Proves: an output and an input of the same type.
static LogicalResult verifyInPlacePair(KernelOp kernel, Attribute attr) {
  auto pair = dyn_cast<ArrayAttr>(attr);
  if (!pair || pair.size() != 2 || !llvm::all_of(pair, llvm::IsaPred<IntegerAttr>))
    return kernel.emitOpError("expected pairs [output, input] in in_place, got: ") << attr;
  int64_t output = cast<IntegerAttr>(pair[0]).getInt();
  int64_t input = cast<IntegerAttr>(pair[1]).getInt();
  int64_t outputs = kernel.getOutputs(), inputs = kernel.getNumInputs();
  if (output < 0 || output >= outputs || input < 0 || input >= inputs)
    return kernel.emitOpError("expected an output below ")
           << outputs << " and an input below " << inputs << " in in_place, got: " << attr;
  ArrayRef<Type> types = kernel.getArgumentTypes();
  if (types[inputs + output] != types[input])
    return kernel.emitOpError("expected an output and an input of one type in in_place, got: ")
           << types[inputs + output] << " and " << types[input];
  return success();
}

// Proves: a positive grid; buffers as arguments; outputs and in-place pairs that name arguments.
LogicalResult KernelOp::verify() {
  int64_t grid = getGrid(), outputs = getOutputs(), arguments = getArgumentTypes().size();
  if (grid <= 0)
    return emitOpError("expected a positive grid, got: ") << grid;
  if (outputs < 0 || outputs > arguments)
    return emitOpError("expected between 0 and ") << arguments << " outputs, got: " << outputs;
  for (Type type : getArgumentTypes())
    if (failed(verifyBuffer(*this, type)))
      return failure();
  ArrayAttr pairs = getInPlaceAttr();
  for (Attribute pair : pairs ? pairs.getValue() : ArrayRef<Attribute>())
    if (failed(verifyInPlacePair(*this, pair)))
      return failure();
  return success();
}

// ---- loads and stores

/// Layouts are the affair of passes: what an op means does not depend on them.
static RankedTensorType withoutLayout(Type type) {
  auto tile = cast<RankedTensorType>(type);
  return RankedTensorType::get(tile.getShape(), tile.getElementType());
}
static bool isSameTile(Type a, Type b) {
  if (!isa<RankedTensorType>(a) || !isa<RankedTensorType>(b))
    return a == b;
  return withoutLayout(a) == withoutLayout(b);
}

// Proves: static extents that are powers of two.
static LogicalResult verifyExtents(Operation *op, RankedTensorType tile) {
  if (tile.hasStaticShape() && llvm::all_of(tile.getShape(), llvm::isPowerOf2_64))
    return success();
  return op->emitOpError("expected extents that are powers of two, got: ") << tile;
}

// Proves: one index a dimension; a tile that fits the buffer's rank and type; extents that are
// powers of two; rows, where these end.
static LogicalResult verifyAccess(Operation *op, Type tileType, MemRefType buffer, size_t indices, Value end) {
  auto tile = cast<RankedTensorType>(tileType);
  if (static_cast<int64_t>(indices) != buffer.getRank())
    return op->emitOpError("expected ") << buffer.getRank() << " indices, got: " << indices;
  if (tile.getRank() > buffer.getRank())
    return op->emitOpError("expected a tile of at most the buffer's rank, got: ") << tile;
  if (tile.getElementType() != buffer.getElementType())
    return op->emitOpError("expected a tile of ") << buffer.getElementType() << ", got: " << tile;
  if (end && tile.getRank() != 2)
    return op->emitOpError("expected rows(...) at a tile of rank 2 only, got: ") << tile;
  return verifyExtents(op, tile);
}

// Proves: a power of two, from the element's size to what one access can span.
static LogicalResult verifyAlignment(Operation *op, std::optional<int64_t> alignment, Type element) {
  int64_t least = element.getIntOrFloatBitWidth() / 8;
  if (!alignment || (llvm::isPowerOf2_64(*alignment) && *alignment >= least && *alignment <= 16))
    return success();
  return op->emitOpError("expected an alignment that is a power of two from ")
         << least << " to 16, got: " << *alignment;
}

LogicalResult LoadOp::verify() {
  MemRefType type = getSource().getType();
  if (failed(verifyAccess(*this, getType(), type, getIndices().size(), getEnd())))
    return failure();
  return verifyAlignment(*this, getAlignment(), type.getElementType());
}
LogicalResult StoreOp::verify() {
  MemRefType type = getDest().getType();
  if (failed(verifyAccess(*this, getValue().getType(), type, getIndices().size(), getEnd())))
    return failure();
  return verifyAlignment(*this, getAlignment(), type.getElementType());
}

// ---- shared memory

// Proves: a place for a tile of this rank: the whole buffer, or where indices say.
static LogicalResult verifyShared(Operation *op, int64_t rank, MemRefType buffer, size_t indices) {
  if (indices != 0 && static_cast<int64_t>(indices) != buffer.getRank())
    return op->emitOpError("expected no indices of shared memory or ")
           << buffer.getRank() << ", got: " << indices;
  int64_t least = indices == 0 ? buffer.getRank() : buffer.getRank() - 1;
  if (rank != buffer.getRank() && rank != least)
    return op->emitOpError("expected a tile of rank ") << buffer.getRank() << " in " << buffer << ", got rank: " << rank;
  return success();
}

// Proves: one element type; a place in the buffer.
LogicalResult LocalLoadOp::verify() {
  auto buffer = cast<MemRefType>(getSource().getType());
  auto tile = cast<RankedTensorType>(getType());
  if (tile.getElementType() != buffer.getElementType())
    return emitOpError("expected a tile of ") << buffer.getElementType() << ", got: " << tile;
  return verifyShared(*this, tile.getRank(), buffer, getIndices().size());
}

// Proves: one element type; a place in each buffer; words that can be copied.
LogicalResult AsyncCopyOp::verify() {
  MemRefType source = getSource().getType();
  auto dest = cast<MemRefType>(getDest().getType());
  int64_t rank = getLayout().getRank();
  if (source.getElementType() != dest.getElementType())
    return emitOpError("expected shared memory of ") << source.getElementType() << ", got: " << dest;
  if (failed(verifyShared(*this, rank, dest, getDestIndices().size())))
    return failure();
  auto tile = RankedTensorType::get(dest.getShape().take_back(rank), dest.getElementType(), getLayout());
  if (failed(verifyAccess(*this, tile, source, getIndices().size(), getEnd())) ||
      failed(getLayout().verifyEncoding(tile.getShape(), tile.getElementType(),
                                        [&] { return emitOpError(); })))
    return failure();
  if (getAlignment().value_or(source.getElementTypeBitWidth() / 8) < 4)
    return emitOpError("expected an alignment of at least 4 bytes");
  return verifyAlignment(*this, getAlignment(), source.getElementType());
}

// Proves: a power of two.
LogicalResult IotaOp::verify() {
  return verifyExtents(*this, cast<RankedTensorType>(getType()));
}

// Proves: tiles of one type; the result is all of them, a power of two.
LogicalResult ConcatOp::verify() {
  if (getTiles().empty())
    return emitOpError("expected at least one tile");
  RankedTensorType tile = withoutLayout(getTiles().front().getType());
  for (Type type : getTiles().getTypes())
    if (!isSameTile(type, tile))
      return emitOpError("expected tiles of one type, got: ") << tile << " and " << type;
  auto result = cast<RankedTensorType>(getType());
  SmallVector<int64_t> extents(tile.getShape());
  extents.back() *= static_cast<int64_t>(getTiles().size());
  if (!isSameTile(result, tile.clone(extents)))
    return emitOpError("expected a result of ") << tile.clone(extents) << ", got: " << result;
  return verifyExtents(*this, result);
}

// Proves: extents that are powers of two; the axis is in range; the result is the tile without it.
LogicalResult ReduceOp::verify() {
  RankedTensorType type = withoutLayout(getValue().getType());
  if (failed(verifyExtents(*this, type)))
    return failure();
  int64_t axis = getAxis();
  if (axis < 0 || axis >= type.getRank())
    return emitOpError("expected an axis below ") << type.getRank() << ", got: " << axis;
  SmallVector<int64_t> rest(type.getShape());
  rest.erase(rest.begin() + axis);
  Type expected = rest.empty() ? type.getElementType() : Type(type.clone(rest));
  if (!isSameTile(getResult().getType(), expected))
    return emitOpError("expected a result of ") << expected << ", got: " << getResult().getType();
  return success();
}

// ---- tiles of rank 2

// Proves: the axis is 0 or 1; the result is the operand and that axis; powers of two.
LogicalResult BroadcastOp::verify() {
  RankedTensorType result = withoutLayout(getType());
  if (failed(verifyExtents(*this, result)))
    return failure();
  int64_t axis = getAxis();
  if (axis < 0 || axis > 1)
    return emitOpError("expected axis 0 or 1, got: ") << axis;
  Type expected = result.clone({result.getDimSize(1 - axis)});
  if (!isSameTile(getValue().getType(), expected))
    return emitOpError("expected an operand of ") << expected << ", got: " << getValue().getType();
  return success();
}

// Proves: the extents the other way round; powers of two.
LogicalResult TransposeOp::verify() {
  RankedTensorType value = withoutLayout(getValue().getType());
  if (failed(verifyExtents(*this, value)))
    return failure();
  Type expected = value.clone({value.getDimSize(1), value.getDimSize(0)});
  if (!isSameTile(getType(), expected))
    return emitOpError("expected a result of ") << expected << ", got: " << getType();
  return success();
}

// Proves: one tile in two layouts.
LogicalResult ConvertLayoutOp::verify() {
  if (!isSameTile(getValue().getType(), getType()))
    return emitOpError("expected types that differ in their layouts alone, got: ")
           << getValue().getType() << " and " << getType();
  return success();
}

// Proves: operands of one element type, which the accumulator can hold; sizes that fit; powers of two.
LogicalResult DotOp::verify() {
  auto a = cast<RankedTensorType>(getA().getType()), b = cast<RankedTensorType>(getB().getType());
  auto acc = cast<RankedTensorType>(getAcc().getType());
  for (RankedTensorType type : {a, b, acc})
    if (failed(verifyExtents(*this, type)))
      return failure();
  Type element = a.getElementType();
  Type sum = element.getIntOrFloatBitWidth() == 16 ? Float32Type::get(getContext()) : element;
  if (b.getElementType() != element || acc.getElementType() != sum)
    return emitOpError("expected one element type, or bf16 or f16 summed in f32, got: ")
           << element << ", " << b.getElementType() << " and " << acc.getElementType();
  if (getTf32() && !element.isF32())
    return emitOpError("expected tf32 to go with operands of f32, got: ") << element;
  bool ta = getTransposeA(), tb = getTransposeB();
  if (a.getDimSize(ta) != acc.getDimSize(0) || b.getDimSize(!tb) != acc.getDimSize(1) ||
      a.getDimSize(!ta) != b.getDimSize(tb))
    return emitOpError("expected sizes that fit, got: ") << a << ", " << b << " and " << acc;
  return success();
}
