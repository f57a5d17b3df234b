// What LLVM's sanitizers have to be told of fibers, of the block's memory and of what instructions do to memory. The library
// is built once for each of them, itself not instrumented, and once for none, where all of this is nothing.
#ifndef WEFT_SIM_SANITIZER_H
#define WEFT_SIM_SANITIZER_H

#include <cstddef>
#include <cstdint>

#if defined(WEFT_SIM_ADDRESS)
#include <pthread.h>
extern "C" {
void __sanitizer_start_switch_fiber(void **saved, const void *bottom, size_t size);
void __sanitizer_finish_switch_fiber(void *saved, const void **bottom, size_t *size);
void __asan_poison_memory_region(const volatile void *address, size_t size);
void __asan_unpoison_memory_region(const volatile void *address, size_t size);
void __asan_loadN(uintptr_t address, size_t size);
void __asan_storeN(uintptr_t address, size_t size);
}
#elif defined(WEFT_SIM_THREAD)
extern "C" {
void *__tsan_get_current_fiber();
void *__tsan_create_fiber(unsigned flags);
void __tsan_destroy_fiber(void *fiber);
void __tsan_switch_to_fiber(void *fiber, unsigned flags);
void __tsan_acquire(void *address);
void __tsan_release(void *address);
void __tsan_read_range(void *address, unsigned long size);
void __tsan_write_range(void *address, unsigned long size);
void AnnotateIgnoreReadsBegin(const char *file, int line);
void AnnotateIgnoreWritesBegin(const char *file, int line);
void AnnotateIgnoreReadsEnd(const char *file, int line);
void AnnotateIgnoreWritesEnd(const char *file, int line);
}
#elif defined(WEFT_SIM_MEMORY)
extern "C" {
void __msan_poison(const volatile void *address, size_t size);
void __msan_unpoison(const volatile void *address, size_t size);
void __msan_check_mem_is_initialized(const volatile void *address, size_t size);
}
#endif

namespace weft::sim::sanitizer {

/// Whether a sanitizer watches accesses, and the simulator does not.
#if defined(WEFT_SIM_ADDRESS) || defined(WEFT_SIM_THREAD) || defined(WEFT_SIM_MEMORY)
inline constexpr bool isActive = true;
#else
inline constexpr bool isActive = false;
#endif

/// What a sanitizer knows of a stack that code runs on.
class Stack {
public:
  Stack() = default;
  Stack(const Stack &) = delete;
  ~Stack() {
#if defined(WEFT_SIM_THREAD)
    if (isOwn)
      __tsan_destroy_fiber(fiber);
#endif
  }

  /// Of a fiber.
  void create([[maybe_unused]] void *memory, [[maybe_unused]] size_t bytes) {
#if defined(WEFT_SIM_ADDRESS)
    bottom = memory, size = bytes;
#elif defined(WEFT_SIM_THREAD)
    fiber = __tsan_create_fiber(0), isOwn = true;
#endif
  }
  /// Of the thread that runs.
  void adopt() {
#if defined(WEFT_SIM_ADDRESS)
    pthread_attr_t attributes;
    void *start = nullptr;
    pthread_getattr_np(pthread_self(), &attributes);
    pthread_attr_getstack(&attributes, &start, &size);
    pthread_attr_destroy(&attributes);
    bottom = start;
#elif defined(WEFT_SIM_THREAD)
    fiber = __tsan_get_current_fiber();
#endif
  }

  /// Right before the switch from this stack to another one; for ever if `isDone`.
  void leave([[maybe_unused]] Stack &next, [[maybe_unused]] bool isDone) {
#if defined(WEFT_SIM_ADDRESS)
    __sanitizer_start_switch_fiber(isDone ? nullptr : &fake, next.bottom, next.size);
#elif defined(WEFT_SIM_THREAD)
    __tsan_switch_to_fiber(next.fiber, kNoOrder);
#endif
  }
  /// Right after the switch back, or at the first moment on it.
  void enter() {
#if defined(WEFT_SIM_ADDRESS)
    __sanitizer_finish_switch_fiber(fake, nullptr, nullptr);
    fake = nullptr;
#endif
  }

  /// What this thread has done is before all that the other one does from now on.
  void precede([[maybe_unused]] Stack &other, [[maybe_unused]] void *mark) {
#if defined(WEFT_SIM_THREAD)
    void *own = __tsan_get_current_fiber();
    __tsan_switch_to_fiber(fiber, kNoOrder);
    __tsan_release(mark);
    __tsan_switch_to_fiber(other.fiber, kNoOrder);
    __tsan_acquire(mark);
    __tsan_switch_to_fiber(own, kNoOrder);
#endif
  }

private:
#if defined(WEFT_SIM_ADDRESS)
  const void *bottom = nullptr;
  size_t size = 0;
  void *fake = nullptr;
#elif defined(WEFT_SIM_THREAD)
  static constexpr unsigned kNoOrder = 1;
  void *fiber = nullptr;
  bool isOwn = false;
#endif
};

/// While it lives, this thread's accesses are the simulator's own.
struct Aside {
  Aside() {
#if defined(WEFT_SIM_THREAD)
    AnnotateIgnoreReadsBegin(__FILE__, __LINE__);
    AnnotateIgnoreWritesBegin(__FILE__, __LINE__);
#endif
  }
  ~Aside() {
#if defined(WEFT_SIM_THREAD)
    AnnotateIgnoreReadsEnd(__FILE__, __LINE__);
    AnnotateIgnoreWritesEnd(__FILE__, __LINE__);
#endif
  }
};

/// What happens before a release is before what happens behind an acquire of the same mark.
inline void release([[maybe_unused]] void *mark) {
#if defined(WEFT_SIM_THREAD)
  __tsan_release(mark);
#endif
}
inline void acquire([[maybe_unused]] void *mark) {
#if defined(WEFT_SIM_THREAD)
  __tsan_acquire(mark);
#endif
}

inline void forbid([[maybe_unused]] const void *address, [[maybe_unused]] size_t size) {
#if defined(WEFT_SIM_ADDRESS)
  __asan_poison_memory_region(address, size);
#endif
}
inline void allow([[maybe_unused]] const void *address, [[maybe_unused]] size_t size) {
#if defined(WEFT_SIM_ADDRESS)
  __asan_unpoison_memory_region(address, size);
#endif
}
/// Holds nothing that may be used, or something.
inline void markUnwritten([[maybe_unused]] const void *address, [[maybe_unused]] size_t size) {
#if defined(WEFT_SIM_MEMORY)
  __msan_poison(address, size);
#endif
}
inline void markWritten([[maybe_unused]] const void *address, [[maybe_unused]] size_t size) {
#if defined(WEFT_SIM_MEMORY)
  __msan_unpoison(address, size);
#endif
}
/// Must hold something.
inline void checkWritten([[maybe_unused]] const void *address, [[maybe_unused]] size_t size) {
#if defined(WEFT_SIM_MEMORY)
  __msan_check_mem_is_initialized(address, size);
#endif
}

/// An instruction reads or writes.
inline void read([[maybe_unused]] const void *address, [[maybe_unused]] size_t size) {
#if defined(WEFT_SIM_ADDRESS)
  __asan_loadN(reinterpret_cast<uintptr_t>(address), size);
#elif defined(WEFT_SIM_THREAD)
  __tsan_read_range(const_cast<void *>(address), size);
#endif
}
inline void write([[maybe_unused]] const void *address, [[maybe_unused]] size_t size) {
#if defined(WEFT_SIM_ADDRESS)
  __asan_storeN(reinterpret_cast<uintptr_t>(address), size);
#elif defined(WEFT_SIM_THREAD)
  __tsan_write_range(const_cast<void *>(address), size);
#endif
}

} // namespace weft::sim::sanitizer

#endif // WEFT_SIM_SANITIZER_H
