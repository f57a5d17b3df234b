// Which part of its life the process is in, for an observer outside of it.
#ifndef WEFT_RT_SUPPORT_PHASE_H
#define WEFT_RT_SUPPORT_PHASE_H

#include <cstdint>

/// 0 until the end of step 1 and again after the last step, 1 in between: where nothing may
/// allocate. Training executables export it, so that a preloaded library can hold them to it.
extern "C" volatile int32_t weft_rt_steady;

#endif // WEFT_RT_SUPPORT_PHASE_H
