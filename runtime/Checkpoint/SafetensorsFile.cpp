#include "Checkpoint/SafetensorsFile.h"

#include "Support/Error.h"
#include "Support/KnownFile.h"

#include <algorithm>
#include <cinttypes>
#include <cstring>
#include <nlohmann/json.hpp>
#include <set>
#include <tuple>

using namespace weft::rt;
using nlohmann::json;

namespace {

/// The format's own bound on a header.
constexpr uint64_t maxHeaderBytes = 100000000;
/// Deepest nesting of a valid header: the object, a tensor, its shape.
constexpr int maxDepth = 3;

/// A file of another kind, which does not have the object of a header where it begins.
void refuseOtherKinds(const MappedFile &file) {
  constexpr uint64_t headerAt = sizeof(uint64_t);
  bool hasHeader = file.size() > headerAt && file.data()[headerAt] == '{';
  if (const KnownFile *known = hasHeader ? nullptr : recognize(file.contents()))
    fail("'%s' is %s, not a safetensors file: %s", file.path().c_str(), known->what, known->advice);
}

/// Parses the header's text. The library keeps the last of two equal keys in silence and recurses
/// by depth, so both are refused here.
json parseHeader(const char *path, std::string_view text) {
  std::set<std::string> names;
  auto check = [&](int depth, json::parse_event_t event, json &value) {
    if (depth > maxDepth)
      fail("'%s': the header is nested more than %d deep", path, maxDepth);
    if (event == json::parse_event_t::key && depth == 1 &&
        !names.insert(value.get<std::string>()).second)
      fail("'%s': tensor '%s' is in the header twice", path, value.get<std::string>().c_str());
    return true;
  };
  try {
    json header = json::parse(text.begin(), text.end(), check);
    if (!header.is_object())
      fail("'%s': expected the header to be a JSON object, found %s", path, header.type_name());
    return header;
  } catch (const json::exception &error) {
    fail("'%s': the header is not valid JSON: %s", path, error.what());
  }
}

/// A list of non-negative integers that fit into 63 bits.
std::vector<int64_t> readIntegers(const char *path, const std::string &name, const json &entry,
                                  const char *key) {
  auto found = entry.find(key);
  if (found == entry.end() || !found->is_array())
    fail("'%s': tensor '%s': expected '%s' to be a list of integers", path, name.c_str(), key);
  std::vector<int64_t> values;
  for (const json &value : *found) {
    if (!value.is_number_unsigned() || value.get<uint64_t>() > uint64_t(INT64_MAX))
      fail("'%s': tensor '%s': expected '%s' to hold non-negative integers, found %s", path,
           name.c_str(), key, value.dump().c_str());
    values.push_back(value.get<int64_t>());
  }
  return values;
}

SafetensorsFile::Tensor readTensor(const char *path, const std::string &name, const json &entry,
                                   std::string_view body) {
  if (!entry.is_object())
    fail("'%s': tensor '%s': expected an object, found %s", path, name.c_str(), entry.type_name());
  auto dtype = entry.find("dtype");
  if (dtype == entry.end() || !dtype->is_string())
    fail("'%s': tensor '%s': expected 'dtype' to be a string", path, name.c_str());
  SafetensorsFile::Tensor tensor{name, dtype->get<std::string>(), {}, nullptr, 0};
  uint64_t size = bytesOfDType(tensor.dtype);
  if (size == 0)
    fail("'%s': tensor '%s' has the unknown dtype '%s'", path, name.c_str(), tensor.dtype.c_str());
  tensor.shape = readIntegers(path, name, entry, "shape");
  for (int64_t extent : tensor.shape)
    if (__builtin_mul_overflow(size, static_cast<uint64_t>(extent), &size))
      fail("'%s': tensor '%s': the shape %s has more elements than memory has bytes", path,
           name.c_str(), shapeText(tensor.shape).c_str());
  std::vector<int64_t> offsets = readIntegers(path, name, entry, "data_offsets");
  if (offsets.size() != 2 || offsets[0] > offsets[1])
    fail("'%s': tensor '%s': expected 'data_offsets' to be [begin, end]", path, name.c_str());
  if (static_cast<uint64_t>(offsets[1]) > body.size())
    fail("'%s': tensor '%s' ends at byte %" PRId64 " of the data, which has %zu bytes", path,
         name.c_str(), offsets[1], body.size());
  tensor.bytes = static_cast<uint64_t>(offsets[1] - offsets[0]);
  if (tensor.bytes != size)
    fail("'%s': tensor '%s' of shape %s and dtype %s needs %" PRIu64 " bytes, its offsets span "
         "%" PRIu64,
         path, name.c_str(), shapeText(tensor.shape).c_str(), tensor.dtype.c_str(), size,
         tensor.bytes);
  tensor.data = body.data() + offsets[0];
  return tensor;
}

/// Sorted tensors must cover the data without overlap and without gaps.
void checkCover(const char *path, const std::vector<SafetensorsFile::Tensor> &tensors,
                std::string_view body) {
  const char *end = body.data();
  for (const SafetensorsFile::Tensor &tensor : tensors) {
    if (tensor.data != end)
      fail("'%s': tensor '%s' begins at byte %td of the data, %s the end of the one before it, %td",
           path, tensor.name.c_str(), tensor.data - body.data(),
           tensor.data < end ? "before" : "past", end - body.data());
    end += tensor.bytes;
  }
  if (end != body.data() + body.size())
    fail("'%s': %td bytes after the last tensor belong to none", path,
         body.data() + body.size() - end);
}

void readMetadata(const char *path, const json &entry, std::map<std::string, std::string> &out) {
  if (!entry.is_object())
    fail("'%s': expected '__metadata__' to be an object", path);
  for (const auto &[key, value] : entry.items()) {
    if (!value.is_string())
      fail("'%s': expected '__metadata__' to hold strings, found %s", path, value.type_name());
    out[key] = value.get<std::string>();
  }
}

} // namespace

uint64_t weft::rt::bytesOfDType(const std::string &dtype) {
  static const std::map<std::string, uint64_t> sizes = {
      {"BOOL", 1}, {"U8", 1},  {"I8", 1},  {"F8_E5M2", 1}, {"F8_E4M3", 1}, {"F8_E8M0", 1},
      {"I16", 2},  {"U16", 2}, {"F16", 2}, {"BF16", 2},    {"I32", 4},     {"U32", 4},
      {"F32", 4},  {"F64", 8}, {"I64", 8}, {"U64", 8}};
  auto found = sizes.find(dtype);
  return found == sizes.end() ? 0 : found->second;
}

std::string weft::rt::shapeText(const std::vector<int64_t> &shape) {
  std::string text = "[";
  for (size_t i = 0; i < shape.size(); ++i)
    text += (i ? ", " : "") + std::to_string(shape[i]);
  return text + "]";
}

SafetensorsFile::SafetensorsFile(const std::string &path) : file(path) {
  const char *name = path.c_str();
  uint64_t headerBytes = 0;
  refuseOtherKinds(file);
  if (file.size() < sizeof(headerBytes))
    fail("'%s': expected a safetensors file, found %" PRIu64 " bytes", name, file.size());
  memcpy(&headerBytes, file.data(), sizeof(headerBytes));
  uint64_t rest = file.size() - sizeof(headerBytes);
  if (headerBytes > maxHeaderBytes || headerBytes > rest)
    fail("'%s': expected a safetensors file, found a header length of %" PRIu64 " where %" PRIu64
         " bytes follow",
         name, headerBytes, rest);
  // A copy: what is parsed must not change.
  std::string text(file.data() + sizeof(headerBytes), headerBytes);
  file.requireUnchanged();
  std::string_view body(file.data() + sizeof(headerBytes) + headerBytes, rest - headerBytes);
  json header = parseHeader(name, text);
  for (const auto &[key, entry] : header.items()) {
    if (key == "__metadata__")
      readMetadata(name, entry, properties);
    else
      contents.push_back(readTensor(name, key, entry, body));
  }
  std::sort(contents.begin(), contents.end(), [](const Tensor &a, const Tensor &b) {
    return std::tie(a.data, a.bytes, a.name) < std::tie(b.data, b.bytes, b.name);
  });
  checkCover(name, contents, body);
}

const SafetensorsFile::Tensor *SafetensorsFile::find(std::string_view name) const {
  for (const Tensor &tensor : contents)
    if (tensor.name == name)
      return &tensor;
  return nullptr;
}
