#ifndef WEFT_RT_DEVICE_CPU_OPENBLAS_H
#define WEFT_RT_DEVICE_CPU_OPENBLAS_H

namespace weft::rt {

/// Gives the calling thread its packing buffer for OpenBLAS, before the first step. Each thread of
/// the pool calls it. Fails with an Error if the executable was linked without weft-rt.link.
void reserveOpenBLASBuffer();

} // namespace weft::rt

#endif // WEFT_RT_DEVICE_CPU_OPENBLAS_H
