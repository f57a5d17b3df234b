// One file of tokens: a text, or a shard as nanoGPT and llm.c write them.
#ifndef WEFT_RT_DATA_TOKENFILE_H
#define WEFT_RT_DATA_TOKENFILE_H

#include "Data/TokenFormat.h"

#include <cstdint>
#include <string>

namespace weft::rt {

/// A mapped file whose header and size were checked when it was opened. Its tokens were not:
/// `findBeyond` does.
class TokenFile {
public:
  /// `asked`: any format but Tensors (see findTokenFormat). Fails with an Error that names the
  /// file.
  TokenFile(const std::string &path, DataFormat asked, const Vocabulary &vocabulary);

  const std::string &path() const { return file.path(); }
  uint64_t size() const { return tokens; }
  uint64_t bytes() const { return file.size(); }
  /// Whether ids have 32 bits by the vocabulary or a flag, and not by a header.
  bool isPlainWide() const { return width == sizeof(uint32_t) && begin == 0; }

  /// Tokens [begin, begin + count) as they are: those from 2^31 on become negative.
  void read(uint64_t begin, uint64_t count, int32_t *out) const;
  /// The first of the tokens [begin, end) that is not below `limit`; `end` if all are.
  uint64_t findBeyond(uint64_t begin, uint64_t end, uint64_t limit) const;
  /// Whether any token can be as large as `limit`.
  bool canReach(uint64_t limit) const { return width == 4 || limit < uint64_t(1) << 8 * width; }
  /// "byte 300 at offset 12": what a message says of one token, with its place in the file.
  std::string describe(uint64_t token) const;

  /// A hash of the size and of both ends of the file, by which a resumed run knows its data.
  uint64_t fingerprint() const { return file.fingerprint(); }
  /// Fails with an Error if the file is no longer what was opened (see MappedFile).
  void requireUnchanged() const { file.requireUnchanged(); }

private:
  void readHeader();
  uint32_t at(uint64_t token) const;
  const char *place(uint64_t token) const { return file.data() + begin + token * width; }

  MappedFile file;
  uint64_t begin = 0; // of the tokens, in bytes
  uint64_t width = 1; // bytes of a token
  uint64_t tokens = 0;
};

} // namespace weft::rt

#endif // WEFT_RT_DATA_TOKENFILE_H
