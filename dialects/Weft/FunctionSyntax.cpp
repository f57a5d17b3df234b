#include "dialects/Weft/FunctionSyntax.h"

#include "dialects/Weft/Shapes.h"
#include "dialects/Weft/Weft.h"

#include "mlir/IR/Builders.h"
#include "llvm/ADT/StringExtras.h"

using namespace mlir;
using namespace weft;

static std::string defaultName(unsigned index) { return "arg" + std::to_string(index); }

// Names by position ("arg0", "%0") are not kept: they say nothing, and would clash when arguments
// move.
static StringRef keptName(StringRef ssaName, unsigned index) {
  StringRef name = ssaName.ltrim('%');
  return name.empty() || llvm::isDigit(name.front()) || name == defaultName(index) ? "" : name;
}

std::string weft::getArgumentName(FunctionOpInterface function, unsigned index) {
  auto name = function.getArgAttrOfType<StringAttr>(index, kNameAttr);
  return name ? name.str() : defaultName(index);
}

// Attributes of one argument, with its name first among them.
static DictionaryAttr withName(MLIRContext *context, DictionaryAttr attributes, StringRef name) {
  NamedAttrList list(attributes);
  if (!name.empty())
    list.set(kNameAttr, StringAttr::get(context, name));
  return list.getDictionary(context);
}

// No argument attributes at all are stored as none, as parsing and printing without them does.
static void addArgumentAttributes(Builder &builder, OperationState &state, StringAttr argAttrsName,
                                  ArrayRef<DictionaryAttr> attributes) {
  if (llvm::any_of(attributes, [](DictionaryAttr attrs) { return !attrs.empty(); }))
    state.addAttribute(argAttrsName, builder.getArrayAttr(SmallVector<Attribute>(attributes)));
}

void weft::buildFunction(OpBuilder &builder, OperationState &state, StringAttr typeAttrName,
                         StringAttr argAttrsName, StringRef name, FunctionType type,
                         ArrayRef<StringRef> argumentNames) {
  state.addAttribute(SymbolTable::getSymbolAttrName(), builder.getStringAttr(name));
  state.addAttribute(typeAttrName, TypeAttr::get(type));
  SmallVector<DictionaryAttr> attributes;
  for (auto [index, argumentName] : llvm::enumerate(argumentNames))
    attributes.push_back(withName(builder.getContext(), {}, keptName(argumentName, index)));
  addArgumentAttributes(builder, state, argAttrsName, attributes);
  Block &entry = state.addRegion()->emplaceBlock();
  entry.addArguments(type.getInputs(), SmallVector<Location>(type.getNumInputs(), state.location));
}

ParseResult weft::parseFunction(OpAsmParser &parser, OperationState &result,
                                StringAttr typeAttrName, StringAttr argAttrsName) {
  Builder &builder = parser.getBuilder();
  StringAttr name;
  SmallVector<OpAsmParser::Argument> arguments;
  SmallVector<Type> results;
  if (parser.parseSymbolName(name, SymbolTable::getSymbolAttrName(), result.attributes) ||
      parser.parseArgumentList(arguments, OpAsmParser::Delimiter::Paren, /*allowType=*/true,
                               /*allowAttrs=*/true) ||
      parser.parseOptionalArrowTypeList(results) ||
      parser.parseOptionalAttrDictWithKeyword(result.attributes))
    return failure();

  SmallVector<Type> inputs;
  SmallVector<DictionaryAttr> attributes;
  for (auto [index, argument] : llvm::enumerate(arguments)) {
    inputs.push_back(argument.type);
    StringRef kept = argument.ssaName.number == 0 ? keptName(argument.ssaName.name, index) : "";
    attributes.push_back(withName(builder.getContext(), argument.attrs, kept));
  }
  result.addAttribute(typeAttrName, TypeAttr::get(builder.getFunctionType(inputs, results)));
  addArgumentAttributes(builder, result, argAttrsName, attributes);
  SMLoc bodyLoc = parser.getCurrentLocation();
  Region *body = result.addRegion();
  if (parser.parseRegion(*body, arguments))
    return failure();
  if (body->empty() || body->front().empty())
    return parser.emitError(bodyLoc, "expected a body that ends in weft.return, got an empty one");
  return success();
}

static void printArgument(OpAsmPrinter &printer, FunctionOpInterface function, unsigned index) {
  auto attributes = function.getArgAttrDict(index);
  printer.printRegionArgument(function.getArgument(index), {}, /*omitType=*/false);
  if (attributes)
    printer.printOptionalAttrDict(attributes.getValue(), {kNameAttr});
}

void weft::printFunction(OpAsmPrinter &printer, Operation *op) {
  auto function = cast<FunctionOpInterface>(op);
  printer << ' ';
  printer.printSymbolName(function.getName());
  printer << '(';
  llvm::interleaveComma(llvm::seq(function.getNumArguments()), printer,
                        [&](unsigned index) { printArgument(printer, function, index); });
  printer << ')';
  printer.printOptionalArrowTypeList(function.getResultTypes());
  StringRef hidden[] = {SymbolTable::getSymbolAttrName(), "function_type", "arg_attrs"};
  printer.printOptionalAttrDictWithKeyword(function->getAttrs(), hidden);
  printer << ' ';
  printer.printRegion(function.getFunctionBody(), /*printEntryBlockArgs=*/false);
}

void weft::nameArguments(Operation *op, Region &region, OpAsmSetValueNameFn setName) {
  auto function = cast<FunctionOpInterface>(op);
  for (BlockArgument argument : region.getArguments())
    setName(argument, getArgumentName(function, argument.getArgNumber()));
}

static bool isTensorOfTheDialect(Type type) {
  auto tensor = dyn_cast<RankedTensorType>(type);
  return tensor && tensor.hasStaticShape() && hasSaneSize(tensor.getShape()) &&
         (isa<BFloat16Type, Float16Type, Float32Type, Float64Type>(tensor.getElementType()) ||
          tensor.getElementType().isInteger(32));
}

LogicalResult weft::verifyFunctionType(Operation *op) {
  auto function = cast<FunctionOpInterface>(op);
  for (auto [index, type] : llvm::enumerate(function.getArgumentTypes()))
    if (!isTensorOfTheDialect(type))
      return function.emitOpError("argument #")
             << index << " must be a non-empty statically shaped tensor of bf16, f16, f32, f64 or i32, got "
             << type;
  for (auto [index, type] : llvm::enumerate(function.getResultTypes()))
    if (!isTensorOfTheDialect(type))
      return function.emitOpError("result #")
             << index << " must be a non-empty statically shaped tensor of bf16, f16, f32, f64 or i32, got "
             << type;
  return success();
}

LogicalResult weft::verifyFromData(Operation *op, unsigned index, Attribute value) {
  if (!isa<UnitAttr>(value))
    return op->emitOpError("expects ") << kFromDataAttr << " without a value, got " << value;
  if (!isa<ModelOp, GraphOp>(op))
    return op->emitOpError("expects ")
           << kFromDataAttr << " on arguments of a model; give it to a layer as an operand";
  auto type = dyn_cast<RankedTensorType>(cast<FunctionOpInterface>(op).getArgumentTypes()[index]);
  if (type && (type.getRank() == 1 || type.getRank() == 2) &&
      isa<FloatType>(type.getElementType()))
    return success();
  return op->emitOpError("expects ")
         << kFromDataAttr
         << " on a tensor [sequences] or [sequences, positions] of floats, got "
         << cast<FunctionOpInterface>(op).getArgumentTypes()[index];
}

static bool isIdentifier(StringRef name) {
  auto isPart = [](char c) { return llvm::isAlnum(c) || StringRef("_$.-").contains(c); };
  return !name.empty() && !llvm::isDigit(name.front()) && llvm::all_of(name, isPart);
}

LogicalResult weft::verifyArgumentName(FunctionOpInterface function, unsigned index,
                                       Attribute name) {
  auto string = dyn_cast<StringAttr>(name);
  if (!string || !isIdentifier(string))
    return function.emitOpError("expects the name of argument #")
           << index << " to be an identifier of letters, digits, '_', '$', '.' and '-', got "
           << name;
  for (unsigned before = 0; before < index; ++before)
    if (function.getArgAttr(before, kNameAttr) == name)
      return function.emitOpError("names two arguments ")
             << name << ": #" << before << " and #" << index;
  return success();
}
