// Which of the embedded images a GPU runs.
#ifndef WEFT_RT_DEVICE_CUDA_IMAGES_H
#define WEFT_RT_DEVICE_CUDA_IMAGES_H

#include "weft-rt/ABI.h"

#include <string>

namespace weft::rt::cuda {

/// The cubin of the newest architecture that a GPU of compute capability `architecture` (90 for 9.0) runs, or else
/// PTX. Fails with an Error that lists what there is; `gpu` is its name there.
const WeftImage &chooseImage(const WeftModule &module, int architecture, const std::string &gpu);

} // namespace weft::rt::cuda

#endif // WEFT_RT_DEVICE_CUDA_IMAGES_H
