// weft-set-target: the module says what it is compiled for.
#include "weft/Target/Backend.h"
#include "weft/Target/Passes.h"

using namespace mlir;

namespace weft {
#define GEN_PASS_DEF_SETTARGET
#include "weft/Target/Passes.h.inc"

namespace {

struct SetTargetPass : impl::SetTargetBase<SetTargetPass> {
  using SetTargetBase::SetTargetBase;

  void runOnOperation() override {
    if (failed(setTarget()))
      signalPassFailure();
  }

  LogicalResult setTarget() {
    mlir::ModuleOp module = getOperation();
    std::optional<spec::Backend> kind = spec::symbolizeBackend(backend);
    const Backend *known = kind ? findBackend(*kind) : nullptr;
    if (!known)
      return module.emitError("unknown backend '") << backend << "': expected " << listBackends();
    TargetRequest request{*kind, march, llvm::to_vector(archs), tf32, epilogues};
    FailureOr<spec::TargetAttr> target = known->getTarget(module.getLoc(), request);
    if (failed(target) || failed(known->verify(module.getLoc(), *target)))
      return failure();
    auto old = module->getAttrOfType<spec::TargetAttr>(spec::kTargetAttr);
    if (old && old != *target)
      return module.emitError("is compiled for ")
             << old << " already, and cannot be for " << *target << ": start from the text that was written first";
    module->setAttr(spec::kTargetAttr, *target);
    return success();
  }

  static std::string listBackends() {
    SmallVector<StringRef> names;
    for (const std::unique_ptr<Backend> &each : getBackends())
      names.push_back(spec::stringifyBackend(each->getKind()));
    return llvm::join(names, " or ");
  }
};

} // namespace
} // namespace weft
