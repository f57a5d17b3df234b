#include "Data/SequenceSource.h"

#include "Data/Permutation.h"
#include "Support/DType.h"

using namespace weft::rt;

namespace {

/// Writes a row of an input: valueAt(i) is element i.
template <typename ValueAt>
void writeRow(const WeftInput &input, int64_t row, char *block, ValueAt valueAt) {
  int64_t count = elementCount(input.dims + 1, input.rank - 1);
  withType(input.dtype, [&]<typename T>(T *) {
    T *begin = reinterpret_cast<T *>(block + input.offset) + row * count;
    for (int64_t i = 0; i < count; ++i)
      if constexpr (std::is_arithmetic_v<T>)
        begin[i] = static_cast<T>(valueAt(i));
      else
        begin[i] = T::from(static_cast<double>(valueAt(i)));
  });
}

/// Fills one row of an input with its ignored value, or with zeros.
void ignoreRow(const WeftInput &input, int64_t row, char *block) {
  writeRow(input, row, block, [&](int64_t) { return input.has_ignored ? input.ignored : 0; });
}

/// Writes 1 for the first `positions` of a row of an input `from_data`, and 0 behind them.
void noteRow(const WeftInput &input, int64_t row, int64_t positions, char *block) {
  writeRow(input, row, block, [&](int64_t i) { return i < positions; });
}

} // namespace

uint64_t RunOrder::operator()(uint64_t sequence, uint64_t count) const {
  uint64_t place = sequence % count;
  return kind == DataOrder::File ? place : Permutation(count, seed, sequence / count)(place);
}

void SequenceSource::fill(uint64_t first, char *input) const {
  for (int64_t row = 0; row < entry.sequences; ++row) {
    uint64_t sequence = order(first + static_cast<uint64_t>(row), trainingSequences());
    noteFilled(row, fillRow(row, sequence, input), input);
  }
}

void SequenceSource::fillEvaluation(uint64_t batch, char *input) const {
  uint64_t first = batch * static_cast<uint64_t>(entry.sequences);
  for (int64_t row = 0; row < entry.sequences; ++row) {
    fillIgnored(row, input);
    uint64_t sequence = first + static_cast<uint64_t>(row);
    if (sequence < evaluationSequences())
      noteFilled(row, fillEvaluationRow(row, sequence, input), input);
  }
}

uint64_t SequenceSource::evaluationBatches() const {
  uint64_t perBatch = static_cast<uint64_t>(entry.sequences);
  return (evaluationSequences() + (canIgnore() ? perBatch - 1 : 0)) / perBatch;
}

bool SequenceSource::canIgnore() const {
  for (int64_t i = 0; i < entry.num_inputs; ++i)
    if (entry.inputs[i].has_ignored)
      return true;
  return false;
}

void SequenceSource::fillIgnored(int64_t row, char *input) const {
  for (int64_t i = 0; i < entry.num_inputs; ++i)
    ignoreRow(entry.inputs[i], row, input);
}

void SequenceSource::noteFilled(int64_t row, int64_t positions, char *input) const {
  for (int64_t i = 0; i < entry.num_inputs; ++i)
    if (const WeftInput &each = entry.inputs[i]; each.from_data)
      noteRow(each, row, positions, input);
}
