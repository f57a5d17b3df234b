#include "Data/TokenFormat.h"

#include "Support/Error.h"
#include "Support/KnownFile.h"

#include <algorithm>
#include <cinttypes>
#include <cstring>

using namespace weft::rt;

namespace {

constexpr uint64_t bytesModel = 256;           // tokens of a model of bytes, at most
constexpr uint64_t shortIds = 65536;           // those that 16 bits hold
constexpr size_t certainMagic = 6;             // bytes of a signature that no ids begin with
constexpr uint64_t looked = uint64_t(1) << 20; // bytes of a file that are looked at

DataFormat byName(const MappedFile &file, const Vocabulary &vocabulary) {
  if (!endsWith(file.path(), ".bin"))
    return DataFormat::Text;
  if (findShardHeader(file))
    return DataFormat::LlmC;
  return vocabulary.limit > shortIds ? DataFormat::UInt32 : DataFormat::NanoGpt;
}

/// A header's length, and the JSON object that it is of.
bool isSafetensors(std::string_view file) {
  uint64_t header = 0;
  if (file.size() < sizeof(header) + 2)
    return false;
  memcpy(&header, file.data(), sizeof(header));
  return header <= file.size() - sizeof(header) && file.substr(sizeof(header), 2) == "{\"";
}

/// Other kinds of files. Of what was asked for, only what no ids can be: bytes may be any.
void refuseOtherKinds(const MappedFile &file, DataFormat format, bool isAsked) {
  const char *path = file.path().c_str();
  if (!isAsked && isSafetensors(file.contents()))
    fail("'%s' is a safetensors file: give it a name that ends in .safetensors, or --data-format "
         "tensors",
         path);
  const KnownFile *known = recognize(file.contents());
  if (!known || known->isText)
    return;
  bool isBytes = format == DataFormat::Text;
  if (isAsked && (isBytes || known->magic.size() < certainMagic))
    return;
  fail("'%s' is %s, not a file of tokens: %s%s", path, known->what, known->advice,
       isAsked   ? ""
       : isBytes ? "; --data-format text takes its bytes as they are"
                 : "; --data-format nanogpt or uint32 takes its bytes as ids all the same");
}

/// Bytes for a model of more tokens than there are bytes.
void refuseBytes(const MappedFile &file, const Vocabulary &vocabulary) {
  if (vocabulary.limit <= bytesModel)
    return;
  fail("'%s': '%s' has %" PRIu64 " tokens, so that bytes are none of them: give the ids that its "
       "tokenizer makes of this, as .bin or .safetensors (--help says how); --data-format nanogpt "
       "or uint32 reads ids under any name, text takes bytes as ids all the same",
       file.path().c_str(), vocabulary.model, vocabulary.limit);
}

/// Of random ids, 64 bytes are printable once in 10^27 files; ids of 16 bits whose halves all
/// happen to be, as those of rare words are, once in 10^20.
void refuseText(const MappedFile &file, const Vocabulary &vocabulary) {
  constexpr uint64_t least = 64, most = 4096;
  if (file.size() < least || !isText(file.contents().substr(0, most)))
    return;
  bool isOfBytes = vocabulary.limit <= bytesModel;
  fail("'%s' is a text, not ids: %s; --data-format nanogpt or uint32 takes it as ids all the same",
       file.path().c_str(),
       isOfBytes ? "give it another name, or --data-format text, which takes bytes as tokens"
                 : "give the ids that the model's tokenizer makes of it");
}

/// Ids of 32 bits have a small upper half, 0 for those of 16 bits, and so has every second of ids
/// that are read as 16 then. Where a share p of honest ids is below 4, n pairs all look so with a
/// probability of p^n; that `certain` of their other halves are 4 or more takes certain / (1 - p)
/// pairs, which leaves e^-certain, 10^-14, at most.
bool areWideIds(const MappedFile &file) {
  constexpr uint64_t certain = 32;
  constexpr uint16_t small = 4;
  uint64_t pairs = std::min(file.size(), looked) / (2 * sizeof(uint16_t)), others = 0;
  for (uint64_t i = 0; i < pairs; ++i) {
    uint16_t pair[2]; // little endian, as the files
    memcpy(pair, file.data() + i * sizeof(pair), sizeof(pair));
    if (pair[1] >= small)
      return false;
    others += pair[0] >= small;
  }
  return others >= certain;
}

void refuseWideIds(const MappedFile &file) {
  if (file.size() % sizeof(uint32_t) == 0 && areWideIds(file))
    fail("'%s': every second id of 16 bits is below 4, as the upper halves of 32 bits are: "
         "--data-format uint32 reads ids of 32 bits, --data-format nanogpt takes 16 all the same",
         file.path().c_str());
}

} // namespace

const ShardHeader *weft::rt::findShardHeader(const MappedFile &file) {
  int32_t magic = 0;
  if (file.size() >= sizeof(magic))
    memcpy(&magic, file.data(), sizeof(magic));
  for (const ShardHeader &header : shardHeaders)
    if (header.magic == magic)
      return &header;
  return nullptr;
}

DataFormat weft::rt::findTokenFormat(const MappedFile &file, DataFormat asked,
                                     const Vocabulary &vocabulary) {
  bool isAsked = asked != DataFormat::Auto;
  DataFormat format = isAsked ? asked : byName(file, vocabulary);
  if (format == DataFormat::LlmC)
    return format;
  refuseOtherKinds(file, format, isAsked);
  if (isAsked)
    return format;
  if (format == DataFormat::Text)
    refuseBytes(file, vocabulary);
  else
    refuseText(file, vocabulary);
  if (format == DataFormat::NanoGpt)
    refuseWideIds(file);
  return format;
}
