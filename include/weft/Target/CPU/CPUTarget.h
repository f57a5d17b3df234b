// CPUs, as machines that programs are compiled for.
#ifndef WEFT_TARGET_CPU_CPUTARGET_H
#define WEFT_TARGET_CPU_CPUTARGET_H

namespace weft {

/// Makes the backend `cpu` known.
void registerCPUTarget();

} // namespace weft

#endif // WEFT_TARGET_CPU_CPUTARGET_H
