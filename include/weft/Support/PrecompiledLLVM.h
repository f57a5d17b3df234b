// Beside what nearly every file needs, what those need that lower to LLVM's dialect, precompiled
// once.
#include "weft/Support/Precompiled.h"

#include "mlir/Dialect/GPU/IR/GPUDialect.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
