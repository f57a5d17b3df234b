// What the runtime's tests share: scratch directories, child processes, small modules.
#ifndef WEFT_TEST_RUNTIME_TESTSUPPORT_H
#define WEFT_TEST_RUNTIME_TESTSUPPORT_H

#include "Device/CPU/Runtime.h"
#include "Support/Error.h"
#include "weft-rt/ABI.h"

#include <cstdint>
#include <functional>
#include <gtest/gtest.h>
#include <string>
#include <sys/types.h>
#include <vector>

namespace weft::rt::test {

/// Whether this is a build with AddressSanitizer, which has an allocator and address space of its
/// own.
#if defined(__has_feature)
constexpr bool sanitized = __has_feature(address_sanitizer);
#else
constexpr bool sanitized = false;
#endif

/// A directory that goes away with the object.
class ScratchDirectory {
public:
  ScratchDirectory();
  ~ScratchDirectory();
  std::string operator/(const std::string &name) const { return path + "/" + name; }

  std::string path;
};

void writeFile(const std::string &path, const std::string &contents);
std::string readFile(const std::string &path);
bool exists(const std::string &path);

/// A safetensors file of a header and data, with the right length in front.
std::string safetensors(const std::string &header, const std::string &data);
template <typename T> std::string bytesOf(const std::vector<T> &values) {
  return {reinterpret_cast<const char *>(values.data()), values.size() * sizeof(T)};
}

/// The message of the Error that `action` throws; a test failure if it throws none.
std::string errorOf(const std::function<void()> &action);

struct Outcome {
  int code = -1; // 128 + signal for a process that a signal ended
  std::string out, err;
};

/// A child process with its output in files.
class Process {
public:
  /// `inChild` runs between fork and exec. `environment`: "NAME=value" beside the inherited ones.
  Process(const std::vector<std::string> &command, const std::vector<std::string> &environment = {},
          const std::function<void()> &inChild = {});
  Outcome wait();
  void signal(int number) const;
  pid_t id() const { return child; }
  /// Waits until the standard output holds the text; false if the process ends before it does.
  bool waitForOutput(const std::string &text) const;

private:
  ScratchDirectory scratch;
  pid_t child;
};

Outcome runProcess(const std::vector<std::string> &command,
                   const std::vector<std::string> &environment = {},
                   const std::function<void()> &inChild = {});

/// A context without memory, for calls into the device layer with a number of threads.
struct DeviceContext {
  explicit DeviceContext(int threads);
  Runtime runtime;
  WeftStep step = {};
  WeftContext context;
};

} // namespace weft::rt::test

#endif // WEFT_TEST_RUNTIME_TESTSUPPORT_H
