#include "BufferAssignment.h"

#include "llvm/ADT/SmallPtrSet.h"

using namespace mlir;
using namespace weft;

BufferAssignment::BufferAssignment(GraphOp graph, SymbolTable &symbols)
    : graph(graph), symbols(symbols) {
  findLastUses();
  assignVariables();
  // What a set copies is needed until the end of the program.
  for (auto set : graph.getBody().front().getOps<SetOp>())
    if (variableOf(set.getValue()) != set.getVariable())
      lastUse[resolveView(set.getValue()).root] = std::numeric_limits<unsigned>::max();
  for (Operation &op : graph.getBody().front())
    takeOverOperands(&op);
}

void BufferAssignment::findLastUses() {
  unsigned next = 0;
  for (Operation &op : graph.getBody().front()) {
    position[&op] = next++;
    if (isViewOp(&op) || isa<SetOp>(op)) // a view reads nothing, a set is where its value lies
      continue;
    for (Value operand : op.getOperands())
      lastUse[resolveView(operand).root] = position[&op];
  }
}

bool BufferAssignment::isLastUse(Value root, Operation *op) const {
  auto last = lastUse.find(root);
  return last == lastUse.end() || last->second <= position.lookup(op);
}

/// The operands whose buffers the result's kernel or product can work in.
SmallVector<Value> BufferAssignment::reusableOperands(OpResult result) {
  Operation *op = result.getOwner();
  if (auto product = dyn_cast<MatmulAccumulateOp>(op))
    return {product.getOld()};
  if (auto product = dyn_cast<MatmulEpilogueOp>(op))
    return product.getOld() && result == product.getResult() ? SmallVector<Value>{product.getOld()}
                                                             : SmallVector<Value>();
  if (auto product = dyn_cast<GroupedLinearBackwardOp>(op))
    return product.getOld() ? SmallVector<Value>{product.getOld()} : SmallVector<Value>();
  SmallVector<Value> operands;
  auto launch = dyn_cast<LaunchOp>(op);
  if (!launch)
    return operands;
  auto kernel = symbols.lookup<tile::KernelOp>(launch.getKernel());
  if (!kernel || !kernel.getInPlace())
    return operands;
  ArrayAttr pairs = *kernel.getInPlace();
  for (auto pair : pairs.getAsRange<ArrayAttr>()) {
    auto at = [&](unsigned i) { return cast<IntegerAttr>(pair[i]).getInt(); };
    if (at(0) == result.getResultNumber())
      operands.push_back(launch.getOperands()[at(1)]);
  }
  return operands;
}

/// Whether `op` may replace the contents of `root` as it goes: nobody reads them later, and it
/// reads them through one operand only.
bool BufferAssignment::mayWriteOver(Operation *op, Value root) const {
  if (!isLastUse(root, op))
    return false;
  return llvm::count_if(op->getOperands(), [&](Value v) { return resolveView(v).root == root; }) ==
         1;
}

/// Whether `value` is what ops made of one of `olds` by working in place, one after the other.
bool BufferAssignment::isMadeInPlaceOf(Value value, ArrayRef<Value> olds) {
  SmallVector<Value> next{value};
  llvm::SmallDenseSet<Value> seen;
  while (!next.empty()) {
    Value v = next.pop_back_val();
    if (llvm::is_contained(olds, resolveView(v).root))
      return true;
    if (auto result = dyn_cast<OpResult>(v); result && seen.insert(v).second)
      llvm::append_range(next, reusableOperands(result));
  }
  return false;
}

void BufferAssignment::assignVariables() {
  for (auto set : graph.getBody().front().getOps<SetOp>())
    assignVariable(set);
}

/// Computes the value of a set, and what it is accumulated from, in the variable's own buffer,
/// where no reader of the old contents comes later.
void BufferAssignment::assignVariable(SetOp set) {
  StringRef variable = set.getVariable();
  SmallVector<Value> olds;
  for (auto get : graph.getBody().front().getOps<GetOp>())
    if (get.getVariable() == variable)
      olds.push_back(get);
  SmallVector<Value> chain;
  Value value = set.getValue();
  while (true) {
    auto result = dyn_cast<OpResult>(value);
    // A concat's parts are written before it, perhaps while the old contents are still being read.
    if (!result || isViewOp(result.getOwner()) || variables.count(value) ||
        result.getOwner()->hasTrait<facts::NamesMemory>() || isa<ConcatOp>(result.getOwner()))
      break;
    Operation *op = result.getOwner();
    SmallVector<Value> reusable = reusableOperands(result);
    bool readersDone = llvm::all_of(olds, [&](Value old) {
      bool readHere =
          llvm::any_of(op->getOperands(), [&](Value v) { return resolveView(v).root == old; });
      return readHere ? llvm::is_contained(reusable, old) && mayWriteOver(op, old)
                      : isLastUse(old, op);
    });
    if (!readersDone)
      break;
    chain.push_back(value);
    // The value before, if this op only adds to it.
    SmallVector<Value> earlier = llvm::filter_to_vector(reusable, [&](Value v) {
      return v.getDefiningOp() && !isViewOp(v.getDefiningOp()) && !isa<GetOp>(v.getDefiningOp()) &&
             v.getType() == value.getType() && mayWriteOver(op, v) &&
             llvm::none_of(v.getUsers(), llvm::IsaPred<SetOp>); // which wants this very value
    });
    if (earlier.empty() || !(op->hasTrait<facts::AddsToOld>() || isa<LaunchOp>(op)))
      break;
    // Where there are several, the old contents are in only one of them, which must not move.
    auto added = llvm::find_if(earlier, [&](Value v) { return isMadeInPlaceOf(v, olds); });
    value = added == earlier.end() ? earlier.front() : *added;
  }
  for (Value link : chain)
    variables[link] = variable;
}

/// Results without a place yet take over operands that end here.
void BufferAssignment::takeOverOperands(Operation *op) {
  llvm::SmallPtrSet<void *, 4> used;
  for (OpResult result : op->getResults()) {
    if (variables.count(result))
      continue;
    for (Value operand : reusableOperands(result)) {
      Operation *source = operand.getDefiningOp();
      ViewOf view = resolveView(operand);
      Operation *root = view.root.getDefiningOp();
      bool isArena = source && root && !root->hasTrait<facts::NamesMemory>() && !variables.count(view.root);
      bool isWhole = view.layout.isRowMajor() &&
                     cast<RankedTensorType>(view.root.getType()).getNumElements() ==
                         cast<RankedTensorType>(result.getType()).getNumElements();
      if (!isArena || !isWhole || !mayWriteOver(op, view.root) ||
          !used.insert(view.root.getAsOpaquePointer()).second)
        continue;
      taken[result] = view.root;
      break;
    }
  }
}
