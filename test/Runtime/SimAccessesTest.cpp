// The simulated GPU's record of accesses against the definition of a race: threads whose accesses
// are listed here, run as a kernel's.
#include "sim/Block.h"

#include "gtest/gtest.h"

#include <cstdio>
#include <random>
#include <sys/wait.h>
#include <unistd.h>

using namespace weft::sim;

namespace {

constexpr uint32_t kBytes = 32; // of shared memory

/// Reads, writes, or changes atomically: in no order with others (A), releasing (L) or acquiring
/// (Q).
struct Act {
  char kind;
  uint32_t at = 0, bytes = 2;
};

/// What each thread does, one after the other, and whether a barrier follows; else all only meet,
/// which lets others go on and orders nothing.
struct Slot {
  std::vector<std::vector<Act>> threads;
  bool endsInBarrier;
};
using Program = std::vector<Slot>;

const Program *program;

void act(Block &block, uint32_t site, Act a) {
  char *address = block.shared() + a.at;
  if (a.kind == 'R' || a.kind == 'W')
    block.accessShared(site, address, a.bytes, a.kind == 'W');
  else
    block.accessAtomically(site, address, a.bytes, a.kind == 'Q', a.kind == 'L');
}

void runThread(void **) {
  Block &block = Block::current();
  uint32_t thread = block.thread().thread, all = (1u << block.numThreads()) - 1, site = 1;
  if (thread == 0)
    for (uint32_t at = 0; at < kBytes; at += 2)
      block.accessShared(site, block.shared() + at, 2, /*writes=*/true);
  block.barrier(++site);
  for (const Slot &slot : *program) {
    for (Act a : slot.threads[thread])
      act(block, site, a);
    if (slot.endsInBarrier)
      block.barrier(++site);
    else
      block.meetInWarp("meet", ++site, all, nullptr, nullptr, [](std::span<Fiber *const>) {});
  }
}

void runAll(const Program &p, Schedule schedule, uint64_t seed) {
  program = &p;
  run({.name = "test",
       .entry = runThread,
       .grid = 1,
       .threads = uint32_t(p[0].threads.size()),
       .sharedBytes = kBytes,
       .arguments = nullptr,
       .buffers = {},
       .schedule = schedule,
       .seed = seed});
}

/// Whether the simulated GPU ends the run: in a process of its own.
bool isRefused(const Program &p, Schedule schedule = Schedule::RoundRobin, uint64_t seed = 1) {
  pid_t child = fork();
  if (child == 0) {
    std::freopen("/dev/null", "w", stderr);
    runAll(p, schedule, seed);
    std::_Exit(0);
  }
  int status = 0;
  waitpid(child, &status, 0);
  EXPECT_TRUE(WIFEXITED(status) && (WEXITSTATUS(status) == 0 || WEXITSTATUS(status) == 66))
      << status;
  return WEXITSTATUS(status) == 66;
}

/// Two threads at one word of two bytes with no barrier between, unless both read or both are
/// atomic.
bool hasRace(const Program &p) {
  auto meet = [](Act a, Act b) {
    bool areApart = a.at + a.bytes <= b.at || b.at + b.bytes <= a.at;
    return !areApart && (a.kind != b.kind || a.kind == 'W');
  };
  std::vector<std::pair<size_t, Act>> stretch;
  for (const Slot &slot : p) {
    for (size_t thread = 0; thread < slot.threads.size(); ++thread)
      for (Act a : slot.threads[thread]) {
        for (auto [other, b] : stretch)
          if (other != thread && meet(a, b))
            return true;
        stretch.emplace_back(thread, a);
      }
    if (slot.endsInBarrier)
      stretch.clear();
  }
  return false;
}

std::string describe(const Program &p) {
  std::string text;
  for (const Slot &slot : p) {
    for (const auto &acts : slot.threads) {
      text += '[';
      for (Act a : acts)
        text += std::string(1, a.kind) + std::to_string(a.at) + ':' + std::to_string(a.bytes) + ' ';
      text += ']';
    }
    text += slot.endsInBarrier ? " barrier " : " meet ";
  }
  return text;
}

/// All programs of two slots, where each thread does one thing in each, at one word.
void checkAll(size_t threads, const std::string &kinds) {
  size_t count = 1;
  for (size_t i = 0; i < 2 * threads; ++i)
    count *= kinds.size();
  for (size_t number = 0; number < 2 * count; ++number) {
    Program p(2, Slot{std::vector<std::vector<Act>>(threads), number % 2 == 0});
    size_t rest = number / 2;
    for (Slot &slot : p)
      for (auto &acts : slot.threads) {
        if (char kind = kinds[rest % kinds.size()]; kind != '-')
          acts.push_back({kind});
        rest /= kinds.size();
      }
    if (hasRace(p))
      ASSERT_TRUE(isRefused(p)) << describe(p);
    else
      runAll(p, Schedule::RoundRobin, 1); // ends this process where it is refused
  }
}

TEST(SimulatedAccesses, OfThreeThreads) { checkAll(3, "-RW"); }
TEST(SimulatedAccesses, OfTwoThreadsAndAtomicOnes) { checkAll(2, "-RWA"); }

// One word, several or a part of others' words; barriers here and there; every schedule.
TEST(SimulatedAccesses, OfManyWidths) {
  std::mt19937 random(1);
  int races = 0, programs = 1500;
  for (int i = 0; i < programs; ++i) {
    size_t threads = 2 + random() % 4;
    Program p(1 + random() % 4);
    for (Slot &slot : p) {
      slot = {std::vector<std::vector<Act>>(threads), random() % 3 == 0};
      for (auto &acts : slot.threads)
        for (size_t n = random() % 3; n > 0; --n) {
          uint32_t bytes = 2u << random() % 4;
          acts.push_back(
              {"RRRRRRRWA"[random() % 9], uint32_t(random() % (kBytes / bytes)) * bytes, bytes});
        }
    }
    bool expected = hasRace(p);
    races += expected;
    ASSERT_EQ(isRefused(p, Schedule(i % 4), i + 1), expected) << describe(p);
  }
  EXPECT_GT(races, programs / 4);
  EXPECT_LT(races, programs * 3 / 4);
}

// A reader that the writer has seen does not stand for one that it has not.
TEST(SimulatedAccesses, OfReadersThatAreSeen) {
  auto slot = [](std::vector<Act> a, std::vector<Act> b, std::vector<Act> c) {
    return Slot{{a, b, c}, false};
  };
  Act reads{'R'}, writes{'W'}, releases{'L', 16, 4}, acquires{'Q', 16, 4};
  Program one = {slot({reads, releases}, {reads}, {}), slot({}, {}, {acquires, writes})};
  EXPECT_TRUE(isRefused(one));
  Program both = {slot({reads, releases}, {reads, releases}, {}), slot({}, {}, {acquires, writes})};
  // The first acquisition or release is what makes the record complete: readers in front of it are
  // known as one.
  EXPECT_FALSE(isRefused({slot({releases}, {}, {}), both[0], both[1]}));
  Program early = {slot({reads, releases}, {reads, releases}, {}), slot({}, {}, {writes})};
  EXPECT_TRUE(isRefused(early));
  Program none = {slot({reads}, {}, {}), slot({}, {releases, reads, writes}, {})};
  EXPECT_TRUE(isRefused(none));
}

// Nobody has written it.
TEST(SimulatedAccesses, OfWhatNobodyWrote) {
  EXPECT_EXIT(run({.name = "test",
                   .entry =
                       [](void **) {
                         Block::current().accessShared(7, Block::current().shared() + 8, 4, false);
                       },
                   .grid = 1,
                   .threads = 1,
                   .sharedBytes = kBytes,
                   .arguments = nullptr,
                   .buffers = {}}),
              testing::ExitedWithCode(66),
              "@test, block 0, thread 0, site 7: reads shared memory that nobody has written");
}

} // namespace
