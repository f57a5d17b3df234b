// Batches given as tensors: a safetensors file with one tensor [sequences, ...] per model input.
#include "Checkpoint/SafetensorsFile.h"
#include "Data/SequenceSource.h"
#include "Support/DType.h"
#include "Support/Error.h"
#include "Support/Hash.h"

#include <algorithm>
#include <cinttypes>
#include <cstring>
#include <vector>

using namespace weft::rt;

namespace {

using CopyFn = void (*)(const char *from, char *to, int64_t count);

template <typename From, typename To> void copyAs(const char *from, char *to, int64_t count) {
  // A tensor in a file is only aligned as far as its header happens to be long.
  for (int64_t i = 0; i < count; ++i) {
    From value;
    memcpy(&value, from + i * static_cast<int64_t>(sizeof(From)), sizeof(From));
    reinterpret_cast<To *>(to)[i] = static_cast<To>(value);
  }
}

/// Null if a tensor of dtype `from` does not fit elements of `To`: integers do not fit reals, nor the other way round.
template <typename To> CopyFn copyFunction(const std::string &from) {
  std::optional<WeftDType> dtype = findDType(from);
  if (!dtype)
    return nullptr;
  return withType(*dtype, []<typename From>(From *) -> CopyFn {
    if constexpr (std::is_arithmetic_v<From> && std::is_integral_v<From> == std::is_integral_v<To>)
      return copyAs<From, To>;
    else
      return nullptr;
  });
}

struct Source {
  const WeftInput *input;
  const SafetensorsFile::Tensor *tensor;
  CopyFn copy;
  int64_t rowElements;
};

class Tensors final : public SequenceSource {
public:
  Tensors(const std::string &path, const WeftEntry &entry, RunOrder order)
      : SequenceSource(entry, order), file(path) {
    for (int64_t i = 0; i < entry.num_inputs; ++i)
      if (!entry.inputs[i].from_data)
        sources.push_back(findSource(entry.inputs[i]));
    for (const SafetensorsFile::Tensor &tensor : file.tensors())
      if (std::none_of(sources.begin(), sources.end(),
                       [&](const Source &source) { return source.tensor == &tensor; }))
        fail("'%s': tensor '%s' is not an input of '%s'; a data file holds one tensor per input",
             path.c_str(), tensor.name.c_str(), entry.module->name);
    for (const Source &source : sources)
      checkValues(source);
    file.requireUnchanged();
    if (!canIgnore() && sequences < static_cast<uint64_t>(entry.sequences))
      fail("'%s' is too short: it has %" PRIu64 " sequences, a step of '%s' takes %" PRId64,
           path.c_str(), sequences, entry.module->name, entry.sequences);
  }

  std::string identity() const override {
    Hash hash;
    for (const SafetensorsFile::Tensor &tensor : file.tensors())
      hash.add(tensor.data, tensor.bytes);
    char text[96];
    snprintf(text, sizeof(text), "%" PRIu64 " sequences, hash %016" PRIx64, sequences, hash.value());
    return text;
  }

protected:
  int64_t fillRow(int64_t row, uint64_t sequence, char *input) const override {
    return fillEvaluationRow(row, sequence, input);
  }

  int64_t fillEvaluationRow(int64_t row, uint64_t sequence, char *input) const override {
    for (const Source &source : sources) {
      int64_t count = source.rowElements;
      uint64_t rowBytes = source.tensor->bytes / sequences;
      source.copy(source.tensor->data + sequence * rowBytes,
                  input + source.input->offset + byteSize(source.input->dtype, row * count),
                  count);
    }
    file.requireUnchanged();
    return INT64_MAX;
  }

  uint64_t trainingSequences() const override { return sequences; }
  uint64_t evaluationSequences() const override { return sequences; }

private:
  Source findSource(const WeftInput &input) {
    const char *path = file.path().c_str();
    const SafetensorsFile::Tensor *tensor = file.find(input.name);
    if (!tensor)
      fail("'%s': expected a tensor '%s' for this input of '%s', found none", path, input.name,
           entry.module->name);
    CopyFn copy = withInputType(
        input, [&]<typename To>(To *) { return copyFunction<To>(tensor->dtype); });
    if (!copy)
      fail("'%s': tensor '%s' has dtype %s, input '%s' needs %s", path, input.name,
           tensor->dtype.c_str(), input.name, dtypeName(input.dtype));
    bool fits = static_cast<int64_t>(tensor->shape.size()) == input.rank && tensor->shape[0] > 0 &&
                std::equal(tensor->shape.begin() + 1, tensor->shape.end(), input.dims + 1);
    if (!fits)
      fail("'%s': tensor '%s' has shape %s, expected %s with any number of sequences first", path,
           input.name, shapeText(tensor->shape).c_str(),
           shapeText({input.dims, input.dims + input.rank}).c_str());
    uint64_t rows = static_cast<uint64_t>(tensor->shape[0]);
    if (sequences != 0 && rows != sequences)
      fail("'%s': tensor '%s' has %" PRIu64 " sequences, the tensors before it have %" PRIu64, path,
           input.name, rows, sequences);
    sequences = rows;
    return {&input, tensor, copy, elementCount(input.dims + 1, input.rank - 1)};
  }

  /// Every value of an integer input is checked once, so that no batch can hold a bad one.
  void checkValues(const Source &source) const {
    const WeftInput &input = *source.input;
    if (isReal(input.dtype))
      return;
    CopyFn load = copyFunction<int64_t>(source.tensor->dtype);
    uint64_t size = bytesOfDType(source.tensor->dtype);
    for (uint64_t offset = 0; offset < source.tensor->bytes; offset += size) {
      int64_t value;
      load(source.tensor->data + offset, reinterpret_cast<char *>(&value), 1);
      bool inRange = input.limit >= 0 ? value >= 0 && value < input.limit
                                      : input.dtype == WEFT_I64 || value == int32_t(value);
      if (!inRange && !(input.has_ignored && value == input.ignored))
        reportValue(source, value, offset);
    }
  }

  [[noreturn]] void reportValue(const Source &source, int64_t value, uint64_t offset) const {
    const WeftInput &input = *source.input;
    uint64_t inFile = static_cast<uint64_t>(source.tensor->data - file.data()) + offset;
    int64_t limit = input.limit >= 0 ? input.limit : int64_t(1) << 31;
    std::string also =
        input.has_ignored ? ", or " + std::to_string(input.ignored) + " to ignore" : std::string();
    fail("'%s': tensor '%s' has the value %" PRId64 " at offset %" PRIu64
         ", expected 0 <= value < %" PRId64 "%s",
         file.path().c_str(), input.name, value, inFile, limit, also.c_str());
  }

  SafetensorsFile file;
  std::vector<Source> sources;
  uint64_t sequences = 0;
};

} // namespace

std::unique_ptr<BatchSource> weft::rt::openTensors(const std::string &path, const WeftEntry &entry,
                                                   RunOrder order) {
  return std::make_unique<Tensors>(path, entry, order);
}
