// What the passes that build graphs share: variables, empty graphs, scope and phase of what is
// built.
#ifndef WEFT_LIB_AUTODIFF_GRAPHS_H
#define WEFT_LIB_AUTODIFF_GRAPHS_H

#include "dialects/Weft/Weft.h"

#include "mlir/IR/Builders.h"
#include "mlir/IR/SymbolTable.h"

namespace weft {

inline constexpr llvm::StringLiteral kLossSum = "loss_sum";
inline constexpr llvm::StringLiteral kLossWeight = "loss_weight";
inline constexpr llvm::StringLiteral kEvalSum = "eval_sum";
inline constexpr llvm::StringLiteral kEvalWeight = "eval_weight";
inline constexpr llvm::StringLiteral kLogitsValues = "logits_values";
inline constexpr llvm::StringLiteral kGradientNorm = "gradient_norm";

/// Gives every op that is inserted without a phase the scope and phase that are set here.
class ScopeListener : public mlir::OpBuilder::Listener {
public:
  void set(llvm::StringRef newScope, llvm::StringRef newPhase, llvm::StringRef newOrigin = {}) {
    scope = newScope.str();
    phase = newPhase.str();
    origin = newOrigin.str();
  }
  void notifyOperationInserted(mlir::Operation *op, mlir::OpBuilder::InsertPoint) override;

private:
  std::string scope, phase, origin;
};

/// Inserts variables at the builder's place, each name once.
class VariableTable {
public:
  VariableTable(mlir::ModuleOp module) : symbols(module) {}

  /// A variable that starts as zeros; an error at `loc` where the name is taken.
  mlir::FailureOr<VariableOp> createZeros(mlir::OpBuilder &builder, mlir::Location loc,
                                          const llvm::Twine &name, spec::Role role,
                                          mlir::StringAttr logical, mlir::RankedTensorType type);
  mlir::FailureOr<VariableOp> create(mlir::OpBuilder &builder, mlir::Location loc,
                                     const llvm::Twine &name, spec::Role role,
                                     mlir::StringAttr logical, spec::InitAttr init,
                                     mlir::IntegerAttr key, mlir::RankedTensorType type);

  /// The same, or the variable that has this name already, if it is this one in all: programs of
  /// one module share what belongs to a parameter.
  mlir::FailureOr<VariableOp> shareZeros(mlir::OpBuilder &builder, mlir::Location loc,
                                         const llvm::Twine &name, spec::Role role,
                                         mlir::StringAttr logical, mlir::RankedTensorType type);
  mlir::FailureOr<VariableOp> share(mlir::OpBuilder &builder, mlir::Location loc,
                                    const llvm::Twine &name, spec::Role role,
                                    mlir::StringAttr logical, spec::InitAttr init,
                                    mlir::IntegerAttr key, mlir::RankedTensorType type);

private:
  mlir::SymbolTable symbols;
};

/// An empty graph, closed by its return, with the builder left in front of that.
GraphOp createGraph(mlir::OpBuilder &builder, mlir::Location loc, llvm::StringRef name,
                    llvm::ArrayRef<mlir::Type> inputs, mlir::ArrayAttr argAttrs);

mlir::Value createGet(mlir::OpBuilder &builder, mlir::Location loc, VariableOp variable);
void createSet(mlir::OpBuilder &builder, mlir::Location loc, VariableOp variable,
               mlir::Value value);

} // namespace weft

#endif // WEFT_LIB_AUTODIFF_GRAPHS_H
