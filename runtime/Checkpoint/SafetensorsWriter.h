// Writing safetensors straight from the memory that tensors live in.
#ifndef WEFT_RT_CHECKPOINT_SAFETENSORSWRITER_H
#define WEFT_RT_CHECKPOINT_SAFETENSORSWRITER_H

#include "Support/File.h"

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace weft::rt {

struct TensorToWrite {
  std::string name;
  std::string dtype; // "F32"
  std::vector<int64_t> shape;
  uint64_t bytes;
  const char *data;                            // must stay valid; or null, and
  std::function<void(OutputFile &)> put = {}; // writes exactly so many bytes
};

/// A file that is written again and again. Everything but the tensors' bytes and the metadata is
/// laid out at construction, so that writing allocates nothing.
class SafetensorsWriter {
public:
  explicit SafetensorsWriter(const std::vector<TensorToWrite> &tensors);
  SafetensorsWriter(const SafetensorsWriter &) = delete;
  SafetensorsWriter &operator=(const SafetensorsWriter &) = delete;

  /// Writes the file and brings it to the disk. `metadata`: members of the JSON object,
  /// "\"step\":\"12\"", at most maxMetadata bytes. Returns the hash of the file. Fails with an Error
  /// that names it; what was written until then stays.
  uint64_t write(const char *path, std::string_view metadata);
  /// The same into a file beside, which then takes the name: it is always a complete one.
  void replace(const std::string &path, std::string_view metadata);

  static constexpr size_t maxMetadata = 256;

private:
  std::vector<TensorToWrite> tensors;
  std::string header;    // with its length in front and room for the metadata
  size_t metadataAt = 0; // where the metadata goes
};

} // namespace weft::rt

#endif // WEFT_RT_CHECKPOINT_SAFETENSORSWRITER_H
