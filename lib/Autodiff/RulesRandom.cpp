// Derivatives of ops that draw random numbers.
#include "Rules.h"

using namespace mlir;
using namespace weft;

// Linear: the same elements are dropped from the gradient. The draw is repeated, not stored.
static void dropoutRule(DropoutOp op, Derivative &d) {
  d.set(0, DropoutOp::create(d.getBuilder(), d.grad(), op.getRateAttr(), op.getKeyAttr()));
}

void weft::attachRandomRules(MLIRContext &context) {
  attachRule<DropoutOp, dropoutRule>(context);
}
