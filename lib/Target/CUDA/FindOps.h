// Whether a kernel has some op.
#ifndef WEFT_LIB_TARGET_CUDA_FINDOPS_H
#define WEFT_LIB_TARGET_CUDA_FINDOPS_H

#include "dialects/Tile/Tile.h"

namespace weft {

/// Whether `holds` is true of one of a kernel's ops of this kind.
template <typename OpT> bool anyOp(tile::KernelOp kernel, llvm::function_ref<bool(OpT)> holds) {
  return kernel
      .walk([&](OpT op) { return holds(op) ? mlir::WalkResult::interrupt() : mlir::WalkResult::advance(); })
      .wasInterrupted();
}

} // namespace weft

#endif // WEFT_LIB_TARGET_CUDA_FINDOPS_H
