#include "Checkpoint/SafetensorsWriter.h"

#include "Support/DType.h"
#include "Support/Error.h"
#include "Support/File.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <iterator>
#include <nlohmann/json.hpp>
#include <unistd.h>
#include <utility>

using namespace weft::rt;

namespace {

/// `"name":{"dtype":"F32","shape":[2,3],"data_offsets":[0,24]},`
std::string headerEntry(const TensorToWrite &tensor, uint64_t begin) {
  std::string shape;
  for (int64_t extent : tensor.shape)
    shape += (shape.empty() ? "" : ",") + std::to_string(extent);
  return nlohmann::json(tensor.name).dump() + ":{\"dtype\":\"" + dtypeName(tensor.dtype) +
         "\",\"shape\":[" + shape + "],\"data_offsets\":[" + std::to_string(begin) + "," +
         std::to_string(begin + tensor.bytes) + "]},";
}

/// Wide elements first, so that every tensor is aligned to its elements, as readers like it.
std::vector<TensorToWrite> wideFirst(const std::vector<TensorToWrite> &tensors) {
  std::vector<TensorToWrite> sorted;
  for (int64_t size : {8, 4})
    std::copy_if(tensors.begin(), tensors.end(), std::back_inserter(sorted),
                 [=](const TensorToWrite &tensor) { return byteSize(tensor.dtype) == size; });
  return sorted;
}

/// Makes a rename in the directory of `path` survive a power cut. Not every file system can.
void syncDirectory(const std::string &path) {
  char directory[4096];
  size_t slash = path.rfind('/');
  snprintf(directory, sizeof(directory), "%.*s",
           slash == std::string::npos ? 1 : static_cast<int>(slash + 1),
           slash == std::string::npos ? "." : path.c_str());
  int descriptor = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0)
    return;
  fsync(descriptor);
  close(descriptor);
}

} // namespace

SafetensorsWriter::SafetensorsWriter(std::string file, const std::vector<TensorToWrite> &contents)
    : path(std::move(file)), temporary(path + ".tmp"), tensors(wideFirst(contents)) {
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

SafetensorsWriter::~SafetensorsWriter() {
  if (written)
    unlink(temporary.c_str());
}

void SafetensorsWriter::write(std::string_view metadata) {
  written = true;
  try {
    writeContents(metadata);
  } catch (...) {
    unlink(temporary.c_str());
    written = false;
    throw;
  }
}

void SafetensorsWriter::writeContents(std::string_view metadata) {
  if (metadata.size() > maxMetadata)
    fail("cannot write '%s': %zu bytes of metadata, expected at most %zu", path.c_str(),
         metadata.size(), maxMetadata);
  std::fill(header.begin() + static_cast<ptrdiff_t>(metadataAt), header.end(), ' ');
  memcpy(header.data() + metadataAt, metadata.data(), metadata.size());
  memcpy(header.data() + metadataAt + metadata.size(), "}}", 2);
  OutputFile file(temporary.c_str());
  file.write(header.data(), header.size());
  for (const TensorToWrite &tensor : tensors)
    file.write(tensor.data, tensor.bytes);
  file.sync();
}

void SafetensorsWriter::publish() {
  if (rename(temporary.c_str(), path.c_str()) != 0)
    fail("cannot rename '%s' to '%s': %s", temporary.c_str(), path.c_str(), strerror(errno));
  written = false;
  syncDirectory(path);
}
