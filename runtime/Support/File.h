// Files as the runtime uses them: mapped for reading, and written without buffers in between.
#ifndef WEFT_RT_SUPPORT_FILE_H
#define WEFT_RT_SUPPORT_FILE_H

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

private:
  std::string name;
  const char *bytes = nullptr;
  uint64_t length = 0;
};

/// A file descriptor opened for writing.
class OutputFile {
public:
  /// Creates or empties the file; fails with an Error that names it.
  explicit OutputFile(const char *path);
  ~OutputFile();
  OutputFile(const OutputFile &) = delete;
  OutputFile &operator=(const OutputFile &) = delete;

  /// Writes everything or fails with an Error that names the file (a full disk, for instance).
  void write(const void *data, size_t size);
  /// Brings what was written to the disk.
  void sync();

private:
  const char *name;
  int descriptor;
};

/// write(2) until everything is out. Returns 0 or an errno.
int writeFully(int descriptor, const void *data, size_t size);

/// Fails with an Error if a file of this name could not be written beside (path.tmp) and renamed.
void checkWritable(const std::string &path);

/// Creates the directory and its parents where missing, and checks that a file can be made in it.
void prepareOutputDirectory(const std::string &path);

} // namespace weft::rt

#endif // WEFT_RT_SUPPORT_FILE_H
