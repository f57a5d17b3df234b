#include "GroupRunner.h"

#include "dialects/Interfaces/Target.h"
#include "dialects/Tile/Tile.h"
#include "dialects/Weft/Weft.h"
#include "weft/Conversion/WeftToTile/Passes.h"
#include "weft/Conversion/WeftToTile/TileBodies.h"

#include "mlir/AsmParser/AsmParser.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Parser/Parser.h"
#include "mlir/Pass/PassManager.h"

using namespace mlir;

std::string weft::test::kernelsOf(const std::string &graphs, int64_t tileBytes) {
  DialectRegistry registry;
  registry.insert<weft::WeftDialect, weft::tile::TileDialect, arith::ArithDialect,
                  math::MathDialect, memref::MemRefDialect, scf::SCFDialect,
                  tensor::TensorDialect>();
  registerTileBodies(registry);
  MLIRContext context(registry, MLIRContext::Threading::DISABLED);
  context.loadAllAvailableDialects();
  OwningOpRef<ModuleOp> module = parseSourceString<ModuleOp>(graphs, &context);
  if (!module)
    std::exit(1);
  // Products by expert are kernels, too.
  (*module)->setAttr(weft::spec::kTargetAttr, parseAttribute("#spec.target<cpu, grouped_kernels = true>", &context));
  PassManager pm(&context);
  pm.addPass(createDecompose());
  pm.addPass(createInsertCopies());
  pm.addPass(createGroupKernels());
  ConvertWeftToTileOptions options;
  options.tileBytes = tileBytes;
  pm.addPass(createConvertWeftToTile(options));
  if (failed(pm.run(*module)))
    std::exit(1);
  std::string text;
  llvm::raw_string_ostream stream(text);
  for (auto kernel : module->getOps<weft::tile::KernelOp>()) {
    kernel.print(stream);
    stream << '\n';
  }
  return text;
}
