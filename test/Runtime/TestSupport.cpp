#include "TestSupport.h"

#include <algorithm>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <sys/wait.h>
#include <unistd.h>

using namespace weft::rt;
using namespace weft::rt::test;

ScratchDirectory::ScratchDirectory() {
  std::string name = std::filesystem::temp_directory_path() / "weft-rt.XXXXXX";
  path = mkdtemp(name.data());
}

ScratchDirectory::~ScratchDirectory() {
  std::error_code ignored;
  std::filesystem::remove_all(path, ignored);
}

void test::writeFile(const std::string &path, const std::string &contents) {
  std::ofstream(path, std::ios::binary) << contents;
}

std::string test::readFile(const std::string &path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

bool test::exists(const std::string &path) { return std::filesystem::exists(path); }

std::string test::safetensors(const std::string &header, const std::string &data) {
  uint64_t length = header.size();
  return std::string(reinterpret_cast<const char *>(&length), sizeof(length)) + header + data;
}

std::string test::errorOf(const std::function<void()> &action) {
  try {
    action();
  } catch (const Error &error) {
    return error.what();
  }
  ADD_FAILURE() << "expected an error";
  return "";
}

Process::Process(const std::vector<std::string> &command,
                 const std::vector<std::string> &environment,
                 const std::function<void()> &inChild) {
  std::string out = scratch / "out", err = scratch / "err";
  writeFile(out, "");
  writeFile(err, "");
  child = fork();
  if (child != 0)
    return;
  dup2(open(out.c_str(), O_WRONLY), STDOUT_FILENO);
  dup2(open(err.c_str(), O_WRONLY), STDERR_FILENO);
  for (const std::string &variable : environment)
    putenv(strdup(variable.c_str()));
  // The tests may run under nohup, or behind an &: no run is to inherit what these ignore.
  for (int number : {SIGHUP, SIGINT, SIGTERM, SIGUSR1, SIGUSR2})
    ::signal(number, SIG_DFL);
  if (inChild)
    inChild();
  std::vector<char *> arguments;
  for (const std::string &argument : command)
    arguments.push_back(strdup(argument.c_str()));
  arguments.push_back(nullptr);
  execv(arguments[0], arguments.data());
  _exit(127);
}

Outcome Process::wait() {
  int status = 0;
  waitpid(child, &status, 0);
  int code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  return {code, readFile(scratch / "out"), readFile(scratch / "err")};
}

void Process::signal(int number) const { kill(child, number); }

bool Process::waitForOutput(const std::string &text) const {
  while (readFile(scratch / "out").find(text) == std::string::npos) {
    siginfo_t info = {};
    waitid(P_PID, static_cast<id_t>(child), &info, WEXITED | WNOHANG | WNOWAIT);
    if (info.si_pid == child)
      return false;
    usleep(1000);
  }
  return true;
}

Outcome test::runProcess(const std::vector<std::string> &command,
                         const std::vector<std::string> &environment,
                         const std::function<void()> &inChild) {
  return Process(command, environment, inChild).wait();
}

namespace {

/// A training executable prepares one number of threads; a test process needs room for the largest
/// of its own.
int prepareForTest(int threads) {
  static const int most = prepareThreads(4);
  return prepareThreads(std::min(threads, most));
}

} // namespace

DeviceContext::DeviceContext(int threads)
    : runtime{prepareForTest(threads)}, context{nullptr, nullptr, nullptr, &step, &runtime} {}
