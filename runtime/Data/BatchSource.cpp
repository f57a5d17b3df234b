#include "Data/BatchSource.h"

#include "Support/DType.h"

#include <cstring>

using namespace weft::rt;

namespace {

/// Fills one row of an integer input with its ignored value, any other input with zeros.
void fillRow(const WeftInput &input, int64_t row, char *block) {
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

bool endsWith(const std::string &text, const char *end) {
  size_t length = strlen(end);
  return text.size() >= length && text.compare(text.size() - length, length, end) == 0;
}

} // namespace

bool BatchSource::canIgnore() const {
  for (int64_t i = 0; i < entry.num_inputs; ++i)
    if (entry.inputs[i].has_ignored)
      return true;
  return false;
}

void BatchSource::fillIgnored(int64_t row, char *input) const {
  for (int64_t i = 0; i < entry.num_inputs; ++i)
    fillRow(entry.inputs[i], row, input);
}

uint64_t BatchSource::evaluationBatches() const {
  uint64_t perBatch = static_cast<uint64_t>(entry.sequences);
  return (evaluationSequences() + (canIgnore() ? perBatch - 1 : 0)) / perBatch;
}

std::unique_ptr<BatchSource> weft::rt::openBatchSource(const std::string &path,
                                                       const WeftEntry &entry, uint64_t seed) {
  if (endsWith(path, ".safetensors"))
    return openTensors(path, entry);
  return openText(path, entry, seed);
}
