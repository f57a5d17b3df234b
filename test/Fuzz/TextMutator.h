// Mutates programs token by token.
#ifndef WEFT_TEST_FUZZ_TEXTMUTATOR_H
#define WEFT_TEST_FUZZ_TEXTMUTATOR_H

#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <vector>

/// Replaces, swaps, doubles and drops tokens and lines. Numbers are replaced everywhere in the text
/// as often as at one place, so that types still agree; names of ops by other ops' names.
class TextMutator {
public:
  TextMutator(std::vector<std::string> opNames, uint32_t seed)
      : opNames(std::move(opNames)), random(seed) {}

  std::string mutate(std::string_view text);
  /// Lines of `other` within `text`.
  std::string cross(std::string_view text, std::string_view other);

private:
  using Tokens = std::vector<std::string>;

  size_t below(size_t count) { return random() % count; }
  const std::string &freshToken(const std::string &old);
  void mutateOnce(Tokens &tokens);
  void mutateLines(std::string &text);
  void replaceAll(Tokens &tokens, const std::string &old, const std::string &fresh);

  std::vector<std::string> opNames;
  std::minstd_rand random;
};

#endif // WEFT_TEST_FUZZ_TEXTMUTATOR_H
