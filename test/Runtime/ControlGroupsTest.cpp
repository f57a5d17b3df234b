// Limits of control groups, read from trees of files that a test writes.
#include "Device/CPU/ControlGroups.h"
#include "TestSupport.h"

#include <filesystem>

using namespace weft::rt;
using namespace weft::rt::test;

namespace {

/// A root with the process's groups and the files of some.
struct Root {
  ScratchDirectory scratch;

  explicit Root(const std::string &groups) { write("proc/self/cgroup", groups); }
  void write(const std::string &name, const std::string &text) {
    std::string path = scratch / name;
    std::filesystem::create_directories(std::filesystem::path(path).parent_path());
    writeFile(path, text);
  }
  ControlGroups groups() const { return ControlGroups(scratch.path.c_str()); }
};

TEST(ControlGroups, WithoutLimitsAreUnlimited) {
  for (const char *text :
       {"", "0::/a/b\n", "3:cpu,cpuacct:/a\n4:memory:/\n", "nonsense", ":\n::\n"}) {
    Root root(text);
    root.write("sys/fs/cgroup/a/b/cpu.max", "max 100000\n");
    root.write("sys/fs/cgroup/cpu/a/cpu.cfs_quota_us", "-1\n");
    root.write("sys/fs/cgroup/memory/memory.limit_in_bytes", "max\n");
    EXPECT_EQ(root.groups().cpus(), unlimited) << text;
    EXPECT_EQ(root.groups().memoryRoom(), unlimited) << text;
  }
}

TEST(ControlGroups, Version2TakesTheLeastUpToTheRoot) {
  Root root("0::/a/b/c\n");
  root.write("sys/fs/cgroup/a/b/c/cpu.max", "800000 100000\n");
  EXPECT_EQ(root.groups().cpus(), 8u);
  root.write("sys/fs/cgroup/a/b/cpu.max", "max 100000\n");
  root.write("sys/fs/cgroup/a/cpu.max", "299999 100000\n");
  EXPECT_EQ(root.groups().cpus(), 2u);
  root.write("sys/fs/cgroup/other/cpu.max", "100000 100000\n");
  root.write("sys/fs/cgroup/a/b/c/d/cpu.max", "100000 100000\n");
  EXPECT_EQ(root.groups().cpus(), 2u) << "of groups that the process is not in";
  root.write("sys/fs/cgroup/cpu.max", "5000 100000\n");
  EXPECT_EQ(root.groups().cpus(), 1u) << "what a container sees as its root, and never 0";

  root.write("sys/fs/cgroup/a/b/c/memory.max", "1000\n");
  root.write("sys/fs/cgroup/a/b/c/memory.current", "100\n");
  EXPECT_EQ(root.groups().memoryRoom(), 900u);
  root.write("sys/fs/cgroup/a/memory.max", "5000\n");
  root.write("sys/fs/cgroup/a/memory.current", "4500\n");
  EXPECT_EQ(root.groups().memoryRoom(), 500u);
  root.write("sys/fs/cgroup/a/memory.current", "6000\n");
  EXPECT_EQ(root.groups().memoryRoom(), 0u);
}

TEST(ControlGroups, Version1TakesTheLeastUpToTheRoot) {
  Root root("5:devices:/x\n4:memory:/m/n\n2:cpuacct,cpu:/slurm/job\n0::/\n");
  root.write("sys/fs/cgroup/cpu/slurm/job/cpu.cfs_quota_us", "400000\n");
  root.write("sys/fs/cgroup/cpu/slurm/job/cpu.cfs_period_us", "100000\n");
  root.write("sys/fs/cgroup/cpu/x/cpu.cfs_quota_us", "100000\n");
  root.write("sys/fs/cgroup/cpu/x/cpu.cfs_period_us", "100000\n");
  EXPECT_EQ(root.groups().cpus(), 4u);
  root.write("sys/fs/cgroup/cpu/slurm/cpu.cfs_quota_us", "75000\n");
  root.write("sys/fs/cgroup/cpu/slurm/cpu.cfs_period_us", "25000\n");
  EXPECT_EQ(root.groups().cpus(), 3u);
  // A group that a container does not see by the name that the machine has for it.
  root.write("sys/fs/cgroup/cpu/cpu.cfs_quota_us", "50000\n");
  root.write("sys/fs/cgroup/cpu/cpu.cfs_period_us", "100000\n");
  EXPECT_EQ(root.groups().cpus(), 1u);

  root.write("sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712\n");
  root.write("sys/fs/cgroup/memory/memory.usage_in_bytes", "12345\n");
  root.write("sys/fs/cgroup/memory/m/memory.limit_in_bytes", "7000\n");
  root.write("sys/fs/cgroup/memory/m/memory.usage_in_bytes", "2000\n");
  EXPECT_EQ(root.groups().memoryRoom(), 5000u);
}

TEST(ControlGroups, OfVersion2BesideVersion1) {
  Root root("1:memory:/\n0::/user\n");
  root.write("sys/fs/cgroup/unified/user/cpu.max", "200000 50000\n");
  EXPECT_EQ(root.groups().cpus(), 4u);
}

} // namespace
