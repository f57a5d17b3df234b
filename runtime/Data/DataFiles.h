// What `--data` names: files, and how their tokens are stored.
#ifndef WEFT_RT_DATA_DATAFILES_H
#define WEFT_RT_DATA_DATAFILES_H

#include <string>
#include <vector>

namespace weft::rt {

enum class DataFormat {
  Auto, // by the name: .safetensors is Tensors, .bin tokens by its first bytes and the vocabulary,
        // else Text
  Text, // bytes are tokens
  NanoGpt, // uint16 without a header
  UInt32,  // the same of 32 bits
  LlmC,    // a header of 256 int32, then uint16 or uint32
  Tensors  // one safetensors file with a tensor for each input
};

/// The names of `--data-format`, in the order of DataFormat.
inline constexpr const char *dataFormatNames[] = {"auto",   "text", "nanogpt",
                                                  "uint32", "llmc", "tensors"};

/// In which order training takes sequences.
enum class DataOrder {
  Shuffled, // all of them in each epoch, by seed and epoch
  File      // as they stand in the files, each epoch alike
};

/// The names of `--order`, in the order of DataOrder.
inline constexpr const char *dataOrderNames[] = {"shuffled", "file"};

/// The files of a list "a.bin,b_*.bin" in the order of their names: bytes, in no locale. A name that
/// exists as it is stands for itself. Fails with an Error for a pattern without files and for a file
/// that is named twice.
std::vector<std::string> expandPaths(const std::string &list);

bool endsWith(const std::string &text, const char *end);

} // namespace weft::rt

#endif // WEFT_RT_DATA_DATAFILES_H
