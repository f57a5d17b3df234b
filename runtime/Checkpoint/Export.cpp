#include "Checkpoint/Export.h"

#include "Checkpoint/ConvertTensor.h"
#include "Checkpoint/SafetensorsSet.h"
#include "Checkpoint/SafetensorsWriter.h"
#include "Support/Error.h"

#include <filesystem>
#include <nlohmann/json.hpp>
#include <unistd.h>
#include <vector>

using namespace weft::rt;
using json = nlohmann::ordered_json;

namespace {

constexpr const char *wholeName = "model.safetensors";
constexpr const char *indexName = "model.safetensors.index.json";

/// A config.json that is a JSON object. Its text is kept as the user wrote it.
std::string readConfig(const std::string &path) {
  std::string text = readText(path);
  try {
    if (!json::parse(text).is_object())
      fail("'%s': expected a JSON object", path.c_str());
  } catch (const json::exception &error) {
    fail("'%s': %s", path.c_str(), error.what());
  }
  return text;
}

/// Writes a tensor in another dtype, piece by piece.
void putConverted(const SafetensorsSet::Entry &entry, const std::string &dtype, OutputFile &file) {
  const SafetensorsFile::Tensor &tensor = *entry.tensor;
  uint64_t from = bytesOfDType(tensor.dtype), to = bytesOfDType(dtype);
  std::vector<char> converted;
  entry.file->stream(tensor, [&](const char *data, uint64_t, uint64_t bytes) {
    converted.resize(bytes / from * to);
    convertReals(data, tensor.dtype, converted.data(), dtype, bytes / from);
    file.write(converted.data(), converted.size());
  });
}

void putAsIs(const SafetensorsSet::Entry &entry, OutputFile &file) {
  entry.file->stream(*entry.tensor, [&](const char *data, uint64_t, uint64_t bytes) {
    file.write(data, bytes);
  });
}

TensorToWrite toWrite(const SafetensorsSet::Entry &entry, const std::string &dtype) {
  const SafetensorsFile::Tensor &tensor = *entry.tensor;
  // Tensors of integers stay what they are.
  if (dtype.empty() || tensor.dtype == dtype || !isReal(tensor.dtype))
    return {tensor.name,  tensor.dtype, tensor.shape,
            tensor.bytes, nullptr,      [entry](OutputFile &file) { putAsIs(entry, file); }};
  uint64_t bytes = tensor.bytes / bytesOfDType(tensor.dtype) * bytesOfDType(dtype);
  return {tensor.name, dtype,   tensor.shape,
          bytes,       nullptr, [entry, dtype](OutputFile &file) { putConverted(entry, dtype, file); }};
}

/// Tensors in the order of their names, cut where a file would become too large.
std::vector<std::vector<TensorToWrite>> cut(const SafetensorsSet &set, const ExportOptions &options) {
  std::vector<std::vector<TensorToWrite>> shards(1);
  uint64_t bytes = 0;
  for (const auto &[name, entry] : set.tensors()) {
    TensorToWrite tensor = toWrite(entry, options.dtype);
    if (!shards.back().empty() && bytes + tensor.bytes > options.shardBytes) {
      shards.emplace_back();
      bytes = 0;
    }
    bytes += tensor.bytes;
    shards.back().push_back(std::move(tensor));
  }
  return shards;
}

std::string shardName(size_t index, size_t count) {
  if (count == 1)
    return wholeName;
  char name[64];
  snprintf(name, sizeof(name), "model-%05zu-of-%05zu.safetensors", index + 1, count);
  return name;
}

json indexOf(const std::vector<std::vector<TensorToWrite>> &shards) {
  uint64_t total = 0;
  json map = json::object();
  for (size_t i = 0; i < shards.size(); ++i)
    for (const TensorToWrite &tensor : shards[i]) {
      total += tensor.bytes;
      map[tensor.name] = shardName(i, shards.size());
    }
  return {{"metadata", {{"total_size", total}}}, {"weight_map", std::move(map)}};
}

void replaceText(const std::string &path, const std::string &text) {
  std::string temporary = path + ".tmp";
  {
    OutputFile file(temporary.c_str());
    file.write(text.data(), text.size());
    file.sync();
  }
  renameDurably(temporary.c_str(), path.c_str());
}

} // namespace

void weft::rt::exportWeights(const ExportOptions &options) {
  std::string config = readConfig(options.config);
  SafetensorsSet set(options.from);
  std::vector<std::vector<TensorToWrite>> shards = cut(set, options);
  for (const char *name : {wholeName, indexName})
    if (std::filesystem::exists(options.to + "/" + name))
      fail("'%s' has a %s already: expected an empty folder", options.to.c_str(), name);
  prepareOutputDirectory(options.to);
  for (size_t i = 0; i < shards.size(); ++i)
    SafetensorsWriter(shards[i])
        .replace(options.to + "/" + shardName(i, shards.size()), "\"format\":\"pt\"");
  if (shards.size() > 1)
    replaceText(options.to + "/" + indexName, indexOf(shards).dump(2) + "\n");
  replaceText(options.to + "/config.json", config);
}
