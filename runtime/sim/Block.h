// The threads of the block that runs, and where they meet.
#ifndef WEFT_SIM_BLOCK_H
#define WEFT_SIM_BLOCK_H

#include "Simulator.h"

#include <memory>
#include <vector>

namespace weft::sim {

constexpr uint32_t kWarp = 32;

/// One thread: a stack and where it stands on it.
struct Fiber {
  void *stackPointer = nullptr;
  std::unique_ptr<char[]> stack;
  uint32_t thread = 0;
  bool isDone = false;
  const void *input = nullptr; // of the instruction that it waits in
  void *output = nullptr;

  uint32_t lane() const { return thread % kWarp; }
  uint32_t warp() const { return thread / kWarp; }
};

/// Where threads wait for others: at one instruction, known by its number in the code.
struct Meeting {
  const char *what = nullptr;
  uint32_t site = 0, mask = 0;
  std::vector<Fiber *> waiting;
};

/// Who touched a word of shared memory, in which stretch between barriers; 0: never.
struct Word {
  uint32_t written = 0, read = 0;     // stretches
  uint32_t writer = 0, reader = 0;    // threads
  bool isReadByMany = false;
};

class Block {
public:
  explicit Block(const Launch &launch);
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

  const Launch &launch;
  void touch(Word &word, uint32_t site, bool writes);
  uint32_t block = 0, live = 0, stretch = 1;
  std::vector<Word> words;
  uint64_t state;
  char *sharedMemory;
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
