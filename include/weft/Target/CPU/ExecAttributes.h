// Attributes that others leave for weft-exec-to-llvm.
#ifndef WEFT_TARGET_CPU_EXECATTRIBUTES_H
#define WEFT_TARGET_CPU_EXECATTRIBUTES_H

#include "llvm/ADT/StringRef.h"

namespace weft {

/// On exec.launch, i64: the number of grid points of its kernel.
inline constexpr llvm::StringLiteral kGridAttr = "grid";
/// On exec.module, i64: a hash of the text that was compiled.
inline constexpr llvm::StringLiteral kTextHashAttr = "text_hash";

/// In the metadata of a gpu.binary's kernel, i64: threads of a block, and bytes of shared memory that it gets.
inline constexpr llvm::StringLiteral kThreadsAttr = "threads";
inline constexpr llvm::StringLiteral kSharedBytesAttr = "shared_bytes";

} // namespace weft

#endif // WEFT_TARGET_CPU_EXECATTRIBUTES_H
