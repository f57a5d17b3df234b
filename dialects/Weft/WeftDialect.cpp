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
