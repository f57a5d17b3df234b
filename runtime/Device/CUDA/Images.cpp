#include "Device/CUDA/Images.h"

#include "Support/Error.h"

#include <cstdlib>
#include <cstring>

using namespace weft::rt;

namespace {

/// 90 and 'a' of "sm_90a".
struct Architecture {
  explicit Architecture(const char *text) {
    char *end = nullptr;
    number = static_cast<int>(strtol(text + strlen("sm_"), &end, 10));
    suffix = *end;
  }
  int number;
  char suffix;
};

/// A cubin runs within its major version, on its minor version and newer ones; what is specific to an architecture
/// runs there alone, what is specific to a family ('f') within the major version.
bool runs(const WeftImage &image, int gpu) {
  Architecture own(image.arch);
  if (image.is_ptx)
    return own.number <= gpu && own.suffix == 0;
  if (own.suffix == 'a')
    return own.number == gpu;
  return own.number / 10 == gpu / 10 && own.number <= gpu;
}

/// Larger is better.
int rank(const WeftImage &image) {
  Architecture own(image.arch);
  return (image.is_ptx ? 0 : 10000) + 2 * own.number + (own.suffix == 'a');
}

} // namespace

const WeftImage &weft::rt::cuda::chooseImage(const WeftModule &module, int architecture, const std::string &gpu) {
  const WeftImage *best = nullptr;
  std::string list;
  for (int64_t i = 0; i < module.num_images; ++i) {
    const WeftImage &image = module.images[i];
    list += std::string(list.empty() ? "" : ", ") + (image.is_ptx ? "PTX from " : "") + image.arch +
            (image.is_ptx ? " on" : "");
    if (runs(image, architecture) && (!best || rank(image) > rank(*best)))
      best = &image;
  }
  if (best)
    return *best;
  fail("this executable has code for %s, none of which runs on %s; compile it with --arch=sm_%d", list.c_str(),
       gpu.c_str(), architecture);
}
