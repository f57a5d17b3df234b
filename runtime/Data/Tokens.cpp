// Files of tokens as data: windows of T + 1 tokens that step by T are sequences. None spans two
// files.
#include "Data/SequenceSource.h"
#include "Data/TokenFile.h"
#include "Support/Error.h"
#include "Support/Hash.h"

#include <algorithm>
#include <cinttypes>

using namespace weft::rt;

namespace {

/// Files of more bytes than this together are not searched for bad tokens before step 1: that takes
/// a second or less for what is below. Every token is looked at when it is read in any case.
constexpr uint64_t mostSearched = uint64_t(1) << 30;

/// The inputs that tokens can fill: tokens [S, T] and, one position later, targets of the same shape.
struct TokenInputs {
  const WeftInput *tokens = nullptr;
  const WeftInput *targets = nullptr;
};

TokenInputs findInputs(const std::string &path, const WeftEntry &entry) {
  TokenInputs found;
  for (int64_t i = 0; i < entry.num_inputs; ++i) {
    const WeftInput &input = entry.inputs[i];
    if (input.from_data)
      continue;
    if (input.dtype != WEFT_I32 || input.rank != 2 || found.targets)
      fail("cannot fill input '%s' from the tokens of '%s': they fill two i32 inputs of shape "
           "[sequences, length]; give the data as a .safetensors file with one tensor per input",
           input.name, path.c_str());
    (found.tokens ? found.targets : found.tokens) = &input;
  }
  if (found.targets && found.targets->dims[1] != found.tokens->dims[1])
    fail("cannot fill inputs '%s' and '%s' from the tokens of '%s': expected the same length, "
         "found %" PRId64 " and %" PRId64,
         found.tokens->name, found.targets->name, path.c_str(), found.tokens->dims[1],
         found.targets->dims[1]);
  for (int64_t i = 0; i < entry.num_inputs; ++i)
    if (const WeftInput &input = entry.inputs[i];
        input.from_data && input.rank == 2 && input.dims[1] != found.tokens->dims[1])
      fail("cannot say in '%s' which tokens are those of '%s': expected as many positions as in "
           "'%s', "
           "%" PRId64 ", found %" PRId64,
           input.name, path.c_str(), found.tokens->name, found.tokens->dims[1], input.dims[1]);
  return found;
}

constexpr uint64_t allTokens = uint64_t(1) << 31;

/// Tokens are below this for both inputs.
uint64_t leastLimit(const TokenInputs &inputs) {
  uint64_t limit = allTokens;
  for (const WeftInput *input : {inputs.tokens, inputs.targets})
    if (input && input->limit >= 0)
      limit = std::min(limit, static_cast<uint64_t>(input->limit));
  return limit;
}

/// A file, and how many sequences the files up to and including it have.
struct Shard {
  TokenFile file;
  uint64_t windows, evaluated;
};

class Tokens final : public SequenceSource {
public:
  Tokens(const std::vector<std::string> &paths, const WeftEntry &entry, RunOrder order,
         DataFormat format, int threads)
      : SequenceSource(entry, order), inputs(findInputs(paths.front(), entry)),
        length(static_cast<uint64_t>(inputs.tokens->dims[1])), limit(leastLimit(inputs)) {
    Vocabulary vocabulary = {entry.module->name, limit < allTokens ? limit : 0};
    for (const std::string &path : paths) {
      add(TokenFile(path, format, vocabulary));
      requireSequence(paths.size() > 1);
    }
    search(threads);
  }

  std::string identity() const override {
    uint64_t tokens = 0;
    Hash hash;
    for (const Shard &shard : shards) {
      uint64_t fingerprint = shard.file.fingerprint();
      hash.add(&fingerprint, sizeof(fingerprint));
      tokens += shard.file.size();
    }
    char text[96];
    snprintf(text, sizeof(text), "%zu files, %" PRIu64 " tokens, hash %016" PRIx64, shards.size(),
             tokens, hash.value());
    return text;
  }

protected:
  int64_t fillRow(int64_t row, uint64_t sequence, char *input) const override {
    return copyWindow(&Shard::windows, sequence, row, input);
  }

  int64_t fillEvaluationRow(int64_t row, uint64_t sequence, char *input) const override {
    return copyWindow(&Shard::evaluated, sequence, row, input);
  }

  uint64_t trainingSequences() const override { return shards.back().windows; }
  uint64_t evaluationSequences() const override { return shards.back().evaluated; }

private:
  /// A last, shorter window of a file counts in evaluation where the rest of its targets can be
  /// ignored.
  void add(TokenFile file) {
    uint64_t targets = file.size() > 0 ? file.size() - 1 : 0, windows = targets / length;
    bool partial = inputs.targets && inputs.targets->has_ignored;
    uint64_t evaluated = partial ? (targets + length - 1) / length : windows;
    uint64_t before[] = {shards.empty() ? 0 : shards.back().windows,
                         shards.empty() ? 0 : shards.back().evaluated};
    shards.push_back({std::move(file), before[0] + windows, before[1] + evaluated});
  }

  /// The file that was added last has a sequence, of training or of evaluation: none is left out in
  /// silence.
  void requireSequence(bool isOneOfSeveral) const {
    bool isEvaluated = entry.kind == WEFT_ENTRY_EVAL;
    uint64_t Shard::*count = isEvaluated ? &Shard::evaluated : &Shard::windows;
    uint64_t before = shards.size() > 1 ? shards[shards.size() - 2].*count : 0;
    if (shards.back().*count > before)
      return;
    bool isPartial = isEvaluated && inputs.targets && inputs.targets->has_ignored;
    fail("'%s' is too short: a sequence of %s%" PRIu64 " needs %" PRIu64
         " tokens, the file has %" PRIu64 "%s",
         shards.back().file.path().c_str(), isPartial ? "at least " : "length ",
         isPartial ? 1 : length, isPartial ? 2 : length + 1, shards.back().file.size(),
         isOneOfSeveral ? "; leave it out, or join it with another" : "");
  }

  void search(int threads) const {
    uint64_t bytes = 0;
    for (const Shard &shard : shards)
      bytes += shard.file.bytes();
    for (const Shard &shard : shards)
      if (bytes <= mostSearched && shard.file.canReach(limit)) {
        uint64_t bad = searchFile(shard.file, threads);
        shard.file.requireUnchanged();
        check(shard.file, bad);
      }
  }

  /// The first bad token, whichever thread finds it.
  uint64_t searchFile(const TokenFile &file, int threads) const {
    constexpr uint64_t piece = uint64_t(1) << 20;
    uint64_t first = file.size();
    int64_t pieces = static_cast<int64_t>((file.size() + piece - 1) / piece);
#pragma omp parallel for num_threads(threads) schedule(static) reduction(min : first)
    for (int64_t i = 0; i < pieces; ++i) {
      uint64_t begin = static_cast<uint64_t>(i) * piece;
      uint64_t end = std::min(file.size(), begin + piece);
      uint64_t found = file.findBeyond(begin, end, limit);
      if (found < end)
        first = std::min(first, found);
    }
    return first;
  }

  /// `token`: the number of a bad one, or the size of the file.
  void check(const TokenFile &file, uint64_t token) const {
    if (token < file.size())
      fail("'%s': %s is not a token of '%s', whose tokens are below %" PRIu64 "%s",
           file.path().c_str(), file.describe(token).c_str(), entry.module->name, limit,
           file.isPlainWide() ? "; --data-format nanogpt reads ids of 16 bits" : "");
  }

  /// `count` says in which numbering the sequence is: of training or of evaluation. Returns how
  /// many tokens the window has.
  int64_t copyWindow(uint64_t Shard::*count, uint64_t sequence, int64_t row, char *input) const {
    auto shard = std::upper_bound(
        shards.begin(), shards.end(), sequence,
        [&](uint64_t number, const Shard &candidate) { return number < candidate.*count; });
    if (shard != shards.begin())
      sequence -= (*std::prev(shard)).*count;
    const TokenFile &file = shard->file;
    uint64_t begin = sequence * length, tokens = std::min(length, file.size() - 1 - begin);
    uint64_t bad = file.findBeyond(begin, begin + tokens + 1, limit);
    copyRow(*inputs.tokens, file, begin, tokens, row, input);
    if (inputs.targets)
      copyRow(*inputs.targets, file, begin + 1, tokens, row, input);
    file.requireUnchanged();
    if (bad <= begin + tokens)
      check(file, bad);
    return static_cast<int64_t>(tokens);
  }

  void copyRow(const WeftInput &to, const TokenFile &file, uint64_t begin, uint64_t count,
               int64_t row, char *input) const {
    auto *out = reinterpret_cast<int32_t *>(input + to.offset);
    file.read(begin, count, out + static_cast<uint64_t>(row) * length);
  }

  TokenInputs inputs;
  uint64_t length;
  uint64_t limit;
  std::vector<Shard> shards;
};

} // namespace

std::unique_ptr<BatchSource> weft::rt::openTokens(const std::vector<std::string> &paths,
                                                  const WeftEntry &entry, RunOrder order,
                                                  DataFormat format, int threads) {
  return std::make_unique<Tokens>(paths, entry, order, format, threads);
}
