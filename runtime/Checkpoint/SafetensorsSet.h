// The tensors of a model, in one file or in several.
#ifndef WEFT_RT_CHECKPOINT_SAFETENSORSSET_H
#define WEFT_RT_CHECKPOINT_SAFETENSORSSET_H

#include "Checkpoint/SafetensorsFile.h"

#include <deque>
#include <map>
#include <string>

namespace weft::rt {

/// A file, an index (model.safetensors.index.json) of several beside it, or a folder that holds either.
/// Fails with an Error that names the file.
class SafetensorsSet {
public:
  explicit SafetensorsSet(const std::string &path);

  struct Entry {
    const SafetensorsFile *file;
    const SafetensorsFile::Tensor *tensor;
  };
  const std::map<std::string, Entry> &tensors() const { return entries; }

private:
  void add(const std::string &path);
  void addIndexed(const std::string &path);

  std::deque<SafetensorsFile> files;
  std::map<std::string, Entry> entries;
};

} // namespace weft::rt

#endif // WEFT_RT_CHECKPOINT_SAFETENSORSSET_H
