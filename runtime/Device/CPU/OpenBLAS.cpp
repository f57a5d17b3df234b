// What Debian's serial OpenBLAS 0.3.21 needs to be right and fast when several threads call it.
//
// Its pool of packing buffers is not safe: blas_memory_alloc takes its lock only to initialise, and
// drops it before it looks for a free buffer, so that two threads can be given the same one (seen:
// wrong products, test OpenBLASThreads). The linker's --wrap therefore replaces the pool by one
// buffer for each thread, which also never grows after the first step.
#include "Device/CPU/OpenBLAS.h"

#include "Support/Error.h"

#include <cstdio>
#include <cstdlib>
#include <sys/mman.h>

extern "C" void *blas_memory_alloc(int); // OpenBLAS's headers do not declare it

namespace {

/// OpenBLAS's own BUFFER_SIZE on x86-64: address space, of which a product touches a few MiB.
constexpr size_t bufferBytes = size_t(32) << 22;

thread_local void *ownBuffer = nullptr;

// Debian's OpenBLAS 0.3.21 does not know CPUs that are newer than itself: it takes an Emerald
// Rapids for a Prescott, at a fifth of the speed. Its constructor reads OPENBLAS_CORETYPE, so the
// variable is set by a constructor of a higher priority, unless the user has set it.
__attribute__((constructor(101))) void chooseCoreType() {
  __builtin_cpu_init();
  const char *type = nullptr;
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
      __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl"))
    type = "SKYLAKEX";
  else if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"))
    type = "HASWELL";
  if (type)
    setenv("OPENBLAS_CORETYPE", type, /*overwrite=*/0);
}

} // namespace

/// Called by OpenBLAS in place of blas_memory_alloc. There is no way to report a failure.
extern "C" void *__wrap_blas_memory_alloc(int) {
  if (ownBuffer)
    return ownBuffer;
  void *mapped = mmap(nullptr, bufferBytes, PROT_READ | PROT_WRITE,
                      MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (mapped == MAP_FAILED) {
    fprintf(stderr, "error: not enough address space for a buffer of OpenBLAS: %zu bytes\n",
            bufferBytes);
    abort();
  }
  return ownBuffer = mapped;
}

extern "C" void __wrap_blas_memory_free(void *) {}

void weft::rt::reserveOpenBLASBuffer() {
  void *given = blas_memory_alloc(0);
  if (given != ownBuffer)
    fail("this executable was linked without the flags of weft-rt.link, which OpenBLAS needs");
}
