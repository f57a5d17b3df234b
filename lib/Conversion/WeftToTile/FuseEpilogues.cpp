// weft-fuse-epilogues: a GPU's library computes with its products before they reach memory.
//
// Below, what is computed is of f32, and what is stored of the products' type: a value of 16 bits is cast to f32 before
// something is computed of it, and the result is cast back.
#include "weft/Conversion/WeftToTile/Passes.h"

#include "IterationSpace.h"
#include "dialects/Interfaces/Scope.h"
#include "dialects/Interfaces/TileBodyOpInterface.h"
#include "weft/Support/ViewLayout.h"

#include "llvm/ADT/SetVector.h"

namespace weft {
#define GEN_PASS_DEF_FUSEEPILOGUES
#include "weft/Conversion/WeftToTile/Passes.h.inc"
} // namespace weft

using namespace mlir;
using namespace weft;
using spec::Epilogue;

namespace {

RankedTensorType tensorType(Value value) { return cast<RankedTensorType>(value.getType()); }
Type elementOf(Value value) { return tensorType(value).getElementType(); }
int64_t widthOf(Value value) { return tensorType(value).getShape().back(); }

/// What a library has epilogues for.
bool isProductType(RankedTensorType type) {
  return type.getRank() == 2 && isa<BFloat16Type, Float16Type, Float32Type>(type.getElementType());
}

bool isWidening(Operation *op) {
  auto cast = dyn_cast<CastOp>(op);
  return cast && elementOf(cast.getResult()).isF32() && isa<BFloat16Type, Float16Type>(elementOf(cast.getInput()));
}

/// The value whose elements these are, in the same order, behind reshapes, copies and casts to f32; with `alone`, behind
/// those that have no other use.
Value lookThrough(Value value, bool alone) {
  while (Operation *op = value.getDefiningOp()) {
    if ((!isa<CopyOp, ReshapeOp>(op) && !isWidening(op)) || (alone && !op->hasOneUse()))
      break;
    value = op->getOperand(0);
  }
  return value;
}

/// What is stored of a computed value; null if that is not all that happens to it.
Value storedOf(Value computed, Type element) {
  if (elementOf(computed) == element)
    return computed;
  auto cast = computed.hasOneUse() ? dyn_cast<CastOp>(*computed.user_begin()) : CastOp();
  return cast && elementOf(cast.getResult()) == element ? cast.getResult() : Value();
}

/// The uses of a stored value in which something is computed of it.
SmallVector<OpOperand *> usesOf(Value stored) {
  SmallVector<OpOperand *> uses;
  for (OpOperand &use : stored.getUses()) {
    if (!isWidening(use.getOwner())) {
      uses.push_back(&use);
      continue;
    }
    for (OpOperand &wide : use.getOwner()->getResult(0).getUses())
      uses.push_back(&wide);
  }
  return uses;
}

/// Whether a value can be a product's result: not in a kernel that would compute it on its way, nor placed by its user.
bool canBeProduct(Value stored, Operation *source) {
  return llvm::none_of(usesOf(stored), [&](OpOperand *use) {
    Operation *user = use->getOwner();
    bool isInKernel = isa<TileBodyOpInterface, GatherRowsOp, ReduceMaxOp, SumOp>(user) && !isColumnReduction(user);
    return isa<ConcatOp, ReturnOp, SetOp>(user) || (isInKernel && getPhase(user) == getPhase(source));
  });
}

/// The product that is all that `value` is, in rows of as many elements.
MatmulOp productBehind(Value value) {
  auto product = lookThrough(value, /*alone=*/true).getDefiningOp<MatmulOp>();
  bool fits = product && product->hasOneUse() && isProductType(tensorType(product.getResult())) &&
              tensorType(value).getRank() > 0 && widthOf(value) == widthOf(product.getResult());
  return fits ? product : MatmulOp();
}

/// The stored row that is added to each row of a product; null if it does not lie in memory from a buffer's start on.
Value rowBehind(Value value, MatmulOp product) {
  int64_t n = widthOf(product.getResult());
  if (tensorType(value).getRank() == 0 || widthOf(value) != n || tensorType(value).getNumElements() != n)
    return {};
  Value row = lookThrough(value, /*alone=*/false);
  ViewOf view = resolveView(row);
  bool isRow = tensorType(row) == RankedTensorType::get({n}, elementOf(product.getResult())) &&
               view.layout.isRowMajor() && view.layout.offset == 0 && !view.root.getDefiningOp<ConstantOp>();
  return isRow ? row : Value();
}

/// Whether cuBLASLt could keep what gelu is taken of beside this product.
bool hasAuxRows(MatmulOp product) { return widthOf(product.getResult()) % spec::kAuxMultiple == 0; }

/// What a product takes over, and the values that it then makes.
struct Fusion {
  Epilogue epilogue;
  Value with;         // what the epilogue computes with
  Value result, side; // stored values that its results replace; a side that nothing wants is null
  Value old, flag;    // where it adds
};

/// One graph, from its products to what is computed of them.
class EpilogueFusion {
public:
  explicit EpilogueFusion(GraphOp graph) : block(graph.getBody().front()) {}

  void run() {
    for (AddOp add : llvm::to_vector(block.getOps<AddOp>()))
      fuseBias(add);
    // What gelu is taken of has its place by now.
    for (GeluBackwardOp op : llvm::to_vector(block.getOps<GeluBackwardOp>()))
      fuseGeluBackward(op);
    for (SumOp sum : llvm::to_vector(block.getOps<SumOp>()))
      if (isColumnReduction(sum))
        fuseSums(sum);
  }

private:
  // ---- forward

  void fuseBias(AddOp add) {
    for (auto [value, other] : {std::pair(add.getLhs(), add.getRhs()), std::pair(add.getRhs(), add.getLhs())}) {
      MatmulOp product = add.getType() == value.getType() ? productBehind(value) : MatmulOp();
      Value bias = product ? rowBehind(other, product) : Value();
      Value sum = bias ? storedOf(add.getResult(), elementOf(product.getResult())) : Value();
      if (!sum)
        continue;
      auto [gelu, hasBackward] = geluOf(sum);
      Value activation = gelu ? storedOf(gelu.getResult(), elementOf(sum)) : Value();
      if (activation && canBeProduct(activation, gelu) && (!hasBackward || hasAuxRows(product)))
        fuse(product, add, {Epilogue::Gelu, bias, activation, hasBackward ? sum : Value(), {}, {}});
      else if (canBeProduct(sum, add))
        fuse(product, add, {Epilogue::Bias, bias, sum, {}, {}, {}});
      return;
    }
  }

  /// The gelu of a sum, and whether its backward is there too; null if the sum is for anything else.
  static std::pair<GeluOp, bool> geluOf(Value sum) {
    GeluOp gelu;
    bool hasBackward = false;
    for (OpOperand *use : usesOf(sum)) {
      auto forward = dyn_cast<GeluOp>(use->getOwner());
      auto backward = dyn_cast<GeluBackwardOp>(use->getOwner());
      if (forward && forward.getKind() == GeluKind::Tanh && !gelu)
        gelu = forward;
      else if (backward && backward.getKind() == GeluKind::Tanh && use == &backward.getInputMutable())
        hasBackward = true;
      else
        return {};
    }
    return {gelu, hasBackward};
  }

  // ---- backward

  void fuseGeluBackward(GeluBackwardOp op) {
    MatmulOp product = op.getKind() == GeluKind::Tanh ? productBehind(op.getGrad()) : MatmulOp();
    if (!product || !hasAuxRows(product))
      return;
    Value input = lookThrough(op.getInput(), /*alone=*/false);
    auto forward = input.getDefiningOp<MatmulEpilogueOp>();
    bool isKept = forward && forward.getEpilogue() == Epilogue::Gelu && input == forward.getSide();
    Value result = storedOf(op.getResult(), elementOf(product.getResult()));
    if (!isKept || input.getType() != product.getType() || !result || !canBeProduct(result, op))
      return;
    Value sums;
    for (OpOperand *use : usesOf(result))
      if (!sums && isColumnReduction(use->getOwner()))
        sums = storedOf(use->getOwner()->getResult(0), elementOf(result));
    fuse(product, op, {Epilogue::GeluBackward, input, result, sums, {}, {}});
  }

  /// The products that read the elements of a value.
  static void collectReaders(Value value, SmallVectorImpl<Operation *> &products) {
    for (Operation *user : value.getUsers())
      if (isa<MatmulOp, MatmulAccumulateOp>(user) && isProductType(tensorType(user->getResult(0))))
        products.push_back(user);
      else if (isa<CopyOp, ReshapeOp>(user))
        collectReaders(user->getResult(0), products);
  }

  static ValueRange factorsOf(Operation *product) {
    return product->getOperands().slice(isa<MatmulAccumulateOp>(product) ? 1 : 0, 2);
  }

  /// The sums over k of one of a product's factors, which the product reads anyway.
  void fuseSums(SumOp sum) {
    SmallVector<Operation *> products;
    collectReaders(lookThrough(sum.getInput(), /*alone=*/false), products);
    for (Operation *product : products) {
      std::optional<Epilogue> epilogue = summedFactor(product, sum.getInput());
      Value sums = storedOf(sum.getResult(), elementOf(product->getResult(0)));
      auto comesBefore = [&](Operation *user) { return product->isBeforeInBlock(user); };
      if (!epilogue || !sums || !llvm::all_of(sums.getUsers(), comesBefore) || getPhase(product) != getPhase(sum))
        continue;
      Fusion fusion{*epilogue, {}, product->getResult(0), sums, {}, {}};
      if (auto accumulate = dyn_cast<MatmulAccumulateOp>(product))
        fusion.old = accumulate.getOld(), fusion.flag = accumulate.getFlag();
      return fuse(product, product, fusion);
    }
  }

  /// Which factor has the rows, over k, that are summed.
  static std::optional<Epilogue> summedFactor(Operation *product, Value rows) {
    int64_t n = widthOf(rows), k = tensorType(rows).getNumElements() / n;
    auto hasRows = [&](Value factor) {
      return tensorType(factor).getShape() == ArrayRef({k, n}) && lookThrough(factor, false) == lookThrough(rows, false);
    };
    if (!product->hasAttr("transpose_b") && hasRows(factorsOf(product)[1]))
      return Epilogue::SumB;
    if (product->hasAttr("transpose_a") && hasRows(factorsOf(product)[0]))
      return Epilogue::SumA;
    return std::nullopt;
  }

  // ---- making ops

  /// Replaces a product, and ops up to `last`, by one op in the place of `last`.
  void fuse(Operation *product, Operation *last, const Fusion &fusion) {
    OpBuilder builder(last);
    Type result = product->getResult(0).getType(), side;
    if (fusion.side) // what gelu is taken of, or sums
      side = fusion.epilogue == Epilogue::Gelu ? result : fusion.side.getType();
    ValueRange factors = factorsOf(product);
    auto fused = MatmulEpilogueOp::create(builder, product->getLoc(), result, side, fusion.epilogue, factors[0], factors[1],
                                          fusion.with, fusion.old, fusion.flag, product->hasAttr("transpose_a"),
                                          product->hasAttr("transpose_b"));
    copyScope(product, fused);
    // Everything is made before anything is erased, `last` among it.
    SmallVector<std::pair<Value, Value>> replacements{{fusion.result, fused.getResult()}};
    if (fusion.side)
      replacements.emplace_back(fusion.side, fused.getSide());
    for (auto &[old, fresh] : replacements)
      fresh = reshaped(builder, fresh, old.getType(), fused);
    for (auto [old, fresh] : replacements)
      old.replaceAllUsesWith(fresh);
    eraseDead(llvm::make_first_range(replacements));
  }

  static Value reshaped(OpBuilder &builder, Value value, Type type, Operation *source) {
    if (value.getType() == type)
      return value;
    auto reshape = ReshapeOp::create(builder, source->getLoc(), type, value);
    copyScope(source, reshape);
    return reshape;
  }

  /// Erases ops whose values nobody uses, and those that only they used.
  template <typename RangeT> static void eraseDead(const RangeT &values) {
    llvm::SetVector<Operation *> work;
    for (Value value : values)
      work.insert(value.getDefiningOp());
    while (!work.empty()) {
      Operation *op = work.pop_back_val();
      if (!op->use_empty() || !isPure(op))
        continue;
      for (Value operand : op->getOperands())
        if (Operation *source = operand.getDefiningOp())
          work.insert(source);
      op->erase();
    }
  }

  Block &block;
};

struct FuseEpilogues : weft::impl::FuseEpiloguesBase<FuseEpilogues> {
  void runOnOperation() override {
    if (!spec::getTarget(getOperation()).getEpilogues())
      return;
    for (GraphOp graph : llvm::to_vector(getOperation().getOps<GraphOp>()))
      EpilogueFusion(graph).run();
  }
};

} // namespace
