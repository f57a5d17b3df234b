#include "TextWriter.h"

#include <array>
#include <charconv>

using namespace weft;

static constexpr size_t kColumns = 100;

std::string weft::tensorType(llvm::ArrayRef<int64_t> sizes, llvm::StringRef elementType) {
  std::string type = "tensor<";
  for (int64_t size : sizes)
    type += std::to_string(size) + "x";
  return type + elementType.str() + ">";
}

std::string weft::floatLiteral(double value) {
  // Fixed notation of a double needs at most 1 + 309 + 1 + 1074 characters.
  std::array<char, 1400> buffer;
  auto result =
      std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::fixed);
  std::string text(buffer.data(), result.ptr);
  // MLIR takes digits without a point for an integer.
  return text.find('.') == std::string::npos ? text + ".0" : text;
}

std::string weft::groupDigits(uint64_t value) {
  std::string text = std::to_string(value);
  for (size_t end = text.size(); end > 3; end -= 3)
    text.insert(end - 3, ",");
  return text;
}

void TextWriter::line(const llvm::Twine &text) { os.indent(indentation) << text << '\n'; }

void TextWriter::open(const llvm::Twine &head) {
  line(head + " {");
  indentation += 2;
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
  line(bodyText);
  line("    : " + typeText);
}

void TextWriter::parameter(llvm::StringRef name, llvm::StringRef init, llvm::StringRef type) {
  op("%" + name + " = weft.parameter \"" + name + "\" init(" + init + ")", type);
}
