// Files that are cut, written to or replaced while they are mapped.
#include "Support/MappedFile.h"

#include "Checkpoint/SafetensorsFile.h"
#include "Data/BatchSource.h"
#include "Data/ReadAhead.h"
#include "TestSupport.h"

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <sys/mman.h>

using namespace weft::rt;
using namespace weft::rt::test;
namespace fs = std::filesystem;

namespace {

constexpr uint64_t size = 100000;

std::string pattern(uint64_t bytes = size) {
  std::string text(bytes, 'a');
  for (uint64_t i = 0; i < bytes; ++i)
    text[i] = static_cast<char>('a' + i % 23);
  return text;
}

/// Writes over a part of a file, in place.
void overwrite(const std::string &path, uint64_t at, const std::string &bytes) {
  std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
  file.seekp(static_cast<std::streamoff>(at));
  file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}

/// Later than when it was opened: clocks of file systems are coarse.
void touch(const std::string &path) {
  fs::last_write_time(path, fs::last_write_time(path) + std::chrono::seconds(3));
}

struct Mapped {
  explicit Mapped(const std::string &contents = pattern()) {
    writeFile(path, contents);
    file.emplace(path);
  }
  std::string error() {
    std::string message = errorOf([&] { file->requireUnchanged(); });
    EXPECT_NE(message.find("'" + path + "'"), std::string::npos) << message;
    return message;
  }
  char last() const { return file->contents().back(); }

  ScratchDirectory scratch;
  std::string path = scratch / "file";
  std::optional<MappedFile> file;
};

TEST(MappedFile, ThatIsCutIsReadAsZerosAndSaysSo) {
  Mapped mapped;
  EXPECT_NO_THROW(mapped.file->requireUnchanged());
  fs::resize_file(mapped.path, 5000);
  EXPECT_EQ(mapped.last(), 0);
  EXPECT_EQ(std::count(mapped.file->data() + 8192, mapped.file->data() + size, 0), size - 8192);
  EXPECT_EQ(mapped.file->data()[4095], pattern()[4095]);
  EXPECT_NE(mapped.error().find("it had 100000 bytes and has 5000;"), std::string::npos);
  // Nor is it what it was where it grows again.
  writeFile(mapped.path, pattern());
  EXPECT_NE(mapped.error().find("cannot be read any more"), std::string::npos);
}

TEST(MappedFile, ThatIsCutAndNotReadSaysSo) {
  Mapped mapped;
  fs::resize_file(mapped.path, 5000);
  EXPECT_NE(mapped.error().find("has 5000;"), std::string::npos);
}

TEST(MappedFile, ThatIsWrittenToSaysSo) {
  for (uint64_t bytes : {1, 7, 63, 64, 65, 4000, 100000}) {
    Mapped grown(pattern(bytes)), rewritten(pattern(bytes)), ends(pattern(bytes));
    writeFile(grown.path, pattern(bytes) + "x");
    EXPECT_NE(grown.error().find("and has " + std::to_string(bytes + 1)), std::string::npos);
    writeFile(rewritten.path, std::string(bytes, 'x'));
    touch(rewritten.path);
    EXPECT_NE(rewritten.error().find("was changed while it was read; write"), std::string::npos);
    overwrite(ends.path, bytes - 1, "X");
    touch(ends.path);
    EXPECT_NE(ends.error().find("was changed"), std::string::npos);
  }
}

TEST(MappedFile, ThatStaysAsItIsGoesOn) {
  Mapped touched, replaced, removed;
  touch(touched.path);
  EXPECT_NO_THROW(touched.file->requireUnchanged());
  writeFile(touched.path, pattern());
  touch(touched.path);
  EXPECT_NO_THROW(touched.file->requireUnchanged()) << "the same once more";
  writeFile(replaced.path + ".new", "other");
  fs::rename(replaced.path + ".new", replaced.path);
  EXPECT_NO_THROW(replaced.file->requireUnchanged());
  EXPECT_EQ(replaced.file->contents(), pattern());
  fs::remove(removed.path);
  EXPECT_NO_THROW(removed.file->requireUnchanged());
}

// Slots of files that are gone are used again, and files move.
TEST(MappedFile, ManyAreToldApart) {
  ScratchDirectory scratch;
  for (int round = 0; round < 3; ++round) {
    std::vector<MappedFile> files;
    for (int i = 0; i < 40; ++i) {
      std::string path = scratch / ("f" + std::to_string(round) + "." + std::to_string(i));
      writeFile(path, pattern());
      files.emplace_back(path);
    }
    fs::resize_file(files[17].path(), 1);
    for (MappedFile &file : files) {
      bool isCut = &file == &files[17];
      EXPECT_EQ(file.contents().back() == 0, isCut);
      if (!isCut)
        EXPECT_NO_THROW(file.requireUnchanged());
    }
    EXPECT_NE(errorOf([&] { files[17].requireUnchanged(); }).find("has 1;"), std::string::npos);
  }
}

TEST(MappedFile, AnyThreadMayMeetTheEnd) {
  Mapped mapped;
  fs::resize_file(mapped.path, 5000);
  uint64_t sum = 0;
#pragma omp parallel for num_threads(3) reduction(+ : sum)
  for (uint64_t i = 8192; i < size; ++i)
    sum += static_cast<unsigned char>(mapped.file->data()[i]);
  EXPECT_EQ(sum, 0u);
  EXPECT_NE(mapped.error(), "");
}

// Other memory that goes away ends the process as before.
TEST(MappedFileDeathTest, OtherMemoryIsNobodys) {
  Mapped mapped;
  auto readElsewhere = [&] {
    std::string path = mapped.scratch / "other";
    writeFile(path, pattern());
    FILE *file = fopen(path.c_str(), "r");
    void *memory = mmap(nullptr, size, PROT_READ, MAP_PRIVATE, fileno(file), 0);
    fs::resize_file(path, 0);
    volatile char byte = *static_cast<char *>(memory);
    (void)byte;
  };
  if (!sanitized)
    EXPECT_EXIT(readElsewhere(), testing::KilledBySignal(SIGBUS), "");
}

TEST(SafetensorsFile, ThatIsCutWhileItIsLoadedSaysSo) {
  ScratchDirectory scratch;
  std::string path = scratch / "w.safetensors", data = pattern();
  writeFile(path,
            safetensors("{\"w\":{\"dtype\":\"U8\",\"shape\":[100000],\"data_offsets\":[0,100000]}}",
                        data));
  SafetensorsFile file(path);
  fs::resize_file(path, 9000);
  EXPECT_NE(errorOf([&] {
              file.stream(file.tensors()[0], [](const char *, uint64_t, uint64_t) {});
            }).find("'" + path + "' was changed while it was read"),
            std::string::npos);
}

/// A module of two sequences of four tokens below 256.
struct SmallModule {
  int64_t dims[2] = {2, 4};
  WeftInput inputs[2] = {{"tokens", WEFT_I32, 0, 2, dims, 0, 32, 256, 0, 0},
                         {"targets", WEFT_I32, 0, 2, dims, 64, 32, 256, -100, 1}};
  WeftModule module = {};
  WeftEntry entry = {};
  SmallModule() {
    module.name = "small";
    module.input_bytes = 128;
    entry.module = &module;
    entry.sequences = 2;
    entry.num_inputs = 2;
    entry.inputs = inputs;
  }
};

TEST(BatchSource, OfAFileThatIsCutNamesIt) {
  ScratchDirectory scratch;
  SmallModule small;
  std::string text = scratch / "text", tensors = scratch / "data.safetensors";
  std::string header =
      "{\"tokens\":{\"dtype\":\"I32\",\"shape\":[4000,4],\"data_offsets\":[0,64000]},"
      "\"targets\":{\"dtype\":\"I32\",\"shape\":[4000,4],\"data_offsets\":[64000,128000]}}";
  alignas(64) char batch[128];
  for (bool ahead : {false, true})
    for (const std::string &path : {text, tensors}) {
      writeFile(path, path == text ? pattern() : safetensors(header, std::string(128000, 0)));
      std::unique_ptr<BatchSource> data = openBatchSource(path, small.entry, 1);
      if (ahead)
        data = std::make_unique<ReadAhead>(std::move(data), small.entry);
      data->fill(0, batch);
      fs::resize_file(path, 100);
      // What was read ahead before may be the data's.
      auto readOn = [&] {
        for (uint64_t first : {2, 4, 6})
          data->fill(first, batch);
      };
      std::string second = errorOf(readOn);
      EXPECT_NE(second.find("'" + path + "' was changed while it was read"), std::string::npos)
          << second;
      EXPECT_NE(errorOf([&] { data->fillEvaluation(5, batch); }).find("'" + path + "'"),
                std::string::npos);
    }
}

} // namespace
