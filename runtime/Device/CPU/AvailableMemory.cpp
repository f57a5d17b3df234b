// What the kernel says about memory, read without allocating.
#include "Device/CPU/Memory.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <limits>
#include <sys/resource.h>
#include <unistd.h>

using namespace weft::rt;

namespace {

constexpr uint64_t unlimited = std::numeric_limits<uint64_t>::max();

using FileText = std::array<char, 8192>;

/// A small file of /proc or /sys as text; "" if it cannot be read.
FileText readText(const char *path) {
  FileText text{};
  int descriptor = open(path, O_RDONLY | O_CLOEXEC);
  if (descriptor < 0)
    return text;
  size_t used = 0;
  ssize_t got;
  while (used + 1 < text.size() &&
         (got = read(descriptor, text.data() + used, text.size() - 1 - used)) > 0)
    used += static_cast<size_t>(got);
  close(descriptor);
  text[used] = '\0';
  return text;
}

/// The value of a line "Name:   123 kB" in bytes, or -1.
int64_t kilobyteField(const FileText &text, const char *name) {
  for (const char *line = text.data(); line && *line; line = strchr(line, '\n')) {
    line += *line == '\n';
    if (strncmp(line, name, strlen(name)) == 0)
      return static_cast<int64_t>(strtoull(line + strlen(name), nullptr, 10) * 1024);
  }
  return -1;
}

/// `limit - used` of two files with one number each; "max" and missing files are unlimited.
uint64_t groupRoom(const char *directory, const char *limitName, const char *usedName) {
  char path[4352];
  snprintf(path, sizeof(path), "%s/%s", directory, limitName);
  FileText limit = readText(path);
  if (limit[0] < '0' || limit[0] > '9')
    return unlimited;
  snprintf(path, sizeof(path), "%s/%s", directory, usedName);
  uint64_t most = strtoull(limit.data(), nullptr, 10);
  uint64_t used = strtoull(readText(path).data(), nullptr, 10);
  return most > used ? most - used : 0;
}

/// The least room in this process's control group and all groups above it (version 2), or in the
/// group that a container sees as its root (version 1).
uint64_t controlGroupRoom() {
  uint64_t room =
      groupRoom("/sys/fs/cgroup/memory", "memory.limit_in_bytes", "memory.usage_in_bytes");
  FileText groups = readText("/proc/self/cgroup");
  char *own = strstr(groups.data(), "0::");
  if (!own)
    return room;
  own[strcspn(own, "\n")] = '\0';
  char directory[4096];
  snprintf(directory, sizeof(directory), "/sys/fs/cgroup%s", own + 3);
  size_t root = strlen("/sys/fs/cgroup");
  while (true) {
    room = std::min(room, groupRoom(directory, "memory.max", "memory.current"));
    char *slash = strrchr(directory, '/');
    if (static_cast<size_t>(slash - directory) < root)
      return room;
    *slash = '\0';
  }
}

uint64_t addressSpaceRoom() {
  rlimit limit;
  if (getrlimit(RLIMIT_AS, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY)
    return unlimited;
  uint64_t pages = strtoull(readText("/proc/self/statm").data(), nullptr, 10);
  uint64_t used = pages * static_cast<uint64_t>(sysconf(_SC_PAGESIZE));
  return limit.rlim_cur > used ? limit.rlim_cur - used : 0;
}

} // namespace

uint64_t weft::rt::availableMemory() {
  int64_t machine = kilobyteField(readText("/proc/meminfo"), "MemAvailable:");
  uint64_t room = machine < 0 ? unlimited : static_cast<uint64_t>(machine);
  return std::min({room, controlGroupRoom(), addressSpaceRoom()});
}

int64_t weft::rt::anonymousMemory() {
  return kilobyteField(readText("/proc/self/smaps_rollup"), "Anonymous:");
}
