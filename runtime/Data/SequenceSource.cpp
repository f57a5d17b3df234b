#include "Data/SequenceSource.h"

#include "Data/Permutation.h"
#include "Support/DType.h"

#include <cstring>

using namespace weft::rt;

namespace {

/// Fills one row of an integer input with its ignored value, any other input with zeros.
void ignoreRow(const WeftInput &input, int64_t row, char *block) {
  int64_t count = elementCount(input.dims + 1, input.rank - 1);
  char *begin = block + input.offset + row * count * byteSize(input.dtype);
  if (!input.has_ignored) {
    memset(begin, 0, static_cast<size_t>(count * byteSize(input.dtype)));
    return;
  }
  for (int64_t i = 0; i < count; ++i)
    if (input.dtype == WEFT_I32)
      reinterpret_cast<int32_t *>(begin)[i] = static_cast<int32_t>(input.ignored);
    else
      reinterpret_cast<int64_t *>(begin)[i] = input.ignored;
}

/// Writes 1 for the first `positions` of a row of an input `from_data`, and 0 behind them.
template <typename Real>
void noteRow(const WeftInput &input, int64_t row, int64_t positions, char *block) {
  int64_t count = elementCount(input.dims + 1, input.rank - 1);
  auto *begin = reinterpret_cast<Real *>(block + input.offset) + row * count;
  for (int64_t i = 0; i < count; ++i)
    begin[i] = i < positions ? 1 : 0;
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
      each.dtype == WEFT_F32 ? noteRow<float>(each, row, positions, input)
                             : noteRow<double>(each, row, positions, input);
}
