// How the tokens of a file are stored, and whether they are any.
#ifndef WEFT_RT_DATA_TOKENFORMAT_H
#define WEFT_RT_DATA_TOKENFORMAT_H

#include "Data/DataFiles.h"
#include "Support/MappedFile.h"

#include <cstdint>

namespace weft::rt {

/// The tokens of a model.
struct Vocabulary {
  const char *model; // its name
  uint64_t limit;    // tokens are below this; 0 where nothing says so
};

/// What llm.c's tokenizers write at the start: magic number, version, number of tokens, zeros.
struct ShardHeader {
  int32_t magic, version;
  uint64_t width;
};
inline constexpr ShardHeader shardHeaders[] = {{20240520, 1, sizeof(uint16_t)},  // GPT-2
                                               {20240801, 7, sizeof(uint32_t)}}; // Llama 3

/// Null where a file begins with none. GPT-2's vocabulary has no 55496 and no 55777, with which the
/// magic numbers begin.
const ShardHeader *findShardHeader(const MappedFile &file);

/// The format of a file of tokens. What is `asked` for is believed, but for files that cannot be
/// ids; Auto goes by name, first bytes and vocabulary, and fails with an Error, which names the
/// file and says what to do, where the file is evidently something else: of a known other kind, a
/// text for a model that is not one of bytes, or ids of 32 bits that would be read as 16.
DataFormat findTokenFormat(const MappedFile &file, DataFormat asked, const Vocabulary &vocabulary);

} // namespace weft::rt

#endif // WEFT_RT_DATA_TOKENFORMAT_H
