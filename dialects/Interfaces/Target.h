// What the module around an op is compiled for.
#ifndef WEFT_INTERFACES_TARGET_H
#define WEFT_INTERFACES_TARGET_H

#include "dialects/Interfaces/Spec.h"

#include "mlir/IR/Operation.h"

namespace weft::spec {

/// The attribute of a module that says what it is compiled for, a `TargetAttr`.
inline constexpr llvm::StringLiteral kTargetAttr = "spec.target";

/// The processor that this compiler runs on, with all that it can.
inline constexpr llvm::StringLiteral kNativeProcessor = "native";

/// A CPU: `march` is a name of LLVM's or `kNativeProcessor`. Products of f32 are oneDNN's, those of f64, which it lacks, OpenBLAS's.
TargetAttr getCPUTarget(mlir::MLIRContext *context, llvm::StringRef march = kNativeProcessor);

/// What the closest module around `op`, or `op` itself, that has a target was made for. Text that names none is for this CPU.
TargetAttr getTarget(mlir::Operation *op);

/// Threads of a warp, which run together.
inline constexpr int64_t kWarpSize = 32;

} // namespace weft::spec

#endif // WEFT_INTERFACES_TARGET_H
