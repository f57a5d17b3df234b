// Scope and phase: where in the model an op comes from, and which part of the step it belongs to.
// Both are discardable string attributes that every pass keeps.
#ifndef WEFT_INTERFACES_SCOPE_H
#define WEFT_INTERFACES_SCOPE_H

#include "mlir/IR/Operation.h"

namespace weft {

inline constexpr llvm::StringLiteral kScopeAttr = "scope";
inline constexpr llvm::StringLiteral kPhaseAttr = "phase";
/// What an op was made from ("softmax", "gelu_backward", "adamw"): kernels are named after it.
/// Discardable, and of no other consequence.
inline constexpr llvm::StringLiteral kOriginAttr = "origin";

/// "h.3.attn", or "" where the op has none.
llvm::StringRef getScope(mlir::Operation *op);
void setScope(mlir::Operation *op, llvm::StringRef scope);

/// "forward", "backward", "update", or "".
llvm::StringRef getPhase(mlir::Operation *op);
void setPhase(mlir::Operation *op, llvm::StringRef phase);

/// Gives `to` the scope and phase of `from`.
void copyScope(mlir::Operation *from, mlir::Operation *to);

/// `outer` and `inner` joined by a dot; either may be empty.
std::string joinScopes(llvm::StringRef outer, llvm::StringRef inner);

/// The longest scope that contains both: "h.3" for "h.3.attn" and "h.3.mlp".
llvm::StringRef commonScope(llvm::StringRef a, llvm::StringRef b);

} // namespace weft

#endif // WEFT_INTERFACES_SCOPE_H
