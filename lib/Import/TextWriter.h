// Writes Weft text that is laid out for a reader. Knows the language, not the models.
#ifndef WEFT_LIB_IMPORT_TEXTWRITER_H
#define WEFT_LIB_IMPORT_TEXTWRITER_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/ADT/Twine.h"
#include "llvm/Support/raw_ostream.h"

#include <cstdint>
#include <string>

namespace weft {

/// `tensor<8x64xf32>`.
std::string tensorType(llvm::ArrayRef<int64_t> sizes, llvm::StringRef elementType);

/// A float literal of MLIR's that reads back as exactly this number, with the fewest digits:
/// `0.25`, `1.0e-5`.
std::string floatLiteral(double value);

/// The same number in prose: `32` for 32.0.
std::string shortNumber(double value);

/// "1234567" as "1,234,567".
std::string groupDigits(uint64_t value);

class TextWriter {
public:
  explicit TextWriter(llvm::raw_ostream &os) : os(os) {}

  void blank() { os << '\n'; }
  void comment(const llvm::Twine &text) { line("// " + text); }
  void line(const llvm::Twine &text);

  /// `head {`, with what follows indented until `close`.
  void open(const llvm::Twine &head);
  /// `head results {`; the results move to a line of their own where both do not fit on one, and
  /// the head is broken behind commas where it does not fit alone.
  void open(const llvm::Twine &head, const llvm::Twine &results);
  void close();

  /// `body : type`; the type moves to a line of its own where both do not fit on one, and so do
  /// the attributes of a body that does not fit alone.
  void op(const llvm::Twine &body, const llvm::Twine &type);

  /// `%name = weft.parameter "name" init(init) : type`, for `init` as "zeros" or "normal, 0.02".
  /// Gives the value's name, which has no `*`.
  std::string parameter(llvm::StringRef name, llvm::StringRef init, llvm::StringRef type);

private:
  /// Lines of at most kColumns, broken in front of the type or behind a comma.
  void wrap(std::string rest);

  llvm::raw_ostream &os;
  unsigned indentation = 0;
};

} // namespace weft

#endif // WEFT_LIB_IMPORT_TEXTWRITER_H
