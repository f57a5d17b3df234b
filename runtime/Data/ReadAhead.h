// The next batch, read while the present one is computed with.
#ifndef WEFT_RT_DATA_READAHEAD_H
#define WEFT_RT_DATA_READAHEAD_H

#include "Data/BatchSource.h"
#include "Device/CPU/Memory.h"

#include <condition_variable>
#include <exception>
#include <mutex>
#include <thread>

namespace weft::rt {

/// Gives the batches of another source, in any order. After each batch a thread fills the one that
/// follows it into a second buffer, which is reserved at construction; asked for that one, only a copy
/// is left to do. What goes wrong on the thread is thrown when its batch is asked for. Neither side
/// spins, neither allocates.
class ReadAhead final : public BatchSource {
public:
  ReadAhead(std::unique_ptr<BatchSource> source, const WeftEntry &entry);
  ~ReadAhead() override;

  void fill(uint64_t first, char *input) const override;
  void fillEvaluation(uint64_t batch, char *input) const override;
  uint64_t evaluationBatches() const override { return source->evaluationBatches(); }
  std::string identity() const override { return source->identity(); }

private:
  using Fill = void (BatchSource::*)(uint64_t, char *) const;
  struct Request {
    Fill fill = nullptr;
    uint64_t number = 0;
    bool operator==(const Request &) const = default;
  };

  void take(Request now, Request next, char *input) const;
  void work();

  std::unique_ptr<BatchSource> source;
  uint64_t sequences, bytes;
  Region buffer;
  // The thread owns buffer and error while `busy`, the caller otherwise.
  mutable std::mutex mutex;
  mutable std::condition_variable changed;
  mutable Request ahead;
  mutable bool busy = false;
  mutable std::exception_ptr error;
  bool stop = false;
  std::thread thread;
};

} // namespace weft::rt

#endif // WEFT_RT_DATA_READAHEAD_H
