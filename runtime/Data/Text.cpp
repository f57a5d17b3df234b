// Text as data: bytes are tokens, windows of T + 1 bytes that step by T are sequences.
#include "Data/BatchSource.h"
#include "Data/Permutation.h"
#include "Support/DType.h"
#include "Support/Error.h"
#include "Support/File.h"

#include <algorithm>
#include <cinttypes>

using namespace weft::rt;

namespace {

/// The inputs that text can fill: tokens [S, T] and, one position later, targets of the same shape.
struct TextInputs {
  const WeftInput *tokens = nullptr;
  const WeftInput *targets = nullptr;
};

TextInputs findInputs(const std::string &path, const WeftEntry &entry) {
  TextInputs found;
  for (int64_t i = 0; i < entry.num_inputs; ++i) {
    const WeftInput &input = entry.inputs[i];
    if (input.dtype != WEFT_I32 || input.rank != 2 || found.targets)
      fail("cannot fill input '%s' from the text file '%s': text fills two i32 inputs of shape "
           "[sequences, length]; give the data as a .safetensors file with one tensor per input",
           input.name, path.c_str());
    (found.tokens ? found.targets : found.tokens) = &input;
  }
  if (found.targets && found.targets->dims[1] != found.tokens->dims[1])
    fail("cannot fill inputs '%s' and '%s' from the text file '%s': expected the same length, "
         "found %" PRId64 " and %" PRId64,
         found.tokens->name, found.targets->name, path.c_str(), found.tokens->dims[1],
         found.targets->dims[1]);
  return found;
}

class Text final : public BatchSource {
public:
  Text(const std::string &path, const WeftEntry &entry, uint64_t seed)
      : BatchSource(entry), file(path), inputs(findInputs(path, entry)),
        length(static_cast<uint64_t>(inputs.tokens->dims[1])), seed(seed) {
    if (file.size() < length + 1)
      fail("'%s' is too short: a sequence of length %" PRIu64 " needs %" PRIu64
           " bytes, the file has %" PRIu64,
           path.c_str(), length, length + 1, file.size());
    windows = (file.size() - 1) / length;
    checkTokens();
  }

  void fill(uint64_t first, char *input) const override {
    for (int64_t row = 0; row < entry.sequences; ++row) {
      uint64_t sequence = first + static_cast<uint64_t>(row);
      Permutation order(windows, seed, sequence / windows);
      fillRow(row, order(sequence % windows), input);
    }
  }

  void fillEvaluation(uint64_t batch, char *input) const override {
    for (int64_t row = 0; row < entry.sequences; ++row) {
      fillIgnored(row, input);
      uint64_t sequence =
          batch * static_cast<uint64_t>(entry.sequences) + static_cast<uint64_t>(row);
      if (sequence < evaluationSequences())
        fillRow(row, sequence, input);
    }
  }

protected:
  /// A last, shorter window counts where the rest of its targets can be ignored.
  uint64_t evaluationSequences() const override {
    bool partial = inputs.targets && inputs.targets->has_ignored;
    return partial ? (file.size() - 1 + length - 1) / length : windows;
  }

private:
  void checkTokens() const {
    int64_t limit = 256;
    for (const WeftInput *input : {inputs.tokens, inputs.targets})
      if (input && input->limit >= 0)
        limit = std::min(limit, input->limit);
    for (uint64_t i = 0; limit < 256 && i < file.size(); ++i)
      if (static_cast<unsigned char>(file.data()[i]) >= limit)
        fail("'%s': byte %d at offset %" PRIu64 " is not a token of '%s', whose tokens are below "
             "%" PRId64,
             file.path().c_str(), static_cast<unsigned char>(file.data()[i]), i, entry.module->name,
             limit);
  }

  void fillRow(int64_t row, uint64_t window, char *input) const {
    const auto *begin = reinterpret_cast<const unsigned char *>(file.data()) + window * length;
    uint64_t count = std::min(length, file.size() - 1 - window * length);
    copyRow(*inputs.tokens, row, begin, count, input);
    if (inputs.targets)
      copyRow(*inputs.targets, row, begin + 1, count, input);
  }

  void copyRow(const WeftInput &to, int64_t row, const unsigned char *from, uint64_t count,
               char *input) const {
    auto *out =
        reinterpret_cast<int32_t *>(input + to.offset) + static_cast<uint64_t>(row) * length;
    std::copy_n(from, count, out);
  }

  MappedFile file;
  TextInputs inputs;
  uint64_t length;
  uint64_t seed;
  uint64_t windows = 0;
};

} // namespace

std::unique_ptr<BatchSource> weft::rt::openText(const std::string &path, const WeftEntry &entry,
                                                uint64_t seed) {
  return std::make_unique<Text>(path, entry, seed);
}
