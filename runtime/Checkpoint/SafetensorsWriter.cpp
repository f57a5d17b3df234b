#include "Checkpoint/SafetensorsWriter.h"

#include "Checkpoint/SafetensorsFile.h"
#include "Support/Error.h"

#include <algorithm>
#include <cstring>
#include <iterator>
#include <nlohmann/json.hpp>
#include <unistd.h>

using namespace weft::rt;

namespace {

/// `"name":{"dtype":"F32","shape":[2,3],"data_offsets":[0,24]},`
std::string headerEntry(const TensorToWrite &tensor, uint64_t begin) {
  std::string shape;
  for (int64_t extent : tensor.shape)
    shape += (shape.empty() ? "" : ",") + std::to_string(extent);
  return nlohmann::json(tensor.name).dump() + ":{\"dtype\":\"" + tensor.dtype +
         "\",\"shape\":[" + shape + "],\"data_offsets\":[" + std::to_string(begin) + "," +
         std::to_string(begin + tensor.bytes) + "]},";
}

/// Wide elements first, so that every tensor is aligned to its elements, as readers like it.
std::vector<TensorToWrite> wideFirst(const std::vector<TensorToWrite> &tensors) {
  std::vector<TensorToWrite> sorted;
  for (uint64_t size : {8, 4, 2, 1})
    std::copy_if(tensors.begin(), tensors.end(), std::back_inserter(sorted),
                 [=](const TensorToWrite &tensor) { return bytesOfDType(tensor.dtype) == size; });
  return sorted;
}

} // namespace

SafetensorsWriter::SafetensorsWriter(const std::vector<TensorToWrite> &contents)
    : tensors(wideFirst(contents)) {
  header = std::string(sizeof(uint64_t), '\0') + "{";
  uint64_t offset = 0;
  for (const TensorToWrite &tensor : tensors) {
    header += headerEntry(tensor, offset);
    offset += tensor.bytes;
  }
  header += "\"__metadata__\":{";
  metadataAt = header.size();
  header.append(maxMetadata + 2, ' ');
  header.append((sizeof(uint64_t) - header.size() % sizeof(uint64_t)) % sizeof(uint64_t), ' ');
  uint64_t length = header.size() - sizeof(uint64_t);
  memcpy(header.data(), &length, sizeof(length));
}

uint64_t SafetensorsWriter::write(const char *path, std::string_view metadata) {
  if (metadata.size() > maxMetadata)
    fail("cannot write '%s': %zu bytes of metadata, expected at most %zu", path, metadata.size(),
         maxMetadata);
  std::fill(header.begin() + static_cast<ptrdiff_t>(metadataAt), header.end(), ' ');
  memcpy(header.data() + metadataAt, metadata.data(), metadata.size());
  memcpy(header.data() + metadataAt + metadata.size(), "}}", 2);
  OutputFile file(path);
  file.write(header.data(), header.size());
  for (const TensorToWrite &tensor : tensors)
    if (tensor.put)
      tensor.put(file);
    else
      file.write(tensor.data, tensor.bytes);
  file.sync();
  return file.hash();
}

void SafetensorsWriter::replace(const std::string &path, std::string_view metadata) {
  std::string temporary = path + ".tmp";
  try {
    write(temporary.c_str(), metadata);
  } catch (...) {
    unlink(temporary.c_str());
    throw;
  }
  renameDurably(temporary.c_str(), path.c_str());
}
