// weft-build-update: the train op becomes the graph that applies one update.
#include "llvm/Support/MathExtras.h"
#include "weft/Autodiff/Passes.h"

#include "Expr.h"
#include "Graphs.h"
#include "Optimizer.h"
#include "ParameterGroups.h"

#include "llvm/ADT/SetVector.h"

#include <limits>
#include <map>

namespace weft {
#define GEN_PASS_DEF_BUILDUPDATE
#include "weft/Autodiff/Passes.h.inc"
} // namespace weft

using namespace mlir;
using namespace weft;

namespace {

constexpr int64_t kNormChunk = 4096;

/// What the names of a training's graphs and metrics end in: nothing, or ".name".
std::string suffixOf(TrainOp train) {
  StringRef name = train.getModel();
  name.consume_front(kMicroStep);
  return name.str();
}

struct Trained {
  VariableOp value, gradient;
  ParameterSettings settings;
  SmallVector<VariableOp> states; // of the optimizer
};

class UpdateBuilder {
public:
  /// `reserved`: the names of the graphs that are to come.
  UpdateBuilder(ModuleOp module, TrainOp train, ArrayRef<std::string> reserved)
      : module(module), train(train), optimizer(Optimizer::create(train.getOptimizer())),
        builder(train.getLoc(), train.getContext()), variables(module, reserved),
        microStep(module.lookupSymbol<GraphOp>(train.getModelAttr())) {}

  LogicalResult collectParameters();
  LogicalResult createVariables();
  void build();
  /// Adds what is new to the entry of which the micro-step is a part.
  void extendEntry();
  /// Adds the trained parameters that are stored in 16 bits.
  void collectShort(llvm::SetVector<Operation *> &shorts) const;

private:
  Expr get(VariableOp variable) {
    return {builder, createGet(builder, builder.getLoc(), variable)};
  }
  void set(VariableOp variable, Value value) {
    createSet(builder, builder.getLoc(), variable, value);
  }
  std::string suffix() { return suffixOf(train); }
  void enterScope(VariableOp variable, StringRef origin);
  void createStepScalars();
  Expr inverseWeight();
  Expr squareSums(Expr gradient);
  Expr gradientNorm(Expr inverse);
  void updateParameter(Trained &trained, Expr scale);

  using ScalarKey = std::tuple<double, double, unsigned>;
  static ScalarKey keyOf(Trained &trained) {
    return {trained.settings.weightDecay, trained.settings.learningRateScale,
            trained.gradient.getTensorType().getElementTypeBitWidth()};
  }

  ModuleOp module;
  TrainOp train;
  std::unique_ptr<Optimizer> optimizer;
  ScopeListener listener;
  ImplicitLocOpBuilder builder;
  VariableTable variables;
  GraphOp microStep, apply;
  SmallVector<Trained> parameters;
  VariableOp lossWeight, norm;
  std::map<ScalarKey, StepScalars> scalars;
};

} // namespace

// What the micro-step leaves: gradients, and the weight of the loss.
LogicalResult UpdateBuilder::collectParameters() {
  llvm::StringMap<VariableOp> gradients;
  if (microStep)
    for (auto set : microStep.getFunctionBody().getOps<SetOp>()) {
      auto variable = module.lookupSymbol<VariableOp>(set.getVariableAttr());
      if (variable.getRole() == spec::Role::Gradient && variable.getLogical())
        gradients[*variable.getLogical()] = variable;
      else if (variable.getRole() == spec::Role::LossWeight)
        lossWeight = variable;
    }
  if (!lossWeight)
    return train.emitError("expected a graph that sets a weft.variable of role loss_weight, found "
                           "none; run weft-autodiff before weft-build-update");
  SmallVector<VariableOp> values;
  for (auto variable : module.getOps<VariableOp>())
    if (variable.getRole() == spec::Role::Parameter && variable.getLogical() &&
        gradients.contains(*variable.getLogical()))
      values.push_back(variable);

  auto names = llvm::map_to_vector(values, [](VariableOp op) { return *op.getLogical(); });
  auto settings = resolveParameterGroups(train, names);
  if (failed(settings))
    return failure();
  for (auto [value, name, setting] : llvm::zip_equal(values, names, *settings))
    parameters.push_back({value, gradients.lookup(name), setting, {}});
  return success();
}

LogicalResult UpdateBuilder::createVariables() {
  builder.setInsertionPoint(train);
  norm = variables.createZeros(builder, train.getLoc(), kGradientNorm + Twine(suffix()),
                               spec::Role::GradientNorm, lossWeight.getTensorType());
  for (Trained &trained : parameters)
    for (StringRef name : optimizer->getStates()) {
      auto state = variables.shareZeros(
          builder, trained.value.getLoc(), *trained.value.getLogical() + "." + name,
          spec::Role::Optimizer, trained.value.getLogicalAttr(), trained.gradient.getTensorType());
      if (failed(state))
        return failure();
      trained.states.push_back(*state);
    }
  return success();
}

// What follows belongs to the layer that has the parameter.
void UpdateBuilder::enterScope(VariableOp variable, StringRef origin) {
  StringRef name = *variable.getLogical();
  size_t dot = name.rfind('.');
  listener.set(dot == StringRef::npos ? "" : name.take_front(dot), "update", origin);
  builder.setLoc(variable.getLoc());
}

// Once for each distinct setting of a group.
void UpdateBuilder::createStepScalars() {
  Expr rate(builder, StepValueOp::create(builder, StepField::LearningRate));
  optimizer->buildStep(builder);
  for (Trained &trained : parameters) {
    if (scalars.count(keyOf(trained)))
      continue;
    Type element = trained.gradient.getTensorType().getElementType();
    auto [weightDecay, rateScale] = trained.settings;
    Expr scaledRate = rateScale == 1 ? rate : rate * rateScale;
    scalars.emplace(keyOf(trained), optimizer->buildScalars(scaledRate, weightDecay, element));
  }
}

// A weight of 0 means that no target counted, so that all gradients are 0. The smallest normal
// number in its place keeps them so.
Expr UpdateBuilder::inverseWeight() {
  Expr weight = get(lossWeight);
  auto element = cast<FloatType>(weight.type().getElementType());
  double smallest = APFloat::getSmallestNormalized(element.getFloatSemantics()).convertToDouble();
  return 1.0 / max(weight, weight.scalar(smallest));
}

// Sums of squares of fixed chunks, so that the norm does not depend on how a tensor is cut.
Expr UpdateBuilder::squareSums(Expr gradient) {
  Type element = lossWeight.getTensorType().getElementType();
  int64_t chunks = llvm::divideCeil(gradient.type().getNumElements(), kNormChunk);
  auto type = RankedTensorType::get({chunks}, gradient.type().getElementType());
  Expr sums(builder, ChunkSumsOp::create(builder, type, gradient * gradient, kNormChunk));
  return castTo(sums, element);
}

Expr UpdateBuilder::gradientNorm(Expr inverse) {
  SmallVector<Value> sums;
  for (Trained &trained : parameters) {
    enterScope(trained.value, "gradient_norm");
    sums.push_back(squareSums(get(trained.gradient)));
  }
  builder.setLoc(train.getLoc());
  listener.set("", "update", "gradient_norm");
  Expr all(builder, ConcatOp::create(builder, sums, 0));
  return sqrt(sum(all, {0})) * inverse;
}

// A parameter of 16 bits is updated in the f32 of its gradient and states, and rounded.
void UpdateBuilder::updateParameter(Trained &trained, Expr scale) {
  enterScope(trained.value, optimizer->getName());
  Type element = trained.gradient.getTensorType().getElementType();
  Expr p = castTo(get(trained.value), element);
  auto states = llvm::map_to_vector(trained.states, [&](VariableOp state) { return get(state); });
  Expr g = get(trained.gradient) * castTo(scale, element);
  const StepScalars &step = scalars.find(keyOf(trained))->second;
  p = optimizer->update(p, g, states, step, trained.settings.weightDecay);
  for (auto [variable, state] : llvm::zip_equal(trained.states, states))
    set(variable, state);
  set(trained.value, castTo(p, trained.value.getTensorType().getElementType()));
}

void UpdateBuilder::build() {
  apply = createGraph(builder, train.getLoc(), (kApply + suffix()).str(), {}, ArrayAttr());
  builder.setListener(&listener);
  listener.set("", "update");
  Expr inverse = inverseWeight();
  Expr scale = inverse;
  if (!parameters.empty()) {
    Expr length = gradientNorm(inverse);
    set(norm, length);
    if (std::optional<APFloat> clip = train.getClipNorm()) {
      Expr ratio = length.scalar(clip->convertToDouble()) / (length + 1e-6);
      scale = inverse * min(ratio, ratio.scalar(1.0));
    }
    createStepScalars();
  }
  for (Trained &trained : parameters)
    updateParameter(trained, scale);
}

void UpdateBuilder::extendEntry() {
  auto addTo = [](ArrayAttr symbols, StringAttr name) {
    SmallVector<Attribute> all(symbols.begin(), symbols.end());
    all.push_back(FlatSymbolRefAttr::get(name));
    return ArrayAttr::get(name.getContext(), all);
  };
  for (auto entry : module.getOps<EntryOp>()) {
    if (entry.getGraphs()[0] != train.getModelAttr())
      continue;
    entry.setGraphsAttr(addTo(entry.getGraphs(), apply.getSymNameAttr()));
    entry.setMetricsAttr(addTo(entry.getMetrics(), norm.getSymNameAttr()));
  }
}

void UpdateBuilder::collectShort(llvm::SetVector<Operation *> &shorts) const {
  for (const Trained &trained : parameters) {
    VariableOp value = trained.value;
    if (value.getTensorType().getElementTypeBitWidth() == 16 &&
        trained.settings.learningRateScale != 0)
      shorts.insert(value);
  }
}

/// Half the distance of two neighbours is what rounding drops: at least 2^-9 of an element of bf16, with its
/// 8 bits, and 2^-12 of one of f16. AdamW's updates are about as large as the learning rate.
static void warnOfShort(ArrayRef<Operation *> shorts) {
  auto first = cast<VariableOp>(shorts.front());
  bool isBF16 = first.getTensorType().getElementType().isBF16();
  InFlightDiagnostic warning = first.emitWarning()
                               << "parameter '" << *first.getLogical() << "' is trained in "
                               << (isBF16 ? "bf16" : "f16");
  if (shorts.size() > 1)
    warning << ", and " << shorts.size() - 1 << " more in 16 bits";
  warning << ": an update of less than 1/" << (isBF16 ? 512 : 4096)
          << " of an element is rounded away, so that with a small learning rate most elements never "
             "move; declare parameters in f32 and cast them with weft.cast where they are used";
}

namespace {

struct BuildUpdatePass : weft::impl::BuildUpdateBase<BuildUpdatePass> {
  void runOnOperation() override {
    std::vector<std::string> names;
    for (TrainOp train : getOperation().getOps<TrainOp>())
      names.push_back((kApply + suffixOf(train)).str());
    llvm::SetVector<Operation *> shorts;
    for (TrainOp train : llvm::make_early_inc_range(getOperation().getOps<TrainOp>())) {
      UpdateBuilder update(getOperation(), train, names);
      if (failed(update.collectParameters()) || failed(update.createVariables()))
        return signalPassFailure();
      update.build();
      update.extendEntry();
      update.collectShort(shorts);
      train.erase();
    }
    if (!shorts.empty())
      warnOfShort(shorts.getArrayRef());
  }
};

} // namespace
