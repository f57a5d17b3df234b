#include "Device/CUDA/Products.h"

#include "Support/DType.h"
#include "Support/Error.h"
#include "Support/FixedText.h"

#include <algorithm>
#include <cinttypes>
#include <cstdio>
#include <cstdlib>
#include <cstring>

using namespace weft::rt;
using namespace weft::rt::cuda;

namespace {

/// How many of the batch dimensions, from the last on, one stride each steps over.
int32_t countMerged(const WeftMatmul &mm) {
  int32_t merged = std::min(mm.batch_rank, 1);
  auto follows = [&](const int64_t *strides, int32_t d) {
    return strides[d] == mm.batch[d + 1] * strides[d + 1];
  };
  for (int32_t d = mm.batch_rank - 2; d >= 0; --d, ++merged)
    if (!follows(mm.stride_a, d) || !follows(mm.stride_b, d) || !follows(mm.stride_c, d))
      break;
  return merged;
}

int typeOf(const WeftMatmul &mm) {
  switch (asEnum<WeftDType>(mm.dtype)) {
  case WEFT_F32:
    return real32;
  case WEFT_F64:
    return real64;
  case WEFT_BF16:
    return bfloat;
  case WEFT_F16:
    return half;
  case WEFT_I32:
  case WEFT_I64:
    break;
  }
  fail("the matrix product of '%s' (%s) is of %s: expected f32, f64, bf16 or f16 for cuBLASLt", mm.scope, mm.phase,
       textOf<WeftDType>(mm.dtype));
}

/// Empty where there is none.
const char *epilogueText(const WeftMatmul &mm) {
  return mm.epilogue == WEFT_EPILOGUE_NONE ? "" : textOf<WeftEpilogue>(mm.epilogue);
}

/// What the address is a multiple of, as far as it matters.
uint32_t alignmentOf(const void *pointer, int64_t stride) {
  uint64_t bits = reinterpret_cast<uintptr_t>(pointer) | static_cast<uint64_t>(stride) | 256;
  return static_cast<uint32_t>(bits & -bits);
}

void check(Status status, const WeftMatmul &mm, const char *what) {
  if (status == 0)
    return;
  FixedText<96> epilogue;
  if (mm.epilogue != WEFT_EPILOGUE_NONE)
    epilogue.append(" and epilogue %s (leave 'epilogues' out of weftc's --fuse to go without)", epilogueText(mm));
  fail("cuBLASLt cannot %s for the matrix product of '%s' (%s) at %s, [%" PRId64 ", %" PRId64 ", %" PRId64
       "]%s: status %d",
       what, mm.scope, mm.phase, mm.location, mm.m, mm.n, mm.k, epilogue.c_str(), status);
}

/// Its first factor is our second one.
uint32_t epilogueOf(const WeftMatmul &mm, const MatmulOperands &operands) {
  switch (asEnum<WeftEpilogue>(mm.epilogue)) {
  case WEFT_EPILOGUE_NONE:
    return epilogueNone;
  case WEFT_EPILOGUE_BIAS:
    return epilogueBias;
  case WEFT_EPILOGUE_GELU:
    return operands.aux ? epilogueGeluAuxBias : epilogueGeluBias;
  case WEFT_EPILOGUE_GELU_BACKWARD:
    return operands.bias ? epilogueGeluBackwardSums : epilogueGeluBackward;
  case WEFT_EPILOGUE_SUM_A:
    return epilogueSumsB;
  case WEFT_EPILOGUE_SUM_B:
    return epilogueSumsA;
  }
  __builtin_unreachable();
}

} // namespace

Plan::Plan(const Blas &blas, Handle handle, const WeftMatmul &mm, const MatmulOperands &operands)
    : blas(blas), handle(handle), mm(mm), element(byteSize(mm.dtype, 1)), type(typeOf(mm)) {
  int32_t merged = countMerged(mm);
  loops = mm.batch_rank - merged;
  for (int32_t d = loops; d < mm.batch_rank; ++d)
    count *= mm.batch[d];
  if (merged > 0) {
    int32_t last = mm.batch_rank - 1;
    strideA = mm.stride_a[last], strideB = mm.stride_b[last], strideC = mm.stride_c[last];
  }
  int compute = type == real64 ? compute64 : mm.tf32 ? computeTF32 : compute32;
  check(blas.operationCreate(&operation, compute, type == real64 ? real64 : real32), mm, "describe what to do");
  // Its first factor is our second one.
  int32_t transA = mm.transpose_b, transB = mm.transpose_a;
  blas.operationSet(operation, operationTransA, &transA, sizeof(transA));
  blas.operationSet(operation, operationTransB, &transB, sizeof(transB));
  auto m = static_cast<uint64_t>(mm.m), n = static_cast<uint64_t>(mm.n), k = static_cast<uint64_t>(mm.k);
  this->a = layoutOf(mm.transpose_a ? m : k, mm.transpose_a ? k : m, mm.lda, strideA);
  this->b = layoutOf(mm.transpose_b ? k : n, mm.transpose_b ? n : k, mm.ldb, strideB);
  this->c = layoutOf(n, m, mm.ldc, strideC);
  if (mm.epilogue != WEFT_EPILOGUE_NONE)
    setEpilogue(operands);
  choose(operands.a, operands.b, operands.c);
  const char *wish = getenv("WEFT_LOG_PRODUCTS");
  if (wish && strcmp(wish, "1") == 0)
    log();
}

Plan::~Plan() {
  for (Layout layout : {a, b, c})
    if (layout)
      blas.layoutDestroy(layout);
  if (operation)
    blas.operationDestroy(operation);
}

Layout Plan::layoutOf(uint64_t rows, uint64_t columns, int64_t leading, int64_t stride) const {
  Layout layout = nullptr;
  check(blas.layoutCreate(&layout, type, rows, columns, leading), mm,
        "describe a matrix");
  if (count > 1) {
    auto batch = static_cast<int32_t>(count);
    blas.layoutSet(layout, layoutBatchCount, &batch, sizeof(batch));
    blas.layoutSet(layout, layoutBatchStride, &stride, sizeof(stride));
  }
  return layout;
}

/// Before an algorithm is chosen, which depends on where bias and aux lie: as all buffers of a site, they never move.
void Plan::setEpilogue(const MatmulOperands &operands) const {
  auto set = [&](int what, const auto &value) {
    check(blas.operationSet(operation, what, &value, sizeof(value)), mm, "take an epilogue");
  };
  set(operationEpilogue, epilogueOf(mm, operands));
  if (operands.bias)
    set(operationBias, operands.bias);
  if (!operands.aux)
    return;
  set(operationAux, operands.aux);
  set(operationAuxLeading, mm.n);
}

void Plan::choose(const void *pa, const void *pb, const void *pc) {
  Preference preference = nullptr;
  check(blas.preferenceCreate(&preference), mm, "take preferences");
  blas.preferenceSet(preference, preferenceWorkspace, &mm.workspace_bytes, sizeof(mm.workspace_bytes));
  uint32_t reductions = reductionMask & ~reductionInPlace;
  blas.preferenceSet(preference, preferenceReductions, &reductions, sizeof(reductions));
  // All matrices that calls go over are aligned as the strides between them allow.
  int64_t steps[3] = {0, 0, 0};
  for (int32_t d = 0; d < loops; ++d) {
    steps[0] |= mm.stride_b[d] * element;
    steps[1] |= mm.stride_a[d] * element;
    steps[2] |= mm.stride_c[d] * element;
  }
  const void *pointers[] = {pb, pa, pc, pc};
  for (int i = 0; i < 4; ++i) {
    uint32_t alignment = alignmentOf(pointers[i], steps[std::min(i, 2)]);
    blas.preferenceSet(preference, preferenceAlignmentA + i, &alignment, sizeof(alignment));
  }
  int found = 0;
  Status status = blas.heuristic(handle, operation, b, a, c, c, preference, 1, &chosen, &found);
  blas.preferenceDestroy(preference);
  check(status == 0 && found == 0 ? 15 /* CUBLAS_STATUS_NOT_SUPPORTED */ : status, mm, "find an algorithm");
}

void Plan::log() const {
  auto get = [&](int what) {
    uint32_t value = 0;
    size_t written = 0;
    blas.algorithmGet(&chosen.algorithm, what, &value, sizeof(value), &written);
    return value;
  };
  fprintf(stderr,
          "product %s %s [%" PRId64 ", %" PRId64 ", %" PRId64 "] x %" PRId64
          "%s%s: algorithm %u, tile %u, stages %u, split of K %u, reduction %u, workspace %zu of %" PRIu64 "\n",
          mm.scope, mm.phase, mm.m, mm.n, mm.k, count, *epilogueText(mm) ? " " : "", epilogueText(mm),
          get(algorithmId), get(algorithmTile), get(algorithmStages), get(algorithmSplitK), get(algorithmReduction),
          chosen.workspaceBytes, mm.workspace_bytes);
}

Status Plan::run(const MatmulOperands &operands, bool accumulate, void *workspace, Stream stream) const {
  int64_t calls = 1;
  for (int32_t d = 0; d < loops; ++d)
    calls *= mm.batch[d];
  for (int64_t i = 0; i < calls; ++i) {
    int64_t rest = i, offsetA = 0, offsetB = 0, offsetC = 0;
    for (int32_t d = loops - 1; d >= 0; --d) {
      int64_t at = rest % mm.batch[d];
      rest /= mm.batch[d];
      offsetA += at * mm.stride_a[d];
      offsetB += at * mm.stride_b[d];
      offsetC += at * mm.stride_c[d];
    }
    Status status =
        runOne(static_cast<const char *>(operands.a) + offsetA * element,
               static_cast<const char *>(operands.b) + offsetB * element,
               static_cast<char *>(operands.c) + offsetC * element, accumulate, workspace, stream);
    if (status != 0)
      return status;
  }
  return 0;
}

Status Plan::runOne(const char *pa, const char *pb, char *pc, bool accumulate, void *workspace,
                    Stream stream) const {
  float one32 = 1, beta32 = accumulate ? 1 : 0;
  double one64 = 1, beta64 = accumulate ? 1 : 0;
  bool is32 = type != real64; // what sums are computed in
  const void *alpha = is32 ? static_cast<const void *>(&one32) : &one64;
  const void *beta = is32 ? static_cast<const void *>(&beta32) : &beta64;
  return blas.matmul(handle, operation, alpha, pb, b, pa, a, beta, pc, c, pc, c, &chosen.algorithm, workspace,
                     mm.workspace_bytes, stream);
}

Products::Products(uint64_t textHash) : blas(openBlas(textHash)) {
  if (Status status = blas.create(&handle))
    fail("cuBLASLt does not start on this GPU: status %d; a version for this GPU and driver does", status);
}

Products::~Products() {
  plans.clear();
  blas.destroy(handle);
}

Status Products::run(const WeftMatmul &mm, const MatmulOperands &operands, bool accumulate, void *workspace,
                     Stream stream) {
  std::unique_ptr<Plan> &plan = plans[&mm];
  if (!plan)
    plan = std::make_unique<Plan>(blas, handle, mm, operands);
  return plan->run(operands, accumulate, workspace, stream);
}
