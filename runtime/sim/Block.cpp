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
constexpr int kPoison = 0xFF; // makes NaNs
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
  ready.clear();
  for (uint32_t i = 0; i < launch.threads; ++i) {
    Fiber &fiber = fibers[i];
    fiber.thread = i;
    fiber.isDone = false;
    fiber.copies.clear(), fiber.groups.clear(), fiber.uncommitted = 0;
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
  if (!running->copies.empty())
    fail("a thread ends before its copy has arrived", running->copies.front().site);
  if (!running->products.empty())
    fail("a thread ends before its product is done", running->products.front().site);
  running->isDone = true;
  --live;
  liveLanes[running->warp()] &= ~(1u << running->lane());
  if (!all.waiting.empty() && all.waiting.size() == live)
    fail("a thread ends while all others wait at a barrier", all.site);
  Fiber *next = takeNext();
  if (!next && live)
    failWithWaiting();
  switchTo(next ? next : &scheduler);
}

void Block::switchTo(Fiber *next) {
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

uint64_t Block::random() {
  state = state * 6364136223846793005u + 1442695040888963407u;
  return state >> 33;
}

Fiber *Block::takeNext() {
  sanitizer::Aside aside;
  if (ready.empty())
    return nullptr;
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
  sanitizer::release(&all);
  if (all.waiting.size() + 1 < live) {
    all.waiting.push_back(running);
    wait();
    sanitizer::acquire(&all);
    return;
  }
  sanitizer::acquire(&all);
  if (live != launch.threads)
    fail("a barrier after some threads have ended", site);
  ++stretch;
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

// ---- accesses

// All threads wait at every barrier, so what happened in one stretch between two of them is all that an access can
// be in a race with.
void Block::touch(Word &word, uint32_t site, bool writes) {
  uint32_t thread = running->thread;
  if (word.written == 0 && !writes)
    fail("reads shared memory that nobody has written", site);
  if (word.written == stretch && word.writer != thread)
    fail("touches shared memory that another thread writes, with no barrier between", site);
  if (writes) {
    if (word.read == stretch && (word.isReadByMany || word.reader != thread))
      fail("writes shared memory that another thread reads, with no barrier between", site);
    word.written = stretch;
    word.writer = thread;
    word.fences = running->proxyFences;
    return;
  }
  word.isReadByMany = word.read == stretch && (word.isReadByMany || word.reader != thread);
  word.read = stretch;
  word.reader = thread;
}

std::span<Word> Block::wordsAt(uint32_t site, const char *address, uint32_t bytes) {
  size_t offset = address - sharedMemory;
  if (address < sharedMemory || offset + bytes > launch.sharedBytes)
    fail("accesses shared memory outside of the block's", site);
  if (offset % bytes)
    fail("accesses shared memory at an address that is not aligned", site);
  return std::span(words).subspan(offset / kWordBytes, (bytes + kWordBytes - 1) / kWordBytes);
}

void Block::accessShared(uint32_t site, const char *address, uint32_t bytes, bool writes) {
  for (Word &word : wordsAt(site, address, bytes)) {
    if (word.copies)
      fail("touches shared memory to which a copy may still be on its way", site);
    touch(word, site, writes);
  }
}

void Block::checkFenced(uint32_t site, const char *address, uint32_t bytes) {
  for (const Word &word : wordsAt(site, address, bytes))
    if (word.written != 0 && fibers[word.writer].proxyFences <= word.fences)
      fail("lets a warpgroup read shared memory that has passed no fence.proxy.async", site);
}

void Block::accessGlobal(uint32_t site, const char *address, uint32_t bytes) {
  if (launch.buffers.empty())
    return;
  if (reinterpret_cast<uintptr_t>(address) % bytes)
    fail("accesses global memory at an address that is not aligned", site);
  for (std::span<char> buffer : launch.buffers)
    if (address >= buffer.data() && address + bytes <= buffer.data() + buffer.size())
      return;
  fail("accesses global memory outside of its buffers", site);
}

// ---- copies

// It may arrive at once or at any time until it is waited for: until then the words are nobody's.
void Block::beginCopy(const Copy &copy) {
  if constexpr (sanitizer::isActive) {
    sanitizer::write(copy.to, copy.bytes);
    sanitizer::read(copy.from, copy.size);
  } else {
    accessShared(copy.site, copy.to, copy.bytes, /*writes=*/true);
    if (copy.size)
      accessGlobal(copy.site, copy.from, copy.bytes);
    for (Word &word : wordsAt(copy.site, copy.to, copy.bytes))
      ++word.copies;
  }
  running->copies.push_back(copy);
  ++running->uncommitted;
  if (launch.schedule == Schedule::Lazy) {
    std::memset(copy.to, kPoison, copy.bytes);
    sanitizer::markUnwritten(copy.to, copy.bytes);
  } else {
    arrive(copy);
  }
}

void Block::arrive(const Copy &copy) {
  std::memcpy(copy.to, copy.from, copy.size);
  std::memset(copy.to + copy.size, 0, copy.bytes - copy.size);
}

void Block::commitCopies() {
  running->groups.push_back(running->uncommitted);
  running->uncommitted = 0;
}

void Block::awaitCopies(uint32_t pending) {
  std::vector<size_t> &groups = running->groups;
  std::vector<Copy> &copies = running->copies;
  for (; groups.size() > pending; groups.erase(groups.begin())) {
    for (const Copy &copy : std::span(copies).first(groups.front())) {
      if (launch.schedule == Schedule::Lazy)
        arrive(copy);
      sanitizer::write(copy.to, copy.bytes);
      if constexpr (sanitizer::isActive)
        continue;
      for (Word &word : wordsAt(copy.site, copy.to, copy.bytes)) {
        --word.copies;
        touch(word, copy.site, /*writes=*/true);
      }
    }
    copies.erase(copies.begin(), copies.begin() + groups.front());
  }
}

void Block::fail(const char *what, uint32_t site) {
  std::fprintf(stderr, "simulated GPU: @%s, block %u, thread %u, site %u: %s\n", launch.name, block,
               running->thread, site, what);
  std::_Exit(66);
}

void Block::failWithWaiting() {
  std::fprintf(stderr, "simulated GPU: @%s, block %u: %u threads wait for others that never come\n",
               launch.name, block, live);
  std::_Exit(66);
}

void weft::sim::run(const Launch &launch) {
  Block block(launch);
  for (uint32_t i = 0; i < launch.grid; ++i)
    block.run(i);
}
