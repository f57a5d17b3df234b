#include "Device/CPU/LibraryWorkspace.h"

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstdlib>
#include <dlfcn.h>
#include <new>
#include <sys/mman.h>

using namespace weft::rt;

namespace {

/// Address space of one thread. With what oneDNN keeps from its first calls, 2.3 MB were in use at
/// most over the shapes of the test, which asserts that every request fits.
constexpr uintptr_t partBytes = 16u << 20;

/// Stands before each block.
struct alignas(64) BlockHeader {
  uintptr_t begin; // where the part's stack stood before
  BlockHeader *previous;
  bool freed;
};

/// One thread's stack of blocks.
struct Part {
  uintptr_t base, top;
  BlockHeader *last = nullptr;
  uintptr_t peak = 0;
};

std::atomic<uintptr_t> regionBegin{0}, regionEnd{0};
std::atomic<uintptr_t> regionNext{0};
std::atomic<uint64_t> misses{0}, peakOfAll{0};

thread_local Part *ownPart = nullptr;
thread_local bool insideCall = false;
alignas(Part) thread_local char partStorage[sizeof(Part)];

void claimPart() {
  if (ownPart || regionNext.load(std::memory_order_relaxed) == 0)
    return;
  uintptr_t base = regionNext.fetch_add(partBytes);
  if (base + partBytes <= regionEnd.load())
    ownPart = new (partStorage) Part{base, base};
}

/// Null if it does not fit.
[[maybe_unused]] void *take(Part &part, size_t alignment, size_t size) {
  alignment = std::max(alignment, alignof(BlockHeader));
  uintptr_t start = (part.top + sizeof(BlockHeader) + alignment - 1) & ~(alignment - 1);
  if (start > part.base + partBytes || size > part.base + partBytes - start)
    return nullptr;
  auto *header = reinterpret_cast<BlockHeader *>(start - sizeof(BlockHeader));
  *header = {part.top, part.last, false};
  part.last = header;
  part.top = start + size;
  if (part.top - part.base > part.peak) {
    part.peak = part.top - part.base;
    uint64_t known = peakOfAll.load(std::memory_order_relaxed);
    while (known < part.peak && !peakOfAll.compare_exchange_weak(known, part.peak)) {
    }
  }
  return reinterpret_cast<void *>(start);
}

/// Marks the block as free and drops the free blocks on top of the stack. A block that another
/// thread frees (a library's global, at exit) is left alone.
[[maybe_unused]] void giveBack(void *pointer) {
  uintptr_t address = reinterpret_cast<uintptr_t>(pointer);
  Part *part = ownPart;
  if (!part || address < part->base || address >= part->base + partBytes)
    return;
  (reinterpret_cast<BlockHeader *>(pointer) - 1)->freed = true;
  while (part->last && part->last->freed) {
    part->top = part->last->begin;
    part->last = part->last->previous;
  }
}

} // namespace

void weft::rt::reserveLibraryWorkspace(int threads) {
  if (regionBegin.load())
    return;
  uintptr_t bytes = partBytes * static_cast<uintptr_t>(threads);
  void *mapped = mmap(nullptr, bytes, PROT_READ | PROT_WRITE,
                      MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (mapped == MAP_FAILED)
    return; // the heap serves
  regionBegin = regionNext = reinterpret_cast<uintptr_t>(mapped);
  regionEnd = regionBegin + bytes;
}

LibraryCall::LibraryCall() {
  claimPart();
  insideCall = true;
}

LibraryCall::~LibraryCall() { insideCall = false; }

uint64_t weft::rt::libraryWorkspaceMisses() { return misses.load(); }
uint64_t weft::rt::libraryWorkspacePeak() { return peakOfAll.load(); }

// AddressSanitizer brings its own, and must see every block.
#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define WEFT_RT_NO_INTERPOSITION
#endif
#endif

#ifndef WEFT_RT_NO_INTERPOSITION

extern "C" void *__libc_memalign(size_t, size_t);
extern "C" void __libc_free(void *);

namespace {

// What would have been called without us: the C library's, or that of a preloaded library. Until
// they are known (the dynamic linker frees before constructors run), the C library's directly.
int (*nextMemalign)(void **, size_t, size_t) = nullptr;
void (*nextFree)(void *) = nullptr;

__attribute__((constructor(101))) void findNext() {
  auto memalign = reinterpret_cast<decltype(nextMemalign)>(dlsym(RTLD_NEXT, "posix_memalign"));
  auto release = reinterpret_cast<decltype(nextFree)>(dlsym(RTLD_NEXT, "free"));
  nextMemalign = memalign;
  nextFree = release;
}

} // namespace

extern "C" __attribute__((visibility("default"))) int
posix_memalign(void **result, size_t alignment, size_t size) noexcept {
  if (insideCall) {
    if (ownPart && (*result = take(*ownPart, alignment, size)))
      return 0;
    misses.fetch_add(1, std::memory_order_relaxed);
  }
  if (nextMemalign)
    return nextMemalign(result, alignment, size);
  *result = __libc_memalign(alignment, size);
  return *result ? 0 : ENOMEM;
}

extern "C" __attribute__((visibility("default"))) void free(void *pointer) noexcept {
  uintptr_t address = reinterpret_cast<uintptr_t>(pointer);
  if (address >= regionBegin.load(std::memory_order_relaxed) &&
      address < regionEnd.load(std::memory_order_relaxed))
    return giveBack(pointer);
  if (nextFree)
    return nextFree(pointer);
  __libc_free(pointer);
}

#endif // WEFT_RT_NO_INTERPOSITION
