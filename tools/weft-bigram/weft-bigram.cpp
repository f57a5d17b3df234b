// The baseline that a byte model has to beat: how well one byte predicts the next.
//
// `weft-bigram TRAIN VAL` counts the pairs of neighbouring bytes in TRAIN and prints the mean of
// -log p(byte | byte before it) over VAL, in nats, where p(b | a) = (count(a b) + 1) / (count(a) +
// 256): add-one smoothing. The bytes that are scored, all of VAL but the first, are the targets
// that
// `--val-data VAL` scores.
#include <array>
#include <cerrno>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <string>
#include <vector>

namespace {

constexpr size_t kBytes = 256;

/// Wrong usage and bad input end every tool with this code.
constexpr int kBadInput = 2;

bool readText(const char *path, std::string &text) {
  std::FILE *file = std::fopen(path, "rb");
  std::array<char, 1 << 16> chunk;
  for (size_t count = 1; file && count > 0;) {
    count = std::fread(chunk.data(), 1, chunk.size(), file);
    text.append(chunk.data(), count);
  }
  // Opening a directory succeeds; reading it does not.
  bool failed = !file || std::ferror(file);
  int reason = errno;
  if (file)
    std::fclose(file);
  if (failed)
    std::fprintf(stderr, "weft-bigram: error: cannot read '%s': %s\n", path, std::strerror(reason));
  else if (text.size() < 2)
    std::fprintf(stderr,
                 "weft-bigram: error: '%s' is too short: expected at least 2 bytes, found %zu\n",
                 path, text.size());
  return !failed && text.size() >= 2;
}

/// Add-one-smoothed counts of pairs.
class Bigram {
public:
  explicit Bigram(const std::string &text) : pairs(kBytes * kBytes, 1) {
    firsts.fill(kBytes);
    for (size_t i = 1; i < text.size(); ++i) {
      ++pairs[pair(text, i)];
      ++firsts[byte(text[i - 1])];
    }
  }

  double nats(const std::string &text) const {
    double sum = 0;
    for (size_t i = 1; i < text.size(); ++i)
      sum -= std::log(double(pairs[pair(text, i)]) / double(firsts[byte(text[i - 1])]));
    return sum / double(text.size() - 1);
  }

private:
  static size_t byte(char c) { return static_cast<unsigned char>(c); }
  static size_t pair(const std::string &text, size_t i) {
    return byte(text[i - 1]) * kBytes + byte(text[i]);
  }

  std::vector<uint64_t> pairs;           // [before, after]
  std::array<uint64_t, kBytes> firsts{}; // sums over `after`
};

} // namespace

int main(int argc, char **argv) {
  if (argc != 3) {
    std::fputs("usage: weft-bigram TRAIN VAL\n"
               "Scores VAL with a byte bigram counted on TRAIN (add-one smoothing).\n",
               stderr);
    return kBadInput;
  }
  std::string train, validation;
  if (!readText(argv[1], train) || !readText(argv[2], validation))
    return kBadInput;
  std::printf("bigram: %.4f nats per byte\n", Bigram(train).nats(validation));
  return 0;
}
