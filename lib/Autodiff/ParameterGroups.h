// What the train op's groups mean for each parameter.
#ifndef WEFT_LIB_AUTODIFF_PARAMETERGROUPS_H
#define WEFT_LIB_AUTODIFF_PARAMETERGROUPS_H

#include "dialects/Weft/Weft.h"

namespace weft {

/// How the optimizer treats one parameter.
struct ParameterSettings {
  double weightDecay;
  double learningRateScale;
};

/// The settings of each of `names`, by the first group whose pattern matches. An error at the train
/// op where a pattern is malformed or matches no name.
mlir::FailureOr<llvm::SmallVector<ParameterSettings>>
resolveParameterGroups(TrainOp train, llvm::ArrayRef<llvm::StringRef> names);

} // namespace weft

#endif // WEFT_LIB_AUTODIFF_PARAMETERGROUPS_H
