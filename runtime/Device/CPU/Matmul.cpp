// Matrix products: pieces of block_m x block_n, each one single-threaded library call with the
// whole of K, so that a piece's bits depend on its shape alone and not on who computes it.
#include "Device/CPU/LibraryWorkspace.h"
#include "Device/CPU/Piece.h"
#include "Device/CPU/Runtime.h"
#include "Device/Commands.h"
#include "Metrics/Profile.h"
#include "Support/Error.h"

#include <algorithm>
#include <atomic>
#include <cblas.h>
#include <cstdio>
#include <cstdlib>
#include <oneapi/dnnl/dnnl.h>

using namespace weft::rt;

namespace {

template <typename T>
Piece<T> pieceAt(const WeftMatmul &mm, const void *a, const void *b, void *c, int64_t index) {
  // Neighbours share their columns of B, which for a weight is the larger operand.
  int64_t blocksM = divideUp(mm.m, mm.block_m), blocksN = divideUp(mm.n, mm.block_n);
  int64_t i = index % blocksM * mm.block_m;
  int64_t j = index / blocksM % blocksN * mm.block_n;
  int64_t batch = index / (blocksM * blocksN);
  int64_t offsetA = mm.transpose_a ? i : i * mm.lda;
  int64_t offsetB = mm.transpose_b ? j * mm.ldb : j;
  int64_t offsetC = i * mm.ldc + j;
  for (int32_t d = mm.batch_rank - 1; d >= 0; --d) {
    int64_t coordinate = batch % mm.batch[d];
    batch /= mm.batch[d];
    offsetA += coordinate * mm.stride_a[d];
    offsetB += coordinate * mm.stride_b[d];
    offsetC += coordinate * mm.stride_c[d];
  }
  return {static_cast<const T *>(a) + offsetA, static_cast<const T *>(b) + offsetB,
          static_cast<T *>(c) + offsetC, std::min(mm.block_m, mm.m - i),
          std::min(mm.block_n, mm.n - j), mm.k};
}

} // namespace

void weft::rt::multiply(const WeftMatmul &mm, const Piece<float> &p, float beta) {
  if (mm.library == WEFT_OPENBLAS)
    return cblas_sgemm(CblasRowMajor, mm.transpose_a ? CblasTrans : CblasNoTrans,
                       mm.transpose_b ? CblasTrans : CblasNoTrans, static_cast<blasint>(p.m),
                       static_cast<blasint>(p.n), static_cast<blasint>(p.k), 1.0f, p.a,
                       static_cast<blasint>(mm.lda), p.b, static_cast<blasint>(mm.ldb), beta, p.c,
                       static_cast<blasint>(mm.ldc));
  LibraryCall call;
  dnnl_status_t status = dnnl_sgemm(mm.transpose_a ? 'T' : 'N', mm.transpose_b ? 'T' : 'N', p.m,
                                    p.n, p.k, 1.0f, p.a, mm.lda, p.b, mm.ldb, beta, p.c, mm.ldc);
  if (status == dnnl_success)
    return;
  // Only a program that the compiler got wrong comes here, on any thread: there is no way back.
  fprintf(stderr, "error: oneDNN refuses the matrix product of '%s' (%s), status %d\n", mm.scope,
          mm.phase, static_cast<int>(status));
  abort();
}

void weft::rt::multiply(const WeftMatmul &mm, const Piece<double> &p, double beta) {
  cblas_dgemm(CblasRowMajor, mm.transpose_a ? CblasTrans : CblasNoTrans,
              mm.transpose_b ? CblasTrans : CblasNoTrans, static_cast<blasint>(p.m),
              static_cast<blasint>(p.n), static_cast<blasint>(p.k), 1.0, p.a,
              static_cast<blasint>(mm.lda), p.b, static_cast<blasint>(mm.ldb), beta, p.c,
              static_cast<blasint>(mm.ldc));
}

namespace {

template <typename T>
void runPieces(const WeftMatmul &mm, const void *a, const void *b, void *c, bool accumulate,
               int threads) {
  int64_t batch = 1;
  for (int32_t d = 0; d < mm.batch_rank; ++d)
    batch *= mm.batch[d];
  int64_t pieces = batch * divideUp(mm.m, mm.block_m) * divideUp(mm.n, mm.block_n);
  T beta = accumulate ? T(1) : T(0);
  if (threads == 1 || pieces == 1 || batch * mm.m * mm.n * mm.k < smallProduct) {
    for (int64_t i = 0; i < pieces; ++i)
      multiply(mm, pieceAt<T>(mm, a, b, c, i), beta);
    return;
  }
  // Not schedule(dynamic): libomp allocates for it, loop by loop.
  std::atomic<int64_t> next{0};
#pragma omp parallel num_threads(threads)
  for (int64_t i; (i = next.fetch_add(1, std::memory_order_relaxed)) < pieces;)
    multiply(mm, pieceAt<T>(mm, a, b, c, i), beta);
}

} // namespace

void weft_rt_matmul(WeftContext *context, const WeftMatmul *matmul, const void *a, const void *b,
                    void *c) {
  const Runtime &runtime = runtimeOf(context);
  if (runtime.commands)
    return runtime.commands->matmul(*matmul, {a, b, c});
  ProfileScope scope(runtime.profile, matmul);
  bool accumulate = accumulates(*matmul, *context->step);
  withElements(*matmul, [&]<typename T>(T *) {
    runPieces<T>(*matmul, a, b, c, accumulate, runtime.threads);
  });
}

void weft_rt_matmul_epilogue(WeftContext *context, const WeftMatmul *matmul, const void *a, const void *b, void *c,
                             void *bias, void *aux) {
  const Runtime &runtime = runtimeOf(context);
  if (!runtime.commands)
    fail("the matrix product of '%s' (%s) has an epilogue, which only a GPU's library computes", matmul->scope,
         matmul->phase);
  runtime.commands->matmul(*matmul, {a, b, c, bias, aux});
}
