// What weftc leaves behind: files, or one error.
#ifndef WEFT_TOOLS_WEFTC_OUTPUT_H
#define WEFT_TOOLS_WEFTC_OUTPUT_H

#include "weft/Target/CPU/Link.h"

#include "llvm/ADT/StringRef.h"
#include "llvm/ADT/Twine.h"
#include "llvm/Support/Error.h"

namespace weft {

/// Whatever is found wrong before anything runs ends with this code.
inline constexpr int kBadInput = 2;

/// Prints the error and returns kBadInput.
int fail(const llvm::Twine &message);
/// Says what went wrong with a file; its name, which some of LLVM's errors repeat, stands once.
int failToWrite(llvm::StringRef path, llvm::Error error);

/// Writes to a temporary file, for a linker; `remover` takes it away.
int writeTemporary(llvm::StringRef object, llvm::SmallVectorImpl<char> &path);

/// Links beside the output and renames, so that it is whole or what it was before. `object` is a file's name. `bundle`:
/// copies the shared libraries that it needs beside it. These return an exit code.
int writeExecutable(const LinkTools &tools, llvm::StringRef object, const std::string &path, bool bundle);
/// Links device code for this processor, the object's bytes, to the simulated GPU beside an executable.
int writeSimulation(const LinkTools &tools, llvm::StringRef object, const std::string &executable);

} // namespace weft

#endif // WEFT_TOOLS_WEFTC_OUTPUT_H
