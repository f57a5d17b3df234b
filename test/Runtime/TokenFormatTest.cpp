// What is taken for a file of tokens, and what is refused with an advice.
#include "Data/TokenFormat.h"
#include "Support/KnownFile.h"
#include "TestSupport.h"

#include <random>

using namespace weft::rt;
using namespace weft::rt::test;
using namespace std::string_literals;

namespace {

constexpr Vocabulary bytes = {"bytes", 256}, gpt2 = {"gpt", 50257}, large = {"large", 151936},
                     unknown = {"any", 0};

struct Files {
  /// The format that is found, or fails the test with the message.
  DataFormat find(const std::string &name, const std::string &contents,
                  const Vocabulary &vocabulary, DataFormat asked = DataFormat::Auto) {
    writeFile(scratch / name, contents);
    return findTokenFormat(MappedFile(scratch / name), asked, vocabulary);
  }
  std::string error(const std::string &name, const std::string &contents,
                    const Vocabulary &vocabulary, DataFormat asked = DataFormat::Auto) {
    std::string message = errorOf([&] { find(name, contents, vocabulary, asked); });
    EXPECT_NE(message.find("'" + (scratch / name) + "'"), std::string::npos) << message;
    return message;
  }
  ScratchDirectory scratch;
};

bool contains(const std::string &text, const std::string &part) {
  return text.find(part) != std::string::npos;
}

template <typename T>
std::string randomIds(uint32_t from, uint32_t end, size_t count, int seed = 1) {
  std::mt19937 draw(static_cast<uint32_t>(seed));
  std::vector<T> ids(count);
  for (T &id : ids)
    id = static_cast<T>(from + draw() % (end - from));
  return bytesOf(ids);
}

TEST(TokenFormat, GoesByNameHeaderAndVocabulary) {
  Files files;
  std::string ids = randomIds<uint16_t>(0, 50257, 200);
  EXPECT_EQ(files.find("a.bin", ids, gpt2), DataFormat::NanoGpt);
  EXPECT_EQ(files.find("a.bin", ids, {"full", 65536}), DataFormat::NanoGpt);
  EXPECT_EQ(files.find("a.bin", ids, unknown), DataFormat::NanoGpt);
  EXPECT_EQ(files.find("a.bin", randomIds<uint32_t>(0, 151936, 200), large), DataFormat::UInt32);
  EXPECT_EQ(files.find("a.bin", bytesOf(std::vector<int32_t>{20240520, 1, 0}), large),
            DataFormat::LlmC);
  EXPECT_EQ(files.find("a.txt", "any text", bytes), DataFormat::Text);
  EXPECT_EQ(files.find("a", "any text", {"few", 61}), DataFormat::Text);
  EXPECT_EQ(files.find("a", "any text", unknown), DataFormat::Text);
}

TEST(TokenFormat, RefusesBytesForOtherVocabularies) {
  Files files;
  for (const char *name : {"t.txt", "t.jsonl", "t", "ids.dat"})
    EXPECT_TRUE(contains(files.error(name, "plain text, not tokens", gpt2),
                         "'gpt' has 50257 tokens, so that bytes are none of them"));
  EXPECT_EQ(files.find("t.txt", "plain", gpt2, DataFormat::Text), DataFormat::Text);
  std::string text = "{\"text\": \"one document, of the size of a sentence or two\"}\n";
  EXPECT_TRUE(
      contains(files.error("t.bin", text + text, gpt2), "is a text, not ids: give the ids"));
  EXPECT_TRUE(
      contains(files.error("t.bin", text + text, large), "is a text, not ids: give the ids"));
  EXPECT_TRUE(contains(files.error("t.bin", text + text, bytes),
                       "is a text, not ids: give it another name"));
  EXPECT_TRUE(contains(
      files.error(
          "t.bin",
          "\u017bycie jest pi\u0119kne, cho\u0107 kr\u00f3tkie \u2013 i co z tego wynika dla nas?",
          gpt2),
      "is a text"));
  EXPECT_EQ(files.find("t.bin", text, gpt2), DataFormat::NanoGpt) << "too short to be certain";
  EXPECT_EQ(files.find("t.bin", text + text, gpt2, DataFormat::NanoGpt), DataFormat::NanoGpt);
}

TEST(TokenFormat, RefusesKnownKinds) {
  Files files;
  const std::vector<std::pair<std::string, const char *>> kinds = {
      {"\x93NUMPY\x01\x00v\x00{'descr'"s, "a NumPy array, not a file of tokens: save what"},
      {"\x1f\x8b\x08\x00\x00\x00\x00\x00"s, "a gzip archive, not a file of tokens: unpack it"},
      {"PK\x03\x04\x14\x00\x00\x00\x08\x00"s + "abcdefghijkl", "a zip archive"},
      {"PK\x03\x04\x14\x00\x00\x00\x08\x00"s + std::string(16, 'x') + "\x10\x00\x00\x00"s +
           "archive/data.pkl",
       "a PyTorch pickle"},
      {"PK\x03\x04\x14\x00\x00\x00\x08\x00"s + std::string(16, 'x') + "\x09\x00\x00\x00"s +
           "arr_0.npy",
       "an archive of NumPy arrays"},
      {"\x28\xb5\x2f\xfd\x04"s, "a zstd archive"},
      {"\xfd"s + "7zXZ\x00\x00"s, "an xz archive"},
      {"BZh91AY&SY"s, "a bzip2 archive"},
      {"PAR1\x15\x04"s, "a Parquet table"},
      {"ARROW1\x00\x00\xff\xff"s, "an Arrow table"},
      {"\xff\xff\xff\xff\x08\x00\x00\x00\x10\x00\x00\x00"s + std::string(20, 0), "an Arrow table"},
      {"\x89HDF\r\n\x1a\n"s, "an HDF5 file"},
      {"\x80\x04\x95\x06\x00\x00\x00\x00\x00\x00\x00]\x94K\x01"
       "a."s,
       "a Python pickle"},
      {"\x80\x02]q\x00(K\x01K\x02"
       "e."s,
       "a Python pickle"},
      {"\x80\x02\x8a\nl\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19.\x80\x02M"s, "a PyTorch pickle"},
      {"version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n"s,
       "a git-lfs pointer, not a file of tokens: run git lfs pull"},
      {"SQLite format 3\x00"s, "an SQLite database"},
      {"%PDF-1.7\n"s, "a PDF document"},
      {safetensors("{\"tokens\":{}}", ""), "is a safetensors file: give it a name"},
  };
  for (const auto &[contents, expected] : kinds)
    for (const Vocabulary &vocabulary : {bytes, gpt2, large})
      for (const char *name : {"data.bin", "data"})
        EXPECT_TRUE(contains(files.error(name, contents, vocabulary), expected))
            << files.error(name, contents, vocabulary);
}

TEST(TokenFormat, BelievesWhatIsAskedFor) {
  Files files;
  std::string gzip = "\x1f\x8b\x08\x00\x00\x00\x00\x00"s, numpy = "\x93NUMPY\x01\x00"s;
  for (DataFormat format : {DataFormat::Text, DataFormat::NanoGpt, DataFormat::UInt32})
    EXPECT_EQ(files.find("data", gzip, gpt2, format), format);
  EXPECT_EQ(files.find("data", numpy, bytes, DataFormat::Text), DataFormat::Text);
  // No ids begin like that.
  EXPECT_TRUE(contains(files.error("data", numpy, gpt2, DataFormat::NanoGpt), "a NumPy array"));
  EXPECT_TRUE(contains(files.error("data", numpy, large, DataFormat::UInt32), "a NumPy array"));
  // Models of bytes may be made for any text.
  for (const char *text : {"<!DOCTYPE html>\n<html>", "{\"text\": 1}", "<html>"})
    EXPECT_EQ(files.find("data", text, bytes), DataFormat::Text);
}

TEST(TokenFormat, RefusesWideIdsReadAsShort) {
  Files files;
  const char *expected =
      "every second id of 16 bits is below 4, as the upper halves of 32 bits are: "
      "--data-format uint32";
  EXPECT_TRUE(contains(files.error("a.bin", randomIds<uint32_t>(0, 50000, 200), gpt2), expected));
  EXPECT_TRUE(
      contains(files.error("a.bin", randomIds<uint32_t>(65536, 151000, 200), gpt2), expected));
  EXPECT_TRUE(contains(files.error("a.bin", randomIds<uint32_t>(0, 256, 200), bytes), expected));
  EXPECT_EQ(files.find("a.bin", randomIds<uint32_t>(0, 50000, 20), gpt2), DataFormat::NanoGpt)
      << "too short to be certain";
  EXPECT_EQ(files.find("a.bin", randomIds<uint32_t>(0, 50000, 200), gpt2, DataFormat::NanoGpt),
            DataFormat::NanoGpt);
}

// Ids of 16 bits of any vocabulary, however small; padding; ids that alternate with 0 for a while.
TEST(TokenFormat, TakesShortIdsOfAllKinds) {
  Files files;
  for (uint32_t limit : {2, 3, 4, 5, 6, 8, 16, 61, 256, 1000, 50257, 65536})
    for (int seed = 0; seed < 5; ++seed)
      for (size_t count : {1, 5, 64, 100, 1000}) {
        std::string ids = randomIds<uint16_t>(0, limit, count, seed);
        EXPECT_EQ(files.find("a.bin", ids, {"some", limit}), DataFormat::NanoGpt)
            << limit << " " << seed << " " << count;
      }
  std::string zeros(100000, 0);
  EXPECT_EQ(files.find("a.bin", zeros, gpt2), DataFormat::NanoGpt);
  EXPECT_EQ(files.find("a.bin", zeros + randomIds<uint16_t>(0, 50257, 100), gpt2),
            DataFormat::NanoGpt);
  std::vector<uint16_t> alternating(1000, 0);
  for (size_t i = 0; i < alternating.size(); i += 2)
    alternating[i] = 7;
  alternating[777] = 9;
  EXPECT_EQ(files.find("a.bin", bytesOf(alternating), gpt2), DataFormat::NanoGpt);
}

TEST(KnownFile, KnowsTextFromBytes) {
  for (const std::string &text :
       {"abc"s, "line\nline\tand\r\n"s, "\u00e4\u20ac\U0001f600"s, "\u20ac"s.substr(0, 2), ""s})
    EXPECT_TRUE(isText(text)) << text;
  for (const std::string &other : {"a\0b"s, "\x01"s, "\x7f"s, "\x80"s, "\xff\xfe"s, "\xc0\xaf"s,
                                   "\xe2\x28\xa1"s, "\xf5\x80\x80\x80"s})
    EXPECT_FALSE(isText(other)) << other;
}

} // namespace
