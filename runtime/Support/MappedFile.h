// Files as the runtime reads them: mapped, of any size.
#ifndef WEFT_RT_SUPPORT_MAPPEDFILE_H
#define WEFT_RT_SUPPORT_MAPPEDFILE_H

#include "Support/WatchedRange.h"

#include <cstdint>
#include <ctime>
#include <string>
#include <string_view>
#include <sys/types.h>

namespace weft::rt {

/// A regular file mapped read-only for the lifetime of the object. Where it is cut or written to
/// meanwhile, reading it goes on, and `requireUnchanged` fails: whoever reads calls that before
/// what was read counts.
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
  std::string_view contents() const { return {bytes, length}; }

  /// Fails with an Error that names the file if it is no longer what was opened: a page of it could
  /// not be read, or it was written to since, so that its size or samples of it are others. That
  /// another file got its name, or that only its time changed, is no such change. Costs one system
  /// call, and allocates nothing.
  void requireUnchanged() const;
  /// A hash of the size and of both ends of the file, by which it is known again.
  uint64_t fingerprint() const;

  /// Gives the pages of this range back; they are read again if they are needed again.
  void release(const char *begin, uint64_t bytes) const;
  /// Calls `use(data, at, bytes)` for each piece of a range, `at` bytes from its begin, and gives
  /// it back after that: no more than a piece is in memory. Fails with an Error if the file changes
  /// meanwhile.
  template <typename Use> void stream(const char *begin, uint64_t bytes, Use use) const {
    constexpr uint64_t piece = uint64_t(16) << 20;
    for (uint64_t at = 0; at < bytes; at += piece) {
      uint64_t part = bytes - at < piece ? bytes - at : piece;
      use(begin + at, at, part);
      requireUnchanged();
      release(begin + at, part);
    }
  }

private:
  [[noreturn]] void reportChange() const;

  std::string name;
  const char *bytes = nullptr;
  uint64_t length = 0;
  WatchedRange watched;
  // Of the file when it was opened; the time is that of the last look.
  dev_t device = 0;
  ino_t inode = 0;
  uint64_t samples = 0; // a hash of pieces from begin to end
  mutable timespec modified = {};
};

} // namespace weft::rt

#endif // WEFT_RT_SUPPORT_MAPPEDFILE_H
