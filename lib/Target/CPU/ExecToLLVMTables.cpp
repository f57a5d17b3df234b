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
  Value init = StructWriter<WeftInit>(b, constants.getLoc())
                   .integer<&WeftInit::kind>(toABI(op.getInit().getKind()))
                   .integer<&WeftInit::has_zero_row>(zeroRow.has_value())
                   .real<&WeftInit::value>(op.getInit().getValue())
                   .integer<&WeftInit::key>(op.getKey().value_or(0))
                   .integer<&WeftInit::zero_row>(zeroRow.value_or(0))
                   .finish();
  return StructWriter<WeftState>(b, constants.getLoc())
      .address<&WeftState::name>(name)
      .address<&WeftState::logical>(logical)
      .integer<&WeftState::role>(toABI(op.getRole()))
      .integer<&WeftState::dtype>(getDType(type))
      .integer<&WeftState::rank>(type.getRank())
      .address<&WeftState::dims>(dims)
      .integer<&WeftState::offset>(*op.getAt())
      .integer<&WeftState::bytes>(exec::getByteSize(type))
      .nested<&WeftState::init>(init)
      .integer<&WeftState::num_padding_rows>(int64_t(getPaddingRows(op).size()))
      .address<&WeftState::padding_rows>(paddingRows)
      .finish();
}

LLVM::GlobalOp buildStates(ConstantBuilder &constants, ArrayRef<exec::StateOp> states) {
  SmallVector<std::array<LLVM::GlobalOp, 4>> parts;
  for (exec::StateOp op : states)
    parts.push_back({constants.string(op.getSymName()),
                     constants.string(op.getLogical().value_or("")),
                     constants.dims(cast<MemRefType>(op.getType()).getShape()),
                     constants.dims(getPaddingRows(op))});
  return constants.structs<WeftState>("weft_states", states.size(), [&](OpBuilder &b, size_t i) {
    auto [name, logical, dims, padding] = parts[i];
    return buildState(constants, b, states[i], name, logical, dims, padding);
  });
}

static Value buildInput(ConstantBuilder &constants, OpBuilder &b, exec::InputOp op,
                        LLVM::GlobalOp name, LLVM::GlobalOp dims) {
  auto type = cast<MemRefType>(op.getType());
  std::optional<int64_t> limit = op.getLimit(), ignored = op.getIgnored();
  return StructWriter<WeftInput>(b, constants.getLoc())
      .address<&WeftInput::name>(name)
      .integer<&WeftInput::dtype>(getDType(type))
      .integer<&WeftInput::from_data>(op.getFromData())
      .integer<&WeftInput::rank>(type.getRank())
      .address<&WeftInput::dims>(dims)
      .integer<&WeftInput::offset>(*op.getAt())
      .integer<&WeftInput::bytes>(exec::getByteSize(type))
      .integer<&WeftInput::limit>(limit.value_or(-1))
      .integer<&WeftInput::ignored>(ignored.value_or(0))
      .integer<&WeftInput::has_ignored>(ignored.has_value())
      .finish();
}

LLVM::GlobalOp buildInputs(ConstantBuilder &constants, const Twine &name,
                           ArrayRef<exec::InputOp> inputs) {
  SmallVector<std::array<LLVM::GlobalOp, 2>> parts;
  for (exec::InputOp op : inputs)
    parts.push_back({constants.string(op.getArgument().value_or(op.getSymName())),
                     constants.dims(cast<MemRefType>(op.getType()).getShape())});
  return constants.structs<WeftInput>(name, inputs.size(), [&](OpBuilder &b, size_t i) {
    return buildInput(constants, b, inputs[i], parts[i][0], parts[i][1]);
  });
}

LLVM::GlobalOp buildKernels(ConstantBuilder &constants, ArrayRef<KernelRecord> kernels) {
  auto names = llvm::map_to_vector(
      kernels, [&](const KernelRecord &kernel) { return constants.string(kernel.name); });
  return constants.structs<WeftKernel>("weft_kernels", kernels.size(), [&](OpBuilder &b, size_t i) {
    const KernelRecord &kernel = kernels[i];
    return StructWriter<WeftKernel>(b, constants.getLoc())
        .address<&WeftKernel::name>(names[i])
        .address<&WeftKernel::run>(kernel.function)
        .integer<&WeftKernel::num_arguments>(kernel.numArguments)
        .integer<&WeftKernel::threads>(kernel.threads)
        .integer<&WeftKernel::shared_bytes>(kernel.sharedBytes)
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
  return constants.structs<WeftImage>("weft_images", parts.size(), [&](OpBuilder &b, size_t i) {
    auto [arch, data, size, isPTX] = parts[i];
    return StructWriter<WeftImage>(b, constants.getLoc())
        .address<&WeftImage::arch>(arch)
        .address<&WeftImage::data>(data)
        .integer<&WeftImage::bytes>(size)
        .integer<&WeftImage::is_ptx>(isPTX)
        .finish();
  });
}

LLVM::GlobalOp buildLaunch(ConstantBuilder &constants, LLVM::GlobalOp kernels, int64_t kernel,
                           exec::LaunchOp op, int64_t grid, int64_t ordinal) {
  LLVM::GlobalOp scope = constants.string(getScope(op)), phase = constants.string(getPhase(op)),
                 location = constants.location(op);
  return constants.structure<WeftLaunch>("weft_launch_" + Twine(ordinal), [&](OpBuilder &b) {
    return StructWriter<WeftLaunch>(b, constants.getLoc())
        .element<&WeftLaunch::kernel>(kernels, kernel)
        .address<&WeftLaunch::scope>(scope)
        .address<&WeftLaunch::phase>(phase)
        .integer<&WeftLaunch::grid>(grid)
        .address<&WeftLaunch::location>(location)
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
  return constants.structure<WeftMatmul>("weft_matmul_" + Twine(ordinal), [&](OpBuilder &builder) {
    return StructWriter<WeftMatmul>(builder, constants.getLoc())
        .address<&WeftMatmul::scope>(scope)
        .address<&WeftMatmul::phase>(phase)
        .integer<&WeftMatmul::dtype>(getDType(cType))
        .integer<&WeftMatmul::library>(toABI(op.getLibrary()))
        .integer<&WeftMatmul::accumulate>(toABI(op.getAccumulate()))
        .integer<&WeftMatmul::transpose_a>(op.getTransposeA() != a.transposed)
        .integer<&WeftMatmul::transpose_b>(op.getTransposeB() != b.transposed)
        .integer<&WeftMatmul::batch_rank>(int64_t(batch.size()))
        .integer<&WeftMatmul::m>(cType.getShape().end()[-2])
        .integer<&WeftMatmul::n>(cType.getShape().back())
        .integer<&WeftMatmul::k>(k)
        .integer<&WeftMatmul::lda>(a.leading)
        .integer<&WeftMatmul::ldb>(b.leading)
        .integer<&WeftMatmul::ldc>(c.leading)
        .integer<&WeftMatmul::block_m>(op.getBlock()[0])
        .integer<&WeftMatmul::block_n>(op.getBlock()[1])
        .integers<&WeftMatmul::batch>(batch)
        .integers<&WeftMatmul::stride_a>(a.batch)
        .integers<&WeftMatmul::stride_b>(b.batch)
        .integers<&WeftMatmul::stride_c>(c.batch)
        .integer<&WeftMatmul::grouping>(WEFT_UNGROUPED)
        .integer<&WeftMatmul::groups>(0)
        .integer<&WeftMatmul::workspace_offset>(workspace ? *workspace.getAt() : 0)
        .integer<&WeftMatmul::workspace_bytes>(workspace ? exec::getByteSize(workspace.getResult().getType()) : 0)
        .integer<&WeftMatmul::tf32>(op.getTf32())
        .integer<&WeftMatmul::epilogue>(op.getEpilogue() ? toABI(*op.getEpilogue()) : WEFT_EPILOGUE_NONE)
        .address<&WeftMatmul::location>(location)
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
  return constants.structure<WeftMatmul>("weft_matmul_" + Twine(ordinal), [&](OpBuilder &builder) {
    return StructWriter<WeftMatmul>(builder, constants.getLoc())
        .address<&WeftMatmul::scope>(scope)
        .address<&WeftMatmul::phase>(phase)
        .integer<&WeftMatmul::dtype>(getDType(c))
        .integer<&WeftMatmul::library>(toABI(op.getLibrary()))
        .integer<&WeftMatmul::accumulate>(toABI(op.getAccumulate()))
        .integer<&WeftMatmul::transpose_a>(isInner)
        .integer<&WeftMatmul::transpose_b>(op.getTransposeB())
        .integer<&WeftMatmul::batch_rank>(0)
        .integer<&WeftMatmul::m>(isInner ? a.getDimSize(1) : a.getDimSize(0))
        .integer<&WeftMatmul::n>(c.getShape().back())
        .integer<&WeftMatmul::k>(isInner ? a.getDimSize(0) : a.getDimSize(1))
        .integer<&WeftMatmul::lda>(a.getShape().back())
        .integer<&WeftMatmul::ldb>(b.getShape().back())
        .integer<&WeftMatmul::ldc>(c.getShape().back())
        .integer<&WeftMatmul::block_m>(op.getBlock()[0])
        .integer<&WeftMatmul::block_n>(op.getBlock()[1])
        .integers<&WeftMatmul::batch>({})
        .integers<&WeftMatmul::stride_a>({})
        .integers<&WeftMatmul::stride_b>({strideB})
        .integers<&WeftMatmul::stride_c>({strideC})
        .integer<&WeftMatmul::grouping>(toABI(op.getGrouping()))
        .integer<&WeftMatmul::groups>(op.getOffsets().getType().getDimSize(0) - 1)
        .integer<&WeftMatmul::workspace_offset>(0)
        .integer<&WeftMatmul::workspace_bytes>(0)
        .integer<&WeftMatmul::tf32>(0)
        .integer<&WeftMatmul::epilogue>(WEFT_EPILOGUE_NONE)
        .address<&WeftMatmul::location>(location)
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
  return constants.structs<WeftEntry>("weft_entries", entries.size(), [&](OpBuilder &b, size_t i) {
    auto [name, model, inputs] = parts[i];
    exec::EntryOp op = entries[i];
    return StructWriter<WeftEntry>(b, constants.getLoc())
        .address<&WeftEntry::module>(kModuleSymbol)
        .address<&WeftEntry::name>(name)
        .address<&WeftEntry::model>(model)
        .integer<&WeftEntry::kind>(toABI(op.getKind()))
        .elements<&WeftEntry::programs>(programs, programOf.of(op.getPrograms()))
        .elements<&WeftEntry::metrics>(states, stateOf.of(op.getMetrics()))
        .integer<&WeftEntry::num_inputs>(int64_t(op.getInputs().size()))
        .address<&WeftEntry::inputs>(inputs)
        .integer<&WeftEntry::sequences>(op.getSequences())
        .integer<&WeftEntry::tokens>(op.getTokens())
        .real<&WeftEntry::flops>(op.getFlops().convertToDouble())
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
  LLVM::GlobalOp global = constants.structure<WeftModule>(kModuleSymbol, [&](OpBuilder &b) {
    return StructWriter<WeftModule>(b, constants.getLoc())
        .integer<&WeftModule::abi_version>(WEFT_ABI_VERSION)
        .integer<&WeftModule::target>(toABI(spec::getTarget(op).getBackend()))
        .address<&WeftModule::name>(name)
        .address<&WeftModule::compiler>(compiler)
        .integer<&WeftModule::text_hash>(int64_t(textHash))
        .integer<&WeftModule::state_bytes>(state)
        .integer<&WeftModule::arena_bytes>(arena)
        .integer<&WeftModule::input_bytes>(input)
        .integer<&WeftModule::step_bytes>(step)
        .integer<&WeftModule::total_bytes>(state + arena + input + step)
        .integer<&WeftModule::num_states>(getCount(tables.states))
        .address<&WeftModule::states>(tables.states)
        .integer<&WeftModule::num_programs>(getCount(tables.programs))
        .address<&WeftModule::programs>(tables.programs)
        .integer<&WeftModule::num_entries>(getCount(tables.entries))
        .address<&WeftModule::entries>(tables.entries)
        .integer<&WeftModule::num_words>(int64_t(values.size()))
        .address<&WeftModule::words>(words)
        .integer<&WeftModule::num_kernels>(getCount(tables.kernels))
        .address<&WeftModule::kernels>(tables.kernels)
        .integer<&WeftModule::num_images>(getCount(tables.images))
        .address<&WeftModule::images>(tables.images)
        .finish();
  });
  global.setLinkage(LLVM::Linkage::External);
}

} // namespace weft
