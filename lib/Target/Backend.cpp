// The list of all machines.
#include "weft/Target/Backend.h"

#include "llvm/ADT/STLExtras.h"

using namespace mlir;
using namespace weft;

static std::vector<std::unique_ptr<Backend>> &allBackends() {
  static std::vector<std::unique_ptr<Backend>> backends;
  return backends;
}

void weft::registerBackend(std::unique_ptr<Backend> backend) {
  if (findBackend(backend->getKind()))
    return;
  allBackends().push_back(std::move(backend));
  llvm::sort(allBackends(), [](const auto &a, const auto &b) { return a->getKind() < b->getKind(); });
}

ArrayRef<std::unique_ptr<Backend>> weft::getBackends() { return allBackends(); }

const Backend *weft::findBackend(spec::Backend kind) {
  for (const std::unique_ptr<Backend> &backend : allBackends())
    if (backend->getKind() == kind)
      return backend.get();
  return nullptr;
}

const Backend *weft::findBackend(mlir::ModuleOp module) {
  spec::Backend kind = spec::getTarget(module).getBackend();
  const Backend *backend = findBackend(kind);
  if (!backend)
    module.emitError("is compiled for ") << spec::stringifyBackend(kind)
                                         << ", which this compiler was built without: configure its build tree with "
                                            "-DWEFT_CUDA=ON and build it again";
  return backend;
}

LogicalResult weft::assignTarget(mlir::ModuleOp module, const TargetRequest &request) {
  const Backend *backend = findBackend(request.backend);
  FailureOr<spec::TargetAttr> target = backend->getTarget(module.getLoc(), request);
  if (failed(target) || failed(backend->verify(module.getLoc(), *target)))
    return failure();
  auto old = module->getAttrOfType<spec::TargetAttr>(spec::kTargetAttr);
  if (old && old != *target)
    return module.emitError("is compiled for ")
           << old << " already, and cannot be for " << *target << ": start from the text that was written first";
  module->setAttr(spec::kTargetAttr, *target);
  return success();
}
