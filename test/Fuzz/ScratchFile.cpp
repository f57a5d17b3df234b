#include "ScratchFile.h"

#include <cstdlib>
#include <filesystem>
#include <sys/mman.h>
#include <unistd.h>

ScratchFile::ScratchFile(const char *ending) : descriptor(memfd_create("fuzz", MFD_CLOEXEC)) {
  folder = std::filesystem::temp_directory_path() / "weft-fuzz.XXXXXX";
  if (descriptor < 0 || !mkdtemp(folder.data()))
    abort();
  name = folder + "/input" + ending;
  std::filesystem::create_symlink("/proc/self/fd/" + std::to_string(descriptor), name);
}

ScratchFile::~ScratchFile() {
  std::error_code ignored;
  std::filesystem::remove_all(folder, ignored);
  close(descriptor);
}

void ScratchFile::write(const uint8_t *bytes, size_t count) const {
  if (ftruncate(descriptor, 0) != 0 || pwrite(descriptor, bytes, count, 0) != ssize_t(count))
    abort();
}
