#ifndef WEFT_RT_TRAINING_CHECKGRADIENTS_H
#define WEFT_RT_TRAINING_CHECKGRADIENTS_H

#include "CommandLine/Options.h"
#include "Training/Model.h"

namespace weft::rt {

/// Fails with an Error if a parameter or a gradient is not in f64.
void requireDoubles(const Model &model);

/// Compares the gradients of the micro-step on the first batch with central finite differences of
/// its loss, and prints the largest relative error of each parameter, and which elements lie near a
/// kink (see Derivative.h). Fails with an Error if one is above the tolerance.
void checkGradients(Model &model, const BatchSource *data, const Options &options);

} // namespace weft::rt

#endif // WEFT_RT_TRAINING_CHECKGRADIENTS_H
