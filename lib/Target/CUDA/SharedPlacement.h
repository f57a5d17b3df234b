// Where shared buffers would lie, without giving them their places yet.
#ifndef WEFT_LIB_TARGET_CUDA_SHAREDPLACEMENT_H
#define WEFT_LIB_TARGET_CUDA_SHAREDPLACEMENT_H

#include "dialects/Tile/Tile.h"

namespace weft {

struct SharedPlacement {
  llvm::SmallVector<std::pair<tile::AllocSharedOp, int64_t>> offsets;
  int64_t bytes = 0; // of all together
};

/// Buffers that copies of later rounds of a loop are to fill: they will live from before it to its end.
struct EarlyBuffers {
  mlir::Operation *loop = nullptr;
  llvm::SmallVector<tile::AllocSharedOp> buffers;
};

/// Buffers whose uses do not overlap share memory; those without uses get none.
SharedPlacement placeShared(tile::KernelOp kernel, const EarlyBuffers &early = {});

} // namespace weft

#endif // WEFT_LIB_TARGET_CUDA_SHAREDPLACEMENT_H
