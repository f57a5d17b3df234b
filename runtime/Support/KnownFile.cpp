#include "Support/KnownFile.h"

#include <cstdint>
#include <cstring>

using namespace weft::rt;
using namespace std::string_view_literals;

namespace {

constexpr const char *unpack = "unpack it";
constexpr const char *convert = "save what it holds as safetensors";
constexpr const char *toSafetensors =
    "save it as safetensors, with safetensors.torch.save_file in Python";

constexpr KnownFile kinds[] = {
    {"version https://git-lfs.github.com/spec/"sv, "a git-lfs pointer", "run git lfs pull"},
    {"\x93NUMPY"sv, "a NumPy array", convert},
    {"\x80\x02\x8a\nl\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19."sv, "a PyTorch pickle", toSafetensors},
    {"\x1f\x8b\x08"sv, "a gzip archive", unpack},
    {"PK\x03\x04"sv, "a zip archive", unpack},
    {"\x28\xb5\x2f\xfd"sv, "a zstd archive", unpack},
    {"\xfd"
     "7zXZ\0"sv,
     "an xz archive", unpack},
    {"BZh"sv, "a bzip2 archive", unpack},
    {"7z\xbc\xaf\x27\x1c"sv, "a 7-zip archive", unpack},
    {"\x04\x22\x4d\x18"sv, "an lz4 archive", unpack},
    {"PAR1"sv, "a Parquet table", convert},
    {"ARROW1\0\0"sv, "an Arrow table", convert},
    {"\x89HDF\r\n\x1a\n"sv, "an HDF5 file", convert},
    {"SQLite format 3\0"sv, "an SQLite database", convert},
    {"GGUF"sv, "a GGUF file", "take the model's safetensors files"},
    {"%PDF-"sv, "a PDF document", "extract its text"},
    {"\x7f"
     "ELF"sv,
     "a program", "give a file of data"},
    {"<!DOCTYPE html"sv, "an HTML page", "download the file itself", true},
    {"<!doctype html"sv, "an HTML page", "download the file itself", true},
    {"<html"sv, "an HTML page", "download the file itself", true},
    {"{"sv, "a JSON text", "of weights, name the folder, or an index whose name ends in .json",
     true},
};

constexpr KnownFile torchArchive = {"PK"sv, "a PyTorch pickle", toSafetensors};
constexpr KnownFile numpyArchive = {"PK"sv, "an archive of NumPy arrays", convert};
constexpr KnownFile pickle = {"\x80"sv, "a Python pickle", convert};
constexpr KnownFile arrowStream = {"\xff\xff\xff\xff"sv, "an Arrow table", convert};

/// By the name of the first file in a zip archive, which stands behind a header of 30 bytes.
const KnownFile *recognizeArchive(std::string_view file) {
  constexpr size_t lengthAt = 26, nameAt = 30;
  uint16_t length = 0;
  if (file.size() < nameAt)
    return nullptr;
  memcpy(&length, file.data() + lengthAt, sizeof(length));
  std::string_view name = file.substr(nameAt, length);
  return name.ends_with("data.pkl") ? &torchArchive
         : name.ends_with(".npy")   ? &numpyArchive
                                    : nullptr;
}

/// Protocols 2 to 5 begin with their number and one of a few opcodes, or a frame, and end with a
/// stop.
bool isPickle(std::string_view file) {
  constexpr std::string_view first = "}](cX\x8cK\x95"sv;
  return file.size() > 3 && file[0] == '\x80' && file[1] >= 2 && file[1] <= 5 &&
         first.find(file[2]) != first.npos && file.back() == '.';
}

/// A stream of Arrow, as datasets of Hugging Face are stored: a marker, then the length of its
/// schema, whole words, which begins with an offset into it.
bool isArrowStream(std::string_view file) {
  int32_t head[3];
  if (!file.starts_with(arrowStream.magic) || file.size() < sizeof(head))
    return false;
  memcpy(head, file.data(), sizeof(head));
  return head[1] > 0 && head[1] % 8 == 0 && static_cast<uint64_t>(head[1]) < file.size() &&
         head[2] > 0 && head[2] < 64;
}

/// Bytes of the UTF-8 character that begins with `first`; 0 for one that begins none.
size_t characterBytes(unsigned char first) {
  bool isControl = first < 0x20 && !strchr("\t\n\r\f", first);
  if (first < 0x80)
    return isControl || first == 0x7f || first == 0 ? 0 : 1;
  return first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0;
}

} // namespace

const KnownFile *weft::rt::recognize(std::string_view file) {
  for (const KnownFile &kind : kinds)
    if (file.starts_with(kind.magic)) {
      const KnownFile *inside = kind.magic.starts_with("PK") ? recognizeArchive(file) : nullptr;
      return inside ? inside : &kind;
    }
  return isPickle(file) ? &pickle : isArrowStream(file) ? &arrowStream : nullptr;
}

bool weft::rt::isText(std::string_view bytes) {
  for (size_t at = 0; at < bytes.size();) {
    size_t count = characterBytes(static_cast<unsigned char>(bytes[at]));
    if (count == 0)
      return false;
    for (size_t i = 1; i < count && at + i < bytes.size(); ++i)
      if ((static_cast<unsigned char>(bytes[at + i]) & 0xc0) != 0x80)
        return false;
    at += count;
  }
  return true;
}
