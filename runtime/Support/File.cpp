#include "Support/File.h"

#include "Support/Error.h"
#include "Support/FixedText.h"
#include "Support/MappedFile.h"

#include <cerrno>
#include <climits>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace weft::rt;

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

void OutputFile::cutAfter(uint64_t bytes) {
  if (ftruncate(descriptor, static_cast<off_t>(bytes)) != 0)
    return;
}

uint64_t OutputFile::size() const {
  struct stat status;
  return fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode)
             ? static_cast<uint64_t>(status.st_size)
             : 0;
}

int weft::rt::writeFully(int descriptor, const void *data, size_t size) {
  const char *next = static_cast<const char *>(data);
  while (size > 0) {
    ssize_t written = ::write(descriptor, next, size);
    if (written < 0 && errno == EINTR)
      continue;
    // Whoever shares a pipe or a terminal may have asked for this: then a slow reader is waited for
    // here.
    if (written < 0 && errno == EAGAIN) {
      pollfd room = {descriptor, POLLOUT, 0};
      poll(&room, 1, -1);
      continue;
    }
    if (written < 0)
      return errno;
    next += written;
    size -= static_cast<size_t>(written);
  }
  return 0;
}

void weft::rt::holdStandardStreams() {
  int descriptor = STDIN_FILENO;
  while (descriptor >= 0 && descriptor <= STDERR_FILENO)
    descriptor = open("/dev/null", O_RDWR);
  if (descriptor > STDERR_FILENO)
    close(descriptor);
}

void weft::rt::flushOutput() {
  if (fflush(stdout) != 0 || ferror(stdout))
    fail("cannot write to the standard output: %s", strerror(errno));
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
  // A directory that may be written and not be listed.
  if (descriptor < 0 && errno == EACCES)
    return;
  int error = descriptor < 0 ? errno : fsync(descriptor) == 0 ? 0 : errno;
  if (descriptor >= 0)
    close(descriptor);
  if (error != 0 && error != EINVAL && error != ENOTSUP)
    fail("cannot bring the names in '%s' to the disk: %s", directory.c_str(), strerror(error));
}

std::string weft::rt::readText(const std::string &path) {
  MappedFile file(path);
  std::string text(file.contents());
  file.requireUnchanged();
  return text;
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
