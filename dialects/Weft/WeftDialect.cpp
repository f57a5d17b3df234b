#include "dialects/Weft/Weft.h"

#include "mlir/IR/Builders.h"
#include "mlir/IR/DialectImplementation.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace weft;

#include "dialects/Weft/WeftDialect.cpp.inc"
#include "dialects/Weft/WeftEnums.cpp.inc"

void WeftDialect::initialize() {
  registerAttributes();
  addOperations<
#define GET_OP_LIST
#include "dialects/Weft/WeftOps.cpp.inc"
      >();
}

Operation *WeftDialect::materializeConstant(OpBuilder &builder, Attribute value, Type type,
                                            Location loc) {
  auto elements = dyn_cast<DenseElementsAttr>(value);
  if (!elements || !elements.isSplat() || elements.getType() != type)
    return nullptr;
  return ConstantOp::create(builder, loc, elements);
}

ParseResult weft::parseComparison(OpAsmParser &parser, ComparisonAttr &comparison) {
  return spec::parseEnumKeyword(parser, comparison, symbolizeComparison,
                                "a comparison of eq, ne, lt, le, gt or ge");
}

void weft::printComparison(OpAsmPrinter &printer, Operation *, ComparisonAttr comparison) {
  printer << stringifyComparison(comparison.getValue());
}

ParseResult weft::parseGeluKind(OpAsmParser &parser, GeluKindAttr &kind) {
  return spec::parseEnumKeyword(parser, kind, symbolizeGeluKind, "a gelu of erf or tanh");
}

void weft::printGeluKind(OpAsmPrinter &printer, Operation *, GeluKindAttr kind) {
  printer << stringifyGeluKind(kind.getValue());
}

ParseResult weft::parseRopePairing(OpAsmParser &parser, RopePairingAttr &pairing) {
  return spec::parseEnumKeyword(parser, pairing, symbolizeRopePairing,
                                "a pairing of half or interleaved");
}

void weft::printRopePairing(OpAsmPrinter &printer, Operation *, RopePairingAttr pairing) {
  printer << stringifyRopePairing(pairing.getValue());
}

ParseResult weft::parseWeightLayout(OpAsmParser &parser, WeightLayoutAttr &layout) {
  return spec::parseEnumKeyword(parser, layout, symbolizeWeightLayout,
                                "a weight layout of out_in or in_out");
}

void weft::printWeightLayout(OpAsmPrinter &printer, Operation *, WeightLayoutAttr layout) {
  printer << stringifyWeightLayout(layout.getValue());
}

ParseResult weft::parseStepField(OpAsmParser &parser, StepFieldAttr &field) {
  return spec::parseEnumKeyword(parser, field, symbolizeStepField,
                                "a step value of learning_rate, step, accumulate, seed_low, seed_high, "
                                "sample_low or sample_high");
}

void weft::printStepField(OpAsmPrinter &printer, Operation *, StepFieldAttr field) {
  printer << stringifyStepField(field.getValue());
}

LogicalResult WeftDialect::verifyRegionArgAttribute(Operation *op, unsigned, unsigned argIndex,
                                                    NamedAttribute attribute) {
  if (attribute.getName() == kLimitAttr || attribute.getName() == kIgnoredAttr) {
    if (isa<IntegerAttr>(attribute.getValue()))
      return success();
    return op->emitOpError("expects an integer as ") << attribute.getName();
  }
  if (attribute.getName() == kFromDataAttr)
    return verifyFromData(op, argIndex, attribute.getValue());
  if (attribute.getName() != kNameAttr)
    return op->emitOpError("has an unknown argument attribute ")
           << attribute.getName() << "; the dialect has only " << kNameAttr << ", " << kLimitAttr
           << ", " << kIgnoredAttr << " and " << kFromDataAttr;
  auto function = dyn_cast<FunctionOpInterface>(op);
  if (!function)
    return op->emitOpError("expects ") << kNameAttr << " on arguments of a function only";
  return verifyArgumentName(function, argIndex, attribute.getValue());
}

#define GET_OP_CLASSES
#include "dialects/Weft/WeftOps.cpp.inc"
