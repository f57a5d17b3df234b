// The block of numbers that change from step to step, and of constants.
#ifndef WEFT_TARGET_CPU_STEPBLOCK_H
#define WEFT_TARGET_CPU_STEPBLOCK_H

#include "dialects/Exec/Exec.h"

namespace weft {

/// Bytes of the step block: `WeftStep`, and behind it the words of the programs.
int64_t getStepBytes(exec::ModuleOp module);

} // namespace weft

#endif // WEFT_TARGET_CPU_STEPBLOCK_H
