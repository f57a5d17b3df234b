#include "Data/ReadAhead.h"

#include <cstring>
#include <utility>

using namespace weft::rt;

ReadAhead::ReadAhead(std::unique_ptr<BatchSource> opened, const WeftEntry &entry)
    : source(std::move(opened)), sequences(static_cast<uint64_t>(entry.sequences)),
      bytes(entry.module->input_bytes), buffer("read-ahead buffer", bytes, 1),
      thread([this] { work(); }) {}

ReadAhead::~ReadAhead() {
  {
    std::lock_guard<std::mutex> lock(mutex);
    stop = true;
  }
  changed.notify_all();
  thread.join();
}

void ReadAhead::fill(uint64_t first, char *input) const {
  take({&BatchSource::fill, first}, {&BatchSource::fill, first + sequences}, input);
}

void ReadAhead::fillEvaluation(uint64_t batch, char *input) const {
  uint64_t next = batch + 1 < evaluationBatches() ? batch + 1 : 0;
  take({&BatchSource::fillEvaluation, batch}, {&BatchSource::fillEvaluation, next}, input);
}

void ReadAhead::take(Request now, Request next, char *input) const {
  std::unique_lock<std::mutex> lock(mutex);
  changed.wait(lock, [this] { return !busy; });
  std::exception_ptr wrong = std::exchange(error, nullptr);
  if (!(ahead == now))
    (source.get()->*now.fill)(now.number, input);
  else if (wrong)
    std::rethrow_exception(wrong);
  else
    memcpy(input, buffer.data(), bytes);
  ahead = next;
  busy = true;
  lock.unlock();
  changed.notify_all();
}

void ReadAhead::work() {
  std::unique_lock<std::mutex> lock(mutex);
  while (true) {
    changed.wait(lock, [this] { return busy || stop; });
    if (stop)
      return;
    lock.unlock();
    try {
      (source.get()->*ahead.fill)(ahead.number, buffer.data());
    } catch (...) {
      error = std::current_exception();
    }
    lock.lock();
    busy = false;
    changed.notify_all();
  }
}
