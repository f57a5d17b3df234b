// NVIDIA's driver and cuBLASLt as far as we call them, opened at run time: an executable starts on machines without
// them. Prototypes and numbers are those of cuda.h and cublasLt.h, which are not needed to build this.
#ifndef WEFT_RT_DEVICE_CUDA_DRIVER_H
#define WEFT_RT_DEVICE_CUDA_DRIVER_H

#include <cstddef>
#include <cstdint>

namespace weft::rt::cuda {

using Result = int; // CUresult, 0: no error
using Ordinal = int; // CUdevice
using DevicePointer = unsigned long long;
using Context = struct ContextOfDriver *;
using Module = struct ModuleOfDriver *;
using Function = struct FunctionOfDriver *;
using Stream = struct StreamOfDriver *;
using Event = struct EventOfDriver *;
using Graph = struct GraphOfDriver *;
using GraphExec = struct GraphExecOfDriver *;

enum : int {
  deviceAttributeMajor = 75,          // CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR
  deviceAttributeMinor = 76,          // ..._MINOR
  functionAttributeDynamicShared = 8, // CU_FUNC_ATTRIBUTE_MAX_DYNAMIC_SHARED_SIZE_BYTES
  jitErrorLogBuffer = 5,              // CU_JIT_ERROR_LOG_BUFFER
  jitErrorLogBytes = 6,               // CU_JIT_ERROR_LOG_BUFFER_SIZE_BYTES
};
enum : unsigned {
  streamNonBlocking = 1,        // CU_STREAM_NON_BLOCKING
  eventDisableTiming = 2,       // CU_EVENT_DISABLE_TIMING
  captureModeThreadLocal = 1,   // CU_STREAM_CAPTURE_MODE_THREAD_LOCAL
};

// Each: the name here, the symbol, the parameters.
#define WEFT_DRIVER_FUNCTIONS(X)                                                                                      \
  X(init, cuInit, (unsigned flags))                                                                                   \
  X(getErrorName, cuGetErrorName, (Result error, const char **name))                                                  \
  X(getErrorString, cuGetErrorString, (Result error, const char **text))                                              \
  X(deviceGetCount, cuDeviceGetCount, (int *count))                                                                   \
  X(deviceGet, cuDeviceGet, (Ordinal *device, int number))                                                            \
  X(deviceGetName, cuDeviceGetName, (char *name, int length, Ordinal device))                                         \
  X(deviceGetAttribute, cuDeviceGetAttribute, (int *value, int attribute, Ordinal device))                            \
  X(primaryCtxRetain, cuDevicePrimaryCtxRetain, (Context *context, Ordinal device))                                   \
  X(primaryCtxRelease, cuDevicePrimaryCtxRelease_v2, (Ordinal device))                                                \
  X(ctxSetCurrent, cuCtxSetCurrent, (Context context))                                                                \
  X(memGetInfo, cuMemGetInfo_v2, (size_t *free, size_t *total))                                                       \
  X(memAlloc, cuMemAlloc_v2, (DevicePointer *pointer, size_t bytes))                                                  \
  X(memFree, cuMemFree_v2, (DevicePointer pointer))                                                                   \
  X(memAllocHost, cuMemAllocHost_v2, (void **pointer, size_t bytes))                                                  \
  X(memFreeHost, cuMemFreeHost, (void *pointer))                                                                      \
  X(memcpyHtoDAsync, cuMemcpyHtoDAsync_v2, (DevicePointer to, const void *from, size_t bytes, Stream stream))         \
  X(memcpyDtoHAsync, cuMemcpyDtoHAsync_v2, (void *to, DevicePointer from, size_t bytes, Stream stream))               \
  X(streamCreate, cuStreamCreate, (Stream *stream, unsigned flags))                                                   \
  X(streamDestroy, cuStreamDestroy_v2, (Stream stream))                                                               \
  X(streamSynchronize, cuStreamSynchronize, (Stream stream))                                                          \
  X(streamWaitEvent, cuStreamWaitEvent, (Stream stream, Event event, unsigned flags))                                 \
  X(streamBeginCapture, cuStreamBeginCapture_v2, (Stream stream, unsigned mode))                                      \
  X(streamEndCapture, cuStreamEndCapture, (Stream stream, Graph *graph))                                              \
  X(graphInstantiate, cuGraphInstantiateWithFlags, (GraphExec *exec, Graph graph, unsigned long long flags))          \
  X(graphLaunch, cuGraphLaunch, (GraphExec exec, Stream stream))                                                      \
  X(graphDestroy, cuGraphDestroy, (Graph graph))                                                                      \
  X(graphExecDestroy, cuGraphExecDestroy, (GraphExec exec))                                                           \
  X(eventCreate, cuEventCreate, (Event *event, unsigned flags))                                                       \
  X(eventDestroy, cuEventDestroy_v2, (Event event))                                                                   \
  X(eventRecord, cuEventRecord, (Event event, Stream stream))                                                         \
  X(eventSynchronize, cuEventSynchronize, (Event event))                                                              \
  X(eventElapsedTime, cuEventElapsedTime, (float *milliseconds, Event begin, Event end))                              \
  X(moduleLoadDataEx, cuModuleLoadDataEx,                                                                             \
    (Module *module, const void *image, unsigned count, int *options, void **values))                                 \
  X(moduleUnload, cuModuleUnload, (Module module))                                                                    \
  X(moduleGetFunction, cuModuleGetFunction, (Function *function, Module module, const char *name))                    \
  X(funcSetAttribute, cuFuncSetAttribute, (Function function, int attribute, int value))                              \
  X(launchKernel, cuLaunchKernel,                                                                                     \
    (Function function, unsigned gridX, unsigned gridY, unsigned gridZ, unsigned blockX, unsigned blockY,             \
     unsigned blockZ, unsigned sharedBytes, Stream stream, void **parameters, void **extra))

struct Driver {
#define WEFT_FIELD(name, symbol, parameters) Result(*name) parameters = nullptr;
  WEFT_DRIVER_FUNCTIONS(WEFT_FIELD)
#undef WEFT_FIELD
};

// ---- cuBLASLt

enum : uint32_t { // CUBLASLT_EPILOGUE_...
  epilogueNone = 1,
  epilogueBias = 4,
  epilogueGeluBias = 36,
  epilogueGeluAuxBias = 164,
  epilogueGeluBackward = 192,     // DGELU
  epilogueGeluBackwardSums = 208, // DGELU_BGRAD
  epilogueSumsA = 256,            // BGRADA
  epilogueSumsB = 512,            // BGRADB
};

using Status = int; // cublasStatus_t, 0: success
using Handle = struct HandleOfBlas *;
using Operation = struct OperationOfBlas *; // cublasLtMatmulDesc_t
using Layout = struct LayoutOfBlas *;       // cublasLtMatrixLayout_t
using Preference = struct PreferenceOfBlas *;

struct Algorithm { // cublasLtMatmulAlgo_t
  uint64_t data[8];
};

struct Heuristic { // cublasLtMatmulHeuristicResult_t
  Algorithm algorithm;
  size_t workspaceBytes;
  Status state;
  float waves;
  int reserved[4];
};

enum : int {
  real32 = 0, real64 = 1, half = 2, bfloat = 14, // CUDA_R_32F, CUDA_R_64F, CUDA_R_16F, CUDA_R_16BF
  compute32 = 68, compute64 = 70, computeTF32 = 77, // CUBLAS_COMPUTE_32F, _64F, _32F_FAST_TF32
  operationTransA = 3, operationTransB = 4, // CUBLASLT_MATMUL_DESC_TRANSA, _TRANSB
  operationEpilogue = 7, operationBias = 8, // CUBLASLT_MATMUL_DESC_EPILOGUE, _BIAS_POINTER
  operationAux = 11, operationAuxLeading = 12, // CUBLASLT_MATMUL_DESC_EPILOGUE_AUX_POINTER, _EPILOGUE_AUX_LD
  layoutBatchCount = 5, layoutBatchStride = 6, // CUBLASLT_MATRIX_LAYOUT_BATCH_COUNT, _STRIDED_BATCH_OFFSET
  preferenceWorkspace = 1, preferenceReductions = 3, // CUBLASLT_MATMUL_PREF_MAX_WORKSPACE_BYTES, _REDUCTION_SCHEME_MASK
  preferenceAlignmentA = 5, // CUBLASLT_MATMUL_PREF_MIN_ALIGNMENT_A_BYTES, then B, C, D
  reductionInPlace = 1, reductionMask = 7, // CUBLASLT_REDUCTION_SCHEME_INPLACE, _MASK
  algorithmId = 0, algorithmTile = 1, algorithmSplitK = 2, algorithmReduction = 3, algorithmStages = 6, // CUBLASLT_ALGO_CONFIG_
};

#define WEFT_BLAS_FUNCTIONS(X)                                                                                        \
  X(create, cublasLtCreate, (Handle *handle))                                                                         \
  X(destroy, cublasLtDestroy, (Handle handle))                                                                        \
  X(operationCreate, cublasLtMatmulDescCreate, (Operation *operation, int compute, int scale))                        \
  X(operationSet, cublasLtMatmulDescSetAttribute, (Operation operation, int what, const void *value, size_t bytes))   \
  X(operationDestroy, cublasLtMatmulDescDestroy, (Operation operation))                                               \
  X(layoutCreate, cublasLtMatrixLayoutCreate,                                                                         \
    (Layout *layout, int type, uint64_t rows, uint64_t columns, int64_t leading))                                     \
  X(layoutSet, cublasLtMatrixLayoutSetAttribute, (Layout layout, int what, const void *value, size_t bytes))          \
  X(layoutDestroy, cublasLtMatrixLayoutDestroy, (Layout layout))                                                      \
  X(preferenceCreate, cublasLtMatmulPreferenceCreate, (Preference *preference))                                       \
  X(preferenceSet, cublasLtMatmulPreferenceSetAttribute,                                                              \
    (Preference preference, int what, const void *value, size_t bytes))                                               \
  X(preferenceDestroy, cublasLtMatmulPreferenceDestroy, (Preference preference))                                      \
  X(heuristic, cublasLtMatmulAlgoGetHeuristic,                                                                        \
    (Handle handle, Operation operation, Layout a, Layout b, Layout c, Layout d, Preference preference, int wanted,   \
     Heuristic *results, int *found))                                                                                 \
  X(algorithmGet, cublasLtMatmulAlgoConfigGetAttribute,                                                               \
    (const Algorithm *algorithm, int what, void *value, size_t bytes, size_t *written))                               \
  X(matmul, cublasLtMatmul,                                                                                           \
    (Handle handle, Operation operation, const void *alpha, const void *a, Layout layoutA, const void *b,             \
     Layout layoutB, const void *beta, const void *c, Layout layoutC, void *d, Layout layoutD,                        \
     const Algorithm *algorithm, void *workspace, size_t workspaceBytes, Stream stream))

struct Blas {
#define WEFT_FIELD(name, symbol, parameters) Status(*name) parameters = nullptr;
  WEFT_BLAS_FUNCTIONS(WEFT_FIELD)
#undef WEFT_FIELD
};

/// The process's driver. With WEFT_SIM=1 in the environment it is the simulated GPU that lies beside the executable, and was
/// made from the same text. Fails with an Error that says what is missing.
const Driver &openDriver(uint64_t textHash);
const Blas &openBlas(uint64_t textHash);

/// "CUDA_ERROR_ILLEGAL_ADDRESS (an illegal memory access was encountered)".
struct ErrorText {
  ErrorText(const Driver &driver, Result result);
  const char *name, *text;
};

} // namespace weft::rt::cuda

#endif // WEFT_RT_DEVICE_CUDA_DRIVER_H
