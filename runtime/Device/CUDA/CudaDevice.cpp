#include "Device/CUDA/CudaDevice.h"

#include "Device/CPU/Initialize.h"
#include "Device/CPU/Piece.h"
#include "Device/CUDA/Images.h"
#include "Metrics/Profile.h"
#include "Support/DType.h"
#include "Support/Error.h"

#include <algorithm>
#include <cinttypes>
#include <cstring>

using namespace weft::rt;
using namespace weft::rt::cuda;

namespace {

constexpr uint64_t pieceBytes = uint64_t(16) << 20;
constexpr int maxArguments = 256;

char *toPointer(DevicePointer address) { return reinterpret_cast<char *>(static_cast<uintptr_t>(address)); }
DevicePointer toAddress(const void *pointer) { return reinterpret_cast<uintptr_t>(pointer); }

} // namespace

// ---- setting up, and the end

CudaDevice::CudaDevice(const WeftModule &module, Runtime &runtime)
    : StateBlock(pieceBytes), module(module), runtime(runtime), driver(openDriver(module.text_hash)) {
  openContext();
  loadImages();
  takeMemory();
  products.emplace(module.text_hash);
  captured.resize(2 * static_cast<size_t>(module.num_programs));
  addresses = {toPointer(blocks[0]), toPointer(blocks[1]), toPointer(blocks[2]),
               reinterpret_cast<WeftStep *>(toPointer(blocks[3])), &runtime};
  runtime.commands = this;
}

// After a fault nothing can be given back, and the process ends anyway: results do not matter.
CudaDevice::~CudaDevice() {
  runtime.commands = nullptr;
  if (!context)
    return;
  if (stream)
    driver.streamSynchronize(stream);
  for (Captured &each : captured)
    if (each.graph)
      driver.graphExecDestroy(each.graph);
  products.reset();
  for (Staging *pair : {steps, inputs})
    for (int i = 0; i < 2; ++i) {
      if (pair[i].sent)
        driver.eventDestroy(pair[i].sent);
      if (pair[i].pinned)
        driver.memFreeHost(pair[i].pinned);
    }
  for (Event event : {opBegin, opEnd})
    if (event)
      driver.eventDestroy(event);
  if (piece)
    driver.memFreeHost(piece);
  if (begun)
    driver.memFreeHost(const_cast<const WeftLaunch **>(begun));
  for (DevicePointer block : blocks)
    if (block)
      driver.memFree(block);
  if (code)
    driver.moduleUnload(code);
  if (stream)
    driver.streamDestroy(stream);
  driver.primaryCtxRelease(ordinal);
}

void CudaDevice::openContext() {
  check(driver.init(0), "start NVIDIA's driver");
  int count = 0;
  check(driver.deviceGetCount(&count), "count GPUs");
  if (count == 0)
    fail("this executable runs on an NVIDIA GPU, and the driver finds none; compile with --target=cpu");
  check(driver.deviceGet(&ordinal, 0), "choose a GPU");
  int major = 0, minor = 0;
  check(driver.deviceGetAttribute(&major, deviceAttributeMajor, ordinal), "ask for the GPU's architecture");
  check(driver.deviceGetAttribute(&minor, deviceAttributeMinor, ordinal), "ask for the GPU's architecture");
  char name[128] = {};
  check(driver.deviceGetName(name, sizeof(name) - 1, ordinal), "ask for the GPU's name");
  architecture = 10 * major + minor;
  gpu = std::string(name) + " (sm_" + std::to_string(architecture) + ")";
  check(driver.primaryCtxRetain(&context, ordinal), "open the GPU");
  check(driver.ctxSetCurrent(context), "open the GPU");
  check(driver.streamCreate(&stream, streamNonBlocking), "make a stream");
  for (Event *event : {&opBegin, &opEnd})
    check(driver.eventCreate(event, 0), "make an event");
}

void CudaDevice::loadImages() {
  const WeftImage &image = chooseImage(module, architecture, gpu);
  char log[4096] = {};
  int options[] = {jitErrorLogBuffer, jitErrorLogBytes};
  void *values[] = {log, reinterpret_cast<void *>(sizeof(log) - 1)};
  if (Result result = driver.moduleLoadDataEx(&code, image.data, 2, options, values)) {
    ErrorText text(driver, result);
    fail("the code for %s does not load on %s: %s (%s)%s%s", image.arch, gpu.c_str(), text.name, text.text,
         log[0] ? ": " : "", log);
  }
  functions.resize(static_cast<size_t>(module.num_kernels));
  for (int64_t i = 0; i < module.num_kernels; ++i) {
    const WeftKernel &kernel = module.kernels[i];
    Function &function = functions[static_cast<size_t>(i)];
    std::string what = std::string("find kernel '") + kernel.name + "'";
    check(driver.moduleGetFunction(&function, code, kernel.name), what.c_str());
    what = std::string("give kernel '") + kernel.name + "' its shared memory";
    check(driver.funcSetAttribute(function, functionAttributeDynamicShared, static_cast<int>(kernel.shared_bytes)),
          what.c_str());
  }
}

/// The exact need is compared before anything is taken.
void CudaDevice::takeMemory() {
  size_t total = 0;
  check(driver.memGetInfo(&freeBefore, &total), "ask for free memory");
  if (module.total_bytes > freeBefore)
    fail("not enough memory on %s: '%s' needs %" PRIu64 " bytes (state %" PRIu64 ", arena %" PRIu64 ", input %" PRIu64
         ", step %" PRIu64 ") and %zu of its %zu are free; free memory, or compile for a smaller batch",
         gpu.c_str(), module.name, module.total_bytes, module.state_bytes, module.arena_bytes, module.input_bytes,
         module.step_bytes, freeBefore, total);
  const uint64_t sizes[] = {module.state_bytes, module.arena_bytes, module.input_bytes, module.step_bytes};
  for (int i = 0; i < 4; ++i)
    if (sizes[i] > 0)
      check(driver.memAlloc(&blocks[i], sizes[i]), "take the GPU's memory");
  makeStaging(steps, sizeof(WeftStep));
  makeStaging(inputs, std::max<uint64_t>(module.input_bytes, 1));
  void *pinned = nullptr;
  check(driver.memAllocHost(&pinned, pieceBytes), "take pinned memory");
  piece = static_cast<char *>(pinned);
  check(driver.memAllocHost(&pinned, sizeof(*begun)), "take pinned memory");
  begun = static_cast<const WeftLaunch *volatile *>(pinned);
  *begun = nullptr;
  if (module.num_words == 0)
    return;
  check(driver.memcpyHtoDAsync(blocks[3] + sizeof(WeftStep), module.words,
                               sizeof(int32_t) * static_cast<size_t>(module.num_words), stream),
        "send constants");
  wait("send constants");
}

void CudaDevice::makeStaging(Staging (&pair)[2], uint64_t bytes) {
  for (Staging &staging : pair) {
    void *pinned = nullptr;
    check(driver.memAllocHost(&pinned, bytes), "take pinned memory");
    staging.pinned = static_cast<char *>(pinned);
    memset(staging.pinned, 0, bytes);
    check(driver.eventCreate(&staging.sent, eventDisableTiming), "make an event");
  }
}

int64_t CudaDevice::takenOnGPU() const {
  size_t free = 0, total = 0;
  if (driver.memGetInfo(&free, &total) != 0)
    return 0;
  return static_cast<int64_t>(freeBefore) - static_cast<int64_t>(free) - static_cast<int64_t>(module.total_bytes);
}

// ---- what the host gives

char *CudaDevice::nextInput() {
  inputTurn ^= 1;
  check(driver.eventSynchronize(inputs[inputTurn].sent), "wait for the last batch to be sent");
  return inputs[inputTurn].pinned;
}

void CudaDevice::sendInput() { send(inputs[inputTurn], toPointer(blocks[2]), module.input_bytes); }

void CudaDevice::send(Staging &staging, char *to, uint64_t bytes) {
  if (bytes > 0)
    check(driver.memcpyHtoDAsync(toAddress(to), staging.pinned, bytes, stream), "send data");
  check(driver.eventRecord(staging.sent, stream), "record an event");
}

const char *CudaDevice::view(uint64_t offset, uint64_t bytes) const {
  check(driver.memcpyDtoHAsync(piece, blocks[0] + offset, bytes, stream), "read results");
  wait("read results");
  return piece;
}

char *CudaDevice::beginWrite(uint64_t, uint64_t) { return piece; }

void CudaDevice::endWrite(uint64_t offset, uint64_t bytes) {
  check(driver.memcpyHtoDAsync(blocks[0] + offset, piece, bytes, stream), "write the state");
  wait("write the state");
}

// ---- programs

void CudaDevice::run(const WeftProgram &program) {
  stepTurn ^= 1;
  Staging &staging = steps[stepTurn];
  check(driver.eventSynchronize(staging.sent), "wait for the last step to be sent");
  memcpy(staging.pinned, &nextStep, sizeof(nextStep));
  send(staging, toPointer(blocks[3]), sizeof(nextStep));
  size_t number = static_cast<size_t>(&program - module.programs);
  Captured &own = captured[2 * number + (nextStep.accumulate != 0 ? 1 : 0)];
  // A profile is one of single ops.
  if (own.graph && !runtime.profile) {
    check(driver.graphLaunch(own.graph, stream), "launch a graph");
    isGraphRunning = true;
    return;
  }
  // What single ops wait for is their own.
  if (isGraphRunning)
    wait("go on");
  canBeCaptured = true;
  program.run(&addresses);
  if (!own.isKnown && canBeCaptured)
    own.graph = capture(program);
  own.isKnown = true;
}

GraphExec CudaDevice::capture(const WeftProgram &program) {
  check(driver.streamBeginCapture(stream, captureModeThreadLocal), "capture a program");
  isCapturing = true;
  program.run(&addresses);
  isCapturing = false;
  Graph graph = nullptr;
  check(driver.streamEndCapture(stream, &graph), "capture a program");
  GraphExec result = nullptr;
  check(driver.graphInstantiate(&result, graph, 0), "make a graph");
  driver.graphDestroy(graph);
  return result;
}

template <typename Site, typename Do>
void CudaDevice::runOp(const std::string &what, const Site &site, Do run) {
  auto failAt = [&](const char *how, const char *name, const char *text) {
    fail("%s %s %s of '%s' (%s) at %s: %s (%s)", gpu.c_str(), how, what.c_str(), site.scope, site.phase, site.location,
         name, text);
  };
  bool isMeasured = runtime.profile && !isCapturing;
  if (isMeasured)
    check(driver.eventRecord(opBegin, stream), "record an event");
  Result result = run();
  if (isMeasured)
    check(driver.eventRecord(opEnd, stream), "record an event");
  ErrorText text(driver, result);
  if (result != 0)
    failAt("cannot run", text.name, text.text);
  if (isCapturing)
    return;
  if ((result = driver.streamSynchronize(stream)) != 0) {
    ErrorText fault(driver, result);
    failAt("failed in", fault.name, fault.text);
  }
  float milliseconds = 0;
  if (!isMeasured)
    return;
  check(driver.eventElapsedTime(&milliseconds, opBegin, opEnd), "measure a kernel");
  runtime.profile->add(&site, static_cast<int64_t>(static_cast<double>(milliseconds) * 1e6));
}

void CudaDevice::launch(const WeftLaunch &launch, void *const *args) {
  const WeftKernel &kernel = *launch.kernel;
  void *parameters[maxArguments + 2]; // a kernel's parameters are pointers; the driver takes the place of each
  if (kernel.num_arguments > maxArguments)
    fail("kernel '%s' has %d arguments, more than %d", kernel.name, kernel.num_arguments, maxArguments);
  for (int32_t i = 0; i < kernel.num_arguments; ++i)
    parameters[i] = const_cast<void **>(&args[i]);
  const WeftLaunch *site = &launch;
  parameters[kernel.num_arguments] = &begun;
  parameters[kernel.num_arguments + 1] = &site;
  runOp(std::string("kernel '") + kernel.name + "'", launch, [&] {
    return driver.launchKernel(functions[static_cast<size_t>(&kernel - module.kernels)],
                               static_cast<unsigned>(launch.grid), 1, 1, static_cast<unsigned>(kernel.threads), 1, 1,
                               static_cast<unsigned>(kernel.shared_bytes), stream, parameters, nullptr);
  });
}

void CudaDevice::matmul(const WeftMatmul &mm, const MatmulOperands &operands) {
  char *workspace = mm.workspace_bytes > 0 ? addresses.arena + mm.workspace_offset : nullptr;
  runOp("a matrix product", mm, [&] {
    if (Status status = products->run(mm, operands, accumulates(mm, nextStep), workspace, stream))
      fail("cuBLASLt fails in the matrix product of '%s' (%s) at %s: status %d", mm.scope, mm.phase, mm.location,
           status);
    return 0;
  });
}

void CudaDevice::initialize(const WeftState &tensor) {
  canBeCaptured = false;
  write(tensor.offset, tensor.bytes, [&](char *data, uint64_t at, uint64_t bytes) {
    fill(tensor, nextStep.seed, data, static_cast<int64_t>(elementsIn(tensor.dtype, at)),
         static_cast<int64_t>(elementsIn(tensor.dtype, at + bytes)), runtime.threads);
  });
}

// ---- faults

void CudaDevice::check(Result result, const char *what) const {
  if (result == 0)
    return;
  ErrorText text(driver, result);
  if (!isGraphRunning || !*begun)
    fail("cannot %s%s%s: %s (%s)", what, gpu.empty() ? "" : " on ", gpu.c_str(), text.name, text.text);
  const WeftLaunch &last = **begun;
  fail("%s failed: %s (%s); the last kernel that began is '%s' of '%s' (%s) at %s", gpu.c_str(), text.name, text.text,
       last.kernel->name, last.scope, last.phase, last.location);
}

void CudaDevice::wait(const char *what) const {
  check(driver.streamSynchronize(stream), what);
  isGraphRunning = false;
}
