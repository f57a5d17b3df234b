#include "KernelRunner.h"

#include "dialects/Tile/Tile.h"
#include "weft/Target/CPU/Object.h"
#include "weft/Target/CPU/Pipelines.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/ControlFlow/IR/ControlFlow.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/IR/SymbolTable.h"
#include "mlir/Parser/Parser.h"
#include "mlir/Pass/PassManager.h"
#include "mlir/Target/LLVMIR/Dialect/Builtin/BuiltinToLLVMIRTranslation.h"
#include "mlir/Target/LLVMIR/Dialect/LLVMIR/LLVMToLLVMIRTranslation.h"
#include "llvm/Support/SmallVectorMemoryBuffer.h"

using namespace mlir;
using namespace weft::test;

static constexpr llvm::StringLiteral kPrefix = "weft_kernel_";

[[noreturn]] static void fail(StringRef what) {
  llvm::errs() << "KernelRunner: " << what << "\n";
  std::exit(1);
}

static void loadDialects(MLIRContext &context) {
  DialectRegistry registry;
  registry.insert<weft::tile::TileDialect, arith::ArithDialect, cf::ControlFlowDialect,
                  func::FuncDialect, LLVM::LLVMDialect, math::MathDialect, memref::MemRefDialect,
                  scf::SCFDialect, tensor::TensorDialect, vector::VectorDialect>();
  registerBuiltinDialectTranslation(registry);
  registerLLVMDialectTranslation(registry);
  context.appendDialectRegistry(registry);
  context.loadAllAvailableDialects();
}

// What weft-exec-to-llvm does to kernels: @exp must not be taken for libm's.
static void renameKernels(ModuleOp module) {
  SymbolTable symbols(module);
  for (auto function : llvm::to_vector(module.getOps<LLVM::LLVMFuncOp>()))
    if (!function.isExternal() &&
        failed(symbols.rename(function, (kPrefix + function.getName()).str())))
      fail("cannot rename a kernel");
}

static std::unique_ptr<llvm::MemoryBuffer> compile(StringRef text) {
  MLIRContext context(MLIRContext::Threading::DISABLED);
  loadDialects(context);
  OwningOpRef<ModuleOp> module = parseSourceString<ModuleOp>(text, &context);
  if (!module)
    fail("the text does not parse");
  PassManager pm(&context);
  weft::buildKernelsToLLVMPipeline(pm);
  if (failed(pm.run(*module)))
    fail("the kernels cannot be lowered");
  renameKernels(*module);
  SmallVector<char, 0> object;
  llvm::raw_svector_ostream stream(object);
  if (failed(weft::emitObject(*module, stream)))
    fail("no object");
  return std::make_unique<llvm::SmallVectorMemoryBuffer>(std::move(object), "kernels");
}

KernelRunner::KernelRunner(StringRef text) {
  std::unique_ptr<llvm::MemoryBuffer> object = compile(text);
  llvm::ExitOnError check("KernelRunner: ");
  jit = check(llvm::orc::LLJITBuilder().create());
  check(jit->addObjectFile(std::move(object)));
}

WeftKernelFn KernelRunner::lookup(StringRef kernel) {
  llvm::ExitOnError check("KernelRunner: ");
  return check(jit->lookup((kPrefix + kernel).str())).toPtr<WeftKernelFn>();
}
