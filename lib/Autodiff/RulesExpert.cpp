// Derivatives of ops that share rows out among experts. Where rows went is data without a gradient;
// every row of a gradient is one sum in a fixed order, so nothing is scattered.
#include "Rules.h"

using namespace mlir;
using namespace weft;

// A value with a dimension of 1 before (`fromEnd` = 1) or behind (0) its last one.
static Expr unsqueeze(Expr a, unsigned fromEnd) {
  SmallVector<int64_t> shape(a.type().getShape());
  shape.insert(shape.end() - fromEnd, 1);
  return reshape(a, shape);
}

static Value unsqueezeIds(ImplicitLocOpBuilder &builder, Value ids) {
  auto type = cast<RankedTensorType>(ids.getType());
  SmallVector<int64_t> shape(type.getShape());
  shape.push_back(1);
  return ReshapeOp::create(builder, type.clone(shape), ids);
}

// dx = sum over the k choices of one_hot(id) * dvalue.
static void topKRule(TopKOp op, Derivative &d) {
  RankedTensorType type = op.getInput().getType();
  SmallVector<int64_t> shape(op.getIds().getType().getShape());
  shape.push_back(type.getShape().back());
  Value chosen = OneHotOp::create(d.getBuilder(), type.clone(shape),
                                  unsqueezeIds(d.getBuilder(), op.getIds()));
  d.set(0, sum(d(chosen) * unsqueeze(d.grad(), 0), {type.getRank() - 1}));
}

// Each token adds up the gradients of its slots: a combine with weights of 1.
static void dispatchRule(DispatchOp op, Derivative &d) {
  RankedTensorType slots = op.getSlots().getType();
  Expr ones = constant(d.getBuilder(), slots.clone(op.getInput().getType().getElementType()), 1.0);
  d.set(0, CombineOp::create(d.getBuilder(), d.grad(), ones, op.getSlots()));
}

// y = sum_j w[j] h[slots[j]]. dh is the row of dy of the slot's token, times the slot's weight; dw[j]
// the inner product of dy and h[slots[j]].
static void combineRule(CombineOp op, Derivative &d) {
  ImplicitLocOpBuilder &builder = d.getBuilder();
  if (d.needs(0)) {
    // The verifier has made sure of the route, and a model is flat when it is differentiated.
    Value order = op.getSlots().getDefiningOp<RouteOp>().getOrder();
    Expr flat = reshape(d(op.getWeights()), {op.getSlots().getType().getNumElements(), 1});
    Expr weights(builder, EmbeddingOp::create(builder, order, flat));
    d.set(0, Expr(builder, DispatchOp::create(builder, d.grad(), order, op.getSlots())) * weights);
  }
  if (d.needs(1)) {
    Expr rows(builder, EmbeddingOp::create(builder, op.getSlots(), op.getRows()));
    d.set(1, sum(rows * unsqueeze(d.grad(), 1), {rows.rank() - 1}));
  }
}

// As of a linear, expert by expert.
static void groupedLinearRule(GroupedLinearOp op, Derivative &d) {
  ImplicitLocOpBuilder &builder = d.getBuilder();
  bool isOutIn = op.getWeightLayout() == WeightLayout::OutIn;
  Value dy = d.grad(), x = op.getRows();
  if (d.needs(0))
    d.set(0, GroupedLinearOp::create(builder, isOutIn ? WeightLayout::InOut : WeightLayout::OutIn,
                                     dy, op.getWeight(), op.getOffsets()));
  if (d.needs(1))
    d.set(1, GroupedLinearBackwardOp::create(builder, isOutIn ? dy : x, isOutIn ? x : dy,
                                             op.getOffsets(), /*old=*/Value(), /*flag=*/Value()));
}

void weft::attachExpertRules(MLIRContext &context) {
  attachRule<TopKOp, topKRule>(context);
  attachRule<DispatchOp, dispatchRule>(context);
  attachRule<CombineOp, combineRule>(context);
  attachRule<GroupedLinearOp, groupedLinearRule>(context);
}
