// Kernels with all floats in f64: what those of low precision are measured against.
#ifndef WEFT_TEST_TARGET_CUDA_EXACTKERNELS_H
#define WEFT_TEST_TARGET_CUDA_EXACTKERNELS_H

#include "dialects/Tile/Tile.h"

namespace weft::test {

/// Whether a kernel rounds to less than f32.
bool isLowPrecision(tile::KernelOp kernel);

/// Its kernels compute in f64, and round nothing.
void computeInDouble(mlir::ModuleOp module);

/// The numbers of a buffer; integers stay what they are.
std::vector<char> toDouble(mlir::Type element, const std::vector<char> &bytes);

} // namespace weft::test

#endif // WEFT_TEST_TARGET_CUDA_EXACTKERNELS_H
