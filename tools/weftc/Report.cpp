#include "Report.h"

#include "dialects/Exec/Exec.h"
#include "dialects/Tile/Tile.h"
#include "weft/Target/CPU/StepBlock.h"

#include "llvm/ADT/MapVector.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/JSON.h"

using namespace mlir;
using namespace weft;

namespace {

struct Figures {
  int64_t parameters = 0, parameterBytes = 0, gradientBytes = 0, optimizerBytes = 0;
  int64_t activationBytes = 0, arenaBytes = 0, totalBytes = 0;
  double flops = 0;
};

Figures measure(exec::ModuleOp module) {
  Figures figures;
  for (auto state : module.getOps<exec::StateOp>()) {
    auto type = cast<MemRefType>(state.getType());
    int64_t bytes = exec::getByteSize(type);
    switch (state.getRole()) {
    case spec::Role::Parameter:
      figures.parameters += type.getNumElements();
      figures.parameterBytes += bytes;
      break;
    case spec::Role::Gradient:
      figures.gradientBytes += bytes;
      break;
    case spec::Role::Optimizer:
      figures.optimizerBytes += bytes;
      break;
    default: // scalars
      break;
    }
  }
  figures.activationBytes = module.getLive().value_or(0);
  figures.arenaBytes = module.getArena().value_or(0);
  figures.totalBytes = figures.arenaBytes + module.getState().value_or(0) +
                       module.getInput().value_or(0) + getStepBytes(module);
  // The work of what is trained first, or of what is evaluated where nothing is.
  for (auto entry : module.getOps<exec::EntryOp>()) {
    figures.flops = entry.getFlops().convertToDouble();
    break;
  }
  return figures;
}

void writeTable(mlir::ModuleOp outer, exec::ModuleOp module, const Figures &figures,
                llvm::raw_ostream &os) {
  auto row = [&](StringRef what, int64_t value, StringRef unit) {
    os << llvm::left_justify(what, 34) << llvm::format("%16lld", static_cast<long long>(value))
       << ' ' << unit << '\n';
  };
  row("parameters", figures.parameters, "");
  row("parameter memory", figures.parameterBytes, "bytes");
  row("gradient memory", figures.gradientBytes, "bytes");
  row("optimizer memory", figures.optimizerBytes, "bytes");
  row("activations live at once", figures.activationBytes, "bytes");
  row("arena", figures.arenaBytes, "bytes");
  row("total that the executable allocates", figures.totalBytes, "bytes");
  os << llvm::left_justify("work of one micro-step", 34) << llvm::format("%16.4g", figures.flops)
     << " FLOP\n";
  row("kernels", llvm::range_size(outer.getOps<tile::KernelOp>()), "");
  for (auto program : module.getOps<exec::ProgramOp>())
    row(("calls of " + program.getSymName()).str(),
        llvm::range_size(program.getBody().getOps<CommandOpInterface>()),
        "");
}

void writeJson(const Figures &figures, llvm::raw_ostream &os) {
  llvm::json::OStream json(os, /*IndentSize=*/2);
  json.object([&] {
    json.attribute("parameters", figures.parameters);
    json.attribute("parameter_bytes", figures.parameterBytes);
    json.attribute("gradient_bytes", figures.gradientBytes);
    json.attribute("optimizer_bytes", figures.optimizerBytes);
    json.attribute("activation_bytes", figures.activationBytes);
    json.attribute("peak_arena_bytes", figures.arenaBytes);
    json.attribute("total_bytes", figures.totalBytes);
    json.attribute("flops_per_step", figures.flops);
  });
  os << '\n';
}

} // namespace

void weft::writeReport(mlir::ModuleOp module, bool json, llvm::raw_ostream &os) {
  for (auto target : module.getOps<exec::ModuleOp>()) {
    Figures figures = measure(target);
    if (json)
      writeJson(figures, os);
    else
      writeTable(module, target, figures, os);
  }
}
