// The numbers that the runtime states for itself are those of the toolkit's headers, where it has them: checked by compiling.
#include "Device/CUDA/Driver.h"
#include "sim/Driver/Streams.h"

#if __has_include(<cuda.h>)
#include <cuda.h>
#endif
#if __has_include(<cublasLt.h>)
#include <cublasLt.h>
#endif

namespace cuda = weft::rt::cuda;

#if __has_include(<cuda.h>)
static_assert(cuda::deviceAttributeMajor == CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR);
static_assert(cuda::deviceAttributeMinor == CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MINOR);
static_assert(cuda::functionAttributeDynamicShared == CU_FUNC_ATTRIBUTE_MAX_DYNAMIC_SHARED_SIZE_BYTES);
static_assert(cuda::jitErrorLogBuffer == CU_JIT_ERROR_LOG_BUFFER);
static_assert(cuda::jitErrorLogBytes == CU_JIT_ERROR_LOG_BUFFER_SIZE_BYTES);
static_assert(cuda::streamNonBlocking == CU_STREAM_NON_BLOCKING);
static_assert(cuda::eventDisableTiming == CU_EVENT_DISABLE_TIMING);
static_assert(cuda::captureModeThreadLocal == CU_STREAM_CAPTURE_MODE_THREAD_LOCAL);
static_assert(int(weft::sim::illegalAddress) == CUDA_ERROR_ILLEGAL_ADDRESS &&
              int(weft::sim::captureUnsupported) == CUDA_ERROR_STREAM_CAPTURE_UNSUPPORTED &&
              int(weft::sim::outOfMemory) == CUDA_ERROR_OUT_OF_MEMORY);
#endif
#if __has_include(<cublasLt.h>)
static_assert(cuda::real32 == CUDA_R_32F && cuda::real64 == CUDA_R_64F);
static_assert(cuda::compute32 == CUBLAS_COMPUTE_32F && cuda::compute64 == CUBLAS_COMPUTE_64F &&
              cuda::computeTF32 == CUBLAS_COMPUTE_32F_FAST_TF32);
static_assert(cuda::operationTransA == CUBLASLT_MATMUL_DESC_TRANSA &&
              cuda::operationTransB == CUBLASLT_MATMUL_DESC_TRANSB);
static_assert(cuda::operationEpilogue == CUBLASLT_MATMUL_DESC_EPILOGUE &&
              cuda::operationBias == CUBLASLT_MATMUL_DESC_BIAS_POINTER &&
              cuda::operationAux == CUBLASLT_MATMUL_DESC_EPILOGUE_AUX_POINTER &&
              cuda::operationAuxLeading == CUBLASLT_MATMUL_DESC_EPILOGUE_AUX_LD);
static_assert(int(cuda::epilogueNone) == CUBLASLT_EPILOGUE_DEFAULT && int(cuda::epilogueBias) == CUBLASLT_EPILOGUE_BIAS &&
              int(cuda::epilogueGeluBias) == CUBLASLT_EPILOGUE_GELU_BIAS &&
              int(cuda::epilogueGeluAuxBias) == CUBLASLT_EPILOGUE_GELU_AUX_BIAS &&
              int(cuda::epilogueGeluBackward) == CUBLASLT_EPILOGUE_DGELU &&
              int(cuda::epilogueGeluBackwardSums) == CUBLASLT_EPILOGUE_DGELU_BGRAD &&
              int(cuda::epilogueSumsA) == CUBLASLT_EPILOGUE_BGRADA && int(cuda::epilogueSumsB) == CUBLASLT_EPILOGUE_BGRADB);
static_assert(cuda::layoutBatchCount == CUBLASLT_MATRIX_LAYOUT_BATCH_COUNT &&
              cuda::layoutBatchStride == CUBLASLT_MATRIX_LAYOUT_STRIDED_BATCH_OFFSET);
static_assert(cuda::preferenceWorkspace == CUBLASLT_MATMUL_PREF_MAX_WORKSPACE_BYTES &&
              cuda::preferenceReductions == CUBLASLT_MATMUL_PREF_REDUCTION_SCHEME_MASK &&
              cuda::preferenceAlignmentA == CUBLASLT_MATMUL_PREF_MIN_ALIGNMENT_A_BYTES &&
              cuda::preferenceAlignmentA + 3 == CUBLASLT_MATMUL_PREF_MIN_ALIGNMENT_D_BYTES);
static_assert(cuda::reductionInPlace == CUBLASLT_REDUCTION_SCHEME_INPLACE &&
              cuda::reductionMask == CUBLASLT_REDUCTION_SCHEME_MASK);
static_assert(cuda::algorithmId == CUBLASLT_ALGO_CONFIG_ID && cuda::algorithmTile == CUBLASLT_ALGO_CONFIG_TILE_ID &&
              cuda::algorithmSplitK == CUBLASLT_ALGO_CONFIG_SPLITK_NUM &&
              cuda::algorithmReduction == CUBLASLT_ALGO_CONFIG_REDUCTION_SCHEME &&
              cuda::algorithmStages == CUBLASLT_ALGO_CONFIG_STAGES_ID);
static_assert(sizeof(cuda::Algorithm) == sizeof(cublasLtMatmulAlgo_t) &&
              sizeof(cuda::Heuristic) == sizeof(cublasLtMatmulHeuristicResult_t));
#endif
