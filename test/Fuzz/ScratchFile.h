// A file for what is read by path: the fuzzers' inputs are bytes.
#ifndef WEFT_TEST_FUZZ_SCRATCHFILE_H
#define WEFT_TEST_FUZZ_SCRATCHFILE_H

#include <cstddef>
#include <cstdint>
#include <string>

/// A file in memory of this process alone, reachable by a name with the given ending. Nothing of it
/// outlives the process but the name's folder.
class ScratchFile {
public:
  explicit ScratchFile(const char *ending);
  ~ScratchFile();
  const std::string &path() const { return name; }
  void write(const uint8_t *bytes, size_t count) const;

private:
  int descriptor;
  std::string folder, name;
};

#endif // WEFT_TEST_FUZZ_SCRATCHFILE_H
