// One process at a time in a directory.
#ifndef WEFT_RT_SUPPORT_DIRECTORYLOCK_H
#define WEFT_RT_SUPPORT_DIRECTORYLOCK_H

#include <string>

namespace weft::rt {

/// Holds a directory from construction to the end of the object or of its process, however that
/// ends: the lock is the kernel's, on a file `.lock` that also says who holds it. Readers need
/// none.
class DirectoryLock {
public:
  /// Fails with an Error that names the directory, and the process that holds it. Only warns where
  /// the file system knows no locks.
  explicit DirectoryLock(const std::string &directory);
  ~DirectoryLock();
  DirectoryLock(const DirectoryLock &) = delete;
  DirectoryLock &operator=(const DirectoryLock &) = delete;

private:
  void lock(const std::string &directory);
  bool isStillThere() const;

  std::string path;
  int descriptor = -1;
};

} // namespace weft::rt

#endif // WEFT_RT_SUPPORT_DIRECTORYLOCK_H
