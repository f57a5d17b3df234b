// Reading safetensors: 8 bytes of header length, a JSON header, then the tensors' bytes.
#ifndef WEFT_RT_CHECKPOINT_SAFETENSORSFILE_H
#define WEFT_RT_CHECKPOINT_SAFETENSORSFILE_H

#include "Support/MappedFile.h"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace weft::rt {

/// "[4, 64]"
std::string shapeText(const std::vector<int64_t> &shape);

/// Bytes of one element; 0 for a dtype that the format does not have.
uint64_t bytesOfDType(const std::string &dtype);

/// A file that was checked to the last byte of its header: every tensor lies inside, has the size
/// that its shape and dtype say, and shares no byte with another. Fails with an Error that names
/// the file and the tensor.
class SafetensorsFile {
public:
  struct Tensor {
    std::string name;
    std::string dtype; // as the file spells it: "F32"
    std::vector<int64_t> shape;
    const char *data; // may be unaligned
    uint64_t bytes;
  };

  explicit SafetensorsFile(const std::string &path);
  SafetensorsFile(const SafetensorsFile &) = delete;
  SafetensorsFile &operator=(const SafetensorsFile &) = delete;

  const std::string &path() const { return file.path(); }
  const char *data() const { return file.data(); }
  /// In the order of their bytes.
  const std::vector<Tensor> &tensors() const { return contents; }
  /// See MappedFile.
  template <typename Use> void stream(const Tensor &tensor, Use use) const {
    file.stream(tensor.data, tensor.bytes, use);
  }
  void requireUnchanged() const { file.requireUnchanged(); }
  void release(const char *begin, uint64_t bytes) const { file.release(begin, bytes); }
  /// Null if there is none of that name.
  const Tensor *find(std::string_view name) const;
  const std::map<std::string, std::string> &metadata() const { return properties; }

private:
  MappedFile file;
  std::vector<Tensor> contents;
  std::map<std::string, std::string> properties;
};

} // namespace weft::rt

#endif // WEFT_RT_CHECKPOINT_SAFETENSORSFILE_H
