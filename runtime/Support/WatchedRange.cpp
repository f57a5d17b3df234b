// A signal handler finds the range by the address and maps zeros there, so that the instruction
// that read it can go on. (Jumping out of it instead would skip destructors, and cannot leave a
// parallel region.)
#include "Support/WatchedRange.h"

#include <atomic>
#include <cerrno>
#include <csignal>
#include <mutex>
#include <sys/mman.h>
#include <unistd.h>
#include <utility>

using namespace weft::rt;

/// What the handler reads: never freed, only used again.
struct WatchedRange::Slot {
  std::atomic<uintptr_t> begin{0}, end{0}; // empty: nobody's
  std::atomic<bool> broken{false};
  Slot *next = nullptr;

  static std::atomic<Slot *> first;
  static std::mutex mutex; // of those who take and give back slots
  static struct sigaction before;

  static void handle(int, siginfo_t *info, void *);
  static void install();
  bool putZeros(uintptr_t at);
};

std::atomic<WatchedRange::Slot *> WatchedRange::Slot::first{nullptr};
std::mutex WatchedRange::Slot::mutex;
struct sigaction WatchedRange::Slot::before = {};

/// Zeros from the page of `at` to the end, if `at` is in the range.
bool WatchedRange::Slot::putZeros(uintptr_t at) {
  static const auto page = static_cast<uintptr_t>(sysconf(_SC_PAGESIZE));
  uintptr_t to = end;
  if (at < begin || at >= to)
    return false;
  at = at / page * page;
  broken = true;
  return mmap(reinterpret_cast<void *>(at), to - at, PROT_READ,
              MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED | MAP_NORESERVE, -1, 0) != MAP_FAILED;
}

void WatchedRange::Slot::handle(int, siginfo_t *info, void *) {
  int error = errno;
  bool isHandled = false;
  for (Slot *slot = first; slot && !isHandled; slot = slot->next)
    isHandled = slot->putZeros(reinterpret_cast<uintptr_t>(info->si_addr));
  // Not one of ours: the instruction runs again, and what was there before sees it.
  if (!isHandled)
    sigaction(SIGBUS, &before, nullptr);
  errno = error;
}

void WatchedRange::Slot::install() {
  struct sigaction action = {};
  action.sa_sigaction = handle;
  action.sa_flags = SA_SIGINFO | SA_RESTART;
  sigaction(SIGBUS, &action, &before);
}

WatchedRange::WatchedRange(const char *begin, uint64_t bytes) {
  std::lock_guard<std::mutex> lock(Slot::mutex);
  if (!Slot::first)
    Slot::install();
  slot = Slot::first;
  while (slot && slot->end != 0)
    slot = slot->next;
  if (!slot) {
    slot = new Slot;
    slot->next = Slot::first;
    Slot::first = slot;
  }
  slot->broken = false;
  slot->begin = reinterpret_cast<uintptr_t>(begin);
  slot->end = slot->begin + bytes;
}

WatchedRange::WatchedRange(WatchedRange &&other) noexcept
    : slot(std::exchange(other.slot, nullptr)) {}

WatchedRange &WatchedRange::operator=(WatchedRange &&other) noexcept {
  std::swap(slot, other.slot);
  return *this;
}

WatchedRange::~WatchedRange() {
  if (!slot)
    return;
  std::lock_guard<std::mutex> lock(Slot::mutex);
  slot->end = 0;
}

bool WatchedRange::isBroken() const { return slot && slot->broken; }
