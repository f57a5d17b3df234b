#include "sim/Driver/Memory.h"

#include <cstdlib>
#include <cstring>
#include <sys/mman.h>
#include <unistd.h>

using namespace weft::sim;

namespace {

size_t roundToPages(size_t bytes) {
  auto page = static_cast<size_t>(sysconf(_SC_PAGESIZE));
  return (bytes + page - 1) / page * page;
}

} // namespace

DeviceMemory &DeviceMemory::get() {
  static DeviceMemory memory;
  return memory;
}

size_t DeviceMemory::total() const {
  static const char *wish = getenv("WEFT_SIM_MEMORY");
  return wish ? strtoull(wish, nullptr, 10) : size_t(8) << 30;
}

char *DeviceMemory::allocate(size_t bytes) {
  if (bytes == 0 || bytes > free())
    return nullptr;
  void *mapped = mmap(nullptr, roundToPages(bytes), PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (mapped == MAP_FAILED)
    return nullptr;
  memset(mapped, 0xFF, bytes);
  auto *begin = static_cast<char *>(mapped);
  regions[begin] = bytes;
  taken += bytes;
  protect(depth > 0 ? PROT_READ | PROT_WRITE : PROT_NONE);
  return begin;
}

bool DeviceMemory::release(char *begin) {
  auto found = regions.find(begin);
  if (found == regions.end())
    return false;
  munmap(begin, roundToPages(found->second));
  taken -= found->second;
  regions.erase(found);
  return true;
}

bool DeviceMemory::contains(const char *begin, size_t bytes) const {
  auto next = regions.upper_bound(const_cast<char *>(begin));
  if (next == regions.begin())
    return false;
  auto [region, size] = *std::prev(next);
  return begin + bytes <= region + size;
}

std::vector<std::span<char>> DeviceMemory::allocations() const {
  std::vector<std::span<char>> all;
  for (auto [begin, bytes] : regions)
    all.emplace_back(begin, bytes);
  return all;
}

void DeviceMemory::enter() {
  if (depth++ == 0)
    protect(PROT_READ | PROT_WRITE);
}

void DeviceMemory::leave() {
  if (--depth == 0)
    protect(PROT_NONE);
}

void DeviceMemory::protect(int access) {
  for (auto [begin, bytes] : regions)
    mprotect(begin, roundToPages(bytes), access);
}
