#include "LaneAnalysis.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

using namespace mlir;
using namespace weft;

bool weft::isMatrix(Value value) {
  auto type = dyn_cast<RankedTensorType>(value.getType());
  return type && type.getRank() == 2;
}

bool weft::isRowFree(Value value) {
  return isa_and_nonnull<arith::ConstantOp, tensor::SplatOp, tile::BroadcastOp>(
      value.getDefiningOp());
}

static bool isLoad(Value value) { return value.getDefiningOp<tile::LoadOp>(); }

LaneAnalysis::LaneAnalysis(tile::KernelOp kernel) {
  auto number = [&](Value value) {
    if (isMatrix(value) && !isRowFree(value) && !isLoad(value)) {
      numbers[value] = parents.size();
      parents.push_back(parents.size());
      lanes.push_back(-1);
    }
  };
  kernel.walk<WalkOrder::PreOrder>([&](Operation *op) {
    for (Value result : op->getResults())
      number(result);
    for (Region &region : op->getRegions())
      for (Block &block : region)
        for (Value argument : block.getArguments())
          number(argument);
  });
  kernel.walk([&](Operation *op) {
    if (OpTrait::hasElementwiseMappableTraits(op) || isa<tile::ConcatOp>(op))
      for (Value operand : op->getOperands())
        unite(op->getResult(0), operand);
    if (auto dot = dyn_cast<tile::DotOp>(op))
      unite(dot.getResult(), dot.getAcc());
    uniteLoop(op);
  });
  chooseAll(kernel);
  kernel.walk([&](Operation *op) {
    if ((OpTrait::hasElementwiseMappableTraits(op) || isa<tile::ConcatOp>(op)) &&
        isMatrix(op->getResult(0)))
      for (Value operand : op->getOperands())
        demand(operand, lanesOf(op->getResult(0)));
    if (auto dot = dyn_cast<tile::DotOp>(op))
      demand(dot.getAcc(), lanesOf(dot.getResult()));
    if (auto loop = dyn_cast<scf::ForOp>(op))
      for (auto [i, argument] : llvm::enumerate(loop.getRegionIterArgs()))
        for (Value carried : {loop.getInitArgs()[i], loop.getYieldedValues()[i]})
          demand(carried, lanesOf(argument));
  });
}

unsigned LaneAnalysis::lanesOf(Value value) const {
  auto found = numbers.find(value);
  return found != numbers.end() && lanes[find(value)] == 0 ? 0 : 1;
}

unsigned LaneAnalysis::find(Value value) const {
  unsigned at = numbers.lookup(value);
  while (parents[at] != at)
    at = parents[at] = parents[parents[at]];
  return at;
}

void LaneAnalysis::unite(Value a, Value b) {
  if (numbers.contains(a) && numbers.contains(b))
    parents[find(b)] = find(a);
}

/// What a loop carries keeps its lanes.
void LaneAnalysis::uniteLoop(Operation *op) {
  auto loop = dyn_cast<scf::ForOp>(op);
  if (!loop)
    return;
  for (auto [i, argument] : llvm::enumerate(loop.getRegionIterArgs())) {
    unite(argument, loop.getInitArgs()[i]);
    unite(argument, loop.getResult(i));
    unite(argument, loop.getYieldedValues()[i]);
  }
}

/// How well an operand serves as the one of vectors; negative if it cannot.
int LaneAnalysis::rate(tile::DotOp dot, Value operand, unsigned dimension) const {
  if (isRowFree(operand))
    return -1;
  if (numbers.contains(operand) && lanes[find(operand)] >= 0)
    return lanes[find(operand)] == static_cast<int>(dimension) ? 3 : -1;
  return operand.getParentBlock() != dot->getBlock() ? 2 : 1;
}

/// Dots with a reason for one choice go first, in their order: what they decide is a reason for
/// others.
void LaneAnalysis::chooseAll(tile::KernelOp kernel) {
  SmallVector<tile::DotOp> open;
  kernel.walk([&](tile::DotOp dot) { open.push_back(dot); });
  while (!open.empty()) {
    size_t before = open.size();
    llvm::erase_if(open, [&](tile::DotOp dot) { return choose(dot, /*evenIfEqual=*/false); });
    if (open.size() == before) {
      choose(open.front(), /*evenIfEqual=*/true);
      open.erase(open.begin());
    }
  }
}

/// Returns whether the choice is made.
bool LaneAnalysis::choose(tile::DotOp dot, bool evenIfEqual) {
  unsigned lanesOfA = dot.getTransposeA() ? 1 : 0, lanesOfB = dot.getTransposeB() ? 0 : 1;
  int a = rate(dot, dot.getA(), lanesOfA), b = rate(dot, dot.getB(), lanesOfB);
  int &result = lanes[find(dot.getResult())];
  if (result >= 0)
    (result == 0 ? b : a) = -1;
  if (a < 0 && b < 0) {
    conflict = conflict ? conflict : dot;
    return true;
  }
  if (a == b && !evenIfEqual)
    return false;
  bool takesA = a > b;
  result = takesA ? 0 : 1;
  Value vectors = takesA ? dot.getA() : dot.getB(), scalars = takesA ? dot.getB() : dot.getA();
  unsigned dimension = takesA ? lanesOfA : lanesOfB;
  if (numbers.contains(vectors))
    lanes[find(vectors)] = dimension;
  demand(vectors, dimension);
  // What may stick out of its buffer is read from a copy with zeros around it.
  auto load = scalars.getDefiningOp<tile::LoadOp>();
  if (load && (load.getEnd() || !load.getInBounds()))
    demand(scalars, 1);
  return true;
}

void LaneAnalysis::demand(Value value, unsigned dimension) {
  if (auto load = value.getDefiningOp<tile::LoadOp>(); load && isMatrix(value))
    packings[load] |= 1u << dimension;
}
