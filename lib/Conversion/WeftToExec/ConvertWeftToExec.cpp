#include "weft/Conversion/WeftToExec/Passes.h"

#include "BufferAssignment.h"
#include "InputTable.h"
#include "ProductTable.h"
#include "dialects/Exec/Exec.h"
#include "dialects/Interfaces/Scope.h"
#include "dialects/Interfaces/Target.h"

#include "llvm/ADT/StringSet.h"

namespace weft {
#define GEN_PASS_DEF_CONVERTWEFTTOEXEC
#include "weft/Conversion/WeftToExec/Passes.h.inc"
} // namespace weft

using namespace mlir;
using namespace weft;

namespace {

RankedTensorType tensorType(Value value) { return cast<RankedTensorType>(value.getType()); }

MemRefType bufferType(Value value) {
  return MemRefType::get(tensorType(value).getShape(), tensorType(value).getElementType());
}

/// Fills one exec.program from one graph.
class ProgramBuilder {
public:
  ProgramBuilder(GraphOp graph, InputTable &inputs, OpBuilder &builder, SymbolTable &symbols)
      : graph(graph), inputs(inputs), builder(builder), symbols(symbols), target(spec::getTarget(graph)),
        assignment(graph, symbols) {}

  LogicalResult build() {
    auto program = exec::ProgramOp::create(builder, graph.getLoc(), graph.getSymName());
    OpBuilder::InsertionGuard guard(builder);
    builder.createBlock(&program.getBody());
    for (Operation &op : graph.getBody().front()) {
      LogicalResult converted =
          TypeSwitch<Operation *, LogicalResult>(&op)
              .Case<LaunchOp, MatmulOp, MatmulAccumulateOp, MatmulEpilogueOp, GroupedLinearOp,
                    GroupedLinearBackwardOp, ConcatOp>(
                  [&](auto op) { return convert(op); })
              .Case<GetOp, StepValueOp, WordOp, SetOp, ConstantOp, ReturnOp>(
                  [](auto) { return success(); })
              .Default([](Operation *op) {
                if (isViewOp(op))
                  return success();
                return LogicalResult(op->emitOpError(
                    "has no place in a program: expected launches, products and views "
                    "(run convert-weft-to-tile first)"));
              });
      if (failed(converted))
        return failure();
    }
    for (auto set : graph.getBody().front().getOps<SetOp>())
      copyToVariable(set);
    return success();
  }

private:
  // ---- buffers

  /// The buffer of a value that is no view.
  Value bufferOf(Value root) {
    if (Value known = buffers.lookup(root))
      return known;
    Value made = makeBuffer(root); // may make others: no reference into the map survives it
    buffers[root] = made;
    return made;
  }

  Value makeBuffer(Value root) {
    Location loc = root.getLoc();
    MemRefType type = bufferType(root);
    if (auto argument = dyn_cast<BlockArgument>(root)) {
      return exec::InputRefOp::create(builder, loc, type,
                                      inputs.lookup(graph, argument.getArgNumber()).getSymName());
    }
    if (auto get = root.getDefiningOp<GetOp>())
      return exec::StateRefOp::create(builder, loc, type, get.getVariable());
    if (auto step = root.getDefiningOp<StepValueOp>())
      return exec::StepRefOp::create(
          builder, loc, type, *exec::symbolizeStepField(stringifyStepField(step.getField())));
    if (auto word = root.getDefiningOp<WordOp>())
      return exec::WordOp::create(builder, loc, type, word.getValueAttr());
    if (StringRef variable = assignment.variableOf(root); !variable.empty())
      return exec::StateRefOp::create(builder, loc, type, variable);
    if (Value other = assignment.takesOver(root))
      return viewAs(bufferOf(other), 0, type);
    if (std::optional<int64_t> offset = offsetInConcat(root))
      return viewAs(bufferOf(root.getUsers().begin()->getResult(0)), *offset, type);
    return exec::BufferOp::create(builder, loc, type, IntegerAttr());
  }

  Value viewAs(Value buffer, int64_t offset, MemRefType type) {
    if (buffer.getType() == type && offset == 0)
      return buffer;
    return exec::ViewOp::create(builder, buffer.getLoc(), type, buffer, offset);
  }

  /// Where in the result of a concat this value is computed, if that is all that it is for and its
  /// part is dense there.
  std::optional<int64_t> offsetInConcat(Value root) {
    if (!root.hasOneUse() || !isa_and_nonnull<LaunchOp, MatmulOp, GroupedLinearOp>(root.getDefiningOp()) ||
        !assignment.variableOf(root).empty() || assignment.takesOver(root))
      return std::nullopt;
    OpOperand &use = *root.use_begin();
    auto concat = dyn_cast<ConcatOp>(use.getOwner());
    if (!concat)
      return std::nullopt;
    ViewLayout place = placeInConcat(concat, use.getOperandNumber());
    return place.isRowMajor() ? std::optional(place.offset) : std::nullopt;
  }

  /// Where operand `number` lies in the result.
  static ViewLayout placeInConcat(ConcatOp concat, unsigned number) {
    ViewLayout whole = ViewLayout::rowMajor(concat.getType().getShape());
    SmallVector<int64_t> offsets(whole.shape.size(), 0);
    for (Value before : concat.getInputs().take_front(number))
      offsets[concat.getAxis()] += tensorType(before).getDimSize(concat.getAxis());
    return whole.sliced(offsets, tensorType(concat.getInputs()[number]).getShape());
  }

  /// A value as a kernel or a product wants to see it.
  Value operand(Value value, MemRefType type) {
    ViewOf view = resolveView(value);
    return viewAs(bufferOf(view.root), view.layout.offset, type);
  }
  Value operand(Value value) {
    return operand(value, resolveView(value).layout.memrefType(tensorType(value).getElementType()));
  }

  /// Whether the result lies in the very buffer of the operand.
  bool isSameBuffer(Value result, Value old) {
    StringRef variable = assignment.variableOf(result);
    Value root = resolveView(old).root;
    if (auto get = root.getDefiningOp<GetOp>())
      return !variable.empty() && get.getVariable() == variable;
    return assignment.takesOver(result) == root ||
           (!variable.empty() && assignment.variableOf(root) == variable);
  }

  LogicalResult requireInPlace(Operation *op, Value result, Value old) {
    if (isSameBuffer(result, old))
      return success();
    return op->emitOpError(
        "adds to a tensor that is still needed afterwards; copy it first with weft.copy");
  }

  // ---- ops

  void launch(Operation *source, tile::KernelOp kernel, ValueRange operands) {
    auto op = exec::LaunchOp::create(builder, source->getLoc(), kernel.getSymName(), operands);
    copyScope(source, op);
  }

  LogicalResult convert(LaunchOp op) {
    auto kernel = symbols.lookup<tile::KernelOp>(op.getKernel());
    if (!kernel)
      return op.emitOpError() << "expected a tile.kernel named '" << op.getKernel() << "'";
    if (kernel->hasAttr("in_place_required") &&
        failed(requireInPlace(op, op.getResult(0), op.getOperands()[0])))
      return failure();
    SmallVector<Value> operands;
    ArrayRef<Type> types = kernel.getArgumentTypes();
    for (Value value : op.getOperands())
      operands.push_back(operand(value, cast<MemRefType>(types[operands.size()])));
    for (Value value : op.getResults())
      operands.push_back(viewAs(bufferOf(value), 0, cast<MemRefType>(types[operands.size()])));
    launch(op, kernel, operands);
    return success();
  }

  template <typename ProductT> FailureOr<exec::MatmulOp> product(ProductT op, exec::Accumulate accumulate) {
    RankedTensorType type = tensorType(op.getResult());
    std::optional<exec::Library> library = target.getLibrary(type.getElementType());
    if (!library)
      return op.emitOpError("is a product of ") << type.getElementType() << ", which no library of the module's target, "
                                                << target << ", has: run weft-widen-arithmetic{products} first";
    ArrayRef<int64_t> shape = type.getShape(), lhs = tensorType(op.getLhs()).getShape();
    int64_t k = lhs[lhs.size() - (op.getTransposeA() ? 2 : 1)];
    ProductChoice choice = chooseProduct(target, *library, shape[shape.size() - 2], shape.back(), k,
                                         exec::getByteSize(bufferType(op.getResult())));
    Value a = operand(op.getLhs()), b = operand(op.getRhs()), c = bufferOf(op.getResult());
    auto matmul = exec::MatmulOp::create(
        builder, op.getLoc(), a, b, c, workspace(op.getLoc(), choice.workspaceBytes), /*bias=*/Value(), /*aux=*/Value(),
        op.getTransposeA(), op.getTransposeB(), accumulate, ArrayRef<int64_t>{choice.blockM, choice.blockN}, *library,
        target.getTf32() && type.getElementType().isF32(), /*epilogue=*/nullptr);
    copyScope(op, matmul);
    return matmul;
  }

  /// For one product: no byte of it is needed longer than that.
  Value workspace(Location loc, int64_t bytes) {
    if (bytes == 0)
      return Value();
    auto type = MemRefType::get({int64_t(llvm::divideCeil(bytes, 4))}, builder.getI32Type());
    return exec::BufferOp::create(builder, loc, type, IntegerAttr());
  }

  LogicalResult convert(MatmulOp op) {
    return product(op, exec::Accumulate::Overwrite);
  }

  LogicalResult convert(MatmulAccumulateOp op) {
    if (failed(requireInPlace(op, op.getResult(), op.getOld())))
      return failure();
    return product(op, op.getFlag() ? exec::Accumulate::AddByStep : exec::Accumulate::Add);
  }

  LogicalResult convert(MatmulEpilogueOp op) {
    if (op.getOld() && failed(requireInPlace(op, op.getResult(), op.getOld())))
      return failure();
    Value with = op.getWith() ? operand(op.getWith()) : Value(), side = op.getSide() ? bufferOf(op.getSide()) : Value();
    FailureOr<exec::MatmulOp> matmul = product(op, op.getFlag()  ? exec::Accumulate::AddByStep
                                        : op.getOld() ? exec::Accumulate::Add
                                                      : exec::Accumulate::Overwrite);
    if (failed(matmul))
      return failure();
    matmul->setEpilogue(op.getEpilogue());
    bool addsBias = spec::addsBias(op.getEpilogue());
    if (Value bias = addsBias ? with : side)
      matmul->getBiasMutable().assign(bias);
    if (Value aux = addsBias ? side : with)
      matmul->getAuxMutable().assign(aux);
    return success();
  }

  // ---- products by expert

  /// OpenBLAS for all types: oneDNN generates code for shapes that it has not seen, and these change
  /// from step to step.
  void groupedProduct(Operation *op, exec::Grouping grouping, Value a, Value b, Value offsets,
                      bool transposeB, exec::Accumulate accumulate) {
    MemRefType type = bufferType(op->getResult(0));
    int64_t m = tensorType(a).getDimSize(grouping == exec::Grouping::Inner);
    int64_t k = tensorType(a).getDimSize(grouping == exec::Grouping::Rows);
    ProductChoice choice = chooseProduct(target, exec::Library::OpenBLAS, m, type.getShape().back(), k, /*resultBytes=*/0);
    auto matmul = exec::GroupedMatmulOp::create(
        builder, op->getLoc(), grouping, operand(a), operand(b), bufferOf(op->getResult(0)),
        operand(offsets), transposeB, accumulate, ArrayRef<int64_t>{choice.blockM, choice.blockN},
        exec::Library::OpenBLAS);
    copyScope(op, matmul);
  }

  LogicalResult convert(GroupedLinearOp op) {
    groupedProduct(op, exec::Grouping::Rows, op.getRows(), op.getWeight(), op.getOffsets(),
                   op.getWeightLayout() == WeightLayout::OutIn, exec::Accumulate::Overwrite);
    return success();
  }

  LogicalResult convert(GroupedLinearBackwardOp op) {
    if (op.getOld() && failed(requireInPlace(op, op.getResult(), op.getOld())))
      return failure();
    exec::Accumulate accumulate = op.getFlag()  ? exec::Accumulate::AddByStep
                                  : op.getOld() ? exec::Accumulate::Add
                                                : exec::Accumulate::Overwrite;
    groupedProduct(op, exec::Grouping::Inner, op.getLhs(), op.getRhs(), op.getOffsets(), false,
                   accumulate);
    return success();
  }

  LogicalResult convert(ConcatOp op) {
    auto kernels = op->getAttrOfType<ArrayAttr>("kernels");
    if (!kernels || kernels.size() != op.getInputs().size())
      return op.emitOpError(
          "expected a copy kernel for each operand (run convert-weft-to-tile first)");
    // Operands start one after the other: a running offset, since there may be hundreds.
    ViewLayout whole = ViewLayout::rowMajor(op.getType().getShape());
    SmallVector<int64_t> offsets(whole.shape.size(), 0);
    for (auto [input, symbol] : llvm::zip(op.getInputs(), kernels)) {
      ArrayRef<int64_t> sizes = tensorType(input).getShape();
      ViewLayout place = whole.sliced(offsets, sizes);
      offsets[op.getAxis()] += sizes[op.getAxis()];
      if (!offsetInConcat(input))
        copy(op, cast<FlatSymbolRefAttr>(symbol), input, bufferOf(op.getResult()), place.offset);
    }
    return success();
  }

  void copy(Operation *source, FlatSymbolRefAttr symbol, Value from, Value to, int64_t offset) {
    auto kernel = symbols.lookup<tile::KernelOp>(symbol.getValue());
    ArrayRef<Type> types = kernel.getArgumentTypes();
    launch(source, kernel,
           {operand(from, cast<MemRefType>(types[0])),
            viewAs(to, offset, cast<MemRefType>(types[1]))});
  }

  /// A value that could not be computed in its variable's own buffer is copied there at the end.
  void copyToVariable(SetOp set) {
    if (assignment.variableOf(set.getValue()) == set.getVariable())
      return;
    Value state = exec::StateRefOp::create(builder, set.getLoc(), bufferType(set.getValue()),
                                           set.getVariable());
    copy(set, set->getAttrOfType<FlatSymbolRefAttr>("kernel"), set.getValue(), state, 0);
  }

  GraphOp graph;
  InputTable &inputs;
  OpBuilder &builder;
  SymbolTable &symbols;
  spec::TargetAttr target;
  BufferAssignment assignment;
  DenseMap<Value, Value> buffers; // looked up only
};

struct ConvertWeftToExec : weft::impl::ConvertWeftToExecBase<ConvertWeftToExec> {
  void runOnOperation() override {
    ModuleOp module = getOperation();
    SmallVector<GraphOp> graphs(module.getOps<GraphOp>());
    if (graphs.empty())
      return; // nothing to run, or converted before
    SymbolTable symbols(module);
    OpBuilder builder = OpBuilder::atBlockEnd(module.getBody());
    auto target = createModule(builder, symbols);
    builder.createBlock(&target.getBody());
    createStates(builder);
    InputTable inputs(module);
    for (GraphOp graph : graphs)
      if (failed(inputs.addArguments(graph, builder)))
        return signalPassFailure();
    createInit(builder);
    for (GraphOp graph : graphs)
      if (failed(ProgramBuilder(graph, inputs, builder, symbols).build()))
        return signalPassFailure();
    for (EntryOp entry : llvm::make_early_inc_range(module.getOps<EntryOp>())) {
      convertEntry(entry, symbols, inputs, builder);
      entry.erase();
    }
    for (GraphOp graph : graphs)
      graph.erase();
    for (auto variable : llvm::make_early_inc_range(module.getOps<VariableOp>()))
      variable.erase();
    eraseUnusedKernels(target);
  }

private:
  exec::ModuleOp createModule(OpBuilder &builder, SymbolTable &symbols) {
    // The executable shows this name: a kernel that has it too gets another.
    StringRef name = getOperation().getSymName().value_or("model");
    if (auto other = symbols.lookup<tile::KernelOp>(name))
      (void)symbols.renameToUnique(other, {});
    return exec::ModuleOp::create(builder, getOperation().getLoc(), builder.getStringAttr(name),
                                  IntegerAttr(), IntegerAttr(), IntegerAttr(), IntegerAttr());
  }

  void createStates(OpBuilder &builder) {
    for (auto variable : getOperation().getOps<VariableOp>()) {
      auto type = MemRefType::get(variable.getTensorType().getShape(),
                                  variable.getTensorType().getElementType());
      exec::StateOp::create(builder, variable.getLoc(), variable.getSymNameAttr(),
                            TypeAttr::get(type), IntegerAttr(), variable.getRoleAttr(),
                            variable.getLogicalAttr(), variable.getInitAttr(),
                            variable.getKeyAttr(), variable.getPaddingRowsAttr());
    }
  }

  void createInit(OpBuilder &builder) {
    auto program = exec::ProgramOp::create(builder, getOperation().getLoc(), "init");
    OpBuilder::InsertionGuard guard(builder);
    builder.createBlock(&program.getBody());
    for (auto variable : getOperation().getOps<VariableOp>())
      exec::InitializeOp::create(builder, variable.getLoc(), variable.getSymName());
  }

  /// The counts are those of the first graph and of its first argument of the data.
  void convertEntry(EntryOp entry, SymbolTable &symbols, InputTable &inputs, OpBuilder &builder) {
    auto name = cast<FlatSymbolRefAttr>(entry.getGraphs()[0]).getAttr();
    auto graph = symbols.lookup<GraphOp>(name);
    SmallVector<Attribute> arguments;
    int64_t sequences = 1, tokens = 1;
    for (unsigned i = graph.getNumArguments(); i-- > 0;) {
      arguments.push_back(FlatSymbolRefAttr::get(inputs.lookup(graph, i).getSymNameAttr()));
      if (graph.getArgAttr(i, kFromDataAttr))
        continue;
      auto type = cast<RankedTensorType>(graph.getArgumentTypes()[i]);
      sequences = type.getRank() ? type.getDimSize(0) : 1;
      tokens = type.getNumElements();
    }
    std::reverse(arguments.begin(), arguments.end());
    auto flops = graph->getAttrOfType<FloatAttr>("flops");
    exec::EntryOp::create(builder, entry.getLoc(), entry.getKindAttr(), entry.getNameAttr(),
                          entry.getModelAttr(), entry.getGraphs(), builder.getArrayAttr(arguments),
                          entry.getMetrics(), builder.getI64IntegerAttr(sequences),
                          builder.getI64IntegerAttr(tokens),
                          flops ? flops : builder.getF64FloatAttr(0));
  }

  void eraseUnusedKernels(exec::ModuleOp target) {
    llvm::StringSet<> launched;
    target.walk([&](exec::LaunchOp op) { launched.insert(op.getKernel()); });
    for (auto kernel : llvm::make_early_inc_range(getOperation().getOps<tile::KernelOp>()))
      if (!launched.contains(kernel.getSymName()))
        kernel.erase();
  }
};

} // namespace
