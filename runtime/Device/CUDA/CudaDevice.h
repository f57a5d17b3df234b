// One NVIDIA GPU, through the driver's API.
//
// All work is in one stream, in the order of the programs. A program's first run goes op by op, each waited for, so
// that a fault names its kernel and libraries set themselves up; it is then captured, and later runs launch the graph.
// Two graphs of a program may be captured: products that add to a gradient or overwrite it differ in a number that is
// part of the graph. Kernels say in the host's memory that they begin: a fault in a graph is of the last one that did, or of
// a product behind it.
#ifndef WEFT_RT_DEVICE_CUDA_CUDADEVICE_H
#define WEFT_RT_DEVICE_CUDA_CUDADEVICE_H

#include "Device/CUDA/Driver.h"
#include "Device/CUDA/Products.h"
#include "Device/Commands.h"
#include "Device/CPU/Runtime.h"
#include "Device/Device.h"

#include <optional>
#include <string>
#include <vector>

namespace weft::rt {

class CudaDevice final : public Device, private Commands, private StateBlock {
public:
  CudaDevice(const WeftModule &module, Runtime &runtime);
  ~CudaDevice() override;

  WeftStep &step() override { return nextStep; }
  char *nextInput() override;
  void sendInput() override;
  void run(const WeftProgram &program) override;
  StateBlock &state() override { return *this; }
  uint64_t residentOnHost() const override { return 0; }
  int64_t takenOnGPU() const override;

private:
  /// What the host writes while the GPU may still read what it wrote before.
  struct Staging {
    char *pinned = nullptr;
    cuda::Event sent = nullptr;
  };
  /// A program, for one way of accumulating.
  struct Captured {
    cuda::GraphExec graph = nullptr;
    bool isKnown = false; // it ran, and was captured if it can be
  };

  void openContext();
  void loadImages();
  void takeMemory();
  void makeStaging(Staging (&pair)[2], uint64_t bytes);
  void send(Staging &staging, char *to, uint64_t bytes);
  cuda::GraphExec capture(const WeftProgram &program);

  void launch(const WeftLaunch &launch, void *const *args) override;
  void matmul(const WeftMatmul &matmul, const MatmulOperands &operands) override;
  void initialize(const WeftState &state) override;

  const char *view(uint64_t offset, uint64_t bytes) const override;
  char *beginWrite(uint64_t offset, uint64_t bytes) override;
  void endWrite(uint64_t offset, uint64_t bytes) override;

  /// A fault may be of work that was under way: then that is said in place of `what` could not be done.
  void check(cuda::Result result, const char *what) const;
  /// Waits until the stream is empty.
  void wait(const char *what) const;
  /// Does an op; unless it is captured, waits for it, and measures it where there is a profile. `what`: "kernel 'gelu'".
  template <typename Site, typename Do> void runOp(const std::string &what, const Site &site, Do run);

  const WeftModule &module;
  Runtime &runtime;
  const cuda::Driver &driver;
  cuda::Ordinal ordinal = 0;
  std::string gpu; // "NVIDIA H100 (sm_90)"
  int architecture = 0; // 90
  cuda::Context context = nullptr;
  cuda::Stream stream = nullptr;
  cuda::Event opBegin = nullptr, opEnd = nullptr; // of a profile
  cuda::Module code = nullptr;
  std::vector<cuda::Function> functions; // of the module's kernels
  std::optional<cuda::Products> products;
  cuda::DevicePointer blocks[4] = {}; // state, arena, input, step
  Staging steps[2], inputs[2];
  unsigned stepTurn = 0, inputTurn = 0;
  char *piece = nullptr; // pinned: a part of the state on its way
  const WeftLaunch *volatile *begun = nullptr; // pinned: that of the kernel that began last
  size_t freeBefore = 0;
  WeftStep nextStep = {};
  WeftContext addresses = {};
  std::vector<Captured> captured; // two of each program
  mutable bool isGraphRunning = false; // it may be
  bool isCapturing = false, canBeCaptured = true;
};

} // namespace weft::rt

#endif // WEFT_RT_DEVICE_CUDA_CUDADEVICE_H
