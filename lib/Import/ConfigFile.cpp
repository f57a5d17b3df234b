#include "weft/Import/ConfigFile.h"

#include "TextWriter.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/MemoryBuffer.h"

using namespace weft;
namespace json = llvm::json;

// Far beyond any config. LLVM's parser recurses, so that depth is bounded before it runs.
static constexpr unsigned kMaxDepth = 64;
static constexpr uint64_t kMaxBytes = 16 << 20;

/// How deep objects and arrays nest, strings left out.
static unsigned nestingDepth(llvm::StringRef text) {
  unsigned depth = 0, deepest = 0;
  bool inString = false;
  for (size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    if (inString && c == '\\')
      ++i;
    else if (c == '"')
      inString = !inString;
    else if (!inString && (c == '{' || c == '['))
      deepest = std::max(deepest, ++depth);
    else if (!inString && (c == '}' || c == ']') && depth > 0)
      --depth;
  }
  return deepest;
}

llvm::Expected<json::Object> weft::loadConfig(llvm::StringRef path) {
  auto buffer = llvm::MemoryBuffer::getFileOrSTDIN(path);
  if (!buffer)
    return llvm::createStringError("cannot read it: " + buffer.getError().message());
  llvm::StringRef text = (*buffer)->getBuffer();
  if (text.size() > kMaxBytes)
    return llvm::createStringError("expected a config of at most 16 MiB, it has %zu bytes",
                                   text.size());
  if (unsigned depth = nestingDepth(text); depth > kMaxDepth)
    return llvm::createStringError("expected a config that nests at most %u deep, it nests %u deep",
                                   kMaxDepth, depth);
  llvm::Expected<json::Value> value = json::parse(text);
  if (!value)
    return llvm::createStringError("expected JSON: " + llvm::toString(value.takeError()));
  if (json::Object *object = value->getAsObject())
    return std::move(*object);
  return llvm::createStringError("expected a JSON object, as in {\"model_type\": \"llama\", ...}");
}

json::Object weft::overlay(json::Object config, const json::Object &more) {
  for (const auto &[key, value] : more)
    config[key] = value;
  return config;
}

/// Keys of numbers that are fractions though they may be whole: transformers looks at the type.
static bool isFraction(llvm::StringRef key) {
  return key.ends_with("factor") || key.ends_with("dropout") || key.ends_with("pdrop") ||
         key.ends_with("softcapping") || key.ends_with("coef") || key.ends_with("noise") ||
         key == "rope_theta";
}

namespace {

/// `json::OStream` with numbers of our own: it writes 1e-05 as 1.0000000000000001e-05.
class ConfigPrinter {
public:
  using Format = std::string(double);
  ConfigPrinter(llvm::raw_ostream &os, unsigned indent, Format *format)
      : json(os, indent), format(format) {}

  void print(const json::Value &value, bool isFraction = false);

private:
  void print(const json::Object &object);

  json::OStream json;
  Format *format; // of numbers that are not whole, or fractions though they are
};

} // namespace

void ConfigPrinter::print(const json::Object &object) {
  auto keys = llvm::to_vector(llvm::make_first_range(object));
  llvm::sort(keys);
  json.objectBegin();
  for (const json::ObjectKey &key : keys) {
    json.attributeBegin(key);
    print(*object.get(key), isFraction(key));
    json.attributeEnd();
  }
  json.objectEnd();
}

void ConfigPrinter::print(const json::Value &value, bool isFraction) {
  if (const json::Object *object = value.getAsObject())
    return print(*object);
  if (const json::Array *array = value.getAsArray()) {
    json.arrayBegin();
    for (const json::Value &element : *array)
      print(element, isFraction);
    return json.arrayEnd();
  }
  bool isInteger = value.getAsInteger() || value.getAsUINT64();
  if (value.kind() == json::Value::Number && (isFraction || !isInteger))
    return json.rawValue(format(*value.getAsNumber()));
  json.value(value);
}

std::string weft::formatValue(const json::Value &value) {
  std::string text;
  llvm::raw_string_ostream os(text);
  ConfigPrinter(os, /*indent=*/0, shortNumber).print(value);
  return text;
}

std::string weft::formatConfig(const json::Object &config) {
  std::string text;
  llvm::raw_string_ostream os(text);
  ConfigPrinter(os, /*indent=*/2, floatLiteral).print(json::Value(json::Object(config)));
  return text + "\n";
}
