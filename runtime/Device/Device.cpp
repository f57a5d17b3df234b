#include "Device/Device.h"

#include "Device/CPU/HostDevice.h"
#include "Device/CUDA/CudaDevice.h"

using namespace weft::rt;

std::unique_ptr<Device> Device::open(const WeftModule &module, Runtime &runtime) {
  if (module.target == WEFT_TARGET_CUDA)
    return std::make_unique<CudaDevice>(module, runtime);
  return std::make_unique<HostDevice>(module, runtime);
}
