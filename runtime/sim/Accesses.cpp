// Who may touch which word of memory, and asynchronous copies to it.
#include "Block.h"

#include <cstring>
#include <utility>

using namespace weft::sim;

// ---- accesses

void Touches::add(uint32_t now, uint32_t thread, uint32_t time) {
  if (stretch != now)
    threads.clear();
  stretch = now;
  for (auto &[other, at] : threads)
    if (other == thread)
      return void(at = time);
  threads.emplace_back(thread, time);
}

// All threads wait at a barrier, so what happened in one stretch between two of them is all that an access can be in a
// race with; of that, nothing that the thread has seen at an mbarrier or at an atomic access.
bool Block::isOrdered(uint32_t stretchOf, uint32_t thread, uint32_t time) const {
  return stretchOf < stretch || thread == running->thread || running->clock.has(thread, time);
}

bool Block::areOrdered(const Touches &touches) const {
  return std::ranges::all_of(touches.threads, [&](auto touch) { return isOrdered(touches.stretch, touch.first, touch.second); });
}

bool Block::areReadsOrdered(const Word &word) const {
  if (!word.isReadByMany || word.read < stretch)
    return isOrdered(word.read, word.reader, word.readAt);
  auto known = others.find(&word - words.data());
  return known != others.end() && known->second.reads.stretch == stretch && areOrdered(known->second.reads);
}

// Who read a word in this stretch, before marks were kept, is known if it was one thread only: several count as one that nobody sees.
void Block::keepMarks() {
  if (std::exchange(hasMarks, true))
    return;
  constexpr uint32_t unseen = -1;
  for (size_t number = 0; number < words.size(); ++number)
    if (const Word &word = words[number]; word.read == stretch)
      others[number].reads.add(stretch, word.isReadByMany ? unseen : word.reader, word.readAt);
}

void Block::touch(Word &word, uint32_t site, Access access) {
  uint32_t thread = running->thread, time = running->time;
  size_t number = &word - words.data();
  if (word.written == 0 && access != Access::Write)
    fail("reads shared memory that nobody has written", site);
  if (!isOrdered(word.written, word.writer, word.writtenAt))
    fail("touches shared memory that another thread writes, with no barrier between", site);
  if (access != Access::Read && !areReadsOrdered(word))
    fail("writes shared memory that another thread reads, with no barrier between", site);
  auto known = hasMarks ? others.find(number) : others.end();
  if (access != Access::Atomic && known != others.end() && !areOrdered(known->second.atomics))
    fail("touches shared memory that another thread changes atomically, with no barrier between", site);
  if (access == Access::Atomic)
    return others[number].atomics.add(stretch, thread, time);
  if (access == Access::Write) {
    word.written = stretch, word.writer = thread, word.writtenAt = time, word.fences = running->proxyFences;
    return;
  }
  if (hasMarks)
    others[number].reads.add(stretch, thread, time);
  word.isReadByMany = word.read == stretch && (word.isReadByMany || word.reader != thread);
  word.read = stretch, word.reader = thread, word.readAt = time;
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
    if (word.isMbarrier)
      fail("touches an mbarrier as if it were other memory", site);
    touch(word, site, writes ? Access::Write : Access::Read);
  }
}

void Block::checkFenced(uint32_t site, const char *address, uint32_t bytes) {
  for (const Word &word : wordsAt(site, address, bytes))
    if (word.written != 0 && fibers[word.writer % launch.threads].proxyFences <= word.fences)
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

// What others have released here is seen, and what this thread did is left for them. Nothing comes between this and the
// access itself.
void Block::accessAtomically(uint32_t site, const char *address, uint32_t bytes, bool acquires, bool releases) {
  sanitizer::Aside aside;
  fruitless = 0;
  pause();
  keepMarks();
  bool isShared = address >= sharedMemory && address < sharedMemory + launch.sharedBytes;
  if constexpr (!sanitizer::isActive) {
    if (!isShared)
      accessGlobal(site, address, bytes);
    else
      for (Word &word : wordsAt(site, address, bytes)) {
        if (word.copies)
          fail("touches shared memory to which a copy may still be on its way", site);
        if (word.isMbarrier)
          fail("touches an mbarrier as if it were other memory", site);
        touch(word, site, Access::Atomic);
      }
  }
  if (acquires)
    running->clock.join(atomics[address]);
  if (releases)
    leaveAt(atomics[address]);
}

void Block::leaveAt(Clock &mark) {
  mark.join(running->clock);
  mark.see(running->thread, running->time++);
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
  running->copies.back().number = ++running->numCopies;
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

/// What nobody has waited for until now is there, for whoever has seen it.
void Block::land(Fiber &fiber, Copy &copy) {
  if (copy.hasLanded)
    return;
  copy.hasLanded = true;
  if (launch.schedule == Schedule::Lazy)
    arrive(copy);
  if constexpr (!sanitizer::isActive)
    for (Word &word : wordsAt(copy.site, copy.to, copy.bytes)) {
      --word.copies;
      word.written = stretch, word.writer = launch.threads + fiber.thread, word.writtenAt = copy.trackedAt;
      word.fences = fiber.proxyFences;
    }
}

void Block::awaitCopies(uint32_t pending) {
  std::vector<size_t> &groups = running->groups;
  std::vector<Copy> &copies = running->copies;
  for (; groups.size() > pending; groups.erase(groups.begin())) {
    for (Copy &copy : std::span(copies).first(groups.front())) {
      sanitizer::write(copy.to, copy.bytes);
      if (copy.trackedAt) {
        land(*running, copy);
        running->clock.see(launch.threads + running->thread, copy.trackedAt);
        continue;
      }
      if (launch.schedule == Schedule::Lazy)
        arrive(copy);
      if constexpr (sanitizer::isActive)
        continue;
      for (Word &word : wordsAt(copy.site, copy.to, copy.bytes)) {
        --word.copies;
        touch(word, copy.site, Access::Write);
      }
    }
    copies.erase(copies.begin(), copies.begin() + groups.front());
  }
}
