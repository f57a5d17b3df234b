#include "Support/DirectoryLock.h"

#include "Support/Error.h"

#include <cerrno>
#include <climits>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace weft::rt;

namespace {

std::string readLine(int descriptor) {
  char text[512] = {};
  ssize_t length = pread(descriptor, text, sizeof(text) - 1, 0);
  return std::string(text, length > 0 ? strcspn(text, "\n") : 0);
}

void writeOwner(int descriptor) {
  char host[HOST_NAME_MAX + 1] = {}, text[HOST_NAME_MAX + 64];
  if (gethostname(host, sizeof(host) - 1) != 0)
    snprintf(host, sizeof(host), "an unknown host");
  int length = snprintf(text, sizeof(text), "process %d on %s\n", static_cast<int>(getpid()), host);
  // A help for people: the lock holds without it, on a full disk for one.
  if (ftruncate(descriptor, 0) != 0 ||
      pwrite(descriptor, text, static_cast<size_t>(length), 0) != length)
    return;
}

} // namespace

DirectoryLock::DirectoryLock(const std::string &directory) : path(directory + "/.lock") {
  // The one before removes the file at its end: a lock on one that has gone keeps nobody out.
  do {
    if (descriptor >= 0)
      close(descriptor);
    descriptor = open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (descriptor < 0)
      fail("cannot write '%s': %s", path.c_str(), strerror(errno));
    lock(directory);
  } while (!isStillThere());
  writeOwner(descriptor);
}

DirectoryLock::~DirectoryLock() {
  unlink(path.c_str());
  close(descriptor);
}

/// fcntl's locks, which NFS has as well; flock's are local there.
void DirectoryLock::lock(const std::string &directory) {
  struct flock whole = {};
  whole.l_type = F_WRLCK;
  whole.l_whence = SEEK_SET;
  if (fcntl(descriptor, F_SETLK, &whole) == 0)
    return;
  int error = errno;
  if (error != EACCES && error != EAGAIN)
    return warn("'%s' cannot be locked (%s): nothing keeps a second run out of it",
                directory.c_str(), strerror(error));
  std::string owner = readLine(descriptor);
  close(descriptor);
  fail("'%s' is in use by another run%s%s%s: wait for its end, or give another directory",
       directory.c_str(), owner.empty() ? "" : " (", owner.c_str(), owner.empty() ? "" : ")");
}

bool DirectoryLock::isStillThere() const {
  struct stat mine, there;
  return fstat(descriptor, &mine) == 0 && stat(path.c_str(), &there) == 0 &&
         mine.st_ino == there.st_ino && mine.st_dev == there.st_dev;
}
