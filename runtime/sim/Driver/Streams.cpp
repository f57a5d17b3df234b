#include "sim/Driver/Streams.h"

#include "sim/Driver/Memory.h"

using namespace weft::sim;

Result &weft::sim::fault() {
  static Result result = success;
  return result;
}

void Stream::add(Work work) {
  if (capture)
    capture->work.push_back(std::move(work));
  else
    queue.push_back(std::move(work));
}

Result Stream::run(const std::function<bool()> &done) {
  DeviceMemory::Use use; // the host cannot touch it at other times
  while (!queue.empty() && !done() && fault() == success) {
    Work work = std::move(queue.front());
    queue.pop_front();
    if (Result result = work())
      fault() = result;
  }
  return fault();
}

Result weft::sim::reach(Event &event, uint64_t record) {
  if (event.reached >= record)
    return fault();
  return event.stream->run([&] { return event.reached >= record; });
}
