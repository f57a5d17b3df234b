// What of the CUDA device can be tested without kernels: the choice of an image, and the driver that stands in for NVIDIA's,
// which must find what the runtime's tests rely on it to find.
#include "Device/CUDA/Driver.h"
#include "Device/CUDA/Images.h"
#include "Support/Error.h"
#include "TestSupport.h"
#include "sim/Driver/Streams.h"

using namespace weft::rt;
using namespace weft::rt::test;
namespace cuda = weft::rt::cuda;

// What a library of kernels would define.
extern "C" {
extern const int32_t weft_sim_architecture;
const int32_t weft_sim_architecture = 80;
struct Import {
  const char *name;
  void **function;
};
extern const Import weft_sim_imports[];
const Import weft_sim_imports[] = {{nullptr, nullptr}};
}

namespace weft::rt::cuda {
#define WEFT_DECLARE(name, symbol, parameters) extern "C" Result symbol parameters;
WEFT_DRIVER_FUNCTIONS(WEFT_DECLARE)
} // namespace weft::rt::cuda

using namespace weft::rt::cuda;

namespace {

/// Which image a GPU takes, as "sm_90a" or "PTX sm_80"; the error if none.
std::string chosen(const std::vector<WeftImage> &images, int architecture) {
  WeftModule module = {};
  module.num_images = static_cast<int64_t>(images.size());
  module.images = images.data();
  try {
    const WeftImage &image = cuda::chooseImage(module, architecture, "a GPU");
    return std::string(image.is_ptx ? "PTX " : "") + image.arch;
  } catch (const Error &error) {
    return error.what();
  }
}

TEST(Images, TheNewestThatRuns) {
  std::vector<WeftImage> images = {
      {"sm_80", "", 0, 0}, {"sm_90", "", 0, 0}, {"sm_90a", "", 0, 0}, {"sm_90", "", 0, 1}};
  EXPECT_EQ(chosen(images, 80), "sm_80");
  EXPECT_EQ(chosen(images, 86), "sm_80") << "of the same major version";
  EXPECT_EQ(chosen(images, 90), "sm_90a") << "made for it";
  EXPECT_EQ(chosen(images, 100), "PTX sm_90");
  EXPECT_EQ(chosen({{"sm_86", "", 0, 0}, {"sm_80", "", 0, 1}}, 80), "PTX sm_80");
  EXPECT_EQ(chosen({{"sm_90a", "", 0, 0}}, 100),
            "this executable has code for sm_90a, none of which runs on a GPU; compile it with --arch=sm_100");
  EXPECT_EQ(chosen(images, 75), "this executable has code for sm_80, sm_90, sm_90a, PTX from sm_90 on, none of which "
                                "runs on a GPU; compile it with --arch=sm_75");
}

struct SimulatedDriver : ::testing::Test {
  SimulatedDriver() {
    cuInit(0);
    cuMemAlloc_v2(&device, sizeof(int));
    cuStreamCreate(&a, 0);
    cuStreamCreate(&b, 0);
    cuEventCreate(&event, 0);
  }
  ~SimulatedDriver() override {
    cuMemFree_v2(device);
    cuStreamDestroy_v2(a);
    cuStreamDestroy_v2(b);
    cuEventDestroy_v2(event);
  }
  int read(cuda::Stream stream) {
    int value = 0;
    EXPECT_EQ(cuMemcpyDtoHAsync_v2(&value, device, sizeof(value), stream), 0);
    EXPECT_EQ(cuStreamSynchronize(stream), 0);
    return value;
  }

  cuda::DevicePointer device = 0;
  cuda::Stream a = nullptr, b = nullptr;
  cuda::Event event = nullptr;
  int first = 1, second = 2;
};

TEST_F(SimulatedDriver, BeginsWithNaN) { EXPECT_EQ(read(a), -1); }

TEST_F(SimulatedDriver, CopiesReadTheHostLate) {
  int value = 1;
  cuMemcpyHtoDAsync_v2(device, &value, sizeof(value), a);
  value = 2; // too early: nobody has waited
  EXPECT_EQ(read(a), 2);
}

TEST_F(SimulatedDriver, StreamsRunInTheLatestOrder) {
  cuMemcpyHtoDAsync_v2(device, &first, sizeof(first), a);
  EXPECT_EQ(read(b), -1) << "nothing orders the two";
  cuEventRecord(event, a);
  cuStreamWaitEvent(b, event, 0);
  EXPECT_EQ(read(b), 1);
}

TEST_F(SimulatedDriver, AnEventIsItsLastRecordBefore) {
  cuMemcpyHtoDAsync_v2(device, &first, sizeof(first), a);
  cuEventRecord(event, a);
  cuStreamWaitEvent(b, event, 0);
  cuMemcpyHtoDAsync_v2(device, &second, sizeof(second), a);
  cuEventRecord(event, a);
  EXPECT_EQ(read(b), 1) << "the wait is for the first record";
  cuEventSynchronize(event);
  EXPECT_EQ(read(b), 2);
}

TEST_F(SimulatedDriver, GraphsReplay) {
  cuda::Graph graph = nullptr;
  cuda::GraphExec exec = nullptr;
  int value = 5;
  cuStreamBeginCapture_v2(a, cuda::captureModeThreadLocal);
  cuMemcpyHtoDAsync_v2(device, &value, sizeof(value), a);
  EXPECT_NE(cuStreamSynchronize(a), 0) << "not while it is captured";
  EXPECT_NE(cuMemAlloc_v2(&device, 8), 0);
  cuStreamEndCapture(a, &graph);
  EXPECT_EQ(read(a), -1) << "capturing runs nothing";
  cuGraphInstantiateWithFlags(&exec, graph, 0);
  for (value = 6; value < 8; ++value) {
    cuGraphLaunch(exec, a);
    EXPECT_EQ(read(a), value);
  }
  cuGraphExecDestroy(exec);
  cuGraphDestroy(graph);
}

TEST_F(SimulatedDriver, TheHostCannotTouchIt) {
  auto *pointer = reinterpret_cast<volatile int *>(static_cast<uintptr_t>(device));
  EXPECT_DEATH(first = *pointer, "");
  EXPECT_NE(cuMemcpyHtoDAsync_v2(device, &first, 4096, a), 0) << "beyond its end";
}

} // namespace
