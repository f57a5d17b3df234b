// Files as the runtime uses them: mapped for reading, and written without buffers in between.
#ifndef WEFT_RT_SUPPORT_FILE_H
#define WEFT_RT_SUPPORT_FILE_H

#include "Support/Hash.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace weft::rt {

/// A regular file mapped read-only for the lifetime of the object.
class MappedFile {
public:
  /// Fails with an Error that names the file: missing, unreadable, empty, not a regular file.
  explicit MappedFile(const std::string &path);
  ~MappedFile();
  MappedFile(MappedFile &&other) noexcept;
  MappedFile(const MappedFile &) = delete;
  MappedFile &operator=(const MappedFile &) = delete;

  const std::string &path() const { return name; }
  const char *data() const { return bytes; }
  uint64_t size() const { return length; }
  /// Gives the pages of this range back; they are read again if they are needed again.
  void release(const char *begin, uint64_t bytes) const;
  /// Calls `use(data, at, bytes)` for each piece of a range, `at` bytes from its begin, and gives it back
  /// after that: no more than a piece is in memory.
  template <typename Use> void stream(const char *begin, uint64_t bytes, Use use) const {
    constexpr uint64_t piece = uint64_t(16) << 20;
    for (uint64_t at = 0; at < bytes; at += piece) {
      uint64_t part = bytes - at < piece ? bytes - at : piece;
      use(begin + at, at, part);
      release(begin + at, part);
    }
  }

private:
  std::string name;
  const char *bytes = nullptr;
  uint64_t length = 0;
};

/// A file descriptor opened for writing.
class OutputFile {
public:
  enum Mode { Empty, Append };
  /// Creates the file, empties it or goes on at its end; fails with an Error that names it. `path`
  /// must stay valid.
  explicit OutputFile(const char *path, Mode mode = Empty);
  ~OutputFile();
  OutputFile(const OutputFile &) = delete;
  OutputFile &operator=(const OutputFile &) = delete;

  /// Writes everything or fails with an Error that names the file (a full disk, for instance).
  void write(const void *data, size_t size);
  /// Brings what was written to the disk. A pipe or a device has none.
  void sync();
  /// Of all that was written through this object.
  uint64_t hash() const { return contents.value(); }

private:
  const char *name;
  int descriptor;
  Hash contents;
};

/// write(2) until everything is out. Returns 0 or an errno.
int writeFully(int descriptor, const void *data, size_t size);

/// Gives a file or a folder another name, over a file that has it, so that a power cut leaves one or
/// the other. Allocates nothing; fails with an Error.
void renameDurably(const char *from, const char *to);

/// Makes the names in the directory that `path` lies in survive a power cut. Not every file system
/// can.
void syncDirectoryOf(const char *path);

/// The whole file; fails with an Error that names it.
std::string readText(const std::string &path);

/// Fails with an Error if a file of this name could not be written beside (path.tmp) and renamed.
void checkWritable(const std::string &path);

/// Creates the directory and its parents where missing, and checks that a file can be made in it.
void prepareOutputDirectory(const std::string &path);

} // namespace weft::rt

#endif // WEFT_RT_SUPPORT_FILE_H
