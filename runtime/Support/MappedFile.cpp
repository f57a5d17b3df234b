#include "Support/MappedFile.h"

#include "Support/Error.h"
#include "Support/Hash.h"

#include <algorithm>
#include <cerrno>
#include <cinttypes>
#include <cstring>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

using namespace weft::rt;

namespace {

/// A hash of 64 pieces of a file, from begin to end. Read, and not mapped: a page brings its
/// neighbours.
uint64_t hashSamples(int descriptor, uint64_t length) {
  constexpr uint64_t count = 64, piece = 64;
  uint64_t last = length - std::min(length, piece);
  Hash hash;
  for (uint64_t i = 0; i <= count; ++i) {
    char bytes[piece] = {};
    auto at = static_cast<off_t>(i < count ? last / (count - 1) * i : last);
    // What is not there stays 0.
    [[maybe_unused]] ssize_t read = pread(descriptor, bytes, piece, at);
    hash.add(bytes, piece);
  }
  return hash.value();
}

} // namespace

MappedFile::MappedFile(const std::string &path) : name(path) {
  int descriptor = open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (descriptor < 0)
    fail("cannot read '%s': %s", path.c_str(), strerror(errno));
  struct stat status;
  int error = fstat(descriptor, &status) == 0 ? 0 : errno;
  if (!error && S_ISREG(status.st_mode) && status.st_size > 0) {
    length = static_cast<uint64_t>(status.st_size);
    void *mapped = mmap(nullptr, length, PROT_READ, MAP_PRIVATE, descriptor, 0);
    if (mapped == MAP_FAILED)
      error = errno;
    else
      bytes = static_cast<const char *>(mapped);
    samples = hashSamples(descriptor, length);
  }
  close(descriptor);
  if (error)
    fail("cannot read '%s': %s", path.c_str(), strerror(error));
  if (S_ISDIR(status.st_mode))
    fail("cannot read '%s': expected a file, found a directory", path.c_str());
  if (!S_ISREG(status.st_mode))
    fail("cannot read '%s': expected a regular file", path.c_str());
  if (length == 0)
    fail("cannot read '%s': the file is empty", path.c_str());
  watched = WatchedRange(bytes, length);
  device = status.st_dev;
  inode = status.st_ino;
  modified = status.st_mtim;
}

MappedFile::~MappedFile() {
  if (bytes)
    munmap(const_cast<char *>(bytes), length);
}

MappedFile::MappedFile(MappedFile &&other) noexcept
    : name(std::move(other.name)), bytes(std::exchange(other.bytes, nullptr)),
      length(std::exchange(other.length, 0)), watched(std::move(other.watched)),
      device(other.device), inode(other.inode), samples(other.samples), modified(other.modified) {}

uint64_t MappedFile::fingerprint() const {
  constexpr uint64_t end = 4096;
  uint64_t part = std::min(length, end);
  Hash hash;
  hash.add(&length, sizeof(length));
  hash.add(bytes, part);
  hash.add(bytes + length - part, part);
  return hash.value();
}

void MappedFile::requireUnchanged() const {
  if (watched.isBroken())
    reportChange();
  struct stat now;
  if (stat(name.c_str(), &now) != 0 || now.st_dev != device || now.st_ino != inode)
    return; // what is mapped stays as it is
  bool isSameTime =
      now.st_mtim.tv_sec == modified.tv_sec && now.st_mtim.tv_nsec == modified.tv_nsec;
  bool isSameSize = static_cast<uint64_t>(now.st_size) == length;
  if (isSameTime && isSameSize)
    return;
  int descriptor = open(name.c_str(), O_RDONLY | O_CLOEXEC);
  bool isSame = isSameSize && descriptor >= 0 && hashSamples(descriptor, length) == samples;
  close(descriptor);
  if (!isSame)
    reportChange();
  modified = now.st_mtim;
}

void MappedFile::reportChange() const {
  struct stat now = {};
  bool isThere = stat(name.c_str(), &now) == 0 && now.st_ino == inode;
  auto size = static_cast<uint64_t>(now.st_size);
  if (isThere && size != length)
    fail("'%s' was changed while it was read: it had %" PRIu64 " bytes and has %" PRIu64
         "; write new contents to a file of another name",
         name.c_str(), length, size);
  if (watched.isBroken())
    fail("'%s' cannot be read any more: it was cut while it was read, or its disk fails",
         name.c_str());
  fail("'%s' was changed while it was read; write new contents to a file of another name",
       name.c_str());
}

void MappedFile::release(const char *begin, uint64_t bytes) const {
  // Pages that the range shares with its neighbours are read again if those need them.
  uint64_t page = static_cast<uint64_t>(sysconf(_SC_PAGESIZE));
  uint64_t first = static_cast<uint64_t>(begin - data()) / page * page;
  madvise(const_cast<char *>(data()) + first, bytes + static_cast<uint64_t>(begin - data()) - first,
          MADV_DONTNEED);
}
