// Batches put together from sequences: what sources of tokens and of tensors share.
#ifndef WEFT_RT_DATA_SEQUENCESOURCE_H
#define WEFT_RT_DATA_SEQUENCESOURCE_H

#include "Data/BatchSource.h"

#include <vector>

namespace weft::rt {

/// Which sequence of the data is which of the endless run.
struct RunOrder {
  uint64_t seed;
  DataOrder kind;

  /// Of the data's `count` sequences, the one that is number `sequence` of the run.
  uint64_t operator()(uint64_t sequence, uint64_t count) const;
};

class SequenceSource : public BatchSource {
public:
  SequenceSource(const WeftEntry &entry, RunOrder order) : entry(entry), order(order) {}

  void fill(uint64_t first, char *input) const final;
  void fillEvaluation(uint64_t batch, char *input) const final;
  uint64_t evaluationBatches() const final;

protected:
  /// Fills row `row` of every input of the data with one of the `trainingSequences()`. Returns how
  /// many positions of the row that has filled: all, or the first ones.
  virtual int64_t fillRow(int64_t row, uint64_t sequence, char *input) const = 0;
  virtual uint64_t trainingSequences() const = 0;
  /// The same for one of the evaluation's. The row was made to count for nothing before.
  virtual int64_t fillEvaluationRow(int64_t row, uint64_t sequence, char *input) const = 0;
  virtual uint64_t evaluationSequences() const = 0;
  bool canIgnore() const;

  const WeftEntry &entry;

private:
  void fillIgnored(int64_t row, char *input) const;
  void noteFilled(int64_t row, int64_t positions, char *input) const;

  RunOrder order;
};

std::unique_ptr<BatchSource> openTokens(const std::vector<std::string> &paths,
                                        const WeftEntry &entry, RunOrder order, DataFormat format,
                                        int threads);
std::unique_ptr<BatchSource> openTensors(const std::string &path, const WeftEntry &entry,
                                         RunOrder order);

} // namespace weft::rt

#endif // WEFT_RT_DATA_SEQUENCESOURCE_H
