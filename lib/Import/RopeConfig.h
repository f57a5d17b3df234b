// Rotary positions of a config, in the form of transformers 4 and of 5.
#ifndef WEFT_LIB_IMPORT_ROPECONFIG_H
#define WEFT_LIB_IMPORT_ROPECONFIG_H

#include "ConfigReader.h"

#include "weft/Import/ModelConfig.h"

namespace weft {

/// Reads `rope_theta` and `rope_scaling`, or `rope_parameters`, which holds both, of a model that
/// sees `positions`.
Rope readRope(ConfigReader &config, int64_t positions);

} // namespace weft

#endif // WEFT_LIB_IMPORT_ROPECONFIG_H
