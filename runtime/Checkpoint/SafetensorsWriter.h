// Writing safetensors straight from the memory that tensors live in.
#ifndef WEFT_RT_CHECKPOINT_SAFETENSORSWRITER_H
#define WEFT_RT_CHECKPOINT_SAFETENSORSWRITER_H

#include "weft-rt/ABI.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace weft::rt {

struct TensorToWrite {
  std::string name;
  int32_t dtype; // WeftDType
  std::vector<int64_t> shape;
  const char *data; // must stay valid
  uint64_t bytes;
};

/// A file that is written again and again. Everything but the tensors' bytes and the metadata is
/// laid out at construction, so that writing allocates nothing. The file under its own name is
/// always a complete one: `write` fills a file beside it, `publish` renames that over it.
class SafetensorsWriter {
public:
  SafetensorsWriter(std::string path, const std::vector<TensorToWrite> &tensors);
  ~SafetensorsWriter();
  SafetensorsWriter(const SafetensorsWriter &) = delete;
  SafetensorsWriter &operator=(const SafetensorsWriter &) = delete;

  /// `metadata`: members of the JSON object, "\"step\":\"12\"", at most maxMetadata bytes. Fails
  /// with an Error that names the file; nothing half-written stays.
  void write(std::string_view metadata);
  void publish();

  static constexpr size_t maxMetadata = 256;

private:
  void writeContents(std::string_view metadata);

  std::string path, temporary;
  std::vector<TensorToWrite> tensors;
  std::string header;    // with its length in front and room for the metadata
  size_t metadataAt = 0; // where the metadata goes
  bool written = false;
};

} // namespace weft::rt

#endif // WEFT_RT_CHECKPOINT_SAFETENSORSWRITER_H
