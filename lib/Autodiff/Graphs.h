// What the passes that build graphs share: variables, empty graphs, scope and phase of what is
// built.
#ifndef WEFT_LIB_AUTODIFF_GRAPHS_H
#define WEFT_LIB_AUTODIFF_GRAPHS_H

#include "dialects/Weft/Weft.h"

#include "mlir/IR/Builders.h"
#include "mlir/IR/SymbolTable.h"
#include "llvm/ADT/StringSet.h"

namespace weft {

// Programs; those of a further entry have its name behind. That of `init` is no graph: it gives all
// variables their initial values.
inline constexpr llvm::StringLiteral kInit = "init";
inline constexpr llvm::StringLiteral kMicroStep = "micro_step";
inline constexpr llvm::StringLiteral kApply = "apply";
inline constexpr llvm::StringLiteral kEval = "eval";
inline constexpr llvm::StringLiteral kLogits = "logits";

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

/// Inserts variables at the builder's place. What a variable is, is its role and the parameter that
/// it belongs to. Its symbol is the name that is asked for where that is free, else the first free
/// one of name_0, name_1, ...: a parameter may be named as anything else in the module is.
class VariableTable {
public:
  /// `reserved`: names of programs that are not there yet.
  VariableTable(mlir::ModuleOp module, llvm::ArrayRef<std::string> reserved);

  /// A variable that starts as zeros.
  VariableOp createZeros(mlir::OpBuilder &builder, mlir::Location loc, const llvm::Twine &name,
                         spec::Role role, mlir::RankedTensorType type);

  /// A variable of a parameter, or the one that is there already: programs of one module share what
  /// belongs to a parameter. An error where that one differs.
  mlir::FailureOr<VariableOp> shareZeros(mlir::OpBuilder &builder, mlir::Location loc,
                                         const llvm::Twine &name, spec::Role role,
                                         mlir::StringAttr logical, mlir::RankedTensorType type);
  mlir::FailureOr<VariableOp> share(mlir::OpBuilder &builder, mlir::Location loc,
                                    const llvm::Twine &name, spec::Role role,
                                    mlir::StringAttr logical, spec::InitAttr init,
                                    mlir::IntegerAttr key, mlir::RankedTensorType type);

private:
  /// The first name of the row that is free or that of a variable for which `isIt` holds.
  std::string findName(llvm::StringRef name, llvm::function_ref<bool(VariableOp)> isIt);
  VariableOp create(mlir::OpBuilder &builder, mlir::Location loc, llvm::StringRef symbol,
                    spec::Role role, mlir::StringAttr logical, spec::InitAttr init,
                    mlir::IntegerAttr key, mlir::RankedTensorType type);

  mlir::SymbolTable symbols;
  llvm::StringSet<> reserved;
};


/// An empty graph, closed by its return, with the builder left in front of that.
GraphOp createGraph(mlir::OpBuilder &builder, mlir::Location loc, llvm::StringRef name,
                    llvm::ArrayRef<mlir::Type> inputs, mlir::ArrayAttr argAttrs);

mlir::Value createGet(mlir::OpBuilder &builder, mlir::Location loc, VariableOp variable);
void createSet(mlir::OpBuilder &builder, mlir::Location loc, VariableOp variable,
               mlir::Value value);

} // namespace weft

#endif // WEFT_LIB_AUTODIFF_GRAPHS_H
