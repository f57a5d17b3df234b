// weft-autodiff: models become the graphs that train and evaluate them.
#include "weft/Autodiff/Passes.h"

#include "ModelGraphs.h"

#include "llvm/ADT/StringMap.h"

namespace weft {
#define GEN_PASS_DEF_AUTODIFF
#include "weft/Autodiff/Passes.h.inc"
} // namespace weft

using namespace mlir;
using namespace weft;

namespace {

/// Turns the train and eval ops of a module into graphs.
class EntryBuilder {
public:
  explicit EntryBuilder(ModuleOp module) : module(module), at(module.getContext()) {}

  LogicalResult run();

private:
  struct Entry {
    Operation *op; // weft.train or weft.eval
    StringAttr model;
    std::string name, suffix; // of the entry, and of its graphs and metrics
    std::unique_ptr<ModelGraphs> graphs;
  };

  template <typename OpT> LogicalResult collect(std::vector<Entry> &entries);
  LogicalResult takeModels();
  void makeGraphs(std::vector<Entry> &entries, VariableTable &variables);
  /// Of what buildGraphs and weft-build-update make.
  std::vector<std::string> namesOfGraphs();
  LogicalResult createVariables();
  LogicalResult buildGraphs();
  /// What is evaluated: what eval ops say, or else all that is trained.
  std::vector<Entry> &evaluations() { return evaluated.empty() ? trained : evaluated; }

  ModuleOp module;
  OpBuilder at;
  std::vector<Entry> trained, evaluated;
  llvm::MapVector<StringAttr, OwningOpRef<ModelOp>> models;
};

struct AutodiffPass : weft::impl::AutodiffBase<AutodiffPass> {
  void runOnOperation() override;
};

} // namespace

// The ops of one kind. The first one's graphs have plain names (@eval), those of others have the
// entry's name behind (@eval.long).
template <typename OpT> LogicalResult EntryBuilder::collect(std::vector<Entry> &entries) {
  llvm::StringMap<OpT> byName;
  for (OpT op : module.getOps<OpT>()) {
    StringRef name = op.getName().value_or(op.getModel());
    // It is typed on command lines and written to logs.
    if (!llvm::all_of(name,
                      [](char c) { return llvm::isAlnum(c) || StringRef("_-.").contains(c); }))
      return op.emitError("expected a name of letters, digits, '_', '-' and '.', got '")
             << name << "'; give it one, as in " << op.getModelAttr() << " as \"long\"";
    auto [first, isNew] = byName.try_emplace(name, op);
    if (!isNew) {
      InFlightDiagnostic error = op.emitOpError("has the name of another, '")
                                 << name << "'; give it one of its own, as in " << op.getModelAttr()
                                 << " as \"other\"";
      error.attachNote(first->second.getLoc()) << "the other is here";
      return error;
    }
    std::string suffix = entries.empty() ? "" : "." + name.str();
    entries.push_back({op, op.getModelAttr().getAttr(), name.str(), suffix, nullptr});
  }
  return success();
}

// Models are taken out before variables come in, so that their names are free for parameters.
LogicalResult EntryBuilder::takeModels() {
  for (ModelOp model : llvm::make_early_inc_range(module.getOps<ModelOp>())) {
    auto isOfModel = [&](Entry &entry) { return entry.model == model.getSymNameAttr(); };
    if (llvm::none_of(trained, isOfModel) && llvm::none_of(evaluated, isOfModel))
      continue;
    at.setInsertionPointAfter(model);
    model->remove();
    models[model.getSymNameAttr()] = model;
  }
  for (Entry &entry : llvm::concat<Entry>(trained, evaluated))
    if (!models.contains(entry.model))
      return entry.op->emitError()
             << "expected the name of a weft.model, got '@" << entry.model.getValue() << "'";
  return success();
}

void EntryBuilder::makeGraphs(std::vector<Entry> &entries, VariableTable &variables) {
  for (Entry &entry : entries)
    entry.graphs =
        std::make_unique<ModelGraphs>(variables, *models[entry.model], entry.name, entry.suffix);
}

std::vector<std::string> EntryBuilder::namesOfGraphs() {
  std::vector<std::string> names;
  for (Entry &entry : trained)
    for (StringRef name : {kMicroStep, kApply})
      names.push_back(name.str() + entry.suffix);
  for (Entry &entry : evaluations())
    for (StringRef name : {kEval, kLogits})
      names.push_back(name.str() + entry.suffix);
  return names;
}

LogicalResult EntryBuilder::createVariables() {
  for (Entry &entry : trained)
    if (failed(entry.graphs->createTrainVariables(at)))
      return failure();
  for (Entry &entry : evaluations())
    if (failed(entry.graphs->createEvalVariables(at)))
      return failure();
  return success();
}

LogicalResult EntryBuilder::buildGraphs() {
  for (Entry &entry : trained) {
    FailureOr<StringAttr> graph = entry.graphs->buildMicroStep(at);
    if (failed(graph))
      return failure();
    cast<TrainOp>(entry.op).setModel(*graph);
  }
  for (Entry &entry : evaluations()) {
    entry.graphs->buildEval(at);
    if (failed(entry.graphs->buildLogits(at)))
      return failure();
  }
  return success();
}

LogicalResult EntryBuilder::run() {
  if (failed(collect<TrainOp>(trained)) || failed(collect<EvalOp>(evaluated)))
    return failure();
  if (trained.empty() && evaluated.empty())
    return module.emitError("expected a weft.train or weft.eval op that says which model to train "
                            "or evaluate, found none");
  if (failed(takeModels()))
    return failure();
  VariableTable variables(module, namesOfGraphs());
  makeGraphs(trained, variables);
  makeGraphs(evaluated, variables);
  if (failed(createVariables()) || failed(buildGraphs()))
    return failure();
  for (Entry &entry : evaluated)
    entry.op->erase();
  return success();
}

/// What a later stage could not handle.
static LogicalResult verifyNoModels(ModuleOp module) {
  WalkResult result = module.walk([](Operation *op) {
    if (!isa<ModelOp, LayerOp, CallOp, ParameterOp>(op))
      return WalkResult::advance();
    op->emitError() << "'" << op->getName()
                    << "' is not part of a model that is trained or evaluated, after "
                       "weft-instantiate; remove it";
    return WalkResult::interrupt();
  });
  return failure(result.wasInterrupted());
}

void AutodiffPass::runOnOperation() {
  // A module that was lowered before has graphs, or what they became, and nothing to build.
  ModuleOp module = getOperation();
  bool isLowered = llvm::any_of(module.getOps(), [](Operation &op) {
    return isa<GraphOp>(op) || op.getName().getStringRef() == "exec.module";
  });
  bool hasEntries = llvm::any_of(module.getOps(), llvm::IsaPred<TrainOp, EvalOp>);
  if (isLowered && !hasEntries)
    return;
  if (failed(EntryBuilder(module).run()) || failed(verifyNoModels(module)))
    return signalPassFailure();
}
