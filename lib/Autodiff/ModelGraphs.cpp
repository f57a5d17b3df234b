#include "ModelGraphs.h"

#include "FilledUp.h"
#include "ReverseMode.h"

using namespace mlir;
using namespace weft;

ModelGraphs::Metrics ModelGraphs::createMetrics(OpBuilder &at, StringRef sum,
                                                           spec::Role sumRole, StringRef weight,
                                                           spec::Role weightRole) {
  auto type = cast<RankedTensorType>(model.getResultTypes().front());
  auto create = [&](StringRef metric, spec::Role role) {
    return variables.createZeros(at, model.getLoc(), metric + suffix, role, type);
  };
  VariableOp sumVariable = create(sum, sumRole);
  return {sumVariable, create(weight, weightRole)};
}

/// Adds the rows of this parameter that embeddings read as padding.
static void addPaddingRows(ParameterOp op, VariableOp variable) {
  SmallVector<int64_t> rows(variable.getPaddingRows().value_or(ArrayRef<int64_t>()));
  for (Operation *user : op.getResult().getUsers())
    if (auto embedding = dyn_cast<EmbeddingOp>(user); embedding && embedding.getPaddingIndex())
      rows.push_back(*embedding.getPaddingIndex());
  llvm::sort(rows);
  rows.erase(llvm::unique(rows), rows.end());
  if (!rows.empty())
    variable.setPaddingRows(rows);
}

LogicalResult ModelGraphs::createParameters(OpBuilder &at, bool trained) {
  for (auto op : model.getFunctionBody().getOps<ParameterOp>()) {
    Parameter &parameter = parameters[op.getNameAttr()];
    RankedTensorType type = op.getResult().getType();
    if (!parameter.value) {
      auto value = variables.share(at, op.getLoc(), op.getName(), spec::Role::Parameter,
                                   op.getNameAttr(), op.getInit(), op.getKeyAttr(), type);
      if (failed(value))
        return failure();
      parameter = {op, *value, {}};
    }
    if (trained)
      addPaddingRows(op, parameter.value);
    if (!trained || parameter.gradient)
      continue;
    auto gradient = variables.shareZeros(at, op.getLoc(), op.getName() + ".gradient",
                                         spec::Role::Gradient, op.getNameAttr(),
                                         withComputeType(type)); // summed up over micro-steps
    if (failed(gradient))
      return failure();
    parameter.gradient = *gradient;
  }
  return success();
}

LogicalResult ModelGraphs::createTrainVariables(OpBuilder &at) {
  if (failed(createParameters(at, /*trained=*/true)))
    return failure();
  loss = createMetrics(at, kLossSum, spec::Role::LossSum, kLossWeight, spec::Role::LossWeight);
  return success();
}

LogicalResult ModelGraphs::createEvalVariables(OpBuilder &at) {
  if (failed(createParameters(at, /*trained=*/false)))
    return failure();
  eval = createMetrics(at, kEvalSum, spec::Role::EvalSum, kEvalWeight, spec::Role::EvalWeight);
  logits = findLogits(model);
  if (!logits)
    return success();
  auto type = cast<RankedTensorType>(logits->value.getType());
  logitsRow = variables.createZeros(at, model.getLoc(), kLogitsValues + suffix, spec::Role::Logits,
                                    type.clone({type.getShape().back()}));
  return success();
}

void ModelGraphs::createEntry(OpBuilder &at, spec::EntryKind kind, StringRef graph,
                              ArrayRef<VariableOp> metrics) {
  auto symbols = llvm::map_to_vector(metrics, [&](VariableOp metric) -> Attribute {
    return FlatSymbolRefAttr::get(metric.getSymNameAttr());
  });
  Attribute graphs = FlatSymbolRefAttr::get(at.getContext(), graph);
  EntryOp::create(at, model.getLoc(), spec::EntryKindAttr::get(at.getContext(), kind),
                  at.getStringAttr(name), model.getSymNameAttr(), at.getArrayAttr(graphs),
                  at.getArrayAttr(symbols));
}

// A new graph with the model's forward in it; outside of training, random ops pass on what they are
// given. The builder stays at its end.
GraphOp ModelGraphs::cloneForward(OpBuilder &at, StringRef graphName, bool training,
                                  IRMapping &mapping) {
  OpBuilder::InsertionGuard guard(at);
  GraphOp graph =
      createGraph(at, model.getLoc(), graphName, model.getArgumentTypes(), model.getArgAttrsAttr());
  builder.restoreInsertionPoint(at.saveInsertionPoint());
  builder.setListener(&listener);

  values.clear();
  for (auto &[parameterName, parameter] : parameters) {
    listener.set(getScope(parameter.op), "forward");
    values.push_back(createGet(builder, parameter.op.getLoc(), parameter.value));
  }
  Block &body = model.getFunctionBody().front();
  mapping.map(body.getArguments(), graph.getArguments());
  for (Operation &op : body.without_terminator()) {
    listener.set(getScope(&op), "forward");
    if (auto parameter = dyn_cast<ParameterOp>(op)) {
      auto *entry = parameters.find(parameter.getNameAttr());
      mapping.map(parameter.getResult(), values[entry - parameters.begin()]);
    } else if (auto dropout = dyn_cast<DropoutOp>(op); dropout && !training) {
      mapping.map(dropout.getResult(), mapping.lookup(dropout.getInput()));
    } else {
      auto attention = dyn_cast<AttentionOp>(builder.clone(op, mapping));
      if (attention && !training) {
        attention.removeDropoutAttr();
        attention.removeKeyAttr();
      }
    }
  }
  listener.set("", "forward");
  return graph;
}

// The same; returns the loss.
std::pair<Value, Value> ModelGraphs::cloneLoss(OpBuilder &at, StringRef graphName, bool training) {
  IRMapping mapping;
  cloneForward(at, graphName, training, mapping);
  OperandRange results = model.getFunctionBody().front().getTerminator()->getOperands();
  flag = StepValueOp::create(builder, model.getLoc(), StepField::Accumulate);
  return {mapping.lookup(results[0]), mapping.lookup(results[1])};
}

void ModelGraphs::accumulateMetric(VariableOp metric, Value value) {
  Location loc = value.getLoc();
  Value old = createGet(builder, loc, metric);
  createSet(builder, loc, metric, AccumulateOp::create(builder, loc, old, value, flag));
}

void ModelGraphs::buildEval(OpBuilder &at) {
  warnOfFilledUp(model);
  std::string graph = kEval.str() + suffix;
  auto [sum, weight] = cloneLoss(at, graph, /*training=*/false);
  accumulateMetric(eval.sum, sum);
  accumulateMetric(eval.weight, weight);
  createEntry(at, spec::EntryKind::Eval, graph, {eval.sum, eval.weight});
}

/// What nothing uses, the last ops first; and the arguments that are left without a use.
static LogicalResult eraseUnused(GraphOp graph) {
  for (Operation &op : llvm::make_early_inc_range(llvm::reverse(graph.getFunctionBody().front())))
    if (isOpTriviallyDead(&op))
      op.erase();
  llvm::BitVector unused(graph.getNumArguments());
  for (BlockArgument argument : graph.getArguments())
    unused[argument.getArgNumber()] = argument.use_empty();
  return graph.eraseArguments(unused);
}

LogicalResult ModelGraphs::buildLogits(OpBuilder &at) {
  if (!logits)
    return success();
  std::string graphName = kLogits.str() + suffix;
  IRMapping mapping;
  GraphOp graph = cloneForward(at, graphName, /*training=*/false, mapping);
  NamedAttribute argumentName(kNameAttr, at.getStringAttr("logits_row"));
  if (failed(graph.insertArgument(graph.getNumArguments(),
                                  RankedTensorType::get({1}, at.getI32Type()),
                                  at.getDictionaryAttr(argumentName), model.getLoc())))
    return failure();
  Value row = selectRow(builder, mapping.lookup(logits->value), graph.getArguments().back());
  createSet(builder, model.getLoc(), logitsRow,
            ReshapeOp::create(builder, model.getLoc(), logitsRow.getTensorType(), row));
  createEntry(at, spec::EntryKind::Logits, graphName, logitsRow);
  return eraseUnused(graph);
}

// Rows of zeros to which rows are added, as the rule of `embedding` makes them.
static bool addsToZeros(EmbeddingBackwardOp op) {
  auto zeros = op.getOld().getDefiningOp<ConstantOp>();
  return zeros && !op.getFlag() && op->use_empty() &&
         matchPattern(zeros.getResult(), m_AnyZeroFloat());
}

/// A contribution in the type of the sum; as it was, if it was rounded only to be of the parameter's type.
static Value inTypeOf(VariableOp sum, Value gradient, OpBuilder &builder) {
  RankedTensorType type = sum.getTensorType();
  if (gradient.getType() == type)
    return gradient;
  if (auto cast = gradient.getDefiningOp<CastOp>(); cast && cast.getInput().getType() == type) {
    Value wide = cast.getInput();
    if (cast->use_empty())
      cast.erase();
    return wide;
  }
  return CastOp::create(builder, gradient.getLoc(), type, gradient);
}

void ModelGraphs::accumulateGradient(unsigned index, Value gradient) {
  VariableOp sum = parameters.begin()[index].second.gradient;
  gradient = inTypeOf(sum, gradient, builder);
  Location loc = gradient.getLoc();
  Value &chain = accumulated[index];
  Value old = chain, stepFlag;
  if (!chain) {
    old = createGet(builder, loc, sum);
    stepFlag = flag;
  }
  auto rows = gradient.getDefiningOp<EmbeddingBackwardOp>();
  if (rows && addsToZeros(rows)) {
    chain = EmbeddingBackwardOp::create(builder, loc, old, rows.getIds(), rows.getGrad(), stepFlag,
                                        rows.getPaddingIndexAttr());
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

void ModelGraphs::setGradients() {
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

FailureOr<StringAttr> ModelGraphs::buildMicroStep(OpBuilder &at) {
  std::string graph = kMicroStep.str() + suffix;
  auto [sum, weight] = cloneLoss(at, graph, /*training=*/true);
  accumulateMetric(loss.sum, sum);
  accumulateMetric(loss.weight, weight);

  accumulated.assign(parameters.size(), Value());
  SmallVector<StringRef> names;
  for (auto &[parameterName, parameter] : parameters)
    names.push_back(parameterName);
  auto contribute = [&](unsigned index, Value gradient) { accumulateGradient(index, gradient); };
  if (failed(ReverseMode(builder, listener, values, names, contribute).run(sum)))
    return failure();
  setGradients();
  createEntry(at, spec::EntryKind::Train, graph, {loss.sum, loss.weight});
  return at.getStringAttr(graph);
}
