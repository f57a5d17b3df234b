// Reading and writing safetensors, hostile files above all.
#include "Checkpoint/SafetensorsFile.h"
#include "Checkpoint/SafetensorsWriter.h"
#include "TestSupport.h"

#include <cstring>

using namespace weft::rt;
using namespace weft::rt::test;

namespace {

std::string entry(const char *name, const char *dtype, const char *shape, const char *offsets) {
  return std::string("\"") + name + "\":{\"dtype\":\"" + dtype + "\",\"shape\":" + shape +
         ",\"data_offsets\":" + offsets + "}";
}

struct Hostile {
  const char *label;
  std::string contents;
  const char *message; // a part of it
};

std::vector<Hostile> hostileFiles() {
  std::string eight(8, 'x');
  auto one = [&](const char *dtype, const char *shape, const char *offsets) {
    return safetensors("{" + entry("a", dtype, shape, offsets) + "}", eight);
  };
  std::string good = entry("a", "F32", "[2]", "[0,8]");
  std::string hugeLength(8, '\xff');
  std::string deep(100000, '[');
  return {
      {"short", "abc", "expected a safetensors file, found 3 bytes"},
      {"lfs",
       "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a214614ab\nsize 548105171\n",
       "is a git-lfs pointer, not a safetensors file: run git lfs pull"},
      {"torch",
       "PK\x03\x04" + std::string(22, 'x') + std::string("\x16\0\0\0", 4) +
           "pytorch_model/data.pkl" + eight,
       "is a PyTorch pickle"},
      {"old-torch", "\x80\x02\x8a\nl\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19.\x80\x02M\xe9",
       "is a PyTorch pickle, not a safetensors file: save it as safetensors"},
      {"html", "<!DOCTYPE html>\n<html lang=\"en\">",
       "is an HTML page, not a safetensors file: download"},
      {"gzip", std::string("\x1f\x8b\x08\0\0\0\0\0\0\3", 10) + eight, "is a gzip archive"},
      {"index", "{\"metadata\": {}, \"weight_map\": {}}",
       "is a JSON text, not a safetensors file: of weights"},
      {"huge-length", hugeLength + "{}", "header length of 18446744073709551615"},
      {"length-beyond-file", std::string("\x20\0\0\0\0\0\0\0", 8) + "{}", "header length of 32"},
      {"not-json", safetensors("{\"a\":", eight), "the header is not valid JSON"},
      {"invalid-utf8", safetensors("{\"\xff\":1}", eight), "the header is not valid JSON"},
      {"not-object", safetensors("[1]", ""),
       "expected the header to be a JSON object, found array"},
      {"deep", safetensors("{\"a\":" + deep, ""), "nested more than"},
      {"entry-not-object", safetensors("{\"a\":3}", eight), "tensor 'a': expected an object"},
      {"duplicate", safetensors("{" + good + "," + good + "}", eight),
       "'a' is in the header twice"},
      {"no-dtype", safetensors("{\"a\":{\"shape\":[2],\"data_offsets\":[0,8]}}", eight),
       "tensor 'a': expected 'dtype'"},
      {"unknown-dtype", one("F33", "[2]", "[0,8]"), "tensor 'a' has the unknown dtype 'F33'"},
      {"negative-extent", one("F32", "[-2]", "[0,8]"), "non-negative integers, found -2"},
      {"fraction", one("F32", "[2.0]", "[0,8]"), "non-negative integers, found 2.0"},
      {"shape-not-list", one("F32", "2", "[0,8]"), "expected 'shape' to be a list"},
      {"overflow", one("F32", "[4611686018427387904,4]", "[0,8]"), "more elements than memory"},
      {"beyond-int64", one("F32", "[18446744073709551615]", "[0,8]"), "non-negative integers"},
      {"offsets-reversed", one("F32", "[2]", "[8,0]"),
       "expected 'data_offsets' to be [begin, end]"},
      {"offsets-three", one("F32", "[2]", "[0,4,8]"), "expected 'data_offsets' to be [begin, end]"},
      {"out-of-range", one("F32", "[4]", "[0,16]"), "ends at byte 16 of the data, which has 8"},
      {"wrong-size", one("F32", "[1]", "[0,8]"), "needs 4 bytes, its offsets span 8"},
      {"overlap",
       safetensors("{" + entry("a", "F32", "[1]", "[0,4]") + "," +
                       entry("b", "F32", "[2]", "[0,8]") + "}",
                   eight),
       "tensor 'b' begins at byte 0"},
      {"gap", safetensors("{" + entry("a", "F32", "[1]", "[4,8]") + "}", eight),
       "tensor 'a' begins at byte 4 of the data, past"},
      {"left-over", safetensors("{" + entry("a", "F32", "[1]", "[0,4]") + "}", eight),
       "4 bytes after the last tensor"},
      {"metadata", safetensors("{\"__metadata__\":{\"a\":1}}", ""),
       "'__metadata__' to hold strings"},
  };
}

TEST(SafetensorsFile, RefusesHostileFilesByName) {
  ScratchDirectory scratch;
  for (const Hostile &hostile : hostileFiles()) {
    SCOPED_TRACE(hostile.label);
    std::string path = scratch / hostile.label;
    writeFile(path, hostile.contents);
    std::string message = errorOf([&] { SafetensorsFile file(path); });
    EXPECT_NE(message.find(hostile.message), std::string::npos) << message;
    EXPECT_NE(message.find(path), std::string::npos) << message;
  }
}

TEST(SafetensorsFile, RefusesEveryTruncation) {
  ScratchDirectory scratch;
  std::string good =
      safetensors("{" + entry("a", "F32", "[2]", "[0,8]") + "}  ", std::string(8, 'x'));
  std::string path = scratch / "cut";
  for (size_t size = 0; size < good.size(); ++size) {
    writeFile(path, good.substr(0, size));
    EXPECT_THROW(SafetensorsFile file(path), Error) << size;
  }
  writeFile(path, good);
  SafetensorsFile whole(path);
  EXPECT_EQ(whole.tensors().size(), 1u);
}

// Every byte of a good file, replaced by each of a few others: read or refused, nothing else.
TEST(SafetensorsFile, SurvivesEveryChangedByte) {
  ScratchDirectory scratch;
  std::string good = safetensors("{" + entry("a", "F32", "[2]", "[0,8]") + "," +
                                     entry("b", "I64", "[]", "[8,16]") + "}",
                                 std::string(16, 'x'));
  std::string path = scratch / "changed";
  int refused = 0, read = 0;
  for (size_t at = 0; at < good.size(); ++at)
    for (char with : {'\0', '\xff', '9', '-', '"', '{', ']', ',', ' '}) {
      std::string changed = good;
      changed[at] = with;
      writeFile(path, changed);
      try {
        SafetensorsFile file(path);
        for (const SafetensorsFile::Tensor &tensor : file.tensors())
          ASSERT_TRUE(tensor.data >= file.data() &&
                      tensor.data + tensor.bytes <= file.data() + changed.size());
        ++read;
      } catch (const Error &) {
        ++refused;
      }
    }
  EXPECT_GT(read, 0);
  EXPECT_GT(refused, read);
}

TEST(SafetensorsFile, RefusesWhatIsNoFile) {
  ScratchDirectory scratch;
  writeFile(scratch / "empty", "");
  EXPECT_NE(errorOf([&] { SafetensorsFile file(scratch.path); }).find("found a directory"),
            std::string::npos);
  EXPECT_NE(errorOf([&] { SafetensorsFile file(scratch / "none"); }).find("No such file"),
            std::string::npos);
  EXPECT_NE(errorOf([&] { SafetensorsFile file(scratch / "empty"); }).find("is empty"),
            std::string::npos);
  EXPECT_NE(errorOf([] { SafetensorsFile file("/dev/zero"); }).find("regular file"),
            std::string::npos);
}

TEST(SafetensorsWriter, IsReadBackAligned) {
  ScratchDirectory scratch;
  std::vector<float> single = {1, 2, 3};
  std::vector<double> wide = {4, 5};
  std::string path = scratch / "out.safetensors";
  SafetensorsWriter writer({{"single\"\n", "F32", {3}, 12, reinterpret_cast<char *>(single.data())},
                            {"wide", "F64", {1, 2}, 16, reinterpret_cast<char *>(wide.data())}});
  for (const char *step : {"\"step\":\"1\"", "\"step\":\"23456\""})
    writer.replace(path, step);
  SafetensorsFile file(path);
  EXPECT_EQ(file.metadata().at("step"), "23456");
  ASSERT_NE(file.find("wide"), nullptr);
  EXPECT_EQ(file.find("wide")->shape, (std::vector<int64_t>{1, 2}));
  EXPECT_EQ((file.find("wide")->data - file.data()) % 8, 0);
  EXPECT_EQ(memcmp(file.find("wide")->data, wide.data(), 16), 0);
  ASSERT_NE(file.find("single\"\n"), nullptr);
  EXPECT_EQ(memcmp(file.find("single\"\n")->data, single.data(), 12), 0);
  EXPECT_FALSE(exists(path + ".tmp"));
}

TEST(SafetensorsWriter, FailureLeavesTheOldFile) {
  ScratchDirectory scratch;
  float value = 1;
  std::string path = scratch / "out.safetensors";
  writeFile(path, "old");
  SafetensorsWriter writer({{"a", "F32", {}, 4, reinterpret_cast<char *>(&value)}});
  EXPECT_THROW(writer.replace(path, std::string(1000, ' ')), Error);
  EXPECT_FALSE(exists(path + ".tmp"));
  EXPECT_EQ(readFile(path), "old");
  EXPECT_NE(errorOf([&] { writer.replace(scratch / "none/out", ""); }).find("cannot write"),
            std::string::npos);
}

} // namespace
