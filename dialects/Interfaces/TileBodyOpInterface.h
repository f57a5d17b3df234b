// The interface of ops that can sit inside a fused kernel.
#ifndef WEFT_INTERFACES_TILEBODYOPINTERFACE_H
#define WEFT_INTERFACES_TILEBODYOPINTERFACE_H

#include "mlir/IR/Builders.h"
#include "mlir/IR/OpDefinition.h"

#include "dialects/Interfaces/TileBodyOpInterface.h.inc"

#endif // WEFT_INTERFACES_TILEBODYOPINTERFACE_H
