// Barriers in shared memory: arrivals, waits, and copies that arrive there. The first half is what they do, the second the
// instructions by their names.
#include "Block.h"
#include "Instructions.h"

#include <algorithm>
#include <deque>
#include <string>

using namespace weft::sim;

namespace {

constexpr uint32_t kMbarrierBytes = 8, kMostArrivals = (1 << 20) - 1;
constexpr int kPhaseShift = 20;

} // namespace

// ---- what they do

Mbarrier &Block::mbarrierAt(uint32_t site, const char *address) {
  std::span<Word> own = wordsAt(site, address, kMbarrierBytes);
  auto found = mbarriers.find(address - sharedMemory);
  if (found == mbarriers.end())
    fail("uses an mbarrier that is not initialised", site);
  if constexpr (!sanitizer::isActive)
    for (Word &word : own)
      touch(word, site, Access::Read);
  return found->second;
}

void Block::makeMbarrier(uint32_t site, char *address, uint32_t count) {
  sanitizer::write(address, kMbarrierBytes);
  sanitizer::markWritten(address, kMbarrierBytes);
  sanitizer::Aside aside;
  keepMarks();
  std::span<Word> own = wordsAt(site, address, kMbarrierBytes);
  if (count == 0 || count > kMostArrivals)
    fail("initialises an mbarrier for no arrivals, or for more than there can be", site);
  auto [place, isNew] = mbarriers.try_emplace(address - sharedMemory);
  if (!isNew)
    fail("initialises an mbarrier that is in use", site);
  place->second.expected = place->second.pending = count;
  for (Word &word : own) {
    if constexpr (!sanitizer::isActive)
      touch(word, site, Access::Write);
    word.isMbarrier = true;
  }
}

void Block::destroyMbarrier(uint32_t site, char *address) {
  sanitizer::write(address, kMbarrierBytes);
  sanitizer::Aside aside;
  Mbarrier &mbarrier = mbarrierAt(site, address);
  if (std::ranges::any_of(fibers, [&](const Fiber &fiber) { return fiber.mbarrier == &mbarrier; }))
    fail("destroys an mbarrier at which threads wait", site);
  for (Word &word : wordsAt(site, address, kMbarrierBytes)) {
    if constexpr (!sanitizer::isActive)
      touch(word, site, Access::Write);
    word.isMbarrier = false;
  }
  mbarriers.erase(address - sharedMemory);
}

void Block::completePhase(Mbarrier &mbarrier) {
  if (mbarrier.pending || mbarrier.bytes)
    return;
  const Clock &over = mbarrier.current().clock;
  ++mbarrier.phase;
  mbarrier.pending = mbarrier.expected;
  // Whoever sees a phase's end has seen those before, too.
  mbarrier.current().clock.join(over);
  for (Fiber *fiber : mbarrier.waiting)
    fiber->mbarrier = nullptr, ready.push_back(fiber);
  mbarrier.waiting.clear();
}

uint64_t Block::arrive(uint32_t site, char *address, Arrival arrival) {
  sanitizer::read(address, kMbarrierBytes);
  sanitizer::Aside aside;
  fruitless = 0;
  Mbarrier &mbarrier = mbarrierAt(site, address);
  uint64_t state = mbarrier.phase << kPhaseShift | mbarrier.pending;
  if (arrival.count == 0 || arrival.count > mbarrier.pending)
    fail("arrives at an mbarrier at which no more arrivals are expected in this phase", site);
  if (!arrival.completes && arrival.count == mbarrier.pending)
    fail("is the last one at an mbarrier, which it has promised not to be", site);
  if (!arrival.isRelaxed) {
    sanitizer::release(&mbarrier.current().mark);
    leaveAt(mbarrier.current().clock);
  }
  mbarrier.bytes += arrival.bytes;
  mbarrier.pending -= arrival.count;
  mbarrier.expected -= arrival.isDropped ? arrival.count : 0;
  completePhase(mbarrier);
  return state;
}

void Block::expectBytes(uint32_t site, char *address, int64_t bytes) {
  sanitizer::read(address, kMbarrierBytes);
  sanitizer::Aside aside;
  fruitless = 0;
  Mbarrier &mbarrier = mbarrierAt(site, address);
  mbarrier.bytes += bytes;
  completePhase(mbarrier);
}

// The copies count as there when somebody has waited. One that is not counted in the expected arrivals adds itself first.
void Block::arriveWithCopies(uint32_t site, char *address, bool isCounted) {
  sanitizer::read(address, kMbarrierBytes);
  sanitizer::Aside aside;
  Mbarrier &mbarrier = mbarrierAt(site, address);
  Phase &phase = mbarrier.current();
  for (Copy &copy : running->copies) {
    copy.trackedAt = copy.trackedAt ? copy.trackedAt : running->time;
    if (!copy.hasLanded)
      phase.copies.emplace_back(running, copy.number);
  }
  phase.clock.see(launch.threads + running->thread, running->time++);
  sanitizer::release(&phase.mark);
  mbarrier.pending += isCounted ? 0 : 1;
  arrive(site, address, {.isRelaxed = true});
}

void Block::observe(Mbarrier &mbarrier, uint64_t phase, bool isRelaxed) {
  Phase &over = mbarrier.phases[phase % 2];
  for (auto &[fiber, number] : over.copies)
    for (Copy &copy : fiber->copies)
      if (copy.number == number)
        land(*fiber, copy);
  over.copies.clear();
  if (isRelaxed)
    return;
  sanitizer::acquire(&over.mark);
  running->clock.join(over.clock);
}

/// Whether a phase is over, if need be after a while: as long as it takes, or as long as others can go on.
bool Block::awaitEnd(uint32_t site, Mbarrier &mbarrier, uint64_t phase, Patience patience) {
  auto isOver = [&] { return mbarrier.phase > phase; };
  bool givesUp = patience == Patience::Test || (patience == Patience::Try && launch.schedule == Schedule::Random && random() % 2);
  if (isOver())
    return true;
  running->mbarrier = &mbarrier, running->site = site;
  if (givesUp) {
    pause();
    running->mbarrier = nullptr;
    return isOver();
  }
  mbarrier.waiting.push_back(running);
  wait();
  return true;
}

bool Block::awaitPhase(uint32_t site, char *address, uint64_t state, Patience patience, bool isRelaxed) {
  sanitizer::read(address, kMbarrierBytes);
  sanitizer::Aside aside;
  Mbarrier &mbarrier = mbarrierAt(site, address);
  uint64_t phase = state >> kPhaseShift;
  if (phase != mbarrier.phase && phase + 1 != mbarrier.phase)
    fail("waits for a phase of an mbarrier that is neither this one nor the last one", site);
  if (!awaitEnd(site, mbarrier, phase, patience))
    return false;
  observe(mbarrier, phase, isRelaxed);
  return true;
}

bool Block::awaitParity(uint32_t site, char *address, uint32_t parity, Patience patience, bool isRelaxed) {
  sanitizer::read(address, kMbarrierBytes);
  sanitizer::Aside aside;
  Mbarrier &mbarrier = mbarrierAt(site, address);
  if (parity > 1)
    fail("waits for a phase of an mbarrier by a parity that is neither 0 nor 1", site);
  // In front of the first phase is one of parity 1, which is over.
  bool isLast = mbarrier.phase % 2 != parity;
  if (isLast && mbarrier.phase == 0)
    return true;
  uint64_t phase = isLast ? mbarrier.phase - 1 : mbarrier.phase;
  if (!awaitEnd(site, mbarrier, phase, patience))
    return false;
  observe(mbarrier, phase, isRelaxed);
  return true;
}

// ---- instructions

namespace {

Block &block() { return Block::current(); }

void init(uint32_t site, char *address, uint32_t count) { block().makeMbarrier(site, address, count); }
void initIf(uint32_t site, char *address, uint32_t count, uint32_t isMet) {
  if (isMet)
    init(site, address, count);
}
void invalidate(uint32_t site, char *address) { block().destroyMbarrier(site, address); }
uint32_t pendingCount(uint32_t, uint64_t state) { return state & kMostArrivals; }

template <bool isDropped> uint64_t arriveOne(uint32_t site, char *address) {
  return block().arrive(site, address, {.isDropped = isDropped});
}
template <bool isDropped> uint64_t arriveEarly(uint32_t site, char *address, uint32_t count) {
  return block().arrive(site, address, {.count = count, .isDropped = isDropped, .completes = false});
}
template <bool isDropped, bool isRelaxed> uint64_t arriveTimes(uint32_t site, char *address, uint32_t count) {
  return block().arrive(site, address, {.count = count, .isDropped = isDropped, .isRelaxed = isRelaxed});
}
template <bool isDropped, bool isRelaxed> uint64_t arriveExpecting(uint32_t site, char *address, uint32_t bytes) {
  return block().arrive(site, address, {.bytes = bytes, .isDropped = isDropped, .isRelaxed = isRelaxed});
}
void arriveExpectingIf(uint32_t site, char *address, uint32_t bytes, uint32_t isMet) {
  if (isMet)
    arriveExpecting<false, false>(site, address, bytes);
}
void expect(uint32_t site, char *address, uint32_t bytes) { block().expectBytes(site, address, bytes); }
void complete(uint32_t site, char *address, uint32_t bytes) { block().expectBytes(site, address, -int64_t(bytes)); }
template <bool isCounted> void arriveWithCopies(uint32_t site, char *address) {
  block().arriveWithCopies(site, address, isCounted);
}

using Patience = Block::Patience;
bool testOne(uint32_t site, char *address, uint64_t state) {
  return block().awaitPhase(site, address, state, Patience::Test, /*isRelaxed=*/false);
}
template <Patience patience, bool isRelaxed> bool await(uint32_t site, char *address, uint64_t state) {
  return block().awaitPhase(site, address, state, patience, isRelaxed);
}
template <Patience patience, bool isRelaxed> bool awaitParity(uint32_t site, char *address, uint32_t parity) {
  return block().awaitParity(site, address, parity, patience, isRelaxed);
}
// With a time limit, of which nothing is known here.
template <bool isRelaxed> bool tryFor(uint32_t site, char *address, uint64_t state, uint32_t) {
  return await<Patience::Try, isRelaxed>(site, address, state);
}
template <bool isRelaxed> bool tryParityFor(uint32_t site, char *address, uint32_t parity, uint32_t) {
  return awaitParity<Patience::Try, isRelaxed>(site, address, parity);
}
void awaitParityInLoop(uint32_t site, char *address, uint32_t parity, uint32_t) {
  awaitParity<Patience::Wait, false>(site, address, parity);
}
void fence(uint32_t) {}

class Table {
public:
  template <typename F> void add(std::string name, F *function) {
    functions.push_back(entry(names.emplace_back(std::move(name)).c_str(), function));
  }
  /// With a generic pointer, or with one to shared memory.
  template <typename F> void addBoth(const std::string &name, F *function) {
    add("llvm.nvvm." + name, function), add("llvm.nvvm." + name + ".shared", function);
  }
  /// For a block or a cluster, which is one block here.
  template <typename F> void addScopes(const std::string &name, F *function) {
    for (const char *scope : {".scope.cta", ".scope.cluster"})
      add("llvm.nvvm.mbarrier." + name + scope + ".space.cta", function);
  }
  template <typename F> void addOrders(const std::string &name, F *ordered, F *relaxed) {
    addScopes(name, ordered), addScopes(name + ".relaxed", relaxed);
  }
  std::vector<Function> functions;

private:
  std::deque<std::string> names; // which stay where they are
};

Table makeTable() {
  Table table;
  table.addBoth("mbarrier.init", init);
  table.addBoth("mbarrier.inval", invalidate);
  table.addBoth("mbarrier.arrive", arriveOne<false>);
  table.addBoth("mbarrier.arrive.drop", arriveOne<true>);
  table.addBoth("mbarrier.arrive.noComplete", arriveEarly<false>);
  table.addBoth("mbarrier.arrive.drop.noComplete", arriveEarly<true>);
  table.addBoth("mbarrier.test.wait", testOne);
  table.addBoth("cp.async.mbarrier.arrive", arriveWithCopies<false>);
  table.addBoth("cp.async.mbarrier.arrive.noinc", arriveWithCopies<true>);
  table.add("llvm.nvvm.mbarrier.pending.count", pendingCount);
  table.add("llvm.nvvm.fence.mbarrier_init.release.cluster", fence);
  table.addScopes("expect.tx", expect);
  table.addScopes("complete.tx", complete);
  table.addOrders("arrive", arriveTimes<false, false>, arriveTimes<false, true>);
  table.addOrders("arrive.drop", arriveTimes<true, false>, arriveTimes<true, true>);
  table.addOrders("arrive.expect.tx", arriveExpecting<false, false>, arriveExpecting<false, true>);
  table.addOrders("arrive.drop.expect.tx", arriveExpecting<true, false>, arriveExpecting<true, true>);
  table.addOrders("test.wait", await<Patience::Test, false>, await<Patience::Test, true>);
  table.addOrders("try.wait", await<Patience::Try, false>, await<Patience::Try, true>);
  table.addOrders("try.wait.tl", tryFor<false>, tryFor<true>);
  table.addOrders("test.wait.parity", awaitParity<Patience::Test, false>, awaitParity<Patience::Test, true>);
  table.addOrders("try.wait.parity", awaitParity<Patience::Try, false>, awaitParity<Patience::Try, true>);
  table.addOrders("try.wait.parity.tl", tryParityFor<false>, tryParityFor<true>);
  // As MLIR writes them: with a predicate, or a loop around; .64: with a generic pointer.
  for (const char *space : {".shared.b64", ".b64.64"}) {
    table.add(std::string("asm.if.mbarrier.init") + space, initIf);
    table.add(std::string("asm.if.mbarrier.arrive.expect_tx") + space, arriveExpectingIf);
    table.add(std::string("asm.loop.mbarrier.try_wait.parity") + space, awaitParityInLoop);
  }
  return table;
}

} // namespace

std::span<const Function> weft::sim::mbarrierFunctions() {
  static const Table table = makeTable();
  return table.functions;
}
