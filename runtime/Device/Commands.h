// What programs ask of a device, through the ABI's functions.
#ifndef WEFT_RT_DEVICE_COMMANDS_H
#define WEFT_RT_DEVICE_COMMANDS_H

#include "weft-rt/ABI.h"

namespace weft::rt {

/// What one product reads and writes; bias and aux are those of its epilogue, or null.
struct MatmulOperands {
  const void *a, *b;
  void *c, *bias = nullptr, *aux = nullptr;
};

/// Of a device that is not this CPU: pointers are into its memory.
class Commands {
public:
  virtual ~Commands() = default;
  virtual void launch(const WeftLaunch &launch, void *const *args) = 0;
  virtual void matmul(const WeftMatmul &matmul, const MatmulOperands &operands) = 0;
  virtual void initialize(const WeftState &state) = 0;
};

} // namespace weft::rt

#endif // WEFT_RT_DEVICE_COMMANDS_H
