#include "weft/Conversion/WeftToTile/Passes.h"

#include "AttentionKernel.h"
#include "Decompose.h"
#include "KernelBuilder.h"
#include "dialects/Interfaces/Scope.h"

#include "llvm/ADT/SetVector.h"
#include "llvm/ADT/StringMap.h"

namespace weft {
#define GEN_PASS_DEF_CONVERTWEFTTOTILE
#include "weft/Conversion/WeftToTile/Passes.h.inc"
} // namespace weft

using namespace mlir;
using namespace weft;

namespace {

/// The kernels of a module: equal ones are built once.
class KernelTable {
public:
  KernelTable(ModuleOp module, const KernelOptions &options)
      : symbols(module), builder(module.getBodyRegion()), options(options) {
    builder.setInsertionPointToStart(module.getBody());
  }

  /// The kernel of a group whose operands and results lie as the layouts say.
  tile::KernelOp kernelOf(GroupOp group, ArrayRef<ViewLayout> resultLayouts = {}) {
    SmallVector<ViewLayout> layouts;
    for (Value operand : group.getOperands())
      layouts.push_back(resolveView(operand).layout);
    IterationSpace space = IterationSpace::of(group, layouts, resultLayouts);
    tile::KernelOp &kernel = kernels[keyOf(group, space)];
    if (!kernel) {
      kernel = buildKernel(builder, nameOf(group), group, space, options);
      symbols.insert(kernel);
    }
    return kernel;
  }

  tile::KernelOp kernelOf(EmbeddingBackwardOp op) {
    return kernelOf(op, [&] { return buildScatterKernel(builder, "embedding_backward", op, options); });
  }
  tile::KernelOp kernelOf(TopKOp op) {
    return kernelOf(op, [&] { return buildTopKKernel(builder, op); });
  }
  tile::KernelOp kernelOf(RouteOp op) {
    return kernelOf(op, [&] { return buildRouteKernel(builder, op); });
  }
  tile::KernelOp kernelOf(GroupedLinearOp op) {
    return kernelOf(op, [&] { return buildGroupedLinearKernel(builder, op, options); });
  }
  tile::KernelOp kernelOf(GroupedLinearBackwardOp op) {
    return kernelOf(op, [&] { return buildGroupedLinearBackwardKernel(builder, op, options); });
  }

  tile::KernelOp kernelOf(AttentionOp op) {
    SmallVector<Type> types = argumentTypes(op);
    return kernelOf(op, [&] { return buildAttentionKernel(builder, op, types, options); }, types);
  }
  tile::KernelOp kernelOf(AttentionBackwardOp op, AttentionGradients of) {
    SmallVector<Type> types = argumentTypes(op);
    return kernelOf(op, [&] { return buildAttentionBackwardKernel(builder, op, of, types, options); }, types,
                    static_cast<int>(of));
  }

  /// The kernel that copies a value to where `target` says.
  tile::KernelOp copyKernel(Value value, const ViewLayout &target) {
    OpBuilder::InsertionGuard guard(builder);
    builder.setInsertionPointAfterValue(value);
    auto group = GroupOp::create(builder, value.getLoc(), TypeRange(value.getType()), value);
    Block *body = builder.createBlock(&group.getBody());
    Value copy =
        CopyOp::create(builder, value.getLoc(), body->addArgument(value.getType(), value.getLoc()));
    YieldOp::create(builder, value.getLoc(), copy);
    builder.setInsertionPointToStart(cast<ModuleOp>(symbols.getOp()).getBody());
    tile::KernelOp kernel = kernelOf(group, target);
    group.erase();
    return kernel;
  }

private:
  /// The buffers of an op's operands as they lie, and of its results.
  static SmallVector<Type> argumentTypes(Operation *op) {
    SmallVector<Type> types;
    for (Value operand : op->getOperands())
      types.push_back(resolveView(operand).layout.memrefType(getTensorType(operand).getElementType()));
    for (Value result : op->getResults())
      types.push_back(MemRefType::get(getTensorType(result).getShape(), getTensorType(result).getElementType()));
    return types;
  }

  /// The kernel of an op that is one by itself: equal ones by types, attributes, and how operands lie.
  /// `part`: which of several kernels of the op.
  tile::KernelOp kernelOf(Operation *op, function_ref<tile::KernelOp()> build, ArrayRef<Type> layouts = {},
                          int part = 0) {
    std::string key = op->getName().getStringRef().str();
    llvm::raw_string_ostream os(key);
    os << ' ' << part << ' ' << op->getPropertiesAsAttribute().getAsOpaquePointer();
    for (Type type : layouts)
      os << ' ' << type.getAsOpaquePointer();
    for (Type type : llvm::concat<const Type>(op->getOperandTypes(), op->getResultTypes()))
      os << ' ' << type.getAsOpaquePointer();
    tile::KernelOp &kernel = kernels[key];
    if (!kernel) {
      kernel = build();
      symbols.insert(kernel);
    }
    return kernel;
  }

  /// Two groups get one key if the same kernel serves both: same ops, same types, same layouts.
  /// Types and attributes are unique objects, so their addresses stand for them (only equality
  /// counts).
  std::string keyOf(GroupOp group, const IterationSpace &space) {
    std::string key;
    llvm::raw_string_ostream os(key);
    DenseMap<Value, unsigned> numbers;
    for (Value argument : group.getBody().getArguments())
      numbers.insert({argument, numbers.size()});
    for (Operation &op : group.getBody().front()) {
      os << op.getName().getStringRef() << '(';
      for (Value operand : op.getOperands())
        os << numbers.lookup(operand) << ' ';
      for (NamedAttribute attr : op.getAttrs())
        if (attr.getName() != kScopeAttr && attr.getName() != kPhaseAttr &&
            attr.getName() != kOriginAttr)
          os << attr.getName().getValue() << '=' << attr.getValue().getAsOpaquePointer() << ' ';
      os << op.getPropertiesAsAttribute().getAsOpaquePointer() << ')';
      for (Value result : op.getResults())
        numbers.insert({result, numbers.size()});
    }
    os << static_cast<int>(space.kind);
    for (int64_t size : space.shape)
      os << 'x' << size;
    for (const Access &access : llvm::concat<const Access>(space.arguments, space.results)) {
      os << ' ' << access.type.getAsOpaquePointer();
      for (int64_t dim : access.dims)
        os << ',' << dim;
    }
    return key;
  }

  /// "add_layer_norm": the ops that the group came from, each once, plain arithmetic left out where
  /// there is anything else to say.
  static std::string nameOf(GroupOp group) {
    llvm::SetVector<StringRef> all, telling;
    for (Operation &op : group.getBody().front().without_terminator()) {
      StringRef name = op.getName().stripDialect();
      if (auto origin = op.getAttrOfType<StringAttr>(kOriginAttr))
        name = origin.getValue();
      if (isa<ConstantOp>(op) && !op.hasAttr(kOriginAttr))
        continue;
      all.insert(name);
      if (!llvm::is_contained({"mul", "sub", "div", "cast", "broadcast", "copy", "neg"}, name))
        telling.insert(name);
    }
    ArrayRef<StringRef> names = telling.empty() ? all.getArrayRef() : telling.getArrayRef();
    return llvm::join(names.take_front(4), "_");
  }

  SymbolTable symbols;
  OpBuilder builder;
  const KernelOptions &options;
  llvm::StringMap<tile::KernelOp> kernels;
};

struct ConvertWeftToTile : weft::impl::ConvertWeftToTileBase<ConvertWeftToTile> {
  using ConvertWeftToTileBase::ConvertWeftToTileBase;

  void runOnOperation() override {
    KernelOptions options{tileBytes, chunk, spec::getTarget(getOperation())};
    if (failed(checkSizes(options)))
      return signalPassFailure();
    KernelTable table(getOperation(), options);
    SmallVector<Operation *> work;
    getOperation().walk([&](Operation *op) {
      if (isa<GroupOp, EmbeddingBackwardOp, TopKOp, RouteOp, AttentionOp, AttentionBackwardOp, ConcatOp, SetOp>(op) ||
          (options.target.getGroupedKernels() && isa<GroupedLinearOp, GroupedLinearBackwardOp>(op)))
        work.push_back(op);
    });
    for (Operation *op : work) {
      if (auto group = dyn_cast<GroupOp>(op))
        launch(group, table.kernelOf(group));
      else if (auto scatter = dyn_cast<EmbeddingBackwardOp>(op))
        launch(scatter, table.kernelOf(scatter));
      else if (auto topK = dyn_cast<TopKOp>(op))
        launch(topK, table.kernelOf(topK));
      else if (auto route = dyn_cast<RouteOp>(op))
        launch(route, table.kernelOf(route));
      else if (auto product = dyn_cast<GroupedLinearOp>(op))
        launch(product, table.kernelOf(product));
      else if (auto product = dyn_cast<GroupedLinearBackwardOp>(op))
        launch(product, table.kernelOf(product));
      else if (auto attention = dyn_cast<AttentionOp>(op))
        launch(attention, table.kernelOf(attention));
      else if (auto attention = dyn_cast<AttentionBackwardOp>(op))
        launchBackward(attention, table);
      else if (auto concat = dyn_cast<ConcatOp>(op))
        noteCopies(concat, table);
      else
        noteCopy(cast<SetOp>(op), table);
    }
  }

  /// Flat chunks are whole tiles, of elements of any type.
  LogicalResult checkSizes(const KernelOptions &options) {
    for (int64_t bytes : {options.tileBytes, options.rowBytes() ? options.rowBytes() : options.tileBytes})
      if (bytes < 8 || !llvm::isPowerOf2_64(bytes) || chunk < 1 || chunk % (bytes / 4) != 0)
        return getOperation().emitError("expected tiles of a power of two of at least 8 bytes and a chunk of a multiple of their "
                                        "elements, got: ")
               << bytes << " and " << int64_t(chunk);
    return success();
  }

  static void launch(Operation *op, tile::KernelOp kernel) {
    OpBuilder builder(op);
    auto launch = LaunchOp::create(builder, op->getLoc(), op->getResultTypes(), kernel.getSymName(),
                                   op->getOperands());
    copyScope(op, launch);
    op->replaceAllUsesWith(launch);
    op->erase();
  }

  void launchBackward(AttentionBackwardOp op, KernelTable &table) {
    if (!spec::getTarget(op).getSeparateBackward())
      return launch(op, table.kernelOf(op, AttentionGradients::All));
    OpBuilder builder(op);
    SmallVector<Value> gradients;
    auto add = [&](AttentionGradients of, TypeRange types) {
      auto launch = LaunchOp::create(builder, op.getLoc(), types, table.kernelOf(op, of).getSymName(),
                                     op->getOperands());
      copyScope(op, launch);
      llvm::append_range(gradients, launch.getResults());
    };
    add(AttentionGradients::Queries, op.getDq().getType());
    add(AttentionGradients::Keys, {op.getDk().getType(), op.getDv().getType()});
    op->replaceAllUsesWith(gradients);
    op->erase();
  }

  /// A concat keeps its form; beside it stand the kernels that bring each operand to its place.
  static void noteCopies(ConcatOp concat, KernelTable &table) {
    ViewLayout whole = ViewLayout::rowMajor(concat.getType().getShape());
    SmallVector<int64_t> offsets(whole.shape.size(), 0);
    SmallVector<Attribute> kernels;
    for (Value input : concat.getInputs()) {
      ArrayRef<int64_t> sizes = cast<RankedTensorType>(input.getType()).getShape();
      ViewLayout place = whole.sliced(offsets, sizes);
      offsets[concat.getAxis()] += sizes[concat.getAxis()];
      kernels.push_back(FlatSymbolRefAttr::get(table.copyKernel(input, place)));
    }
    concat->setAttr("kernels", ArrayAttr::get(concat.getContext(), kernels));
  }

  /// A set is usually done in place; where it is not, this kernel copies.
  static void noteCopy(SetOp set, KernelTable &table) {
    auto type = cast<RankedTensorType>(set.getValue().getType());
    ViewLayout whole = ViewLayout::rowMajor(type.getShape());
    set->setAttr("kernel", FlatSymbolRefAttr::get(table.copyKernel(set.getValue(), whole)));
  }
};

} // namespace
