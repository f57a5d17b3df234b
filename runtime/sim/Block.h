// The threads of the block that runs, and where they meet.
#ifndef WEFT_SIM_BLOCK_H
#define WEFT_SIM_BLOCK_H

#include "Mbarrier.h"
#include "Sanitizer.h"
#include "Simulator.h"

#include <map>
#include <memory>
#include <unordered_map>
#include <vector>

namespace weft::sim {

constexpr uint32_t kWarp = 32;
constexpr int kPoison = 0xFF; // makes NaNs

struct Fiber;

/// From global to shared memory, beside the thread that began it: `size` bytes, and zeros up to `bytes`.
struct Copy {
  char *to;
  const char *from;
  uint32_t bytes, size, site;
  uint64_t number = 0;    // of all of its thread's
  uint32_t trackedAt = 0; // when its thread told an mbarrier of it, by that thread's time; 0: never
  bool hasLanded = false; // somebody has waited there
};

/// A product of a warpgroup as one thread began it: its words of a, or where a lies, where b lies, and its sums.
struct WarpgroupProduct {
  uint32_t site;
  void (*multiply)(std::span<Fiber *const> lanes, size_t number);
  uint32_t a[4];
  uint64_t placeA, placeB;
  bool isTurnedA, isTurnedB;
  std::vector<float> sums;
};

/// One thread: a stack and where it stands on it.
struct Fiber {
  void *stackPointer = nullptr;
  std::unique_ptr<char[]> stack;
  sanitizer::Stack watched;
  uint32_t thread = 0;
  bool isDone = false;
  const void *input = nullptr; // of the instruction that it waits in
  void *output = nullptr;
  std::vector<Copy> copies;     // on their way, oldest first
  std::vector<size_t> groups;   // how many of them each group has
  size_t uncommitted = 0;       // how many are in no group yet
  std::vector<WarpgroupProduct> products; // begun, oldest first
  size_t committedProducts = 0;
  bool registersAreFenced = false; // for products of warpgroups
  uint32_t proxyFences = 0;        // how many it has passed
  uint64_t numCopies = 0;       // ever
  uint32_t time = 1;            // counts what it lets others see
  Clock clock;                  // what it has seen of others, besides barriers
  Mbarrier *mbarrier = nullptr; // that it waits for, and from where
  uint32_t site = 0;

  uint32_t lane() const { return thread % kWarp; }
  uint32_t warp() const { return thread / kWarp; }
};

/// Where threads wait for others: at one instruction, known by its number in the code.
struct Meeting {
  const char *what = nullptr;
  uint32_t site = 0, mask = 0;
  std::vector<Fiber *> waiting;
};

/// The smallest that a thread writes alone.
constexpr size_t kWordBytes = 2;

/// Who touched a word of shared memory, in which stretch between barriers; 0: never.
struct Word {
  uint32_t written = 0, read = 0;      // stretches
  uint32_t writer = 0, reader = 0;     // threads
  uint32_t writtenAt = 0, readAt = 0;  // their times
  uint32_t copies = 0;                 // on their way to it
  bool isReadByMany = false, isMbarrier = false;
  uint32_t fences = 0;                 // of the writer, before it wrote
};

enum class Access { Read, Write, Atomic };

/// Threads that touched a word in one stretch, each with its time.
struct Touches {
  uint32_t stretch = 0;
  std::vector<std::pair<uint32_t, uint32_t>> threads;

  void add(uint32_t now, uint32_t thread, uint32_t time);
};

/// What is known of a word where barriers are not all that orders threads.
struct Others {
  Touches reads, atomics;
};

class Block {
public:
  explicit Block(const Launch &launch);
  ~Block();
  void run(uint32_t number);

  /// The one that runs, and its thread.
  static Block &current();
  Fiber &thread() { return *running; }

  /// Every thread of the block waits for all others.
  void barrier(uint32_t site);
  /// The lanes of `mask` wait for each other; the last one that comes computes for all.
  using Compute = void (*)(std::span<Fiber *const> lanes);
  void meetInWarp(const char *what, uint32_t site, uint32_t mask, const void *input, void *output,
                  Compute compute);
  /// Checks an access to memory.
  void accessShared(uint32_t site, const char *address, uint32_t bytes, bool writes);
  void accessGlobal(uint32_t site, const char *address, uint32_t bytes);
  /// What was written must have passed a proxy fence of the thread that wrote it.
  void checkFenced(uint32_t site, const char *address, uint32_t bytes);
  /// Right before an atomic access, at which threads may switch.
  void accessAtomically(uint32_t site, const char *address, uint32_t bytes, bool acquires, bool releases);
  /// Asynchronous copies of the thread that runs.
  void beginCopy(const Copy &copy);
  void commitCopies();
  void awaitCopies(uint32_t pending);
  /// Barriers in shared memory. `parity` and `phase` say which phase: the last one of this parity, or this one.
  void makeMbarrier(uint32_t site, char *address, uint32_t count);
  void destroyMbarrier(uint32_t site, char *address);
  uint64_t arrive(uint32_t site, char *address, Arrival arrival); // the phase, and the arrivals that it waited for
  void expectBytes(uint32_t site, char *address, int64_t bytes);
  void arriveWithCopies(uint32_t site, char *address, bool isCounted);
  enum class Patience { Test, Try, Wait };
  bool awaitPhase(uint32_t site, char *address, uint64_t phase, Patience patience, bool isRelaxed);
  bool awaitParity(uint32_t site, char *address, uint32_t parity, Patience patience, bool isRelaxed);
  [[noreturn]] void fail(const char *what, uint32_t site);

  char *shared() { return sharedMemory; }
  uint32_t numThreads() const { return launch.threads; }
  uint32_t number() const { return block; }
  uint32_t grid() const { return launch.grid; }

private:
  static void start();
  void wait();              // until somebody makes it ready
  void pause();             // until all others have gone on as far as they can, or paused
  Fiber *takeNext();        // of those that are ready
  void switchTo(Fiber *next);
  void finish();
  [[noreturn]] void failWithWaiting();
  uint64_t random();

  std::span<Word> wordsAt(uint32_t site, const char *address, uint32_t bytes);
  bool isOrdered(uint32_t stretchOf, uint32_t thread, uint32_t time) const;
  bool areOrdered(const Touches &touches) const;
  bool areReadsOrdered(const Word &word) const;
  void keepMarks(); // from now on
  void touch(Word &word, uint32_t site, Access access);
  void arrive(const Copy &copy);
  void land(Fiber &fiber, Copy &copy);

  Mbarrier &mbarrierAt(uint32_t site, const char *address);
  void completePhase(Mbarrier &mbarrier);
  bool awaitEnd(uint32_t site, Mbarrier &mbarrier, uint64_t phase, Patience patience);
  void observe(Mbarrier &mbarrier, uint64_t phase, bool isRelaxed);
  void leaveAt(Clock &mark);

  const Launch &launch;
  uint32_t block = 0, live = 0, stretch = 1;
  std::vector<Word> words;
  uint64_t state;
  char *sharedMemory;
  size_t memoryBytes = 0;
  std::unique_ptr<char[]> memory;
  std::vector<Fiber> fibers;
  std::vector<Fiber *> ready, paused;
  size_t fruitless = 0; // pauses since anything happened
  std::vector<uint32_t> liveLanes; // of each warp
  Meeting all;
  char marks[2] = {}; // of barriers, in turn
  std::vector<std::vector<Meeting>> warps;
  std::map<size_t, Mbarrier> mbarriers;              // by their places in shared memory
  std::unordered_map<const char *, Clock> atomics;   // what releases have left there
  std::unordered_map<size_t, Others> others;         // by numbers of words
  bool hasMarks = false;                             // whether others than barriers order threads
  Fiber scheduler;
  Fiber *running = nullptr;
};

} // namespace weft::sim

#endif // WEFT_SIM_BLOCK_H
