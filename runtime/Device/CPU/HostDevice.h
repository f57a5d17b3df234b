// This CPU: programs run in the calling thread and its pool, and are done when `run` returns.
#ifndef WEFT_RT_DEVICE_CPU_HOSTDEVICE_H
#define WEFT_RT_DEVICE_CPU_HOSTDEVICE_H

#include "Device/CPU/Memory.h"
#include "Device/CPU/Runtime.h"
#include "Device/Device.h"

#include <cstring>

namespace weft::rt {

class HostDevice final : public Device {
public:
  HostDevice(const WeftModule &module, Runtime &runtime)
      : memory(module, runtime.threads), block(memory.state()),
        context{memory.state(), memory.arena(), memory.input(), memory.step(), &runtime} {
    if (module.num_words > 0)
      memcpy(memory.step() + 1, module.words, sizeof(int32_t) * static_cast<size_t>(module.num_words));
  }

  WeftStep &step() override { return *memory.step(); }
  char *nextInput() override { return memory.input(); }
  void sendInput() override {}
  void run(const WeftProgram &program) override { program.run(&context); }
  StateBlock &state() override { return block; }
  uint64_t residentOnHost() const override { return memory.resident(); }

private:
  ModuleMemory memory;
  HostStateBlock block;
  WeftContext context;
};

} // namespace weft::rt

#endif // WEFT_RT_DEVICE_CPU_HOSTDEVICE_H
