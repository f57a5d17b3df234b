// From an object to an executable, with the runtime.
#ifndef WEFT_TARGET_CPU_LINK_H
#define WEFT_TARGET_CPU_LINK_H

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"
#include <string>
#include <vector>

namespace weft {

/// What linking needs besides the object; found before the compiler starts to work.
struct LinkTools {
  std::string clang;              // clang++-22
  std::string archive;            // libweft-rt.a
  std::vector<std::string> simulator; // libweft-sim-driver.a and libweft-sim.a
  std::vector<std::string> flags; // what the archive needs, from weft-rt.link
};

/// Looks for clang++-22 beside LLVM and on PATH, and for the runtime in ../lib of `toolDirectory`,
/// where the running tool lies. The error says what to install or where it looked.
llvm::Expected<LinkTools> findLinkTools(llvm::StringRef toolDirectory);

/// Links `object` and the runtime to `output`, which looks for shared libraries in its own folder
/// first.
llvm::Error linkExecutable(const LinkTools &tools, llvm::StringRef object, llvm::StringRef output);

/// Links `object`, device code for this processor, and the simulated GPU to a shared library.
llvm::Error linkSimulation(const LinkTools &tools, llvm::StringRef object, llvm::StringRef output);

/// Copies every shared library that `executable` needs, directly or through another one, into
/// `directory`, except those of libc6.
llvm::Error copySharedLibraries(llvm::StringRef executable, llvm::StringRef directory);

} // namespace weft

#endif // WEFT_TARGET_CPU_LINK_H
