// weft-convert-tile-to-nvvm: tiles become the registers of one thread.
#include "FindOps.h"
#include "Specialization.h"
#include "TilePatterns.h"
#include "weft/Target/CUDA/Passes.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/GPU/IR/GPUDialect.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/LLVMIR/NVVMDialect.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/SCF/Transforms/Patterns.h"

using namespace mlir;

namespace weft {
#define GEN_PASS_DEF_CONVERTTILETONVVM
#include "weft/Target/CUDA/Passes.h.inc"

using namespace tile;

namespace {

struct ConvertProgramId : TilePattern<ProgramIdOp> {
  using TilePattern::TilePattern;
  LogicalResult matchAndRewrite(ProgramIdOp op, Adaptor, Rewriter &rewriter) const override {
    rewriter.replaceOpWithNewOp<gpu::BlockIdOp>(op, gpu::Dimension::x);
    return success();
  }
};

struct ConvertReturn : TilePattern<ReturnOp> {
  using TilePattern::TilePattern;
  LogicalResult matchAndRewrite(ReturnOp op, Adaptor, Rewriter &rewriter) const override {
    rewriter.replaceOpWithNewOp<gpu::ReturnOp>(op);
    return success();
  }
};

// ---- the pass

void populateTypes(TypeConverter &converter) {
  converter.addConversion([](Type type) { return type; });
  converter.addConversion([](RankedTensorType type, SmallVectorImpl<Type> &types)
                              -> std::optional<LogicalResult> {
    if (!getLayout(type))
      return failure();
    types.append(Layout::of(type).numRegisters(), type.getElementType());
    return success();
  });
  converter.addConversion([](MemRefType type) -> Type {
    bool isShared = isa_and_nonnull<SharedAttr>(type.getMemorySpace());
    return LLVM::LLVMPointerType::get(type.getContext(), isShared ? 3 : 1);
  });
  auto cast = [](OpBuilder &builder, Type type, ValueRange inputs, Location loc) -> Value {
    return UnrealizedConversionCastOp::create(builder, loc, type, inputs).getResult(0);
  };
  converter.addSourceMaterialization(cast);
  converter.addTargetMaterialization(cast);
}

/// A kernel without tiles is one thread's work.
int64_t threadsOf(KernelOp kernel) {
  auto hasTiles = [](Operation *op) {
    return llvm::any_of(op->getResultTypes(), [](Type type) { return isa<RankedTensorType>(type); });
  };
  WalkResult found = kernel.walk([&](Operation *op) {
    return hasTiles(op) ? WalkResult::interrupt() : WalkResult::advance();
  });
  auto warps = kernel->getAttrOfType<IntegerAttr>("warps");
  return found.wasInterrupted() ? 32 * (warps ? warps.getInt() : 1) : 1;
}

struct ConvertTileToNVVMPass : impl::ConvertTileToNVVMBase<ConvertTileToNVVMPass> {
  void runOnOperation() override {
    ModuleOp module = getOperation();
    auto kernels = llvm::to_vector(module.getOps<KernelOp>());
    gpu::GPUModuleOp general = makeDevice(module, "kernels"), special;
    for (KernelOp kernel : kernels) {
      auto arch = kernel->getAttrOfType<StringAttr>(kArchAttr);
      if (arch && !special) {
        special = makeDevice(module, ("kernels_" + arch.getValue()).str());
        special->setAttr(kArchAttr, arch);
      }
      moveToDevice(kernel, arch ? special : general);
    }

    MLIRContext *context = &getContext();
    TypeConverter converter;
    populateTypes(converter);
    RewritePatternSet patterns(context);
    ConversionTarget target(*context);
    patterns.add<ConvertProgramId, ConvertReturn>(converter, context);
    populateRegisterPatterns(converter, patterns);
    populateMatrixPatterns(converter, patterns);
    populateWarpgroupPatterns(converter, patterns);
    populateMemoryPatterns(converter, patterns);
    populateSharedPatterns(converter, patterns);
    scf::populateSCFStructuralTypeConversionsAndLegality(converter, patterns, target);
    target.addIllegalDialect<TileDialect>();
    target.addLegalOp<UnrealizedConversionCastOp>();
    target.markUnknownOpDynamicallyLegal([&](Operation *op) { return converter.isLegal(op); });
    SmallVector<Operation *> devices{general};
    if (special)
      devices.push_back(special);
    if (failed(applyPartialConversion(devices, target, std::move(patterns))))
      signalPassFailure();
  }

  static gpu::GPUModuleOp makeDevice(ModuleOp module, StringRef name) {
    OpBuilder b(module.getContext());
    auto device = gpu::GPUModuleOp::create(b, module.getLoc(), name);
    // Under another name where the model has this one.
    SymbolTable(module).insert(device, module.getBody()->begin());
    return device;
  }

  /// The body goes into a function of pointers, behind casts to the buffers that it knows.
  static void moveToDevice(KernelOp kernel, gpu::GPUModuleOp device) {
    OpBuilder b(device.getBody(), device.getBody()->end());
    Location loc = kernel.getLoc();
    auto pointer = LLVM::LLVMPointerType::get(b.getContext(), 1);
    SmallVector<Type> types(kernel.getArgumentTypes().size(), pointer);
    auto specialOf = kernel->getAttrOfType<StringAttr>(kSpecialOfAttr);
    auto function = gpu::GPUFuncOp::create(b, loc, specialOf ? specialOf.getValue() : kernel.getSymName(), b.getFunctionType(types, {}));
    function->setAttr(gpu::GPUDialect::getKernelFuncAttrName(), b.getUnitAttr());
    int64_t threads = threadsOf(kernel);
    function->setAttr("nvvm.reqntid", b.getDenseI32ArrayAttr({static_cast<int32_t>(threads), 1, 1}));
    // Left alone, ptxas may spill so that one more block fits.
    bool usesFragments = anyOp<DotOp>(kernel, getFragmentInner);
    bool usesWarpgroups = anyOp<WarpgroupDotOp>(kernel, [](WarpgroupDotOp) { return true; });
    if (usesWarpgroups)
      function->setAttr(kUsesWarpgroupsAttr, b.getUnitAttr());
    if (usesFragments || usesWarpgroups)
      function->setAttr("nvvm.maxnreg", b.getI32IntegerAttr(255));
    if (auto bytes = kernel->getAttrOfType<IntegerAttr>("shared_bytes"))
      function->setAttr("weft.shared_bytes", bytes);
    function->setAttr("weft.grid", kernel.getGridAttr());
    if (auto alignments = kernel->getAttrOfType<DenseI64ArrayAttr>("alignments"))
      function->setAttr("weft.alignments", alignments);
    Block &entry = function.getBody().front(), &body = kernel.getBody().front();
    b.setInsertionPointToStart(&entry);
    for (auto [own, old] : llvm::zip(entry.getArguments(), body.getArguments()))
      old.replaceAllUsesWith(
          UnrealizedConversionCastOp::create(b, loc, old.getType(), own).getResult(0));
    entry.getOperations().splice(entry.end(), body.getOperations());
    kernel.erase();
  }
};

} // namespace
} // namespace weft
