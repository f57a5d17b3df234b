// weft-autodiff: a model becomes the graphs that train and evaluate it.
#include "weft/Autodiff/Passes.h"

#include "Graphs.h"
#include "ReverseMode.h"

#include "llvm/ADT/MapVector.h"

namespace weft {
#define GEN_PASS_DEF_AUTODIFF
#include "weft/Autodiff/Passes.h.inc"
} // namespace weft

using namespace mlir;
using namespace weft;

namespace {

/// One parameter (of which the model may have several ops, where weights are tied).
struct Parameter {
  ParameterOp op;
  VariableOp value, gradient;
};

struct Metrics {
  VariableOp sum, weight;
};

/// Builds the variables and graphs of one model.
class Differentiator {
public:
  Differentiator(ModuleOp module, ModelOp model)
      : model(model), builder(model->getContext()), variables(module) {}

  LogicalResult createVariables(OpBuilder &at);
  void buildEval(OpBuilder &at);
  LogicalResult buildMicroStep(OpBuilder &at);

private:
  FailureOr<Metrics> createMetrics(OpBuilder &at, StringRef sum, spec::Role sumRole,
                                   StringRef weight, spec::Role weightRole);
  std::pair<Value, Value> cloneForward(OpBuilder &at, StringRef name);
  void accumulateMetric(VariableOp metric, Value value);
  void accumulateGradient(unsigned index, Value gradient);
  void setGradients();

  ModelOp model;
  ScopeListener listener;
  OpBuilder builder;
  VariableTable variables;
  llvm::MapVector<StringAttr, Parameter> parameters;
  Metrics loss, eval;
  // Of the graph that is being built: the parameters' values, the accumulate flag, and the
  // gradients as accumulated so far (null before the first contribution).
  SmallVector<Value> values, accumulated;
  Value flag;
};

} // namespace

FailureOr<Metrics> Differentiator::createMetrics(OpBuilder &at, StringRef sum, spec::Role sumRole,
                                                 StringRef weight, spec::Role weightRole) {
  auto type = cast<RankedTensorType>(model.getResultTypes().front());
  auto sumVariable = variables.createZeros(at, model.getLoc(), sum, sumRole, {}, type);
  auto weightVariable = variables.createZeros(at, model.getLoc(), weight, weightRole, {}, type);
  if (failed(sumVariable) || failed(weightVariable))
    return failure();
  return Metrics{*sumVariable, *weightVariable};
}

LogicalResult Differentiator::createVariables(OpBuilder &at) {
  for (auto op : model.getFunctionBody().getOps<ParameterOp>()) {
    if (parameters.contains(op.getNameAttr()))
      continue;
    RankedTensorType type = op.getResult().getType();
    auto value = variables.create(at, op.getLoc(), op.getName(), spec::Role::Parameter,
                                  op.getNameAttr(), op.getInit(), op.getKeyAttr(), type);
    auto gradient = variables.createZeros(at, op.getLoc(), op.getName() + ".gradient",
                                          spec::Role::Gradient, op.getNameAttr(), type);
    if (failed(value) || failed(gradient))
      return failure();
    parameters[op.getNameAttr()] = Parameter{op, *value, *gradient};
  }
  auto lossMetrics =
      createMetrics(at, kLossSum, spec::Role::LossSum, kLossWeight, spec::Role::LossWeight);
  auto evalMetrics =
      createMetrics(at, kEvalSum, spec::Role::EvalSum, kEvalWeight, spec::Role::EvalWeight);
  if (failed(lossMetrics) || failed(evalMetrics))
    return failure();
  loss = *lossMetrics;
  eval = *evalMetrics;
  return success();
}

// A new graph with the model's forward in it; returns the loss. The builder stays at its end.
std::pair<Value, Value> Differentiator::cloneForward(OpBuilder &at, StringRef name) {
  OpBuilder::InsertionGuard guard(at);
  GraphOp graph =
      createGraph(at, model.getLoc(), name, model.getArgumentTypes(), model.getArgAttrsAttr());
  builder.restoreInsertionPoint(at.saveInsertionPoint());
  builder.setListener(&listener);

  values.clear();
  for (auto &[parameterName, parameter] : parameters) {
    listener.set(getScope(parameter.op), "forward");
    values.push_back(createGet(builder, parameter.op.getLoc(), parameter.value));
  }
  IRMapping mapping;
  Block &body = model.getFunctionBody().front();
  mapping.map(body.getArguments(), graph.getArguments());
  for (Operation &op : body.without_terminator()) {
    listener.set(getScope(&op), "forward");
    if (auto parameter = dyn_cast<ParameterOp>(op)) {
      auto *entry = parameters.find(parameter.getNameAttr());
      mapping.map(parameter.getResult(), values[entry - parameters.begin()]);
    } else {
      builder.clone(op, mapping);
    }
  }
  OperandRange results = body.getTerminator()->getOperands();
  listener.set("", "forward");
  flag = StepValueOp::create(builder, model.getLoc(), StepField::Accumulate);
  return {mapping.lookup(results[0]), mapping.lookup(results[1])};
}

void Differentiator::accumulateMetric(VariableOp metric, Value value) {
  Location loc = value.getLoc();
  Value old = createGet(builder, loc, metric);
  createSet(builder, loc, metric, AccumulateOp::create(builder, loc, old, value, flag));
}

void Differentiator::buildEval(OpBuilder &at) {
  auto [sum, weight] = cloneForward(at, "eval");
  removeRandomOps(*builder.getInsertionBlock());
  accumulateMetric(eval.sum, sum);
  accumulateMetric(eval.weight, weight);
}

// Rows of zeros to which rows are added, as the rule of `embedding` makes them.
static bool addsToZeros(EmbeddingBackwardOp op) {
  auto zeros = op.getOld().getDefiningOp<ConstantOp>();
  return zeros && !op.getFlag() && op->use_empty() &&
         matchPattern(zeros.getResult(), m_AnyZeroFloat());
}

void Differentiator::accumulateGradient(unsigned index, Value gradient) {
  Location loc = gradient.getLoc();
  Value &chain = accumulated[index];
  Value old = chain, stepFlag;
  if (!chain) {
    old = createGet(builder, loc, parameters.begin()[index].second.gradient);
    stepFlag = flag;
  }
  auto rows = gradient.getDefiningOp<EmbeddingBackwardOp>();
  if (rows && addsToZeros(rows)) {
    chain = EmbeddingBackwardOp::create(builder, loc, old, rows.getIds(), rows.getGrad(), stepFlag);
    Operation *zeros = rows.getOld().getDefiningOp();
    rows.erase();
    if (zeros->use_empty())
      zeros->erase();
  } else if (stepFlag) {
    chain = AccumulateOp::create(builder, loc, old, gradient, stepFlag);
  } else {
    chain = AddOp::create(builder, loc, old, gradient);
  }
}

void Differentiator::setGradients() {
  OpBuilder::InsertionGuard guard(builder);
  for (auto [index, entry] : llvm::enumerate(parameters)) {
    Parameter &parameter = entry.second;
    Location loc = parameter.op.getLoc();
    listener.set(getScope(parameter.op), "backward");
    if (!accumulated[index]) {
      parameter.op.emitWarning() << "parameter '" << parameter.op.getName()
                                 << "' does not influence the loss; its gradient stays zero";
      auto type = parameter.gradient.getTensorType();
      Attribute zero = FloatAttr::get(type.getElementType(), 0.0);
      accumulateGradient(
          index, ConstantOp::create(builder, loc, type, DenseElementsAttr::get(type, zero)));
    }
    OpBuilder::InsertionGuard inner(builder);
    builder.setInsertionPointAfterValue(accumulated[index]);
    createSet(builder, loc, parameter.gradient, accumulated[index]);
  }
}

LogicalResult Differentiator::buildMicroStep(OpBuilder &at) {
  auto [sum, weight] = cloneForward(at, "micro_step");
  accumulateMetric(loss.sum, sum);
  accumulateMetric(loss.weight, weight);

  accumulated.assign(parameters.size(), Value());
  SmallVector<StringRef> names;
  for (auto &[name, parameter] : parameters)
    names.push_back(name);
  auto contribute = [&](unsigned index, Value gradient) { accumulateGradient(index, gradient); };
  if (failed(ReverseMode(builder, listener, values, names, contribute).run(sum)))
    return failure();
  setGradients();
  return success();
}

namespace {

struct AutodiffPass : weft::impl::AutodiffBase<AutodiffPass> {
  void runOnOperation() override;
};

} // namespace

/// The one train op of the module.
static FailureOr<TrainOp> findTrain(ModuleOp module) {
  auto trains = llvm::to_vector(module.getOps<TrainOp>());
  if (trains.empty())
    return module.emitError("expected a weft.train op that says which model to train, found none");
  if (trains.size() > 1) {
    InFlightDiagnostic error = trains[1].emitError("expected one weft.train op in a module");
    error.attachNote(trains[0].getLoc()) << "another is here";
    return error;
  }
  return trains.front();
}

/// What a later stage could not handle.
static LogicalResult verifyNoModels(ModuleOp module) {
  WalkResult result = module.walk([](Operation *op) {
    if (!isa<ModelOp, LayerOp, CallOp, ParameterOp>(op))
      return WalkResult::advance();
    op->emitError() << "'" << op->getName()
                    << "' is not part of the trained model after weft-instantiate; remove it";
    return WalkResult::interrupt();
  });
  return failure(result.wasInterrupted());
}

void AutodiffPass::runOnOperation() {
  // A module that was lowered before has graphs, or what they became, and no train op.
  bool isLowered = llvm::any_of(getOperation().getOps(), [](Operation &op) {
    return isa<GraphOp>(op) || op.getName().getStringRef() == "exec.module";
  });
  if (isLowered && getOperation().getOps<TrainOp>().empty())
    return;
  ModuleOp module = getOperation();
  FailureOr<TrainOp> train = findTrain(module);
  if (failed(train))
    return signalPassFailure();
  auto model = module.lookupSymbol<ModelOp>(train->getModelAttr());
  if (!model) {
    train->emitError() << "expected the name of a weft.model, got '@" << train->getModel() << "'";
    return signalPassFailure();
  }

  // Taken out first, so that its name is free for a variable.
  OpBuilder at(model);
  at.setInsertionPointAfter(model);
  model->remove();
  OwningOpRef<ModelOp> owner(model);
  Differentiator differentiator(module, model);
  if (failed(differentiator.createVariables(at)) || failed(differentiator.buildMicroStep(at)))
    return signalPassFailure();
  differentiator.buildEval(at);
  train->setModel("micro_step");
  if (failed(verifyNoModels(module)))
    return signalPassFailure();
}
