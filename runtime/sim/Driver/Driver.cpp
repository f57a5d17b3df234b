// A stand-in for libcuda: the functions of the driver's API that the runtime calls, on the simulated GPU. A test of the host's
// side as well: what a GPU's driver would refuse, or what would go wrong there at some time, goes wrong here every time.
#include "sim/Driver/Memory.h"
#include "sim/Driver/Streams.h"
#include "sim/Simulator.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <dlfcn.h>
#include <string>
#include <type_traits>

using namespace weft::sim;
namespace cuda = weft::rt::cuda;

/// What the kernels beside this call of the simulator: names, and where the functions' addresses go.
struct Import {
  const char *name;
  void **function;
};
extern "C" const Import weft_sim_imports[];

/// The architecture that the kernels beside this were compiled for; 80 for sm_80.
extern "C" const int32_t weft_sim_architecture;

namespace {

struct Kernel {
  std::string name;
  Entry entry;
  int32_t numArguments;
  uint32_t dynamicShared = 0;
};

bool isStarted = false;
std::map<std::string, Kernel> kernels; // addresses stay
std::map<char *, size_t> pinned;       // the host's memory that kernels see, too
Stream *capturing = nullptr;

Stream &of(cuda::Stream stream) { return *reinterpret_cast<Stream *>(stream); }
Event &of(cuda::Event event) { return *reinterpret_cast<Event *>(event); }

/// What this library, which holds the kernels too, exports.
void *symbol(const std::string &name) {
  static void *self = [] {
    Dl_info info = {};
    dladdr(reinterpret_cast<void *>(&symbol), &info);
    return dlopen(info.dli_fname, RTLD_NOW | RTLD_NOLOAD);
  }();
  return dlsym(self, name.c_str());
}

Schedule schedule() {
  const char *wish = getenv("WEFT_SIM_SCHEDULE");
  std::string name = wish ? wish : "";
  return name == "random"   ? Schedule::Random
         : name == "skewed" ? Schedule::Skewed
         : name == "lazy"   ? Schedule::Lazy
                            : Schedule::RoundRobin;
}

uint64_t seed() {
  const char *wish = getenv("WEFT_SIM_SEED");
  return wish ? strtoull(wish, nullptr, 10) : 1;
}

/// A planted fault: WEFT_SIM_FAULT names a kernel that in the end touches what it must not; "gelu:3": in its third launch.
bool isPlanted(const std::string &kernel) {
  static const std::string wish = getenv("WEFT_SIM_FAULT") ? getenv("WEFT_SIM_FAULT") : "";
  static const size_t colon = std::min(wish.find(':'), wish.size());
  static const uint64_t which = colon < wish.size() ? strtoull(&wish[colon + 1], nullptr, 10) : 1;
  static uint64_t launches = 0;
  return wish.compare(0, colon, kernel) == 0 && ++launches == which;
}

Result launchNow(const Kernel &kernel, uint32_t grid, uint32_t threads, uint32_t shared,
                 std::vector<uint64_t> values) {
  std::vector<void *> arguments;
  for (uint64_t &value : values)
    arguments.push_back(&value);
  std::vector<std::span<char>> buffers = DeviceMemory::get().allocations();
  for (auto [begin, bytes] : pinned)
    buffers.emplace_back(begin, bytes);
  Launch launch;
  launch.name = kernel.name.c_str();
  launch.entry = kernel.entry;
  launch.grid = grid;
  launch.threads = threads;
  launch.sharedBytes = shared;
  launch.arguments = arguments.data();
  launch.buffers = buffers;
  launch.schedule = schedule();
  launch.seed = seed();
  run(launch);
  return isPlanted(kernel.name) ? illegalAddress : success;
}

/// "weft_sim_llvm_nvvm_barrier0" for llvm.nvvm.barrier0.
std::string nameOf(const Function &function) {
  std::string name = std::string("weft_sim_") + function.name;
  std::replace(name.begin(), name.end(), '.', '_');
  return name;
}

/// Gives the kernels the simulator's functions. False, and a word on it, if one is missing.
bool connect() {
  std::map<std::string, void *> known;
  for (const Function &function : functions())
    known[nameOf(function)] = function.address;
  for (const Import *import = weft_sim_imports; import->name; ++import) {
    *import->function = known[import->name];
    if (*import->function)
      continue;
    fprintf(stderr, "simulated GPU: kernels use %s, which it does not have\n", import->name);
    return false;
  }
  return true;
}

struct ErrorName {
  Result number;
  const char *name, *text;
};
constexpr ErrorName errorNames[] = {
    {success, "CUDA_SUCCESS", "no error"},
    {invalidValue, "CUDA_ERROR_INVALID_VALUE", "invalid argument"},
    {outOfMemory, "CUDA_ERROR_OUT_OF_MEMORY", "out of memory"},
    {notInitialized, "CUDA_ERROR_NOT_INITIALIZED", "initialization error"},
    {invalidImage, "CUDA_ERROR_INVALID_IMAGE", "device kernel image is invalid"},
    {notFound, "CUDA_ERROR_NOT_FOUND", "named symbol not found"},
    {notSupported, "CUDA_ERROR_NOT_SUPPORTED", "operation not supported"},
    {illegalAddress, "CUDA_ERROR_ILLEGAL_ADDRESS", "an illegal memory access was encountered"},
    {captureUnsupported, "CUDA_ERROR_STREAM_CAPTURE_UNSUPPORTED",
     "operation not permitted when stream is capturing"},
};

const ErrorName *findError(Result number) {
  auto *found = std::find_if(std::begin(errorNames), std::end(errorNames),
                             [&](const ErrorName &each) { return each.number == number; });
  return found == std::end(errorNames) ? nullptr : found;
}

} // namespace

extern "C" {

Result cuInit(unsigned) {
  if (!connect())
    return notSupported;
  isStarted = true;
  return success;
}
Result cuGetErrorName(Result error, const char **name) {
  const ErrorName *found = findError(error);
  *name = found ? found->name : nullptr;
  return found ? success : invalidValue;
}
Result cuGetErrorString(Result error, const char **text) {
  const ErrorName *found = findError(error);
  *text = found ? found->text : nullptr;
  return found ? success : invalidValue;
}
Result cuDeviceGetCount(int *count) {
  *count = 1;
  return isStarted ? success : notInitialized;
}
Result cuDeviceGet(cuda::Ordinal *device, int number) {
  *device = number;
  return number == 0 ? success : invalidValue;
}
Result cuDeviceGetName(char *name, int length, cuda::Ordinal) {
  snprintf(name, static_cast<size_t>(length), "simulated GPU");
  return success;
}
Result cuDeviceGetAttribute(int *value, int attribute, cuda::Ordinal) {
  *value = attribute == cuda::deviceAttributeMajor ? weft_sim_architecture / 10 : weft_sim_architecture % 10;
  return attribute == cuda::deviceAttributeMajor || attribute == cuda::deviceAttributeMinor ? success : invalidValue;
}
Result cuDevicePrimaryCtxRetain(cuda::Context *context, cuda::Ordinal) {
  *context = reinterpret_cast<cuda::Context>(&isStarted);
  return isStarted ? success : notInitialized;
}
Result cuDevicePrimaryCtxRelease_v2(cuda::Ordinal) { return success; }
Result cuCtxSetCurrent(cuda::Context) { return success; }

Result cuMemGetInfo_v2(size_t *free, size_t *total) {
  *free = DeviceMemory::get().free();
  *total = DeviceMemory::get().total();
  return success;
}
Result cuMemAlloc_v2(cuda::DevicePointer *pointer, size_t bytes) {
  if (capturing)
    return captureUnsupported;
  char *begin = DeviceMemory::get().allocate(bytes);
  *pointer = reinterpret_cast<uintptr_t>(begin);
  return begin ? success : bytes == 0 ? invalidValue : outOfMemory;
}
Result cuMemFree_v2(cuda::DevicePointer pointer) {
  return DeviceMemory::get().release(reinterpret_cast<char *>(static_cast<uintptr_t>(pointer))) ? success
                                                                                              : invalidValue;
}
Result cuMemAllocHost_v2(void **pointer, size_t bytes) {
  if (capturing)
    return captureUnsupported;
  *pointer = malloc(bytes);
  if (!*pointer)
    return outOfMemory;
  pinned[static_cast<char *>(*pointer)] = bytes;
  return success;
}
Result cuMemFreeHost(void *pointer) {
  if (pinned.erase(static_cast<char *>(pointer)) == 0)
    return invalidValue;
  free(pointer);
  return success;
}

// The host's memory is read and written when the copy runs, which is late.
Result cuMemcpyHtoDAsync_v2(cuda::DevicePointer to, const void *from, size_t bytes, cuda::Stream stream) {
  char *begin = reinterpret_cast<char *>(static_cast<uintptr_t>(to));
  if (!DeviceMemory::get().contains(begin, bytes))
    return invalidValue;
  of(stream).add([=] {
    memcpy(begin, from, bytes);
    return success;
  });
  return fault();
}
Result cuMemcpyDtoHAsync_v2(void *to, cuda::DevicePointer from, size_t bytes, cuda::Stream stream) {
  const char *begin = reinterpret_cast<const char *>(static_cast<uintptr_t>(from));
  if (!DeviceMemory::get().contains(begin, bytes))
    return invalidValue;
  of(stream).add([=] {
    memcpy(to, begin, bytes);
    return success;
  });
  return fault();
}

Result cuStreamCreate(cuda::Stream *stream, unsigned) {
  *stream = reinterpret_cast<cuda::Stream>(new Stream);
  return success;
}
Result cuStreamDestroy_v2(cuda::Stream stream) {
  delete &of(stream);
  return success;
}
Result cuStreamSynchronize(cuda::Stream stream) {
  if (of(stream).capture)
    return captureUnsupported;
  return of(stream).run([] { return false; });
}
Result cuStreamWaitEvent(cuda::Stream stream, cuda::Event event, unsigned) {
  Event &awaited = of(event);
  of(stream).add([&awaited, record = awaited.recorded] { return reach(awaited, record); });
  return fault();
}
Result cuStreamBeginCapture_v2(cuda::Stream stream, unsigned) {
  if (of(stream).capture)
    return invalidValue;
  of(stream).capture = std::make_unique<Graph>();
  capturing = &of(stream);
  return success;
}
Result cuStreamEndCapture(cuda::Stream stream, cuda::Graph *graph) {
  if (!of(stream).capture)
    return invalidValue;
  *graph = reinterpret_cast<cuda::Graph>(of(stream).capture.release());
  capturing = nullptr;
  return success;
}
Result cuGraphInstantiateWithFlags(cuda::GraphExec *exec, cuda::Graph graph, unsigned long long) {
  *exec = reinterpret_cast<cuda::GraphExec>(new Graph(*reinterpret_cast<Graph *>(graph)));
  return success;
}
Result cuGraphLaunch(cuda::GraphExec exec, cuda::Stream stream) {
  for (const Work &work : reinterpret_cast<Graph *>(exec)->work)
    of(stream).add(work);
  return fault();
}
Result cuGraphDestroy(cuda::Graph graph) {
  delete reinterpret_cast<Graph *>(graph);
  return success;
}
Result cuGraphExecDestroy(cuda::GraphExec exec) {
  delete reinterpret_cast<Graph *>(exec);
  return success;
}

Result cuEventCreate(cuda::Event *event, unsigned) {
  *event = reinterpret_cast<cuda::Event>(new Event);
  return success;
}
Result cuEventDestroy_v2(cuda::Event event) {
  delete &of(event);
  return success;
}
Result cuEventRecord(cuda::Event event, cuda::Stream stream) {
  Event &recorded = of(event);
  recorded.stream = &of(stream);
  of(stream).add([&recorded, record = ++recorded.recorded] {
    recorded.reached = record;
    recorded.time = std::chrono::steady_clock::now();
    return success;
  });
  return fault();
}
Result cuEventSynchronize(cuda::Event event) {
  if (capturing)
    return captureUnsupported;
  return reach(of(event), of(event).recorded);
}

Result cuEventElapsedTime(float *milliseconds, cuda::Event begin, cuda::Event end) {
  std::chrono::duration<float, std::milli> time = of(end).time - of(begin).time;
  *milliseconds = time.count();
  return of(begin).reached > 0 && of(end).reached > 0 ? success : invalidValue;
}

// The kernels are in this library: an image is looked at no closer than whether it is one.
Result cuModuleLoadDataEx(cuda::Module *module, const void *image, unsigned, int *, void **) {
  bool isCubin = memcmp(image, "\177ELF", 4) == 0;
  bool isPTX = strstr(static_cast<const char *>(image), ".version") != nullptr;
  *module = reinterpret_cast<cuda::Module>(&kernels);
  return isCubin || isPTX ? success : invalidImage;
}
Result cuModuleUnload(cuda::Module) { return success; }
Result cuModuleGetFunction(cuda::Function *function, cuda::Module, const char *name) {
  auto entry = reinterpret_cast<Entry>(symbol(std::string("weft_sim_entry_") + name));
  auto *count = static_cast<const int32_t *>(symbol(std::string("weft_sim_count_") + name));
  if (!entry || !count)
    return notFound;
  Kernel &kernel = kernels[name];
  kernel = {name, entry, *count};
  *function = reinterpret_cast<cuda::Function>(&kernel);
  return success;
}
Result cuFuncSetAttribute(cuda::Function function, int attribute, int value) {
  if (attribute != cuda::functionAttributeDynamicShared || value < 0 || value > 227 << 10)
    return invalidValue;
  reinterpret_cast<Kernel *>(function)->dynamicShared = static_cast<uint32_t>(value);
  return success;
}
Result cuLaunchKernel(cuda::Function function, unsigned gridX, unsigned gridY, unsigned gridZ, unsigned blockX,
                      unsigned blockY, unsigned blockZ, unsigned shared, cuda::Stream stream, void **parameters,
                      void **) {
  const Kernel &kernel = *reinterpret_cast<Kernel *>(function);
  if (gridX == 0 || gridY != 1 || gridZ != 1 || blockX == 0 || blockX > 1024 || blockY != 1 || blockZ != 1 ||
      shared > kernel.dynamicShared)
    return invalidValue;
  std::vector<uint64_t> values;
  for (int32_t i = 0; i < kernel.numArguments; ++i)
    values.push_back(*static_cast<const uint64_t *>(parameters[i]));
  of(stream).add([=, &kernel] { return launchNow(kernel, gridX, blockX, shared, values); });
  return fault();
}

} // extern "C"

// All that the runtime calls is there, with the same types.
#define WEFT_SAME(name, symbol, parameters)                                                                           \
  static_assert(std::is_same_v<decltype(&symbol), decltype(cuda::Driver::name)>);
WEFT_DRIVER_FUNCTIONS(WEFT_SAME)
