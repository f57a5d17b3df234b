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
    mlir::ModuleOp module = getOperation();
    std::optional<spec::Backend> kind = spec::symbolizeBackend(backend);
    if (!kind || !findBackend(*kind)) {
      module.emitError("unknown backend '") << backend << "': expected " << listBackends();
      return signalPassFailure();
    }
    if (failed(assignTarget(module, {*kind, march, llvm::to_vector(archs), tf32, epilogues})))
      signalPassFailure();
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
