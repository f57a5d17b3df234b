// What the kernel says about memory, read without allocating.
#include "Device/CPU/ControlGroups.h"
#include "Device/CPU/Memory.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <sys/resource.h>
#include <unistd.h>

using namespace weft::rt;

namespace {

/// The value of a line "Name:   123 kB" in bytes, or -1.
int64_t kilobyteField(const FileText &text, const char *name) {
  for (const char *line = text.data(); line && *line; line = strchr(line, '\n')) {
    line += *line == '\n';
    if (strncmp(line, name, strlen(name)) == 0)
      return static_cast<int64_t>(strtoull(line + strlen(name), nullptr, 10) * 1024);
  }
  return -1;
}

uint64_t addressSpaceRoom() {
  rlimit limit;
  if (getrlimit(RLIMIT_AS, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY)
    return unlimited;
  uint64_t pages = strtoull(readKernelFile("/proc/self/statm").data(), nullptr, 10);
  uint64_t used = pages * static_cast<uint64_t>(sysconf(_SC_PAGESIZE));
  return limit.rlim_cur > used ? limit.rlim_cur - used : 0;
}

} // namespace

uint64_t weft::rt::availableMemory() {
  int64_t machine = kilobyteField(readKernelFile("/proc/meminfo"), "MemAvailable:");
  uint64_t room = machine < 0 ? unlimited : static_cast<uint64_t>(machine);
  return std::min({room, ControlGroups().memoryRoom(), addressSpaceRoom()});
}

int64_t weft::rt::anonymousMemory() {
  return kilobyteField(readKernelFile("/proc/self/smaps_rollup"), "Anonymous:");
}
