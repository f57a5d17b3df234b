// Mutates safetensors files as what they are, so that most keep a header of the length that they
// say.
#ifndef WEFT_TEST_FUZZ_SAFETENSORSMUTATOR_H
#define WEFT_TEST_FUZZ_SAFETENSORSMUTATOR_H

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <random>
#include <string>
#include <vector>

extern "C" size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t maxSize);

/// A file of one tensor, to start from.
inline std::string makeSafetensors(const std::string &header, const std::string &body) {
  uint64_t length = header.size();
  return std::string(reinterpret_cast<const char *>(&length), sizeof(length)) + header + body;
}

/// Replaces a word of a header by another of its kind; puts one in where there is none.
inline void mutateWord(std::string &header, std::minstd_rand &random) {
  static const std::vector<std::string> kinds[] = {
      {"\"F32\"", "\"F64\"", "\"I32\"", "\"I64\"", "\"BF16\"", "\"BOOL\"", "\"F8_E4M3\"", "null"},
      {"\"dtype\"", "\"data_offsets\"", "\"shape\"", "\"__metadata__\"", "\"\""},
      {"\"tokens\"", "\"targets\"", "\"x\"", "{}"},
      {"[2,4]", "[1,4]", "[4]", "[8]", "[0,32]", "[32,64]", "[0,0]", "[]"},
      {"0", "1", "2", "4", "8", "32", "64", "-1", "1e3", "0.5", "4294967296", "9223372036854775807",
       "18446744073709551615"}};
  const std::vector<std::string> &words = kinds[random() % std::size(kinds)];
  std::vector<std::pair<size_t, size_t>> places;
  for (const std::string &word : words)
    for (size_t at = header.find(word); at != std::string::npos; at = header.find(word, at + 1))
      places.push_back({at, word.size()});
  std::pair<size_t, size_t> place = {random() % (header.size() + 1), 0};
  if (!places.empty())
    place = places[random() % places.size()];
  header.replace(place.first, place.second, words[random() % words.size()]);
}

/// The custom mutator of files of this format; `prefix` bytes in front stay as they are.
inline size_t mutateSafetensors(uint8_t *data, size_t size, size_t maxSize, unsigned seed,
                                const std::string &start) {
  std::minstd_rand random(seed);
  std::string file(reinterpret_cast<const char *>(data), size);
  uint64_t length = 0;
  if (size >= sizeof(length))
    memcpy(&length, data, sizeof(length));
  if (size < sizeof(length) || length > size - sizeof(length))
    file = start;
  else if (random() % 8 == 0)
    return LLVMFuzzerMutate(data, size, maxSize);
  memcpy(&length, file.data(), sizeof(length));
  std::string header = file.substr(sizeof(length), length),
              body = file.substr(sizeof(length) + length);
  for (unsigned i = 0; i <= random() % 3; ++i)
    switch (random() % 4) {
    case 0: {
      header.resize(header.size() + 16, ' ');
      header.resize(LLVMFuzzerMutate(reinterpret_cast<uint8_t *>(header.data()), header.size() - 16,
                                     header.size()));
      break;
    }
    case 1:
      body.resize(random() % 2 ? body.size() / 2 : body.size() + random() % 64, char(random()));
      break;
    default:
      mutateWord(header, random);
    }
  file = makeSafetensors(header, body);
  size_t count = std::min(file.size(), maxSize);
  memcpy(data, file.data(), count);
  return count;
}

#endif // WEFT_TEST_FUZZ_SAFETENSORSMUTATOR_H
