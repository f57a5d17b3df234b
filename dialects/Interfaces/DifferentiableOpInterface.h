// The interface of ops that autodiff can go through.
#ifndef WEFT_INTERFACES_DIFFERENTIABLEOPINTERFACE_H
#define WEFT_INTERFACES_DIFFERENTIABLEOPINTERFACE_H

#include "mlir/IR/Builders.h"
#include "mlir/IR/OpDefinition.h"

#include "dialects/Interfaces/DifferentiableOpInterface.h.inc"

#endif // WEFT_INTERFACES_DIFFERENTIABLEOPINTERFACE_H
