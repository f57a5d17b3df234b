#include "Support/File.h"

#include "Support/Error.h"
#include "Support/FixedText.h"

#include <cerrno>
#include <climits>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

using namespace weft::rt;

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
}

MappedFile::~MappedFile() {
  if (bytes)
    munmap(const_cast<char *>(bytes), length);
}

MappedFile::MappedFile(MappedFile &&other) noexcept
    : name(std::move(other.name)), bytes(std::exchange(other.bytes, nullptr)),
      length(std::exchange(other.length, 0)) {}

void MappedFile::release(const char *begin, uint64_t bytes) const {
  // Pages that the range shares with its neighbours are read again if those need them.
  uint64_t page = static_cast<uint64_t>(sysconf(_SC_PAGESIZE));
  uint64_t first = static_cast<uint64_t>(begin - data()) / page * page;
  madvise(const_cast<char *>(data()) + first, bytes + static_cast<uint64_t>(begin - data()) - first,
          MADV_DONTNEED);
}

OutputFile::OutputFile(const char *path, Mode mode)
    : name(path), descriptor(open(
                      path, O_WRONLY | O_CREAT | O_CLOEXEC | (mode == Empty ? O_TRUNC : O_APPEND),
                      0666)) {
  if (descriptor < 0)
    fail("cannot write '%s': %s", name, strerror(errno));
}

OutputFile::~OutputFile() { close(descriptor); }

void OutputFile::write(const void *data, size_t size) {
  if (int error = writeFully(descriptor, data, size))
    fail("cannot write '%s': %s", name, strerror(error));
  contents.add(data, size);
}

void OutputFile::sync() {
  if (fsync(descriptor) != 0 && errno != EINVAL)
    fail("cannot write '%s': %s", name, strerror(errno));
}

int weft::rt::writeFully(int descriptor, const void *data, size_t size) {
  const char *next = static_cast<const char *>(data);
  while (size > 0) {
    ssize_t written = ::write(descriptor, next, size);
    if (written < 0 && errno == EINTR)
      continue;
    if (written < 0)
      return errno;
    next += written;
    size -= static_cast<size_t>(written);
  }
  return 0;
}

void weft::rt::renameDurably(const char *from, const char *to) {
  if (rename(from, to) != 0)
    fail("cannot rename '%s' to '%s': %s", from, to, strerror(errno));
  syncDirectoryOf(to);
}

void weft::rt::syncDirectoryOf(const char *path) {
  FixedText<PATH_MAX> directory;
  const char *slash = strrchr(path, '/');
  directory.append("%.*s", slash ? static_cast<int>(slash + 1 - path) : 1, slash ? path : ".");
  int descriptor = open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0)
    return;
  fsync(descriptor);
  close(descriptor);
}

std::string weft::rt::readText(const std::string &path) {
  MappedFile file(path);
  return {file.data(), file.size()};
}

void weft::rt::checkWritable(const std::string &path) {
  if (std::filesystem::is_directory(path))
    fail("cannot write '%s': expected a file name, found a directory", path.c_str());
  // The file is renamed into its place, which would put it where a device or a pipe was.
  if (std::filesystem::exists(path) && !std::filesystem::is_regular_file(path))
    fail("cannot write '%s': expected a file name, found a device or a pipe", path.c_str());
  std::string beside = path + ".tmp";
  {
    OutputFile probe(beside.c_str());
  }
  unlink(beside.c_str());
}

void weft::rt::prepareOutputDirectory(const std::string &path) {
  std::error_code error;
  std::filesystem::create_directories(path, error);
  if (error)
    fail("cannot create the directory '%s': %s", path.c_str(), error.message().c_str());
  // Only making a file tells the truth: permission bits do not know of read-only mounts.
  std::string probe = path + "/.weft-probe.XXXXXX";
  int descriptor = mkostemp(probe.data(), O_CLOEXEC);
  if (descriptor < 0)
    fail("cannot write into the directory '%s': %s", path.c_str(), strerror(errno));
  close(descriptor);
  unlink(probe.c_str());
}
