#include "Device/CUDA/Driver.h"

#include "Support/Error.h"

#include <climits>
#include <cstdlib>
#include <cstring>
#include <dlfcn.h>
#include <initializer_list>
#include <string>
#include <unistd.h>

using namespace weft::rt;
using namespace weft::rt::cuda;

namespace {

bool isSimulated() {
  const char *wish = getenv("WEFT_SIM");
  return wish && strcmp(wish, "1") == 0;
}

/// The library that `weftc --sim` writes beside the executable: driver, cuBLASLt and kernels in one.
/// It must be of the same text.
void *openSimulation(uint64_t textHash) {
  char self[PATH_MAX] = {};
  if (readlink("/proc/self/exe", self, sizeof(self) - 1) < 0)
    fail("WEFT_SIM: cannot find out where this executable lies");
  std::string path = std::string(self) + ".sim";
  void *library = dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (!library)
    fail("WEFT_SIM: the simulated GPU cannot be loaded: %s; compile with --sim, which writes '%s'", dlerror(),
         path.c_str());
  auto *hash = static_cast<const uint64_t *>(dlsym(library, "weft_sim_text_hash"));
  if (!hash || *hash != textHash)
    fail("WEFT_SIM: '%s' was made from another text than this executable; compile again with --sim", path.c_str());
  return library;
}

void *openFirst(std::initializer_list<std::string> names) {
  for (const std::string &name : names)
    if (void *library = dlopen(name.c_str(), RTLD_NOW | RTLD_LOCAL))
      return library;
  return nullptr;
}

void *openDriverLibrary(uint64_t textHash) {
  if (isSimulated())
    return openSimulation(textHash);
  if (void *library = openFirst({"libcuda.so.1"}))
    return library;
  fail("this executable runs on an NVIDIA GPU, but there is no driver: %s; install NVIDIA's driver, or compile with "
       "--target=cpu",
       dlerror());
}

void *openBlasLibrary(uint64_t textHash) {
  if (isSimulated())
    return openSimulation(textHash);
  const char *home = getenv("CUDA_HOME");
  std::string folder = home ? std::string(home) + "/lib64/" : "/usr/local/cuda/lib64/";
  if (void *library = openFirst({"libcublasLt.so.13", folder + "libcublasLt.so.13", "libcublasLt.so.12",
                                 folder + "libcublasLt.so.12"}))
    return library;
  fail("matrix products need cuBLASLt, but libcublasLt.so.13 (or .12) is neither on the loader's path nor in %s; "
       "install it (pip install nvidia-cublas has it too), or say where it is with LD_LIBRARY_PATH",
       folder.c_str());
}

template <typename Pointer> void find(void *library, const char *symbol, Pointer &function) {
  function = reinterpret_cast<Pointer>(dlsym(library, symbol));
  if (!function)
    fail("'%s' is missing in the library that was found: %s; a newer driver and cuBLASLt (CUDA 12 or later) have it",
         symbol, dlerror());
}

Driver loadDriver(uint64_t textHash) {
  Driver driver;
  void *library = openDriverLibrary(textHash);
#define WEFT_FIND(name, symbol, parameters) find(library, #symbol, driver.name);
  WEFT_DRIVER_FUNCTIONS(WEFT_FIND)
#undef WEFT_FIND
  return driver;
}

Blas loadBlas(uint64_t textHash) {
  Blas blas;
  void *library = openBlasLibrary(textHash);
#define WEFT_FIND(name, symbol, parameters) find(library, #symbol, blas.name);
  WEFT_BLAS_FUNCTIONS(WEFT_FIND)
#undef WEFT_FIND
  return blas;
}

} // namespace

const Driver &weft::rt::cuda::openDriver(uint64_t textHash) {
  static const Driver driver = loadDriver(textHash);
  return driver;
}

const Blas &weft::rt::cuda::openBlas(uint64_t textHash) {
  static const Blas blas = loadBlas(textHash);
  return blas;
}

ErrorText::ErrorText(const Driver &driver, Result result) {
  // A number that the driver does not know gives null.
  if (driver.getErrorName(result, &name) != 0)
    name = "unknown";
  if (driver.getErrorString(result, &text) != 0)
    text = "no text";
}
