// Files that tools write.
#ifndef WEFT_SUPPORT_OUTPUTFILE_H
#define WEFT_SUPPORT_OUTPUTFILE_H

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

namespace weft {

/// Writes `content` to `path`, or to standard output for "-". A file is written beside and renamed,
/// so that it holds the whole content or what it held before; a device or a pipe is written in
/// place.
llvm::Error writeOutput(llvm::StringRef path, llvm::StringRef content);

} // namespace weft

#endif // WEFT_SUPPORT_OUTPUTFILE_H
