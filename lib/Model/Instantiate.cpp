#include "weft/Model/Passes.h"

#include "mlir/IR/Builders.h"
#include "mlir/IR/IRMapping.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/StringMap.h"

#include <map>

namespace weft {
#define GEN_PASS_DEF_INSTANTIATE
#include "weft/Model/Passes.h.inc"
} // namespace weft

using namespace mlir;
using namespace weft;

/// FNV-1a, 64 bits: the random key of a parameter depends on its full name and nothing else, that of
/// a random op on its scope and its ordinal there.
static uint64_t hashName(StringRef name) {
  uint64_t hash = 0xcbf29ce484222325;
  for (unsigned char c : name)
    hash = (hash ^ c) * 0x100000001b3;
  return hash;
}

/// Far beyond any model, and what memory and the stack hold: layers that call each other twice
/// double with each level.
static constexpr int64_t kMaxOps = int64_t(1) << 20;
static constexpr size_t kMaxDepth = 256;

namespace {

/// Where in the nest of calls an op is.
struct Frame {
  std::string path;  // names of the calls: what parameters are named by
  std::string scope; // the same with the scopes that calls have as ops
};

/// Finds layers that call themselves, directly or through others, and calls in calls without end: a
/// depth-first walk over calls.
class RecursionCheck {
public:
  explicit RecursionCheck(SymbolTable &symbols) : symbols(symbols) {}

  LogicalResult visit(LayerOp layer) {
    if (depths.contains(layer))
      return success();
    size_t depth = 0; // of the calls inside
    for (CallOp call : layer.getOps<CallOp>()) {
      auto callee = symbols.lookup<LayerOp>(call.getCallee());
      calls.push_back(call);
      if (isOpen(callee))
        return reportCycle(callee);
      if (calls.size() > kMaxDepth) // of the walk itself, where it comes from above
        return reportDepth(call);
      if (failed(visit(callee)))
        return failure();
      depth = std::max(depth, depths.lookup(callee) + 1);
      if (depth > kMaxDepth)
        return reportDepth(call);
      calls.pop_back();
    }
    depths[layer] = depth;
    return success();
  }

private:
  // Whether `layer` is one whose calls are being walked, or the one at hand.
  bool isOpen(LayerOp layer) {
    return llvm::any_of(calls, [&](CallOp call) { return call->getParentOp() == layer; });
  }

  LogicalResult reportCycle(LayerOp layer) {
    auto isInLayer = [&](CallOp call) { return call->getParentOp() == layer; };
    ArrayRef<CallOp> cycle = ArrayRef(calls).drop_until(isInLayer);
    InFlightDiagnostic diagnostic =
        calls.back().emitOpError("closes a circle of layers that call themselves, from @")
        << layer.getName();
    for (CallOp call : cycle.drop_back())
      diagnostic.attachNote(call.getLoc()) << "@" << cast<LayerOp>(call->getParentOp()).getName()
                                           << " calls " << call.getCalleeAttr() << " here";
    return diagnostic;
  }

  static LogicalResult reportDepth(CallOp call) {
    return call.emitOpError("nests calls more than ") << kMaxDepth << " deep";
  }

  SymbolTable &symbols;
  SmallVector<CallOp> calls;
  llvm::SmallDenseMap<Operation *, size_t> depths; // of layers that have been walked
};

/// The parameters of a module, by full name: all models share them.
class Parameters {
public:
  /// Gives `parameter` its full name and a key, and proves that it agrees with those before it.
  LogicalResult add(ParameterOp parameter, StringRef name) {
    parameter.setName(name);
    if (!parameter.getKey())
      parameter.setKey(hashName(name));
    auto [sameName, isNew] = byName.try_emplace(name, parameter);
    if (!isNew)
      return verifyAgrees(parameter, sameName->second);
    auto [sameKey, isNewKey] = byKey.try_emplace(*parameter.getKey(), parameter);
    if (isNewKey)
      return success();
    InFlightDiagnostic diagnostic = parameter.emitOpError()
                                    << "\"" << name << "\" has the random key of \""
                                    << sameKey->second.getName() << "\", " << *parameter.getKey()
                                    << "; give one of them another key";
    diagnostic.attachNote(sameKey->second.getLoc()) << "the other is here";
    return diagnostic;
  }

private:
  static LogicalResult verifyAgrees(ParameterOp parameter, ParameterOp first) {
    StringRef differs;
    if (parameter.getType() != first.getType())
      differs = "type";
    else if (parameter.getInit() != first.getInit())
      differs = "init";
    else if (parameter.getKey() != first.getKey())
      differs = "key";
    else
      return success();
    InFlightDiagnostic diagnostic = parameter.emitOpError()
                                    << "\"" << parameter.getName()
                                    << "\" is tied to a parameter of the same name, but its "
                                    << differs << " differs";
    diagnostic.attachNote(first.getLoc()) << "the first is here";
    return diagnostic;
  }

  llvm::StringMap<ParameterOp> byName;
  std::map<uint64_t, ParameterOp> byKey;
};

/// Flattens one model.
class Instantiator {
public:
  Instantiator(ModelOp model, SymbolTable &symbols, Parameters &parameters)
      : model(model), symbols(symbols), parameters(parameters) {}

  LogicalResult run() { return expand(getOps(model.getBody().front()), Frame()); }

private:
  static SmallVector<Operation *> getOps(Block &block) {
    return llvm::map_to_vector(block.without_terminator(), [](Operation &op) { return &op; });
  }

  // `ops` stand in the model and are those of one frame.
  LogicalResult expand(ArrayRef<Operation *> ops, const Frame &frame) {
    for (Operation *op : ops) {
      setScope(op, joinScopes(frame.scope, getScope(op)));
      if (auto call = dyn_cast<CallOp>(op)) {
        if (failed(inlineCall(call, frame)))
          return failure();
      } else if (auto parameter = dyn_cast<ParameterOp>(op)) {
        if (failed(placeParameter(parameter, frame)))
          return failure();
      } else {
        setPhase(op, "forward");
        if (auto dropout = dyn_cast<DropoutOp>(op);
            dropout && failed(giveKey(dropout, dropout.getInput())))
          return failure();
        if (auto attention = dyn_cast<AttentionOp>(op);
            attention && attention.getDropout() && failed(giveKey(attention, attention.getQ())))
          return failure();
      }
    }
    return success();
  }

  // Random ops of one scope are told apart by their order.
  template <typename OpT> LogicalResult giveKey(OpT op, Value drawn) {
    unsigned ordinal = ordinals[getScope(op)]++;
    if (!op.getKey())
      op.setKey(hashName((getScope(op) + "#" + Twine(ordinal)).str()));
    // What the runtime counts as sequences: the first dimension of the first input.
    if (model.getArgumentTypes().empty())
      return success();
    auto input = cast<RankedTensorType>(model.getArgumentTypes().front());
    int64_t sequences = input.getRank() ? input.getDimSize(0) : 1;
    if (getTensorType(drawn).getDimSize(0) == sequences)
      return success();
    return op.emitOpError("expects a first dimension of ")
           << sequences << ", the sequences of the model's inputs, got " << drawn.getType();
  }

  LogicalResult inlineCall(CallOp call, const Frame &frame) {
    auto layer = symbols.lookup<LayerOp>(call.getCallee());
    Block &body = layer.getBody().front();
    Frame inner{joinScopes(frame.path, call.getName()), joinScopes(getScope(call), call.getName())};
    IRMapping mapping;
    mapping.map(body.getArguments(), call.getOperands());
    OpBuilder builder(call);
    SmallVector<Operation *> copies;
    opCount += llvm::range_size(body.without_terminator());
    if (opCount > kMaxOps)
      return call.emitOpError("makes a model of more than ")
             << kMaxOps << " ops, with all layers in the place of their calls";
    for (Operation *op : getOps(body)) {
      copies.push_back(builder.clone(*op, mapping));
      copies.back()->setLoc(CallSiteLoc::get(op->getLoc(), call.getLoc()));
    }
    for (auto [result, value] : llvm::zip(call.getResults(), body.getTerminator()->getOperands()))
      result.replaceAllUsesWith(mapping.lookup(value));
    call.erase();
    return expand(copies, inner);
  }

  // Moves the parameter behind those at the top, or replaces it by the one that it is tied to.
  LogicalResult placeParameter(ParameterOp parameter, const Frame &frame) {
    std::string name = joinScopes(frame.path, parameter.getName());
    if (failed(parameters.add(parameter, name)))
      return failure();
    auto [first, isNew] = inModel.try_emplace(name, parameter);
    if (!isNew) {
      parameter.replaceAllUsesWith(first->second.getResult());
      parameter.erase();
      return success();
    }
    if (last)
      parameter->moveAfter(last);
    else
      parameter->moveBefore(&model.getBody().front(), model.getBody().front().begin());
    last = parameter;
    return success();
  }

  ModelOp model;
  SymbolTable &symbols;
  Parameters &parameters;
  llvm::StringMap<ParameterOp> inModel;
  llvm::StringMap<unsigned> ordinals; // of the next random op in a scope
  Operation *last = nullptr;
  int64_t opCount = 0; // that came from layers
};

struct Instantiate : weft::impl::InstantiateBase<Instantiate> {
  void runOnOperation() override {
    SymbolTable symbols(getOperation());
    RecursionCheck recursion(symbols);
    for (LayerOp layer : getOperation().getOps<LayerOp>())
      if (failed(recursion.visit(layer)))
        return signalPassFailure();

    Parameters parameters;
    for (ModelOp model : getOperation().getOps<ModelOp>())
      if (failed(Instantiator(model, symbols, parameters).run()))
        return signalPassFailure();

    for (LayerOp layer : llvm::make_early_inc_range(getOperation().getOps<LayerOp>()))
      symbols.erase(layer);
    if (failed(verifyFlat()))
      signalPassFailure();
  }

  // What the stages after this one rely on.
  LogicalResult verifyFlat() {
    WalkResult result = getOperation().walk([](Operation *op) -> WalkResult {
      if (isa<LayerOp, CallOp>(op))
        return op->emitOpError("is left after instantiation, which only goes through models");
      return WalkResult::advance();
    });
    return failure(result.wasInterrupted());
  }
};

} // namespace
