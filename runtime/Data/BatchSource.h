// Where the batches of a run come from.
#ifndef WEFT_RT_DATA_BATCHSOURCE_H
#define WEFT_RT_DATA_BATCHSOURCE_H

#include "weft-rt/ABI.h"

#include <cstdint>
#include <memory>
#include <string>

namespace weft::rt {

/// A data file, checked against the inputs of an entry when it is opened. Filling a batch neither
/// allocates nor fails.
class BatchSource {
public:
  explicit BatchSource(const WeftEntry &entry) : entry(entry) {}
  virtual ~BatchSource() = default;

  /// Fills the input block with sequences [first, first + WeftEntry::sequences) of an endless
  /// run over the data.
  virtual void fill(uint64_t first, char *input) const = 0;

  /// One pass in file order. Where targets can be ignored the last batch is filled up with ignored
  /// ones and every sequence counts once; otherwise a last, partial batch is left out.
  virtual void fillEvaluation(uint64_t batch, char *input) const = 0;
  uint64_t evaluationBatches() const;

protected:
  virtual uint64_t evaluationSequences() const = 0;
  bool canIgnore() const;
  /// Makes row `row` of every input count for nothing.
  void fillIgnored(int64_t row, char *input) const;

  const WeftEntry &entry;
};

/// A text file (bytes are tokens) or, by its extension, a safetensors file with one tensor per
/// input. Fails with an Error that names the file, and the offset where a value is out of range.
std::unique_ptr<BatchSource> openBatchSource(const std::string &path, const WeftEntry &entry,
                                             uint64_t seed);

std::unique_ptr<BatchSource> openText(const std::string &path, const WeftEntry &entry,
                                      uint64_t seed);
std::unique_ptr<BatchSource> openTensors(const std::string &path, const WeftEntry &entry);

} // namespace weft::rt

#endif // WEFT_RT_DATA_BATCHSOURCE_H
