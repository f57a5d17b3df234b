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
                               ExactDouble value) {
  bool isDeviation = kind == InitKind::Normal || kind == InitKind::Uniform;
  if (isDeviation && !(value >= 0 && std::isfinite(value)))
    return emitError() << "init " << stringifyInitKind(kind)
                       << " expects a finite value that is not negative, got: " << double(value);
  if (!std::isfinite(value))
    return emitError() << "init " << stringifyInitKind(kind)
                       << " expects a finite value, got: " << double(value);
  return success();
}

// `<kind>` or `<kind, value>` between the given delimiters.
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
  InitAttr init = InitAttr::getChecked([&] { return parser.emitError(loc); }, parser.getContext(),
                                       *kind, value);
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

ParseResult weft::spec::parseRole(OpAsmParser &parser, RoleAttr &role) {
  return parseEnumKeyword(parser, role, symbolizeRole,
                          "a role of parameter, gradient, optimizer, loss_sum, loss_weight, "
                          "eval_sum, eval_weight, gradient_norm or logits");
}

void weft::spec::printRole(OpAsmPrinter &printer, Operation *, RoleAttr role) {
  printer << stringifyRole(role.getValue());
}

ParseResult weft::spec::parseEntryKind(OpAsmParser &parser, EntryKindAttr &kind) {
  return parseEnumKeyword(parser, kind, symbolizeEntryKind, "one of train, eval, logits");
}

void weft::spec::printEntryKind(OpAsmPrinter &printer, Operation *, EntryKindAttr kind) {
  printer << stringifyEntryKind(kind.getValue());
}

ParseResult weft::spec::parseEpilogue(OpAsmParser &parser, EpilogueAttr &epilogue) {
  return parseEnumKeyword(parser, epilogue, symbolizeEpilogue,
                          "an epilogue of bias, gelu, gelu_backward, sum_a or sum_b");
}

void weft::spec::printEpilogue(OpAsmPrinter &printer, Operation *, EpilogueAttr epilogue) {
  printer << stringifyEpilogue(epilogue.getValue());
}
