// Files as the runtime writes them, without buffers in between; small ones are read whole.
#ifndef WEFT_RT_SUPPORT_FILE_H
#define WEFT_RT_SUPPORT_FILE_H

#include "Support/Hash.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace weft::rt {

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
  /// Cuts off what lies behind; a pipe or a device has nothing to cut.
  void cutAfter(uint64_t bytes);
  /// Of the file as it is now; 0 for a pipe or a device.
  uint64_t size() const;
  /// Of all that was written through this object.
  uint64_t hash() const { return contents.value(); }

private:
  const char *name;
  int descriptor;
  Hash contents;
};

/// write(2) until everything is out. Returns 0 or an errno.
int writeFully(int descriptor, const void *data, size_t size);

/// Opens /dev/null in the place of standard streams that are closed: no file of the run may get
/// their numbers, and with these what is meant for a reader.
void holdStandardStreams();

/// Brings out what was printed to stdout; fails with an Error unless all of it could be written.
void flushOutput();

/// Gives a file or a folder another name, over a file that has it, so that a power cut leaves one or
/// the other. Allocates nothing; fails with an Error.
void renameDurably(const char *from, const char *to);

/// Makes the names in the directory that `path` lies in survive a power cut. Not every file system
/// can; fails with an Error where one can and did not.
void syncDirectoryOf(const char *path);

/// The whole file; fails with an Error that names it.
std::string readText(const std::string &path);

/// Fails with an Error if a file of this name could not be written beside (path.tmp) and renamed.
void checkWritable(const std::string &path);

/// Creates the directory and its parents where missing, and checks that a file can be made in it.
void prepareOutputDirectory(const std::string &path);

} // namespace weft::rt

#endif // WEFT_RT_SUPPORT_FILE_H
