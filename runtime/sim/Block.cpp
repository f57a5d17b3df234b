#include "Block.h"

#include <algorithm>
#include <bit>
#include <cstdio>
#include <cstdlib>
#include <cstring>

using namespace weft::sim;

// Saves what a called function must keep, and goes on where the other stack was left.
extern "C" void weft_sim_switch(void **save, void *to);
asm(R"(
.text
.globl weft_sim_switch
.type weft_sim_switch, @function
weft_sim_switch:
  pushq %rbp
  pushq %rbx
  pushq %r12
  pushq %r13
  pushq %r14
  pushq %r15
  movq %rsp, (%rdi)
  movq %rsi, %rsp
  popq %r15
  popq %r14
  popq %r13
  popq %r12
  popq %rbx
  popq %rbp
  ret
.size weft_sim_switch, .-weft_sim_switch
)");

namespace {

constexpr size_t kStack = 256 << 10, kMostShared = 227 << 10, kSharedAlignment = 1 << 10;
constexpr size_t kMostFruitless = 1 << 16;
thread_local Block *now = nullptr;

} // namespace

Block &Block::current() { return *now; }

Block::Block(const Launch &launch) : launch(launch), state(launch.seed) {
  if (launch.threads == 0 || launch.threads > 1024 || launch.sharedBytes > kMostShared) {
    std::fprintf(stderr, "simulated GPU: @%s cannot be launched with %u threads and %zu bytes of shared memory\n",
                 launch.name, launch.threads, launch.sharedBytes);
    std::exit(66);
  }
  size_t room = memoryBytes = launch.sharedBytes + 2 * kSharedAlignment;
  memory = std::make_unique<char[]>(room);
  void *start = memory.get();
  sharedMemory = static_cast<char *>(std::align(kSharedAlignment, launch.sharedBytes, start, room));
  sanitizer::forbid(memory.get(), memoryBytes);
  sanitizer::allow(sharedMemory, launch.sharedBytes);
  fibers = std::vector<Fiber>(launch.threads);
  for (Fiber &fiber : fibers) {
    fiber.stack = std::make_unique_for_overwrite<char[]>(kStack);
    fiber.watched.create(fiber.stack.get(), kStack);
  }
  scheduler.watched.adopt();
}

// Whoever gets this memory next may write it unseen.
Block::~Block() {
  sanitizer::allow(memory.get(), memoryBytes);
  sanitizer::markWritten(memory.get(), memoryBytes);
  for (Fiber &fiber : fibers)
    sanitizer::markWritten(fiber.stack.get(), kStack);
}

void Block::run(uint32_t number) {
  sanitizer::Aside aside;
  block = number;
  live = launch.threads;
  stretch = 1;
  words.assign((launch.sharedBytes + kWordBytes - 1) / kWordBytes, {});
  std::memset(sharedMemory, kPoison, launch.sharedBytes);
  sanitizer::markUnwritten(sharedMemory, launch.sharedBytes);
  uint32_t count = (launch.threads + kWarp - 1) / kWarp;
  liveLanes.assign(count, 0);
  warps.assign(count, {});
  all = {};
  ready.clear(), paused.clear(), fruitless = 0;
  mbarriers.clear(), atomics.clear(), others.clear();
  for (uint32_t i = 0; i < launch.threads; ++i) {
    Fiber &fiber = fibers[i];
    fiber.thread = i;
    fiber.isDone = false;
    fiber.copies.clear(), fiber.groups.clear(), fiber.uncommitted = fiber.numCopies = 0;
    fiber.time = 1, fiber.clock.clear(), fiber.mbarrier = nullptr;
    fiber.products.clear(), fiber.committedProducts = 0, fiber.registersAreFenced = false, fiber.proxyFences = 0;
    liveLanes[fiber.warp()] |= 1u << fiber.lane();
    // As if it had been left at the start: six registers, and where to go on. One word more
    // makes the stack as aligned as a call finds it.
    auto *top = reinterpret_cast<void **>(
        reinterpret_cast<uintptr_t>(fiber.stack.get() + kStack) & ~uintptr_t(15));
    *--top = nullptr;
    *--top = reinterpret_cast<void *>(&Block::start);
    for (int r = 0; r < 6; ++r)
      *--top = nullptr;
    fiber.stackPointer = top;
    ready.push_back(&fiber);
    scheduler.watched.precede(fiber.watched, this);
  }
  now = this;
  running = &scheduler;
  switchTo(takeNext());
  for (Fiber &fiber : fibers)
    fiber.watched.precede(scheduler.watched, this);
  now = nullptr;
}

void Block::start() {
  Block &block = current();
  block.running->watched.enter();
  block.launch.entry(block.launch.arguments);
  block.finish();
}

void Block::finish() {
  for (const Copy &copy : running->copies)
    if (!copy.trackedAt)
      fail("a thread ends before its copy has arrived", copy.site);
  if (!running->products.empty())
    fail("a thread ends before its product is done", running->products.front().site);
  running->isDone = true;
  fruitless = 0;
  if (--live == 0)
    for (Fiber &fiber : fibers)
      for (const Copy &copy : fiber.copies)
        if (!copy.hasLanded)
          fail("all threads end, and none has waited for a copy", copy.site);
  liveLanes[running->warp()] &= ~(1u << running->lane());
  if (!all.waiting.empty() && all.waiting.size() == live)
    fail("a thread ends while all others wait at a barrier", all.site);
  Fiber *next = takeNext();
  if (!next && live)
    failWithWaiting();
  switchTo(next ? next : &scheduler);
}

void Block::switchTo(Fiber *next) {
  // Where it stands is noted when it is left: who is alone is not.
  if (next == running)
    return;
  Fiber *from = running;
  running = next;
  from->watched.leave(next->watched, from->isDone);
  weft_sim_switch(&from->stackPointer, next->stackPointer);
  from->watched.enter();
}

void Block::wait() {
  Fiber *next = takeNext();
  if (!next)
    failWithWaiting();
  switchTo(next);
}

void Block::pause() {
  paused.push_back(running);
  wait();
}

uint64_t Block::random() {
  state = state * 6364136223846793005u + 1442695040888963407u;
  return state >> 33;
}

Fiber *Block::takeNext() {
  sanitizer::Aside aside;
  if (ready.empty()) {
    // Nobody else can go on: all that they test may still be false, but not for ever.
    if (paused.empty() || ++fruitless > kMostFruitless)
      return nullptr;
    ready.swap(paused);
  }
  auto chosen = ready.begin();
  switch (launch.schedule) {
  case Schedule::RoundRobin:
  case Schedule::Lazy:
    break;
  case Schedule::Random:
    chosen += random() % ready.size();
    break;
  case Schedule::Skewed:
    chosen = std::ranges::min_element(ready, {}, [](Fiber *fiber) { return fiber->warp(); });
    break;
  }
  Fiber *fiber = *chosen;
  ready.erase(chosen);
  return fiber;
}

// ---- meetings

void Block::barrier(uint32_t site) {
  sanitizer::Aside aside;
  if (!all.waiting.empty() && all.site != site)
    fail("threads of one block wait at different barriers", site);
  all.site = site;
  // Some may come to the next barrier before others have left this one: it has another mark.
  void *mark = &marks[stretch % 2];
  sanitizer::release(mark);
  if (all.waiting.size() + 1 < live) {
    all.waiting.push_back(running);
    wait();
    sanitizer::acquire(mark);
    return;
  }
  sanitizer::acquire(mark);
  if (live != launch.threads)
    fail("a barrier after some threads have ended", site);
  ++stretch;
  fruitless = 0;
  ready.insert(ready.end(), all.waiting.begin(), all.waiting.end());
  all.waiting.clear();
}

void Block::meetInWarp(const char *what, uint32_t site, uint32_t mask, const void *input,
                       void *output, Compute compute) {
  sanitizer::Aside aside;
  uint32_t bit = 1u << running->lane(), warp = running->warp();
  if (!(mask & bit))
    fail("an instruction of some lanes is executed by another one", site);
  if (mask & ~liveLanes[warp])
    fail("an instruction waits for lanes that have ended", site);
  running->input = input;
  running->output = output;
  std::vector<Meeting> &open = warps[warp];
  auto meeting = std::ranges::find_if(open, [&](const Meeting &m) { return m.mask & mask; });
  if (meeting == open.end())
    meeting = open.insert(open.end(), Meeting{what, site, mask, {}});
  if (meeting->site != site || meeting->mask != mask)
    fail("lanes of one warp meet at different instructions", site);
  meeting->waiting.push_back(running);
  if (meeting->waiting.size() < static_cast<size_t>(std::popcount(mask))) {
    wait();
    return;
  }
  std::vector<Fiber *> lanes = std::move(meeting->waiting);
  open.erase(meeting);
  compute(lanes);
  for (Fiber *fiber : lanes)
    if (fiber != running)
      ready.push_back(fiber);
}

void Block::fail(const char *what, uint32_t site) {
  std::fprintf(stderr, "simulated GPU: @%s, block %u, thread %u, site %u: %s\n", launch.name, block,
               running->thread, site, what);
  std::_Exit(66);
}

void Block::failWithWaiting() {
  for (Fiber &fiber : fibers)
    if (fiber.mbarrier) {
      std::fprintf(stderr,
                   "simulated GPU: @%s, block %u, thread %u, site %u: waits for an mbarrier whose phase never ends: %u of %u "
                   "arrivals and %lld bytes are missing\n",
                   launch.name, block, fiber.thread, fiber.site, fiber.mbarrier->pending, fiber.mbarrier->expected,
                   static_cast<long long>(fiber.mbarrier->bytes));
      std::_Exit(66);
    }
  std::fprintf(stderr, "simulated GPU: @%s, block %u: %u threads wait for others that never come\n",
               launch.name, block, live);
  std::_Exit(66);
}

void weft::sim::run(const Launch &launch) {
  Block block(launch);
  for (uint32_t i = 0; i < launch.grid; ++i)
    block.run(i);
}
