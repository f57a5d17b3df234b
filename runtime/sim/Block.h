// The threads of the block that runs, and where they meet.
#ifndef WEFT_SIM_BLOCK_H
#define WEFT_SIM_BLOCK_H

#include "Sanitizer.h"
#include "Simulator.h"

#include <memory>
#include <vector>

namespace weft::sim {

constexpr uint32_t kWarp = 32;

struct Fiber;

/// From global to shared memory, beside the thread that began it: `size` bytes, and zeros up to `bytes`.
struct Copy {
  char *to;
  const char *from;
  uint32_t bytes, size, site;
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
  uint32_t written = 0, read = 0;     // stretches
  uint32_t writer = 0, reader = 0;    // threads
  uint32_t copies = 0;                // on their way to it
  bool isReadByMany = false;
  uint32_t fences = 0;                // of the writer, before it wrote
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
  /// Asynchronous copies of the thread that runs.
  void beginCopy(const Copy &copy);
  void commitCopies();
  void awaitCopies(uint32_t pending);
  [[noreturn]] void fail(const char *what, uint32_t site);

  char *shared() { return sharedMemory; }
  uint32_t numThreads() const { return launch.threads; }
  uint32_t number() const { return block; }
  uint32_t grid() const { return launch.grid; }

private:
  static void start();
  void wait();              // until somebody makes it ready
  Fiber *takeNext();        // of those that are ready
  void switchTo(Fiber *next);
  void finish();
  [[noreturn]] void failWithWaiting();
  uint64_t random();

  std::span<Word> wordsAt(uint32_t site, const char *address, uint32_t bytes);
  void touch(Word &word, uint32_t site, bool writes);
  void arrive(const Copy &copy);

  const Launch &launch;
  uint32_t block = 0, live = 0, stretch = 1;
  std::vector<Word> words;
  uint64_t state;
  char *sharedMemory;
  size_t memoryBytes = 0;
  std::unique_ptr<char[]> memory;
  std::vector<Fiber> fibers;
  std::vector<Fiber *> ready;
  std::vector<uint32_t> liveLanes; // of each warp
  Meeting all;
  std::vector<std::vector<Meeting>> warps;
  Fiber scheduler;
  Fiber *running = nullptr;
};

} // namespace weft::sim

#endif // WEFT_SIM_BLOCK_H
