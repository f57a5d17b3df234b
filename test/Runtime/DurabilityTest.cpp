// What a power cut can leave of checkpoints: the order of writes, syncs, renames and removals of
// whole runs, as DurabilityHook.cpp notes it. A disk may hold names and contents that were not
// synced in any order, or not at all.
#include "Trial.h"

#include <algorithm>
#include <map>

using namespace weft::rt;
using namespace weft::rt::test;

namespace {

struct Event {
  std::string what, path, to;
};

std::vector<Event> readTrace(const std::string &path) {
  std::vector<Event> events;
  std::istringstream lines(readFile(path));
  for (std::string line; std::getline(lines, line);) {
    size_t first = line.find('\t'), second = line.find('\t', first + 1);
    events.push_back({line.substr(0, first), line.substr(first + 1, second - first - 1),
                      line.substr(second + 1)});
  }
  return events;
}

std::string parentOf(const std::string &path) { return std::filesystem::path(path).parent_path(); }
std::string nameOf(const std::string &path) { return std::filesystem::path(path).filename(); }
bool isCheckpoint(const std::string &path) { return nameOf(path).compare(0, 5, "step-") == 0; }

/// What of a tree of files is on the disk, after each of a run's events.
class Disk {
public:
  explicit Disk(std::string log) : log(std::move(log)) {}

  /// What was done too early, one a line.
  std::string faults;

  void apply(const Event &event) {
    if (event.what == "create")
      enter(event.path, false);
    else if (event.what == "write")
      contents[event.path] = false;
    else if (event.what == "sync")
      sync(event.path);
    else if (event.what == "rename")
      rename(event.path, event.to);
    else if (event.what == "link")
      link(event.path, event.to);
    else
      remove(event.path);
  }

  /// Before the next checkpoint begins, and at the end of the run, nothing is left to chance.
  void finish(const std::string &when) {
    for (const std::string &path : renamed)
      require(!names.count(path) || names[path], when,
              "the name of " + path + " is not on the disk");
  }

private:
  void require(bool holds, const std::string &when, const std::string &what) {
    if (!holds)
      faults += when + ": " + what + "\n";
  }

  void enter(const std::string &path, bool isOnDisk) {
    if (nameOf(path).compare(0, 6, ".step-") == 0)
      finish("creation of " + nameOf(path));
    names[path] = isOnDisk;
    contents.try_emplace(path, isOnDisk);
  }

  /// Of a file its contents; of a folder the names in it.
  void sync(const std::string &path) {
    contents[path] = true;
    for (auto &[name, isOnDisk] : names)
      if (parentOf(name) == path)
        isOnDisk = true;
  }

  bool isWhole(const std::string &folder) {
    for (const auto &[path, isOnDisk] : names)
      if (parentOf(path) == folder && !(isOnDisk && contents[path]))
        return false;
    return names.count(folder + "/run.json") > 0;
  }

  void link(const std::string &target, const std::string &path) {
    enter(path, false);
    contents[path] = true;
    targets[path] = parentOf(path) + "/" + target;
  }

  /// What gets its name must be whole by then.
  void rename(const std::string &from, const std::string &to) {
    std::string when = "rename to " + nameOf(to);
    if (isCheckpoint(to)) {
      require(isWhole(from), when, "a file of it, or its name, is not on the disk");
      require(!names.count(log) || contents[log], when, "its steps are not in the log");
    } else if (nameOf(to) == "latest") {
      std::string target = targets[from];
      require(isCheckpoint(target) && names[target] && isWhole(target), when,
              "its target is not on the disk");
    } else if (!isCheckpoint(from)) {
      require(contents[from], when, "its contents are not on the disk");
    }
    move(contents, from, to);
    move(names, from, to);
    move(targets, from, to);
    names[to] = false;
    renamed.insert(to);
    contents.try_emplace(to, true);
  }

  template <typename Map>
  static void move(Map &map, const std::string &from, const std::string &to) {
    auto isIn = [](const std::string &path, const std::string &tree) {
      return path == tree || path.compare(0, tree.size() + 1, tree + "/") == 0;
    };
    Map moved;
    for (auto &[path, value] : map)
      if (isIn(path, from))
        moved[to + path.substr(from.size())] = value;
      else if (!isIn(path, to))
        moved[path] = value;
    map = moved;
  }

  /// A checkpoint goes when a newer one, and that `latest` is that one, is on the disk.
  void remove(const std::string &path) {
    std::string folder = parentOf(path), directory = parentOf(folder);
    bool isOfCheckpoint = isCheckpoint(folder) && nameOf(path) != "evaluation-due";
    if (isOfCheckpoint && names.count(path)) {
      std::string latest = directory + "/latest", newest = targets[latest];
      require(newest > folder && names[newest] && isWhole(newest), "removal of " + nameOf(folder),
              "no newer checkpoint is on the disk");
      require(names[latest], "removal of " + nameOf(folder), "`latest` may still lead there");
    }
    if (nameOf(path) == "evaluation-due" && isCheckpoint(folder) &&
        targets[directory + "/latest"] == folder)
      require(contents[log], "removal of evaluation-due", "its loss is not in the log");
    require(nameOf(path) != "latest", "removal of latest", "it is switched by a rename");
    names.erase(path);
    contents.erase(path);
  }

  std::string log;
  std::map<std::string, bool> names, contents; // path: whether it is on the disk
  std::map<std::string, std::string> targets;  // of links
  std::set<std::string> renamed;
};

std::string faultsOf(const std::vector<Event> &events, const std::string &log) {
  Disk disk(log);
  for (const Event &event : events)
    disk.apply(event);
  disk.finish("end");
  return disk.faults;
}

/// A run with everything that writes: checkpoints of which two stay, evaluations, a log, a dump.
std::vector<Event> traceOf(const Trial &run) {
  std::string trace = run.scratch / "trace";
  Outcome outcome = runProcess(
      run.command(FAKE_F32,
                  {"--checkpoint-dir", run.checkpoint, "--checkpoint-every", "2", "--keep", "2",
                   "--log", run.log, "--val-data", run.text, "--eval-batches", "2", "--eval-every",
                   "4", "--dump-gradients", run.scratch / "gradients"},
                  "12"),
      {std::string("LD_PRELOAD=") + DURABILITY_HOOK, "WEFT_TEST_TRACE=" + trace});
  EXPECT_EQ(outcome.code, 0) << outcome.err;
  return readTrace(trace);
}

TEST(Durability, APowerCutLeavesAWholeCheckpoint) {
  Trial run;
  std::vector<Event> events = traceOf(run);
  EXPECT_EQ(faultsOf(events, run.log), "");
  auto count = [&](const char *what) {
    return std::count_if(events.begin(), events.end(),
                         [&](const Event &event) { return event.what == what; });
  };
  EXPECT_EQ(count("rename"), 13) << "six checkpoints, six times `latest`, one dump";
  EXPECT_EQ(count("link"), 6);
  // The negative control: without any one of its syncs a run is found out.
  EXPECT_GE(count("sync"), 6 * 7);
  for (size_t i = 0; i < events.size(); ++i) {
    if (events[i].what != "sync")
      continue;
    std::vector<Event> fewer = events;
    fewer.erase(fewer.begin() + static_cast<ptrdiff_t>(i));
    EXPECT_NE(faultsOf(fewer, run.log), "") << "sync " << i << " of " << events[i].path;
  }
}

} // namespace
