#include "ExecToLLVMTables.h"

#include "ABIEnums.h"
#include "dialects/Interfaces/Scope.h"
#include "mlir/Dialect/LLVMIR/NVVMDialect.h"
#include "weft/Target/CPU/StepBlock.h"

using namespace mlir;

namespace weft {

static constexpr llvm::StringLiteral kModuleSymbol = "weft_module";

// Types were verified before.
static WeftDType getDType(MemRefType type) { return *findDType(type.getElementType()); }

static ArrayRef<int64_t> getPaddingRows(exec::StateOp op) {
  return op.getPaddingRows().value_or(ArrayRef<int64_t>());
}

static Value buildState(ConstantBuilder &constants, OpBuilder &b, exec::StateOp op,
                        LLVM::GlobalOp name, LLVM::GlobalOp logical, LLVM::GlobalOp dims,
                        LLVM::GlobalOp paddingRows) {
  auto type = cast<MemRefType>(op.getType());
  std::optional<int64_t> zeroRow = op.getInit().getZeroRow();
  Value init = StructWriter(b, constants.getLoc(), constants.getTypes().init)
                   .integer(toABI(op.getInit().getKind()))
                   .integer(zeroRow.has_value())
                   .real(op.getInit().getValue())
                   .integer(op.getKey().value_or(0))
                   .integer(zeroRow.value_or(0))
                   .finish();
  return StructWriter(b, constants.getLoc(), constants.getTypes().state)
      .address(name)
      .address(logical)
      .integer(toABI(op.getRole()))
      .integer(getDType(type))
      .integer(type.getRank())
      .address(dims)
      .integer(*op.getAt())
      .integer(exec::getByteSize(type))
      .nested(init)
      .integer(int64_t(getPaddingRows(op).size()))
      .address(paddingRows)
      .finish();
}

LLVM::GlobalOp buildStates(ConstantBuilder &constants, ArrayRef<exec::StateOp> states) {
  SmallVector<std::array<LLVM::GlobalOp, 4>> parts;
  for (exec::StateOp op : states)
    parts.push_back({constants.string(op.getSymName()),
                     constants.string(op.getLogical().value_or("")),
                     constants.dims(cast<MemRefType>(op.getType()).getShape()),
                     constants.dims(getPaddingRows(op))});
  return constants.array("weft_states", constants.getTypes().state, states.size(),
                         [&](OpBuilder &b, size_t i) {
                           auto [name, logical, dims, padding] = parts[i];
                           return buildState(constants, b, states[i], name, logical, dims, padding);
                         });
}

static Value buildInput(ConstantBuilder &constants, OpBuilder &b, exec::InputOp op,
                        LLVM::GlobalOp name, LLVM::GlobalOp dims) {
  auto type = cast<MemRefType>(op.getType());
  std::optional<int64_t> limit = op.getLimit(), ignored = op.getIgnored();
  return StructWriter(b, constants.getLoc(), constants.getTypes().input)
      .address(name)
      .integer(getDType(type))
      .integer(op.getFromData())
      .integer(type.getRank())
      .address(dims)
      .integer(*op.getAt())
      .integer(exec::getByteSize(type))
      .integer(limit.value_or(-1))
      .integer(ignored.value_or(0))
      .integer(ignored.has_value())
      .finish();
}

LLVM::GlobalOp buildInputs(ConstantBuilder &constants, const Twine &name,
                           ArrayRef<exec::InputOp> inputs) {
  SmallVector<std::array<LLVM::GlobalOp, 2>> parts;
  for (exec::InputOp op : inputs)
    parts.push_back({constants.string(op.getArgument().value_or(op.getSymName())),
                     constants.dims(cast<MemRefType>(op.getType()).getShape())});
  return constants.array(name, constants.getTypes().input, inputs.size(),
                         [&](OpBuilder &b, size_t i) {
                           return buildInput(constants, b, inputs[i], parts[i][0], parts[i][1]);
                         });
}

LLVM::GlobalOp buildKernels(ConstantBuilder &constants, ArrayRef<KernelRecord> kernels) {
  auto names = llvm::map_to_vector(
      kernels, [&](const KernelRecord &kernel) { return constants.string(kernel.name); });
  LLVM::LLVMStructType type = constants.getTypes().kernel;
  return constants.array("weft_kernels", type, kernels.size(), [&](OpBuilder &b, size_t i) {
    const KernelRecord &kernel = kernels[i];
    StructWriter writer(b, constants.getLoc(), type);
    writer.address(names[i]);
    kernel.function ? writer.address(kernel.function) : writer.null();
    return writer.integer(kernel.numArguments)
        .integer(kernel.threads)
        .integer(kernel.sharedBytes)
        .finish();
  });
}

LLVM::GlobalOp buildImages(ConstantBuilder &constants, gpu::BinaryOp binary) {
  SmallVector<std::tuple<LLVM::GlobalOp, LLVM::GlobalOp, int64_t, bool>> parts;
  if (binary)
    for (auto [i, object] : llvm::enumerate(binary.getObjects().getAsRange<gpu::ObjectAttr>())) {
      StringRef contents = object.getObject().getValue();
      bool isPTX = object.getFormat() == gpu::CompilationTarget::Assembly;
      std::string terminated = contents.str() + '\0';
      StringRef arch = cast<NVVM::NVVMTargetAttr>(object.getTarget()).getChip();
      parts.push_back({constants.string(arch), constants.bytes("weft_image_" + Twine(i), terminated),
                       int64_t(contents.size()), isPTX});
    }
  LLVM::LLVMStructType type = constants.getTypes().image;
  return constants.array("weft_images", type, parts.size(), [&](OpBuilder &b, size_t i) {
    auto [arch, data, size, isPTX] = parts[i];
    return StructWriter(b, constants.getLoc(), type)
        .address(arch)
        .address(data)
        .integer(size)
        .integer(isPTX)
        .finish();
  });
}

LLVM::GlobalOp buildLaunch(ConstantBuilder &constants, LLVM::GlobalOp kernels, int64_t kernel,
                           exec::LaunchOp op, int64_t grid, int64_t ordinal) {
  LLVM::GlobalOp scope = constants.string(getScope(op)), phase = constants.string(getPhase(op)),
                 location = constants.location(op);
  LLVM::LLVMStructType type = constants.getTypes().launch;
  return constants.global("weft_launch_" + Twine(ordinal), type, [&](OpBuilder &b) {
    return StructWriter(b, constants.getLoc(), type)
        .element(kernels, kernel)
        .address(scope)
        .address(phase)
        .integer(grid)
        .address(location)
        .finish();
  });
}

namespace {

// How an operand lies in memory: its strides over batch dimensions, and its last two dimensions as
// rows of `leading` elements each, exchanged if `transposed`.
struct OperandLayout {
  explicit OperandLayout(MemRefType type) {
    SmallVector<int64_t> strides = type.getStridesAndOffset().first;
    int64_t rowStride = strides.end()[-2], columnStride = strides.back();
    transposed = columnStride != 1 || rowStride < type.getShape().back();
    leading = transposed ? columnStride : rowStride;
    batch.assign(strides.begin(), strides.end() - 2);
  }

  bool transposed;
  int64_t leading;
  SmallVector<int64_t> batch;
};

} // namespace

LLVM::GlobalOp buildMatmul(ConstantBuilder &constants, exec::MatmulOp op, int64_t ordinal) {
  MemRefType aType = op.getA().getType(), cType = op.getC().getType();
  OperandLayout a(aType), b(op.getB().getType()), c(cType);
  int64_t k = aType.getShape().end()[op.getTransposeA() ? -2 : -1];
  ArrayRef<int64_t> batch = cType.getShape().drop_back(2);
  LLVM::GlobalOp scope = constants.string(getScope(op)), phase = constants.string(getPhase(op)),
                 location = constants.location(op);
  auto workspace = op.getWorkspace() ? op.getWorkspace().getDefiningOp<exec::BufferOp>() : nullptr;
  LLVM::LLVMStructType type = constants.getTypes().matmul;
  return constants.global("weft_matmul_" + Twine(ordinal), type, [&](OpBuilder &builder) {
    return StructWriter(builder, constants.getLoc(), type)
        .address(scope)
        .address(phase)
        .integer(getDType(cType))
        .integer(toABI(op.getLibrary()))
        .integer(toABI(op.getAccumulate()))
        .integer(op.getTransposeA() != a.transposed)
        .integer(op.getTransposeB() != b.transposed)
        .integer(int64_t(batch.size()))
        .integer(cType.getShape().end()[-2])
        .integer(cType.getShape().back())
        .integer(k)
        .integer(a.leading)
        .integer(b.leading)
        .integer(c.leading)
        .integer(op.getBlock()[0])
        .integer(op.getBlock()[1])
        .integers(batch)
        .integers(a.batch)
        .integers(b.batch)
        .integers(c.batch)
        .integer(WEFT_UNGROUPED)
        .integer(0)
        .integer(workspace ? *workspace.getAt() : 0)
        .integer(workspace ? exec::getByteSize(workspace.getResult().getType()) : 0)
        .integer(op.getTf32())
        .integer(op.getEpilogue() ? toABI(*op.getEpilogue()) : WEFT_EPILOGUE_NONE)
        .address(location)
        .finish();
  });
}

// Whole matrices: leading dimensions are rows' sizes, and a group's B or C follows the other.
LLVM::GlobalOp buildGroupedMatmul(ConstantBuilder &constants, exec::GroupedMatmulOp op,
                                  int64_t ordinal) {
  MemRefType a = op.getA().getType(), b = op.getB().getType(), c = op.getC().getType();
  bool isInner = op.getGrouping() == exec::Grouping::Inner;
  int64_t strideB = isInner ? 0 : b.getNumElements() / b.getDimSize(0);
  int64_t strideC = isInner ? c.getNumElements() / c.getDimSize(0) : 0;
  LLVM::GlobalOp scope = constants.string(getScope(op)), phase = constants.string(getPhase(op)),
                 location = constants.location(op);
  LLVM::LLVMStructType type = constants.getTypes().matmul;
  return constants.global("weft_matmul_" + Twine(ordinal), type, [&](OpBuilder &builder) {
    return StructWriter(builder, constants.getLoc(), type)
        .address(scope)
        .address(phase)
        .integer(getDType(c))
        .integer(toABI(op.getLibrary()))
        .integer(toABI(op.getAccumulate()))
        .integer(isInner)
        .integer(op.getTransposeB())
        .integer(0)
        .integer(isInner ? a.getDimSize(1) : a.getDimSize(0))
        .integer(c.getShape().back())
        .integer(isInner ? a.getDimSize(0) : a.getDimSize(1))
        .integer(a.getShape().back())
        .integer(b.getShape().back())
        .integer(c.getShape().back())
        .integer(op.getBlock()[0])
        .integer(op.getBlock()[1])
        .integers({})
        .integers({})
        .integers({strideB})
        .integers({strideC})
        .integer(toABI(op.getGrouping()))
        .integer(op.getOffsets().getType().getDimSize(0) - 1)
        .integer(0)
        .integer(0)
        .integer(0)
        .integer(WEFT_EPILOGUE_NONE)
        .address(location)
        .finish();
  });
}

namespace {

/// The places that symbols of one kind have in their table.
template <typename OpT> struct Places {
  explicit Places(exec::ModuleOp module) {
    for (auto op : module.getOps<OpT>()) {
      place[op.getSymName()] = static_cast<int64_t>(ops.size());
      ops.push_back(op);
    }
  }

  SmallVector<int64_t> of(ArrayAttr symbols) const {
    return llvm::map_to_vector(symbols.getAsRange<FlatSymbolRefAttr>(),
                               [&](FlatSymbolRefAttr s) { return place.lookup(s.getValue()); });
  }

  SmallVector<OpT> ops;
  llvm::StringMap<int64_t> place;
};

} // namespace

LLVM::GlobalOp buildEntries(ConstantBuilder &constants, exec::ModuleOp module,
                            LLVM::GlobalOp states, LLVM::GlobalOp programs) {
  Places<exec::StateOp> stateOf(module);
  Places<exec::ProgramOp> programOf(module);
  Places<exec::InputOp> inputOf(module);
  SmallVector<exec::EntryOp> entries(module.getOps<exec::EntryOp>());
  SmallVector<std::array<LLVM::GlobalOp, 3>> parts;
  for (auto [i, op] : llvm::enumerate(entries)) {
    auto inputs = llvm::map_to_vector(inputOf.of(op.getInputs()),
                                      [&](int64_t place) { return inputOf.ops[place]; });
    parts.push_back({constants.string(op.getName()), constants.string(op.getModel()),
                     buildInputs(constants, "weft_inputs_" + Twine(i), inputs)});
  }
  LLVM::LLVMStructType type = constants.getTypes().entry;
  return constants.array("weft_entries", type, entries.size(), [&](OpBuilder &b, size_t i) {
    auto [name, model, inputs] = parts[i];
    exec::EntryOp op = entries[i];
    return StructWriter(b, constants.getLoc(), type)
        .address(kModuleSymbol)
        .address(name)
        .address(model)
        .integer(toABI(op.getKind()))
        .elements(programs, programOf.of(op.getPrograms()))
        .elements(states, stateOf.of(op.getMetrics()))
        .integer(int64_t(op.getInputs().size()))
        .address(inputs)
        .integer(op.getSequences())
        .integer(op.getTokens())
        .real(op.getFlops().convertToDouble())
        .finish();
  });
}

int64_t getStepBytes(exec::ModuleOp module) {
  return sizeof(WeftStep) + llvm::alignTo(exec::collectWords(module).size() * sizeof(int32_t), 8);
}

static int64_t getCount(LLVM::GlobalOp array) {
  return cast<LLVM::LLVMArrayType>(array.getGlobalType()).getNumElements();
}

void buildModule(ConstantBuilder &constants, exec::ModuleOp op, uint64_t textHash,
                 const ModuleTables &tables) {
  LLVM::GlobalOp name = constants.string(op.getSymName());
  LLVM::GlobalOp compiler = constants.string("weft " WEFT_VERSION);
  SmallVector<int32_t> values = exec::collectWords(op);
  LLVM::GlobalOp words = constants.words("weft_words", values);
  int64_t state = *op.getState(), arena = *op.getArena(), input = *op.getInput();
  int64_t step = getStepBytes(op);
  Type type = constants.getTypes().module;
  LLVM::GlobalOp global = constants.global(kModuleSymbol, type, [&](OpBuilder &b) {
    return StructWriter(b, constants.getLoc(), constants.getTypes().module)
        .integer(WEFT_ABI_VERSION)
        .integer(getCount(tables.images) > 0 ? WEFT_TARGET_CUDA : WEFT_TARGET_CPU)
        .address(name)
        .address(compiler)
        .integer(int64_t(textHash))
        .integer(state)
        .integer(arena)
        .integer(input)
        .integer(step)
        .integer(state + arena + input + step)
        .integer(getCount(tables.states))
        .address(tables.states)
        .integer(getCount(tables.programs))
        .address(tables.programs)
        .integer(getCount(tables.entries))
        .address(tables.entries)
        .integer(int64_t(values.size()))
        .address(words)
        .integer(getCount(tables.kernels))
        .address(tables.kernels)
        .integer(getCount(tables.images))
        .address(tables.images)
        .finish();
  });
  global.setLinkage(LLVM::Linkage::External);
}

} // namespace weft
