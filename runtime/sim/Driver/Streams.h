// Streams, events and graphs of the simulated driver. Nothing runs before somebody waits for it, and then no more than
// what is waited for: streams run in the latest order that events allow, so that an event that is not waited for, or a
// buffer of the host that is written again too early, shows.
#ifndef WEFT_SIM_DRIVER_STREAMS_H
#define WEFT_SIM_DRIVER_STREAMS_H

#include "Device/CUDA/Driver.h"

#include <chrono>
#include <deque>
#include <functional>
#include <memory>
#include <vector>

namespace weft::sim {

using rt::cuda::Result;

enum : Result {
  success = 0,
  invalidValue = 1,      // CUDA_ERROR_INVALID_VALUE
  outOfMemory = 2,       // CUDA_ERROR_OUT_OF_MEMORY
  notInitialized = 3,    // CUDA_ERROR_NOT_INITIALIZED
  invalidImage = 200,    // CUDA_ERROR_INVALID_IMAGE
  notFound = 500,        // CUDA_ERROR_NOT_FOUND
  illegalAddress = 700,  // CUDA_ERROR_ILLEGAL_ADDRESS
  notSupported = 801,    // CUDA_ERROR_NOT_SUPPORTED
  captureUnsupported = 900, // CUDA_ERROR_STREAM_CAPTURE_UNSUPPORTED
};

using Work = std::function<Result()>;

struct Graph {
  std::vector<Work> work;
};

struct Stream;

struct Event {
  Stream *stream = nullptr;           // that it was last recorded in
  uint64_t recorded = 0, reached = 0; // how often
  std::chrono::steady_clock::time_point time; // when it was last reached, here
};

struct Stream {
  std::deque<Work> queue;
  std::unique_ptr<Graph> capture; // while one is captured

  /// Queues it, or notes it in the graph that is captured.
  void add(Work work);
  /// Runs what is queued until `done` holds (all of it: always false). The first fault stays: see fault().
  Result run(const std::function<bool()> &done);
};

/// What went wrong on the device; as there, nothing works after it.
Result &fault();

/// Waits until the event's last record has been reached.
Result reach(Event &event, uint64_t record);

} // namespace weft::sim

#endif // WEFT_SIM_DRIVER_STREAMS_H
