#include "Device/CPU/Memory.h"

#include "Support/Error.h"

#include <algorithm>
#include <cerrno>
#include <cinttypes>
#include <cstring>
#include <sys/mman.h>
#include <unistd.h>
#include <utility>

using namespace weft::rt;

namespace {

uint64_t pageBytes() { return static_cast<uint64_t>(sysconf(_SC_PAGESIZE)); }

uint64_t roundToPages(uint64_t bytes) {
  uint64_t page = pageBytes();
  return (bytes + page - 1) / page * page;
}

/// Asks for what the plan needs before anything is taken, so that the message comes instead of
/// the kernel's killer.
void checkFits(const WeftModule &module) {
  uint64_t free = availableMemory();
  if (module.total_bytes > free)
    fail("not enough memory: '%s' needs %" PRIu64 " bytes (state %" PRIu64 ", arena %" PRIu64
         ", input %" PRIu64 ", step %" PRIu64 ") and %" PRIu64
         " are free; free memory, or compile for a smaller batch",
         module.name, module.total_bytes, module.state_bytes, module.arena_bytes,
         module.input_bytes, module.step_bytes, free);
}

} // namespace

Region::Region(const char *what, uint64_t bytes, int threads) : length(roundToPages(bytes)) {
  if (length == 0)
    return;
  void *mapped = mmap(nullptr, length, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (mapped == MAP_FAILED)
    fail("not enough memory: cannot allocate %" PRIu64 " bytes for the %s: %s", bytes, what,
         strerror(errno));
  begin = static_cast<char *>(mapped);
  madvise(begin, length, MADV_HUGEPAGE);
  // Every page is taken now: a machine that has less than it promised says so before step 1, and
  // on several sockets the pages lie near the threads that work on these parts.
  int64_t pages = static_cast<int64_t>(length / pageBytes());
  uint64_t step = pageBytes();
#pragma omp parallel for num_threads(threads) schedule(static)
  for (int64_t i = 0; i < pages; ++i)
    static_cast<volatile char *>(begin)[static_cast<uint64_t>(i) * step] = 0;
}

Region::~Region() {
  if (begin)
    munmap(begin, length);
}

Region &Region::operator=(Region &&other) noexcept {
  std::swap(begin, other.begin);
  std::swap(length, other.length);
  return *this;
}

uint64_t Region::resident() const { return length; }

ModuleMemory::ModuleMemory(const WeftModule &module, int threads) {
  checkFits(module);
  stateRegion = Region("state", module.state_bytes, threads);
  arenaRegion = Region("arena", module.arena_bytes, threads);
  inputRegion = Region("input block", module.input_bytes, threads);
  stepRegion = Region("step block", module.step_bytes, threads);
}

uint64_t ModuleMemory::resident() const {
  return stateRegion.resident() + arenaRegion.resident() + inputRegion.resident() +
         stepRegion.resident();
}
