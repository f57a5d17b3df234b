// Weights as a folder that Hugging Face's from_pretrained loads.
#ifndef WEFT_RT_CHECKPOINT_EXPORT_H
#define WEFT_RT_CHECKPOINT_EXPORT_H

#include <cstdint>
#include <string>

namespace weft::rt {

struct ExportOptions {
  std::string from;   // a file or folder, see SafetensorsSet
  std::string config; // Hugging Face's config.json
  std::string to;     // a folder, made where it is missing
  std::string dtype;  // "F32", "F16" or "BF16" for all tensors; empty: as they are
  uint64_t shardBytes = uint64_t(5) << 30; // a file is not begun to hold more than this
};

/// Writes config.json, and model.safetensors or, where that would be too large, shards with their index.
/// Tensors stream through in pieces. Fails with an Error, before anything is written where it can.
void exportWeights(const ExportOptions &options);

} // namespace weft::rt

#endif // WEFT_RT_CHECKPOINT_EXPORT_H
