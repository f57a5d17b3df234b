// A shared library that sees every allocation of every thread: linked in front of libc, or
// preloaded into a training executable (LD_PRELOAD). While `weft_rt_steady` of the executable is
// not 0, an allocation is counted, and the first ones are reported on stderr with their callers.
// The process then ends with exit code 97, so that nobody can miss it.
#include <atomic>
#include <cstdarg>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <dlfcn.h>
#include <execinfo.h>
#include <sys/mman.h>
#include <unistd.h>

extern "C" {
void *__libc_malloc(size_t);
void *__libc_calloc(size_t, size_t);
void *__libc_realloc(void *, size_t);
void *__libc_memalign(size_t, size_t);
void *__mmap(void *, size_t, int, int, int, off_t);
}

namespace {

constexpr int64_t reported = 5;
constexpr int exitCode = 97;

std::atomic<int64_t> seen{0};
volatile int32_t *steady = nullptr;
using MapFn = void *(*)(void *, size_t, int, int, int, off_t);
MapFn nextMap = nullptr;
thread_local bool inside = false;

__attribute__((constructor)) void start() {
  // backtrace loads a library at its first call.
  void *warmUp[2];
  backtrace(warmUp, 2);
  nextMap = reinterpret_cast<MapFn>(dlsym(RTLD_NEXT, "mmap"));
  steady = static_cast<volatile int32_t *>(dlsym(RTLD_DEFAULT, "weft_rt_steady"));
}

__attribute__((destructor)) void finish() {
  if (seen > 0)
    _exit(exitCode);
}

void note(const char *what, size_t size) {
  if (!steady || *steady == 0 || inside)
    return;
  inside = true;
  if (seen.fetch_add(1) < reported) {
    char line[128];
    int length = snprintf(line, sizeof(line), "allocation after step 1: %s of %zu bytes, from\n",
                          what, size);
    if (write(STDERR_FILENO, line, static_cast<size_t>(length)) < 0)
      abort();
    void *callers[24];
    backtrace_symbols_fd(callers, backtrace(callers, 24), STDERR_FILENO);
  }
  inside = false;
}

} // namespace

extern "C" {

// operator new of every library ends here.
void *malloc(size_t size) {
  note("malloc", size);
  return __libc_malloc(size);
}

void *calloc(size_t count, size_t size) {
  note("calloc", count * size);
  return __libc_calloc(count, size);
}

void *realloc(void *pointer, size_t size) {
  note("realloc", size);
  return __libc_realloc(pointer, size);
}

void *memalign(size_t alignment, size_t size) {
  note("memalign", size);
  return __libc_memalign(alignment, size);
}

void *aligned_alloc(size_t alignment, size_t size) {
  note("aligned_alloc", size);
  return __libc_memalign(alignment, size);
}

int posix_memalign(void **result, size_t alignment, size_t size) {
  note("posix_memalign", size);
  *result = __libc_memalign(alignment, size);
  return *result ? 0 : 12;
}

void *mmap(void *address, size_t length, int protection, int flags, int descriptor, off_t offset) {
  note("mmap", length);
  if (!nextMap)
    nextMap = reinterpret_cast<MapFn>(dlsym(RTLD_NEXT, "mmap"));
  return nextMap(address, length, protection, flags, descriptor, offset);
}

void *mmap64(void *address, size_t length, int protection, int flags, int descriptor,
             off_t offset) {
  return mmap(address, length, protection, flags, descriptor, offset);
}

/// How many were seen so far.
int64_t weft_test_allocations() { return seen; }
}
