// The variables and graphs of one model.
#ifndef WEFT_LIB_AUTODIFF_MODELGRAPHS_H
#define WEFT_LIB_AUTODIFF_MODELGRAPHS_H

#include "Graphs.h"
#include "Logits.h"

#include "mlir/IR/IRMapping.h"
#include "llvm/ADT/MapVector.h"

namespace weft {

/// Builds what trains or evaluates a model, or both. Parameters and gradients are shared by name
/// with the other models of the module.
class ModelGraphs {
public:
  /// `name` is that of the entries; graphs and metrics have `suffix` at their names' end.
  ModelGraphs(VariableTable &variables, ModelOp model, llvm::StringRef name,
              const llvm::Twine &suffix)
      : variables(variables), model(model), name(name.str()), suffix(suffix.str()),
        builder(model->getContext()) {}

  llvm::LogicalResult createTrainVariables(mlir::OpBuilder &at);
  llvm::LogicalResult createEvalVariables(mlir::OpBuilder &at);
  /// Forward and backward, and the entry that trains. Returns the graph's name.
  mlir::FailureOr<mlir::StringAttr> buildMicroStep(mlir::OpBuilder &at);
  /// The forward, and the entry that evaluates.
  void buildEval(mlir::OpBuilder &at);
  /// One row of the logits, and its entry, for a model that has logits.
  llvm::LogicalResult buildLogits(mlir::OpBuilder &at);

private:
  /// One parameter (of which the model may have several ops, where weights are tied).
  struct Parameter {
    ParameterOp op;
    VariableOp value, gradient; // no gradient unless the model is trained
  };
  struct Metrics {
    VariableOp sum, weight;
  };

  llvm::LogicalResult createParameters(mlir::OpBuilder &at, bool trained);
  Metrics createMetrics(mlir::OpBuilder &at, llvm::StringRef sum,
                                         spec::Role sumRole, llvm::StringRef weight,
                                         spec::Role weightRole);
  GraphOp cloneForward(mlir::OpBuilder &at, llvm::StringRef graphName, bool training,
                       mlir::IRMapping &mapping);
  std::pair<mlir::Value, mlir::Value> cloneLoss(mlir::OpBuilder &at, llvm::StringRef graphName,
                                                bool training);
  void accumulateMetric(VariableOp metric, mlir::Value value);
  void accumulateGradient(unsigned index, mlir::Value gradient);
  void setGradients();
  void createEntry(mlir::OpBuilder &at, spec::EntryKind kind, llvm::StringRef graph,
                   llvm::ArrayRef<VariableOp> metrics);

  VariableTable &variables;
  ModelOp model;
  std::string name, suffix;
  ScopeListener listener;
  mlir::OpBuilder builder;
  llvm::MapVector<mlir::StringAttr, Parameter> parameters;
  Metrics loss, eval;
  std::optional<Logits> logits;
  VariableOp logitsRow;
  // Of the graph that is being built: the parameters' values, the accumulate flag, and the
  // gradients as accumulated so far (null before the first contribution).
  llvm::SmallVector<mlir::Value> values, accumulated;
  mlir::Value flag;
};

} // namespace weft

#endif // WEFT_LIB_AUTODIFF_MODELGRAPHS_H
