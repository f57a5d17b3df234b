// Where a module's programs run, and the memory that they work in.
#ifndef WEFT_RT_DEVICE_DEVICE_H
#define WEFT_RT_DEVICE_DEVICE_H

#include "Device/StateBlock.h"
#include "weft-rt/ABI.h"

#include <cstdint>
#include <memory>

namespace weft::rt {

struct Runtime;

/// Takes all of the plan's memory at construction. The host fills the step and, where it wants another one, the
/// input block; both are what the next program sees.
class Device {
public:
  /// The device that the module was compiled for. `runtime` lives as long as it does. Fails with an Error that says
  /// what is missing: memory, a driver, a library, code for this GPU.
  static std::unique_ptr<Device> open(const WeftModule &module, Runtime &runtime);
  virtual ~Device() = default;

  virtual WeftStep &step() = 0;
  /// Where the next input block is to be written, all of it; sendInput() then makes it the one in effect. Until the
  /// next call of this.
  virtual char *nextInput() = 0;
  virtual void sendInput() = 0;
  /// Begins the program. What it computes is there for reads of the state; a fault may show only then.
  virtual void run(const WeftProgram &program) = 0;
  virtual StateBlock &state() = 0;

  /// Bytes of the plan that are pages of this process.
  virtual uint64_t residentOnHost() const = 0;
  /// Bytes of a GPU's memory that are in use beside the plan, by libraries and the driver, since it was opened.
  virtual int64_t takenOnGPU() const { return 0; }
};

} // namespace weft::rt

#endif // WEFT_RT_DEVICE_DEVICE_H
