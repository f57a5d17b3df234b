#include "Device/CPU/ThreadVariables.h"

#include "Support/Error.h"

#include <cctype>
#include <charconv>
#include <cstdlib>
#include <cstring>
#include <string_view>
#include <sys/mman.h>

using namespace weft::rt;

namespace {

/// More than any machine has CPUs: the library would spend minutes on making them.
constexpr int mostThreads = 4096;

/// OMP_NUM_THREADS as it was given; null without.
const char *givenThreads = nullptr;

/// What runs before the constructors of all libraries, the C library's and a sanitizer's among
/// them: nothing of theirs may be called.
#define WEFT_BEFORE_LIBRARIES __attribute__((no_sanitize("address", "undefined", "thread")))

WEFT_BEFORE_LIBRARIES bool startsWith(const char *text, const char *start) {
  for (; *start; ++text, ++start)
    if (*text != *start)
      return false;
  return true;
}

WEFT_BEFORE_LIBRARIES const char *skipBlanks(const char *text) {
  while (*text == ' ' || *text == '\t')
    ++text;
  return text;
}

WEFT_BEFORE_LIBRARIES bool isEmptyVariable(const char *entry) {
  if (!startsWith(entry, "OMP_") && !startsWith(entry, "KMP_"))
    return false;
  while (*entry && *entry != '=')
    ++entry;
  if (!*entry)
    return false;
  return !*skipBlanks(entry + 1);
}

/// The first number of a list, if all of it are numbers of threads; else 0.
WEFT_BEFORE_LIBRARIES int parseThreads(const char *text) {
  int first = 0;
  while (true) {
    text = skipBlanks(text);
    int value = 0;
    for (; *text >= '0' && *text <= '9'; ++text)
      value = value > mostThreads ? value : 10 * value + (*text - '0');
    if (value < 1 || value > mostThreads)
      return 0;
    first = first ? first : value;
    text = skipBlanks(text);
    if (!*text)
      return first;
    if (*text++ != ',')
      return 0;
  }
}

WEFT_BEFORE_LIBRARIES bool isHidden(const char *entry) {
  if (!startsWith(entry, "OMP_NUM_THREADS="))
    return isEmptyVariable(entry);
  givenThreads = entry + sizeof("OMP_NUM_THREADS=") - 1;
  return parseThreads(givenThreads) == 0;
}

WEFT_BEFORE_LIBRARIES void hideVariables(int, char **, char **environment) {
  char **kept = environment;
  for (; *environment; ++environment)
    if (!isHidden(*environment))
      *kept++ = *environment;
  *kept = nullptr;
}

// clang-format off
[[gnu::used, gnu::section(".preinit_array")]]
void (*const hideBeforeLibraries)(int, char **, char **) = hideVariables;
// clang-format on

std::string_view trim(std::string_view text) {
  size_t begin = text.find_first_not_of(" \t"), end = text.find_last_not_of(" \t");
  return begin == text.npos ? std::string_view() : text.substr(begin, end - begin + 1);
}

/// "512M" in bytes; a number alone counts kilobytes. 0 for what is no size.
uint64_t sizeOf(std::string_view text) {
  text = trim(text);
  uint64_t value = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error == std::errc::result_out_of_range)
    return UINT64_MAX;
  const char *units = "BKMG";
  size_t left = static_cast<size_t>(text.data() + text.size() - end);
  const char *unit =
      left == 0 ? units + 1 : strchr(units, toupper(static_cast<unsigned char>(*end)));
  if (error != std::errc() || left > 1 || !unit)
    return 0;
  int shift = 10 * static_cast<int>(unit - units);
  return value > UINT64_MAX >> shift ? UINT64_MAX : value << shift;
}

/// The library ignores what is no size with a warning, and aborts where a thread's stack cannot be
/// had.
void checkStackSize(const char *name) {
  const char *text = getenv(name);
  uint64_t bytes = text ? sizeOf(text) : 0;
  if (bytes == 0)
    return;
  void *stack = bytes == UINT64_MAX ? MAP_FAILED
                                    : mmap(nullptr, bytes, PROT_READ | PROT_WRITE,
                                           MAP_PRIVATE | MAP_ANONYMOUS | MAP_STACK, -1, 0);
  if (stack == MAP_FAILED)
    fail("%s: expected a stack that fits into memory, found '%s'", name, text);
  munmap(stack, bytes);
}

} // namespace

int weft::rt::requestedThreads() {
  for (const char *name : {"OMP_STACKSIZE", "KMP_STACKSIZE"})
    checkStackSize(name);
  if (!givenThreads || !*skipBlanks(givenThreads))
    return 0;
  if (int threads = parseThreads(givenThreads))
    return threads;
  fail("OMP_NUM_THREADS: expected a whole number from 1 to %d, or several with commas between "
       "them, as in 4,2, found "
       "'%s'",
       mostThreads, givenThreads);
}
