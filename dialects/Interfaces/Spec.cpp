#include "dialects/Interfaces/Spec.h"

#include "mlir/IR/Builders.h"
#include "mlir/IR/DialectImplementation.h"
#include "llvm/ADT/TypeSwitch.h"

#include <charconv>
#include <cmath>

using namespace mlir;
using namespace weft::spec;

#include "dialects/Interfaces/SpecDialect.cpp.inc"
#include "dialects/Interfaces/SpecEnums.cpp.inc"
#define GET_ATTRDEF_CLASSES
#include "dialects/Interfaces/SpecAttrs.cpp.inc"

void SpecDialect::initialize() {
  addAttributes<
#define GET_ATTRDEF_LIST
#include "dialects/Interfaces/SpecAttrs.cpp.inc"
      >();
}

void weft::spec::printDouble(AsmPrinter &printer, double value) {
  char buffer[32];
  StringRef text(buffer, std::to_chars(buffer, std::end(buffer), value).ptr - buffer);
  // A float literal has a point, which the shortest form may lack.
  size_t exponent = text.find('e');
  printer << text.substr(0, exponent);
  if (!text.contains('.'))
    printer << ".0";
  if (exponent != StringRef::npos)
    printer << text.substr(exponent);
}

static bool hasValue(InitKind kind) { return kind != InitKind::Zeros && kind != InitKind::Ones; }

LogicalResult InitAttr::verify(function_ref<InFlightDiagnostic()> emitError, InitKind kind,
                               ExactDouble value, std::optional<int64_t>) {
  bool isDeviation = kind == InitKind::Normal || kind == InitKind::Uniform;
  if (isDeviation && !(value >= 0 && std::isfinite(value)))
    return emitError() << "init " << stringifyInitKind(kind)
                       << " expects a finite value that is not negative, got: " << double(value);
  if (!std::isfinite(value))
    return emitError() << "init " << stringifyInitKind(kind)
                       << " expects a finite value, got: " << double(value);
  return success();
}

LogicalResult weft::spec::verifyRows(Operation *op, InitAttr init, ArrayRef<int64_t> paddingRows,
                                     ArrayRef<int64_t> shape) {
  int64_t rows = shape.empty() ? 0 : shape.front();
  auto verifyRow = [&](StringRef what, int64_t row) -> LogicalResult {
    if (row >= 0 && row < rows)
      return success();
    return op->emitOpError("expects a ")
           << what << " of at least 0 and below " << rows << ", the tensor's rows, got " << row;
  };
  if (init.getZeroRow() && failed(verifyRow("zero_row", *init.getZeroRow())))
    return failure();
  for (int64_t row : paddingRows)
    if (failed(verifyRow("padding row", row)))
      return failure();
  return success();
}

// `, zero_row = 2`, or nothing.
static ParseResult parseZeroRow(AsmParser &parser, std::optional<int64_t> &row) {
  int64_t value = 0;
  if (failed(parser.parseOptionalComma()))
    return success();
  if (parser.parseKeyword("zero_row") || parser.parseEqual() || parser.parseInteger(value))
    return failure();
  row = value;
  return success();
}

// `kind` or `kind, value`, and maybe `, zero_row = row`, between the given delimiters.
static FailureOr<InitAttr> parseInitBody(AsmParser &parser) {
  StringRef keyword;
  SMLoc loc = parser.getCurrentLocation();
  if (failed(parser.parseKeyword(&keyword)))
    return failure();
  std::optional<InitKind> kind = symbolizeInitKind(keyword);
  if (!kind)
    return parser.emitError(loc)
           << "expected an init of zeros, ones, constant, normal or uniform, got '" << keyword
           << "'";
  double value = *kind == InitKind::Ones ? 1.0 : 0.0;
  if (hasValue(*kind) && (parser.parseComma() || parser.parseFloat(value)))
    return failure();
  std::optional<int64_t> zeroRow;
  if (parseZeroRow(parser, zeroRow))
    return failure();
  InitAttr init = InitAttr::getChecked([&] { return parser.emitError(loc); }, parser.getContext(),
                                       *kind, value, zeroRow);
  if (!init)
    return failure();
  return init;
}

static void printInitBody(AsmPrinter &printer, InitAttr init) {
  printer << stringifyInitKind(init.getKind());
  if (hasValue(init.getKind())) {
    printer << ", ";
    printDouble(printer, init.getValue());
  }
  if (init.getZeroRow())
    printer << ", zero_row = " << *init.getZeroRow();
}

Attribute InitAttr::parse(AsmParser &parser, Type) {
  if (parser.parseLess())
    return {};
  FailureOr<InitAttr> init = parseInitBody(parser);
  if (failed(init) || parser.parseGreater())
    return {};
  return *init;
}

void InitAttr::print(AsmPrinter &printer) const {
  printer << "<";
  printInitBody(printer, *this);
  printer << ">";
}

ParseResult weft::spec::parseInit(OpAsmParser &parser, InitAttr &init) {
  if (parser.parseKeyword("init") || parser.parseLParen())
    return failure();
  FailureOr<InitAttr> parsed = parseInitBody(parser);
  if (failed(parsed) || parser.parseRParen())
    return failure();
  init = *parsed;
  return success();
}

void weft::spec::printInit(OpAsmPrinter &printer, Operation *, InitAttr init) {
  printer << "init(";
  printInitBody(printer, init);
  printer << ")";
}
