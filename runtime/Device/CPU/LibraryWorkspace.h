// Memory that library calls take for their own packing, without allocating once a step.
//
// dnnl_sgemm calls posix_memalign for one packing buffer and frees it, at every call, and offers
// no way to bring a buffer. The executable therefore defines posix_memalign and free itself: while
// a thread is inside a LibraryCall, posix_memalign is served from that thread's part of one
// region that is mapped before the first step; everything else goes on to the C library.
//
// The first call of a kind makes oneDNN generate code and keep objects. They come out of the same
// region and simply stay: a part is a stack, and only what was freed is used again.
#ifndef WEFT_RT_DEVICE_CPU_LIBRARYWORKSPACE_H
#define WEFT_RT_DEVICE_CPU_LIBRARYWORKSPACE_H

#include <cstddef>
#include <cstdint>

namespace weft::rt {

/// Maps the region for `threads` threads (address space; pages come when they are touched).
/// More threads than that, and larger requests, are served by the heap.
void reserveLibraryWorkspace(int threads);

/// While it lives, this thread's posix_memalign is served from the region.
class LibraryCall {
public:
  LibraryCall();
  ~LibraryCall();
  LibraryCall(const LibraryCall &) = delete;
  LibraryCall &operator=(const LibraryCall &) = delete;
};

/// Requests inside a LibraryCall that the region could not serve, since the start.
uint64_t libraryWorkspaceMisses();

/// The most bytes that one thread has had in use at once, over all threads.
uint64_t libraryWorkspacePeak();

} // namespace weft::rt

#endif // WEFT_RT_DEVICE_CPU_LIBRARYWORKSPACE_H
