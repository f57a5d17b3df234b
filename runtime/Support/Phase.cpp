#include "Support/Phase.h"

volatile int32_t weft_rt_steady = 0;
