// A shared library that notes what a process does to files, in order: preloaded into a training
// executable (LD_PRELOAD), it appends a line for each call to the file that WEFT_TEST_TRACE names.
// Separated by tabs: create PATH, write PATH, sync PATH, rename FROM TO, remove PATH, link TARGET
// PATH. Paths are absolute.
// Where WEFT_TEST_NO_SYNC ends a path, it cannot be synced.
#include <cerrno>
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <dlfcn.h>
#include <fcntl.h>
#include <linux/limits.h>
#include <sys/stat.h>
#include <unistd.h>

namespace {

template <typename Function> Function next(const char *name) {
  return reinterpret_cast<Function>(dlsym(RTLD_NEXT, name));
}

using Open = int (*)(const char *, int, ...);

/// Appends one line, through functions that are not seen here.
void note(const char *what, const char *first, const char *second = "") {
  static const char *trace = getenv("WEFT_TEST_TRACE");
  if (!trace)
    return;
  char line[3 * PATH_MAX];
  int length = snprintf(line, sizeof(line), "%s\t%s\t%s\n", what, first, second);
  int descriptor = next<Open>("open")(trace, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
  if (next<ssize_t (*)(int, const void *, size_t)>("write")(descriptor, line,
                                                            static_cast<size_t>(length)) != length)
    abort();
  close(descriptor);
}

/// The absolute path; of `path` itself, where that is a link.
struct Absolute {
  char text[2 * PATH_MAX] = {};

  explicit Absolute(const char *path) {
    if (path[0] != '/' && getcwd(text, PATH_MAX))
      strcat(text, "/");
    strncat(text, path, PATH_MAX);
  }
  explicit Absolute(int descriptor) {
    char link[64];
    snprintf(link, sizeof(link), "/proc/self/fd/%d", descriptor);
    if (readlink(link, text, sizeof(text) - 1) < 0)
      text[0] = '\0';
  }
};

/// Whether it is a file or a folder: pipes and terminals are of no interest.
bool isKept(int descriptor) {
  struct stat status;
  return fstat(descriptor, &status) == 0 && (S_ISREG(status.st_mode) || S_ISDIR(status.st_mode));
}

bool isBroken(const char *path) {
  static const char *end = getenv("WEFT_TEST_NO_SYNC");
  size_t length = strlen(path), tail = end ? strlen(end) : 0;
  return end && length >= tail && strcmp(path + length - tail, end) == 0;
}

int noteSync(int descriptor, const char *name) {
  if (isBroken(Absolute(descriptor).text)) {
    errno = EIO;
    return -1;
  }
  int result = next<int (*)(int)>(name)(descriptor);
  if (result == 0 && isKept(descriptor))
    note("sync", Absolute(descriptor).text);
  return result;
}

int noteRemoval(const char *path, const char *name) {
  int result = next<int (*)(const char *)>(name)(path);
  if (result == 0)
    note("remove", Absolute(path).text);
  return result;
}

} // namespace

extern "C" {

int open(const char *path, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  mode_t mode = flags & O_CREAT ? va_arg(rest, mode_t) : 0;
  va_end(rest);
  int descriptor = next<Open>("open")(path, flags, mode);
  if (descriptor >= 0 && flags & O_CREAT && isKept(descriptor))
    note("create", Absolute(path).text);
  return descriptor;
}

ssize_t write(int descriptor, const void *data, size_t size) {
  ssize_t written = next<ssize_t (*)(int, const void *, size_t)>("write")(descriptor, data, size);
  if (written > 0 && isKept(descriptor))
    note("write", Absolute(descriptor).text);
  return written;
}

int fsync(int descriptor) { return noteSync(descriptor, "fsync"); }
int fdatasync(int descriptor) { return noteSync(descriptor, "fdatasync"); }
int unlink(const char *path) { return noteRemoval(path, "unlink"); }
int rmdir(const char *path) { return noteRemoval(path, "rmdir"); }

int mkdir(const char *path, mode_t mode) {
  int result = next<int (*)(const char *, mode_t)>("mkdir")(path, mode);
  if (result == 0)
    note("create", Absolute(path).text);
  return result;
}

int rename(const char *from, const char *to) {
  int result = next<int (*)(const char *, const char *)>("rename")(from, to);
  if (result == 0)
    note("rename", Absolute(from).text, Absolute(to).text);
  return result;
}

int symlink(const char *target, const char *path) {
  int result = next<int (*)(const char *, const char *)>("symlink")(target, path);
  if (result == 0)
    note("link", target, Absolute(path).text);
  return result;
}
}
