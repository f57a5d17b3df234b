// Kernels that stand in for another one on some architecture.
#ifndef WEFT_LIB_TARGET_CUDA_SPECIALIZATION_H
#define WEFT_LIB_TARGET_CUDA_SPECIALIZATION_H

#include "dialects/Tile/Tile.h"

namespace weft {

/// The architecture with products of warpgroups; those of others are not like them.
constexpr llvm::StringLiteral kWarpgroupArch = "sm_90a";

/// Of a kernel, and of the gpu.module that it goes to: the architecture that it is for, where it is for one only.
constexpr llvm::StringLiteral kArchAttr = "weft.arch";
/// Of a kernel: the one whose place it takes there.
constexpr llvm::StringLiteral kSpecialOfAttr = "weft.special_of";

/// Of a function: it has products of warpgroups.
constexpr llvm::StringLiteral kUsesWarpgroupsAttr = "weft.uses_warpgroups";

/// Whether a product has the sizes and types of one of a warpgroup.
bool fitsWarpgroup(tile::DotOp dot);

} // namespace weft

#endif // WEFT_LIB_TARGET_CUDA_SPECIALIZATION_H
