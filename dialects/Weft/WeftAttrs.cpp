// Attributes with several numbers: dictionaries with known keys in any order.
#include "dialects/Weft/Weft.h"

#include "mlir/IR/DialectImplementation.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/ADT/TypeSwitch.h"

#include <cmath>
#include <limits>

using namespace mlir;
using namespace weft;

#define GET_ATTRDEF_CLASSES
#include "dialects/Weft/WeftAttrs.cpp.inc"

void WeftDialect::registerAttributes() {
  addAttributes<
#define GET_ATTRDEF_LIST
#include "dialects/Weft/WeftAttrs.cpp.inc"
      >();
}

// `key = value, ...` between optional angle brackets. `parseValue` returns nullopt for a key that
// it does not know; `known` lists the others for the error.
static ParseResult parseKeys(AsmParser &parser, StringRef known,
                             function_ref<std::optional<ParseResult>(StringRef key)> parseValue) {
  llvm::StringSet<> seen;
  return parser.parseCommaSeparatedList(
      AsmParser::Delimiter::OptionalLessGreater, [&]() -> ParseResult {
        StringRef key;
        SMLoc loc = parser.getCurrentLocation();
        if (parser.parseKeyword(&key))
          return failure();
        if (!seen.insert(key).second)
          return parser.emitError(loc) << "'" << key << "' is given twice";
        if (parser.parseEqual())
          return failure();
        if (std::optional<ParseResult> result = parseValue(key))
          return *result;
        return parser.emitError(loc) << "unknown key '" << key << "', expected one of " << known;
      });
}

static void printKey(AsmPrinter &printer, StringRef key, double value) {
  printer << key << " = ";
  spec::printDouble(printer, value);
}

Attribute AdamWAttr::parse(AsmParser &parser, Type) {
  double beta1 = 0.9, beta2 = 0.999, eps = 1e-8, weightDecay = 0.01;
  SMLoc loc = parser.getCurrentLocation();
  auto parseBetas = [&]() -> ParseResult {
    return failure(parser.parseLSquare() || parser.parseFloat(beta1) || parser.parseComma() ||
                   parser.parseFloat(beta2) || parser.parseRSquare());
  };
  auto parseValue = [&](StringRef key) -> std::optional<ParseResult> {
    if (key == "betas")
      return parseBetas();
    if (key == "eps")
      return parser.parseFloat(eps);
    if (key == "weight_decay")
      return parser.parseFloat(weightDecay);
    return std::nullopt;
  };
  if (parseKeys(parser, "betas, eps, weight_decay", parseValue))
    return {};
  return getChecked([&] { return parser.emitError(loc); }, parser.getContext(), beta1, beta2, eps,
                    weightDecay);
}

void AdamWAttr::print(AsmPrinter &printer) const {
  printer << "<betas = [";
  spec::printDouble(printer, getBeta1());
  printer << ", ";
  spec::printDouble(printer, getBeta2());
  printer << "], ";
  printKey(printer, "eps", getEps());
  printer << ", ";
  printKey(printer, "weight_decay", getWeightDecay());
  printer << ">";
}

LogicalResult AdamWAttr::verify(function_ref<InFlightDiagnostic()> emitError,
                                spec::ExactDouble beta1, spec::ExactDouble beta2,
                                spec::ExactDouble eps, spec::ExactDouble weightDecay) {
  for (double beta : {beta1, beta2})
    if (!(beta >= 0 && beta < 1))
      return emitError() << "betas must be at least 0 and below 1, got: " << beta;
  if (!(eps > 0) || !std::isfinite(eps))
    return emitError() << "eps must be above 0, got: " << double(eps);
  if (!(weightDecay >= 0) || !std::isfinite(weightDecay))
    return emitError() << "weight_decay must be at least 0, got: " << double(weightDecay);
  return success();
}

Attribute SGDAttr::parse(AsmParser &parser, Type) {
  double momentum = 0, weightDecay = 0;
  bool nesterov = false;
  SMLoc loc = parser.getCurrentLocation();
  auto parseNesterov = [&]() -> ParseResult {
    nesterov = succeeded(parser.parseOptionalKeyword("true"));
    return nesterov ? success() : parser.parseKeyword("false");
  };
  auto parseValue = [&](StringRef key) -> std::optional<ParseResult> {
    if (key == "momentum")
      return parser.parseFloat(momentum);
    if (key == "nesterov")
      return parseNesterov();
    if (key == "weight_decay")
      return parser.parseFloat(weightDecay);
    return std::nullopt;
  };
  if (parseKeys(parser, "momentum, nesterov, weight_decay", parseValue))
    return {};
  return getChecked([&] { return parser.emitError(loc); }, parser.getContext(), momentum, nesterov,
                    weightDecay);
}

void SGDAttr::print(AsmPrinter &printer) const {
  printer << "<";
  printKey(printer, "momentum", getMomentum());
  printer << ", nesterov = " << (getNesterov() ? "true" : "false") << ", ";
  printKey(printer, "weight_decay", getWeightDecay());
  printer << ">";
}

LogicalResult SGDAttr::verify(function_ref<InFlightDiagnostic()> emitError,
                              spec::ExactDouble momentum, bool nesterov,
                              spec::ExactDouble weightDecay) {
  if (!(momentum >= 0 && momentum < 1))
    return emitError() << "momentum must be at least 0 and below 1, got: " << double(momentum);
  if (nesterov && double(momentum) == 0)
    return emitError() << "nesterov needs a momentum above 0";
  if (!(weightDecay >= 0) || !std::isfinite(weightDecay))
    return emitError() << "weight_decay must be at least 0, got: " << double(weightDecay);
  return success();
}

// Proves: a finite number above 0; NaN stands for a key that was left out.
static LogicalResult verifyPositive(function_ref<InFlightDiagnostic()> emitError, StringRef key,
                                    double value) {
  if (std::isnan(value))
    return emitError() << "expected a number for " << key;
  if (!(value > 0) || std::isinf(value))
    return emitError() << key << " must be above 0, got: " << value;
  return success();
}

static constexpr double kNotGiven = std::numeric_limits<double>::quiet_NaN();

Attribute RopeLinearAttr::parse(AsmParser &parser, Type) {
  double factor = kNotGiven;
  SMLoc loc = parser.getCurrentLocation();
  auto parseValue = [&](StringRef key) -> std::optional<ParseResult> {
    if (key == "factor")
      return parser.parseFloat(factor);
    return std::nullopt;
  };
  if (parseKeys(parser, "factor", parseValue))
    return {};
  return getChecked([&] { return parser.emitError(loc); }, parser.getContext(), factor);
}

void RopeLinearAttr::print(AsmPrinter &printer) const {
  printer << "<";
  printKey(printer, "factor", getFactor());
  printer << ">";
}

LogicalResult RopeLinearAttr::verify(function_ref<InFlightDiagnostic()> emitError,
                                     spec::ExactDouble factor) {
  return verifyPositive(emitError, "factor", factor);
}

Attribute RopeLlama3Attr::parse(AsmParser &parser, Type) {
  double factor = kNotGiven, low = kNotGiven, high = kNotGiven;
  int64_t positions = 0;
  SMLoc loc = parser.getCurrentLocation();
  auto parseValue = [&](StringRef key) -> std::optional<ParseResult> {
    if (key == "factor")
      return parser.parseFloat(factor);
    if (key == "low_freq_factor")
      return parser.parseFloat(low);
    if (key == "high_freq_factor")
      return parser.parseFloat(high);
    if (key == "original_positions")
      return parser.parseInteger(positions);
    return std::nullopt;
  };
  if (parseKeys(parser, "factor, low_freq_factor, high_freq_factor, original_positions",
                parseValue))
    return {};
  return getChecked([&] { return parser.emitError(loc); }, parser.getContext(), factor, low, high,
                    positions);
}

void RopeLlama3Attr::print(AsmPrinter &printer) const {
  printer << "<";
  printKey(printer, "factor", getFactor());
  printer << ", ";
  printKey(printer, "low_freq_factor", getLowFreqFactor());
  printer << ", ";
  printKey(printer, "high_freq_factor", getHighFreqFactor());
  printer << ", original_positions = " << getOriginalPositions() << ">";
}

LogicalResult RopeLlama3Attr::verify(function_ref<InFlightDiagnostic()> emitError,
                                     spec::ExactDouble factor, spec::ExactDouble low,
                                     spec::ExactDouble high, int64_t positions) {
  if (failed(verifyPositive(emitError, "factor", factor)) ||
      failed(verifyPositive(emitError, "low_freq_factor", low)) ||
      failed(verifyPositive(emitError, "high_freq_factor", high)))
    return failure();
  if (double(low) >= double(high))
    return emitError() << "low_freq_factor must be below high_freq_factor, got: " << double(low)
                       << " and " << double(high);
  if (positions < 1)
    return emitError() << "original_positions must be at least 1, got: " << positions;
  return success();
}

Attribute ParameterGroupAttr::parse(AsmParser &parser, Type) {
  StringAttr match;
  double weightDecay = std::numeric_limits<double>::quiet_NaN(), scale = 1.0;
  SMLoc loc = parser.getCurrentLocation();
  auto parseValue = [&](StringRef key) -> std::optional<ParseResult> {
    if (key == "match")
      return parser.parseAttribute(match);
    if (key == "weight_decay")
      return parser.parseFloat(weightDecay);
    if (key == "learning_rate_scale")
      return parser.parseFloat(scale);
    return std::nullopt;
  };
  if (parseKeys(parser, "match, weight_decay, learning_rate_scale", parseValue))
    return {};
  return getChecked([&] { return parser.emitError(loc); }, parser.getContext(), match, weightDecay,
                    scale);
}

void ParameterGroupAttr::print(AsmPrinter &printer) const {
  printer << "<match = " << getMatch();
  if (hasWeightDecay()) {
    printer << ", ";
    printKey(printer, "weight_decay", getWeightDecay());
  }
  if (getLearningRateScale() != 1.0) {
    printer << ", ";
    printKey(printer, "learning_rate_scale", getLearningRateScale());
  }
  printer << ">";
}

bool ParameterGroupAttr::hasWeightDecay() const { return !std::isnan(getWeightDecay()); }

LogicalResult ParameterGroupAttr::verify(function_ref<InFlightDiagnostic()> emitError,
                                         StringAttr match, spec::ExactDouble weightDecay,
                                         spec::ExactDouble scale) {
  if (!match || match.empty())
    return emitError() << "a parameter group needs a pattern: match = \"*.bias\"";
  if (weightDecay < 0 || std::isinf(weightDecay))
    return emitError() << "weight_decay must be at least 0, got: " << double(weightDecay);
  if (!(scale >= 0) || std::isinf(scale))
    return emitError() << "learning_rate_scale must be at least 0, got: " << double(scale);
  return success();
}
