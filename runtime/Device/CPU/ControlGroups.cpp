#include "Device/CPU/ControlGroups.h"

#include <algorithm>
#include <climits>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <string_view>
#include <unistd.h>

using namespace weft::rt;

namespace {

FileText readIn(const char *directory, const char *name) {
  char path[PATH_MAX + 64];
  snprintf(path, sizeof(path), "%s/%s", directory, name);
  return readKernelFile(path);
}

/// "max", a missing file and -1 are no number.
bool isNumber(const FileText &text) { return text[0] >= '0' && text[0] <= '9'; }

uint64_t numberOf(const FileText &text) { return strtoull(text.data(), nullptr, 10); }

/// `limit - used` of two files with one number each.
uint64_t memoryRoomOf(const char *directory, const char *limitName, const char *usedName) {
  FileText limit = readIn(directory, limitName);
  if (!isNumber(limit))
    return unlimited;
  uint64_t most = numberOf(limit), used = numberOf(readIn(directory, usedName));
  return most > used ? most - used : 0;
}

uint64_t cpusOf(uint64_t quota, uint64_t period) {
  return period == 0 ? unlimited : std::max<uint64_t>(1, quota / period);
}

/// Version 1: two files, microseconds of each period.
uint64_t quotaOf1(const char *directory) {
  FileText quota = readIn(directory, "cpu.cfs_quota_us");
  return isNumber(quota) ? cpusOf(numberOf(quota), numberOf(readIn(directory, "cpu.cfs_period_us")))
                         : unlimited;
}

/// Version 2: one file, "50000 100000".
uint64_t quotaOf2(const char *directory) {
  FileText both = readIn(directory, "cpu.max");
  if (!isNumber(both))
    return unlimited;
  char *rest = nullptr;
  uint64_t quota = strtoull(both.data(), &rest, 10);
  return cpusOf(quota, strtoull(rest, nullptr, 10));
}

/// Whether a list "cpu,cpuacct" has a name.
bool lists(std::string_view list, std::string_view name) {
  for (size_t begin = 0; begin <= list.size();) {
    size_t end = std::min(list.find(',', begin), list.size());
    if (list.substr(begin, end - begin) == name)
      return true;
    begin = end + 1;
  }
  return false;
}

} // namespace

FileText weft::rt::readKernelFile(const char *path) {
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

/// Calls `use` with the group's directory and those above it, up to where the hierarchy is mounted.
template <typename Use>
void ControlGroups::walkUp(const char *mount, const char *group, Use use) const {
  char directory[PATH_MAX];
  size_t top = static_cast<size_t>(
      snprintf(directory, sizeof(directory), "%s/sys/fs/cgroup%s", root, mount));
  snprintf(directory + top, sizeof(directory) - top, "%s", group);
  while (true) {
    use(directory);
    char *slash = strrchr(directory + top, '/');
    if (!slash)
      return;
    *slash = '\0';
  }
}

/// A line of /proc/self/cgroup is "4:cpu,cpuacct:/group", or "0::/group" in version 2, which has
/// one hierarchy.
template <typename Use> void ControlGroups::forEachGroup(const char *controller, Use use) const {
  char mount[64];
  snprintf(mount, sizeof(mount), "/%s", controller);
  walkUp(mount, "", use);
  walkUp("", "", use);
  FileText groups = readIn(root, "proc/self/cgroup");
  char *next = groups.data();
  while (char *line = strsep(&next, "\n")) {
    strsep(&line, ":");
    char *controllers = strsep(&line, ":");
    if (!line)
      continue;
    if (lists(controllers, controller))
      walkUp(mount, line, use);
    if (!*controllers)
      for (const char *each : {"", "/unified"})
        walkUp(each, line, use);
  }
}

uint64_t ControlGroups::memoryRoom() const {
  uint64_t room = unlimited;
  forEachGroup("memory", [&](const char *directory) {
    room =
        std::min({room, memoryRoomOf(directory, "memory.limit_in_bytes", "memory.usage_in_bytes"),
                  memoryRoomOf(directory, "memory.max", "memory.current")});
  });
  return room;
}

uint64_t ControlGroups::cpus() const {
  uint64_t cpus = unlimited;
  forEachGroup("cpu", [&](const char *directory) {
    cpus = std::min({cpus, quotaOf1(directory), quotaOf2(directory)});
  });
  return cpus;
}
