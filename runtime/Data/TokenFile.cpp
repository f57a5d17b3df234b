#include "Data/TokenFile.h"

#include "Support/Error.h"

#include <algorithm>
#include <cinttypes>
#include <cstring>

using namespace weft::rt;

namespace {

constexpr uint64_t headerInts = 256; // of llm.c's

/// Tokens looked at between two decisions: a maximum is a loop without branches.
constexpr uint64_t scanned = 4096;

template <typename T>
uint64_t find(const char *data, uint64_t begin, uint64_t end, uint64_t limit) {
  auto *tokens = reinterpret_cast<const T *>(data);
  while (begin < end) {
    uint64_t stop = std::min(end, begin + scanned);
    T most = 0;
    for (uint64_t i = begin; i < stop; ++i)
      most = std::max(most, tokens[i]);
    if (most >= limit)
      return static_cast<uint64_t>(std::find_if(tokens + begin, tokens + stop,
                                                [&](T token) { return token >= limit; }) -
                                   tokens);
    begin = stop;
  }
  return end;
}

} // namespace

TokenFile::TokenFile(const std::string &path, DataFormat asked, const Vocabulary &vocabulary)
    : file(path) {
  DataFormat format = findTokenFormat(file, asked, vocabulary);
  if (format == DataFormat::LlmC) {
    readHeader();
    return;
  }
  width = format == DataFormat::UInt32    ? sizeof(uint32_t)
          : format == DataFormat::NanoGpt ? sizeof(uint16_t)
                                          : 1;
  tokens = file.size() / width;
  if (file.size() % width != 0)
    fail("'%s': expected tokens of %" PRIu64 " bits, found %" PRIu64
         " bytes, no multiple of %" PRIu64 "%s",
         path.c_str(), width * 8, file.size(), width,
         width == sizeof(uint32_t) ? "; --data-format nanogpt reads 16 bits" : "");
}

void TokenFile::readHeader() {
  const char *name = file.path().c_str();
  const ShardHeader *shard = findShardHeader(file);
  if (!shard || file.size() < headerInts * sizeof(int32_t))
    fail("'%s': expected a token shard of llm.c, which begins with %d or %d and %" PRIu64
         " further integers of 32 bits",
         name, shardHeaders[0].magic, shardHeaders[1].magic, headerInts - 1);
  int32_t header[3];
  memcpy(header, file.data(), sizeof(header));
  if (header[1] != shard->version)
    fail("'%s': expected version %d of llm.c's format %d, found %d; --data-format nanogpt reads a "
         "file without a header",
         name, shard->version, shard->magic, header[1]);
  begin = headerInts * sizeof(int32_t);
  width = shard->width;
  tokens = static_cast<uint32_t>(header[2]);
  if (begin + tokens * width != file.size())
    fail("'%s': the header counts %" PRIu64 " tokens of %" PRIu64 " bytes, %" PRIu64
         " bytes follow it",
         name, tokens, width, file.size() - begin);
}

uint32_t TokenFile::at(uint64_t token) const {
  uint32_t value = 0; // little endian, as the files
  memcpy(&value, place(token), width);
  return value;
}

void TokenFile::read(uint64_t first, uint64_t count, int32_t *out) const {
  // The header keeps tokens aligned to their width.
  if (width == 1)
    std::copy_n(reinterpret_cast<const uint8_t *>(place(first)), count, out);
  else if (width == 2)
    std::copy_n(reinterpret_cast<const uint16_t *>(place(first)), count, out);
  else
    memcpy(out, place(first), count * width);
}

uint64_t TokenFile::findBeyond(uint64_t first, uint64_t end, uint64_t limit) const {
  if (!canReach(limit))
    return end;
  return width == 1   ? find<uint8_t>(place(0), first, end, limit)
         : width == 2 ? find<uint16_t>(place(0), first, end, limit)
                      : find<uint32_t>(place(0), first, end, limit);
}

std::string TokenFile::describe(uint64_t token) const {
  return (width == 1 ? "byte " : "id ") + std::to_string(at(token)) + " at offset " +
         std::to_string(begin + token * width);
}
