#include "weft/Autodiff/Derivatives.h"

#include "Rules.h"

using namespace mlir;
using namespace weft;

void weft::registerDerivatives(DialectRegistry &registry) {
  registry.addExtension(+[](MLIRContext *context, WeftDialect *) {
    attachElementwiseRules(*context);
    attachTensorRules(*context);
    attachProductRules(*context);
    attachNormalizationRules(*context);
    attachRandomRules(*context);
    attachExpertRules(*context);
    attachAttentionRules(*context);
  });
}

std::vector<std::string> weft::differentiableOps(MLIRContext &context) {
  std::vector<std::string> names;
  for (RegisteredOperationName name : context.getRegisteredOperations())
    if (name.hasInterface<DifferentiableOpInterface>())
      names.push_back(name.getStringRef().str());
  llvm::sort(names);
  return names;
}
