#include "Device/Device.h"

#include "Device/CPU/HostDevice.h"
#include "Device/CUDA/CudaDevice.h"
#include "Support/Enums.h"

using namespace weft::rt;

std::unique_ptr<Device> Device::open(const WeftModule &module, Runtime &runtime) {
  switch (asEnum<WeftTarget>(module.target)) {
  case WEFT_TARGET_CPU:
    return std::make_unique<HostDevice>(module, runtime);
  case WEFT_TARGET_CUDA:
    return std::make_unique<CudaDevice>(module, runtime);
  }
  __builtin_unreachable();
}
