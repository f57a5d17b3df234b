// Discardable attributes that weft-bind-kernels leaves for weft-exec-to-llvm.
#ifndef WEFT_TARGET_CPU_EXECATTRIBUTES_H
#define WEFT_TARGET_CPU_EXECATTRIBUTES_H

#include "llvm/ADT/StringRef.h"

namespace weft {

/// On exec.launch, i64: the number of grid points of its kernel.
inline constexpr llvm::StringLiteral kGridAttr = "grid";
/// On exec.module, i64: a hash of the text that was compiled.
inline constexpr llvm::StringLiteral kTextHashAttr = "text_hash";

} // namespace weft

#endif // WEFT_TARGET_CPU_EXECATTRIBUTES_H
