// NVIDIA's GPUs, as machines that programs are compiled for.
#ifndef WEFT_TARGET_CUDA_CUDATARGET_H
#define WEFT_TARGET_CUDA_CUDATARGET_H

namespace weft {

/// Makes the backend `cuda` known.
void registerCUDATarget();

} // namespace weft

#endif // WEFT_TARGET_CUDA_CUDATARGET_H
