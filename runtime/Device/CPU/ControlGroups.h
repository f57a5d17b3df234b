// What this process's control groups leave it, of versions 1 and 2.
#ifndef WEFT_RT_DEVICE_CPU_CONTROLGROUPS_H
#define WEFT_RT_DEVICE_CPU_CONTROLGROUPS_H

#include <array>
#include <cstdint>
#include <limits>

namespace weft::rt {

constexpr uint64_t unlimited = std::numeric_limits<uint64_t>::max();

using FileText = std::array<char, 8192>;

/// A small file of /proc or /sys as text; "" if it cannot be read. Allocates nothing.
FileText readKernelFile(const char *path);

/// Limits hold for the group that a process is in and for all above it. A container sees its own
/// group as the root of all: the walk ends there in any case. Allocates nothing.
class ControlGroups {
public:
  /// `root`: of the tree that has `proc` and `sys`, another one in tests; lives as long as this
  /// does.
  explicit ControlGroups(const char *root = "") : root(root) {}

  /// Bytes that can still be taken: the least of limit minus use. `unlimited` without a limit.
  uint64_t memoryRoom() const;
  /// CPUs' worth of time that may be used, rounded down and at least 1: threads that wait for each
  /// other while the group is halted gain nothing. `unlimited` without a quota.
  uint64_t cpus() const;

private:
  template <typename Use> void forEachGroup(const char *controller, Use use) const;
  template <typename Use> void walkUp(const char *mount, const char *group, Use use) const;

  const char *root;
};

} // namespace weft::rt

#endif // WEFT_RT_DEVICE_CPU_CONTROLGROUPS_H
