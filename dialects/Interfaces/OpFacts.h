// What is true of ops: OpFacts.td says what each means.
#ifndef WEFT_INTERFACES_OPFACTS_H
#define WEFT_INTERFACES_OPFACTS_H

#include "mlir/IR/OpDefinition.h"

namespace weft::facts {

#define WEFT_OP_FACT(name)                                                                                                  \
  template <typename ConcreteType> struct name : mlir::OpTrait::TraitBase<ConcreteType, name> {};
WEFT_OP_FACT(MovesElements)
WEFT_OP_FACT(MatrixProduct)
WEFT_OP_FACT(GroupedProduct)
WEFT_OP_FACT(WidensItself)
WEFT_OP_FACT(ReadsCoordinates)
WEFT_OP_FACT(WalksRows)
WEFT_OP_FACT(NamesMemory)
WEFT_OP_FACT(AddsToOld)
#undef WEFT_OP_FACT

} // namespace weft::facts

#endif // WEFT_INTERFACES_OPFACTS_H
