// Where the batches of a run come from.
#ifndef WEFT_RT_DATA_BATCHSOURCE_H
#define WEFT_RT_DATA_BATCHSOURCE_H

#include "Data/DataFiles.h"
#include "weft-rt/ABI.h"

#include <cstdint>
#include <memory>
#include <string>

namespace weft::rt {

/// Data, checked against the inputs of an entry when it is opened. Filling a batch allocates nothing;
/// it fails with an Error that names file and offset where a value turns out to be out of range.
class BatchSource {
public:
  virtual ~BatchSource() = default;

  /// Fills the input block with sequences [first, first + WeftEntry::sequences) of an endless
  /// run over the data. Inputs `from_data` say, here and below, what of it is the data's.
  virtual void fill(uint64_t first, char *input) const = 0;

  /// One pass in file order. Where targets can be ignored the last batch is filled up with ignored
  /// ones and every sequence counts once; otherwise a last, partial batch is left out.
  virtual void fillEvaluation(uint64_t batch, char *input) const = 0;
  virtual uint64_t evaluationBatches() const = 0;

  /// The size of the data and a hash, by which a resumed run knows it again.
  virtual std::string identity() const = 0;
};

/// Opens the files of a list (see expandPaths) in a format. `threads` look for values out of range
/// before it returns, unless that would take long. Fails with an Error that names the file, and the
/// offset of such a value. `seed` is that of the order.
std::unique_ptr<BatchSource> openBatchSource(const std::string &list, const WeftEntry &entry,
                                             uint64_t seed, DataFormat format = DataFormat::Auto,
                                             int threads = 1,
                                             DataOrder order = DataOrder::Shuffled);

} // namespace weft::rt

#endif // WEFT_RT_DATA_BATCHSOURCE_H
