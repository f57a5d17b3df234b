#include "TextWriter.h"

#include <array>
#include <charconv>
#include <cmath>

using namespace weft;

static constexpr size_t kColumns = 100;

std::string weft::tensorType(llvm::ArrayRef<int64_t> sizes, llvm::StringRef elementType) {
  std::string type = "tensor<";
  for (int64_t size : sizes)
    type += std::to_string(size) + "x";
  return type + elementType.str() + ">";
}

/// The fewest digits that read back as `value`, in that notation.
static std::string digits(double value, std::chars_format format) {
  // Fixed notation of a double needs at most 1 + 309 + 1 + 1074 characters.
  std::array<char, 1400> buffer;
  auto result = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, format);
  return std::string(buffer.data(), result.ptr);
}

std::string weft::floatLiteral(double value) {
  bool isPlain = value == 0 || (std::abs(value) >= 1e-4 && std::abs(value) < 1e15);
  std::string mantissa =
      digits(value, isPlain ? std::chars_format::fixed : std::chars_format::scientific);
  std::string exponent;
  if (size_t e = mantissa.find('e'); e != std::string::npos) {
    // "1e-05" is 1.0e-5 here.
    exponent = "e" + std::to_string(std::stoi(mantissa.substr(e + 1)));
    mantissa.resize(e);
  }
  // MLIR takes digits without a point for an integer.
  if (mantissa.find('.') == std::string::npos)
    mantissa += ".0";
  return mantissa + exponent;
}

std::string weft::shortNumber(double value) { return digits(value, std::chars_format::general); }

std::string weft::groupDigits(uint64_t value) {
  std::string text = std::to_string(value);
  for (size_t end = text.size(); end > 3; end -= 3)
    text.insert(end - 3, ",");
  return text;
}

void TextWriter::line(const llvm::Twine &text) { os.indent(indentation) << text << '\n'; }

void TextWriter::wrap(std::string rest) {
  while (indentation + rest.size() > kColumns) {
    size_t end = rest.rfind(" : ", kColumns - indentation);
    if (end == std::string::npos || end < 5)
      end = rest.rfind(", ", kColumns - indentation - 1) + 1;
    if (end < 5)
      break;
    line(rest.substr(0, end));
    rest = "    " + rest.substr(end + 1);
  }
  line(rest);
}

void TextWriter::open(const llvm::Twine &head) {
  line(head + " {");
  indentation += 2;
}

void TextWriter::open(const llvm::Twine &head, const llvm::Twine &results) {
  std::string text = (head + " " + results).str();
  if (indentation + text.size() + 2 <= kColumns)
    return open(text);
  wrap(head.str());
  open("    " + results);
}

void TextWriter::close() {
  indentation -= 2;
  line("}");
}

void TextWriter::op(const llvm::Twine &body, const llvm::Twine &type) {
  std::string bodyText = body.str();
  std::string typeText = type.str();
  if (indentation + bodyText.size() + 3 + typeText.size() <= kColumns)
    return line(bodyText + " : " + typeText);
  size_t split = bodyText.size();
  if (indentation + split > kColumns)
    split = std::min(bodyText.rfind(" {"), bodyText.rfind(" init("));
  line(bodyText.substr(0, split));
  if (split == bodyText.size())
    return wrap("    : " + typeText);
  wrap("    " + bodyText.substr(split + 1) + " : " + typeText);
}

std::string TextWriter::parameter(llvm::StringRef name, llvm::StringRef init,
                                  llvm::StringRef type) {
  std::string value = "%" + name.str();
  if (size_t star = value.find("*."); star != std::string::npos)
    value.erase(star, 2);
  op(value + " = weft.parameter \"" + name + "\" init(" + init + ")", type);
  return value;
}
