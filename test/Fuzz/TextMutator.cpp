#include "TextMutator.h"

#include <algorithm>
#include <cctype>
#include <cstddef>

namespace {

const std::vector<std::string> numbers = {"0",
                                          "1",
                                          "2",
                                          "3",
                                          "4",
                                          "5",
                                          "7",
                                          "8",
                                          "64",
                                          "67",
                                          "4096",
                                          "65536",
                                          "1000003",
                                          "-1",
                                          "-100",
                                          "2147483647",
                                          "2147483648",
                                          "4294967296",
                                          "99999999",
                                          "281474976710656",
                                          "9223372036854775807",
                                          "-9223372036854775808",
                                          "18446744073709551615",
                                          "0.0",
                                          "1.0",
                                          "-0.5",
                                          "1.0e-5",
                                          "1.0e300",
                                          "1.0e-320",
                                          "0x7FF8000000000000",
                                          "0x7FF0000000000000"};
// What is no op name and no number but means something.
const std::vector<std::string> words = {
    "f32",         "f64",          "i32",   "i64",    "f16",       "bf16",
    "tensor",      "erf",          "tanh",  "out_in", "in_out",    "transpose_a",
    "transpose_b", "keep_dims",    "axes",  "axis",   "parts",     "fill",
    "eps",         "ignore_index", "init",  "normal", "zeros",     "ones",
    "dense",       "offsets",      "sizes", "to",     "as",        "weight_decay",
    "betas",       "clip_norm",    "scope", "phase",  "weft.name", "true",
    "unit",        "none",         "index", "?"};

bool isWordPart(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) || c == '_' || c == '.';
}
bool isNumber(const std::string &token) {
  return std::isdigit(static_cast<unsigned char>(token.back())) &&
         !std::isalpha(static_cast<unsigned char>(token[0]));
}
bool isOpName(const std::string &token) { return token.starts_with("weft."); }

/// Where the token that begins at `at` ends. The sizes of a shape are tokens of their own.
size_t endOfToken(std::string_view text, size_t at) {
  char first = text[at];
  size_t end = at + 1;
  if (first == '"')
    return std::min(text.find('"', end), text.size() - 1) + 1;
  if (std::isdigit(static_cast<unsigned char>(first))) {
    while (end < text.size() &&
           (std::isdigit(static_cast<unsigned char>(text[end])) || text[end] == '.'))
      ++end;
    return end;
  }
  if (first == 'x')
    return end;
  if (isWordPart(first) || first == '%' || first == '@' || first == '#')
    while (end < text.size() && isWordPart(text[end]))
      ++end;
  else if (first == ' ')
    end = std::min(text.find_first_not_of(' ', end), text.size());
  return end;
}

std::vector<std::string> tokenize(std::string_view text) {
  std::vector<std::string> tokens;
  for (size_t at = 0; at < text.size();) {
    size_t end = endOfToken(text, at);
    tokens.emplace_back(text.substr(at, end - at));
    at = end;
  }
  return tokens;
}

std::vector<std::string> splitLines(std::string_view text) {
  std::vector<std::string> lines;
  for (size_t at = 0; at < text.size();) {
    size_t end = std::min(text.find('\n', at), text.size() - 1) + 1;
    lines.emplace_back(text.substr(at, end - at));
    at = end;
  }
  return lines;
}

std::string join(const std::vector<std::string> &parts) {
  std::string text;
  for (const std::string &part : parts)
    text += part;
  return text;
}

} // namespace

const std::string &TextMutator::freshToken(const std::string &old) {
  if (isOpName(old) && !opNames.empty())
    return opNames[below(opNames.size())];
  const std::vector<std::string> &from = isNumber(old) ? numbers : words;
  return from[below(from.size())];
}

void TextMutator::replaceAll(Tokens &tokens, const std::string &old, const std::string &fresh) {
  std::replace(tokens.begin(), tokens.end(), std::string(old), fresh);
}

void TextMutator::mutateOnce(Tokens &tokens) {
  std::vector<size_t> places; // of what is neither space nor punctuation
  for (size_t i = 0; i < tokens.size(); ++i)
    if (tokens[i].size() > 1 || isWordPart(tokens[i][0]))
      places.push_back(i);
  if (places.empty())
    return;
  size_t at = places[below(places.size())], other = places[below(places.size())];
  switch (below(8)) {
  case 0:
    std::swap(tokens[at], tokens[other]);
    break;
  case 1:
    tokens.erase(tokens.begin() + static_cast<std::ptrdiff_t>(at));
    break;
  case 2:
    tokens.insert(tokens.begin() + static_cast<std::ptrdiff_t>(at), tokens[other]);
    break;
  case 3:
    tokens[at] = tokens[other]; // operands among others
    break;
  case 4:
  case 5: // everywhere, so that types stay consistent
    replaceAll(tokens, std::string(tokens[at]), freshToken(tokens[at]));
    break;
  default:
    tokens[at] = freshToken(tokens[at]);
  }
}

void TextMutator::mutateLines(std::string &text) {
  std::vector<std::string> lines = splitLines(text);
  if (lines.empty())
    return;
  size_t at = below(lines.size()), other = below(lines.size());
  switch (below(3)) {
  case 0:
    lines.erase(lines.begin() + static_cast<std::ptrdiff_t>(at));
    break;
  case 1:
    lines.insert(lines.begin() + static_cast<std::ptrdiff_t>(at), lines[other]);
    break;
  default:
    std::swap(lines[at], lines[other]);
  }
  text = join(lines);
}

std::string TextMutator::mutate(std::string_view text) {
  std::string result(text);
  if (below(6) == 0)
    mutateLines(result);
  Tokens tokens = tokenize(result);
  for (size_t i = 0, count = 1 + below(3); i < count; ++i)
    mutateOnce(tokens);
  return join(tokens);
}

std::string TextMutator::cross(std::string_view text, std::string_view other) {
  std::vector<std::string> lines = splitLines(text), from = splitLines(other);
  if (lines.empty() || from.empty())
    return std::string(text);
  size_t begin = below(from.size()), count = 1 + below(std::min<size_t>(from.size() - begin, 4));
  lines.insert(lines.begin() + static_cast<std::ptrdiff_t>(below(lines.size())),
               from.begin() + static_cast<std::ptrdiff_t>(begin),
               from.begin() + static_cast<std::ptrdiff_t>(begin + count));
  return join(lines);
}
