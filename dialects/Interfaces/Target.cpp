// The target of a module: what its attribute may say, and who asks it.
#include "dialects/Interfaces/Target.h"

#include "mlir/IR/BuiltinOps.h"
#include "llvm/ADT/SmallPtrSet.h"
#include "llvm/ADT/SmallVectorExtras.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace weft::spec;

static LogicalResult verifyArchs(function_ref<InFlightDiagnostic()> emitError, ArrayAttr archs) {
  for (Attribute each : archs ? archs.getValue() : ArrayRef<Attribute>())
    if (!isa<StringAttr>(each))
      return emitError() << "expects archs to be strings, such as \"sm_80\", got: " << each;
  return success();
}

static LogicalResult verifyProducts(function_ref<InFlightDiagnostic()> emitError, ArrayAttr products) {
  llvm::SmallPtrSet<Type, 4> elements;
  for (Attribute each : products ? products.getValue() : ArrayRef<Attribute>()) {
    auto product = dyn_cast<ProductLibraryAttr>(each);
    if (!product)
      return emitError() << "expects products to be #spec.products<type, library>, got: " << each;
    if (!elements.insert(product.getElement()).second)
      return emitError() << "expects one library for products of " << product.getElement() << ", got two";
  }
  return success();
}

LogicalResult TargetAttr::verify(function_ref<InFlightDiagnostic()> emitError, Backend, StringRef, ArrayAttr archs,
                                 ArrayAttr products, int64_t workspaceBytes, bool, bool, int64_t sharedBytes,
                                 int64_t laneBytes, bool manyPrograms, bool, bool) {
  if (failed(verifyArchs(emitError, archs)) || failed(verifyProducts(emitError, products)))
    return failure();
  std::pair<StringRef, int64_t> sizes[] = {
      {"workspace_bytes", workspaceBytes}, {"shared_bytes", sharedBytes}, {"lane_bytes", laneBytes}};
  for (auto [name, bytes] : sizes)
    if (bytes < 0)
      return emitError() << "expects " << name << " of at least 0, got: " << bytes;
  if (laneBytes != 0 && !llvm::isPowerOf2_64(laneBytes))
    return emitError() << "expects lane_bytes to be a power of two, or 0 without warps, got: " << laneBytes;
  if (manyPrograms && laneBytes == 0)
    return emitError() << "expects lane_bytes beside many_programs";
  return success();
}

std::optional<Library> TargetAttr::getLibrary(Type element) const {
  if (getProducts())
    for (auto product : getProducts().getAsRange<ProductLibraryAttr>())
      if (product.getElement() == element)
        return product.getLibrary();
  return std::nullopt;
}

bool TargetAttr::hasLibrary(Library library) const {
  return getProducts() && llvm::any_of(getProducts().getAsRange<ProductLibraryAttr>(), [&](ProductLibraryAttr product) {
    return product.getLibrary() == library;
  });
}

SmallVector<StringRef> TargetAttr::getArchNames() const {
  if (!getArchs())
    return {};
  return llvm::map_to_vector(getArchs().getAsRange<StringAttr>(), [](StringAttr each) { return each.getValue(); });
}

LogicalResult SpecDialect::verifyOperationAttribute(Operation *op, NamedAttribute attribute) {
  if (attribute.getName() != kTargetAttr)
    return op->emitOpError("has an attribute '") << attribute.getName() << "', which the spec dialect does not know";
  if (!isa<ModuleOp>(op))
    return op->emitOpError("cannot have the attribute '") << kTargetAttr << "': expected it on a module";
  if (!isa<TargetAttr>(attribute.getValue()))
    return op->emitOpError("expects a #spec.target as '") << kTargetAttr << "', got: " << attribute.getValue();
  return success();
}

TargetAttr weft::spec::getCPUTarget(MLIRContext *context, StringRef march) {
  Builder b(context);
  Attribute products[] = {ProductLibraryAttr::get(context, b.getF32Type(), Library::OneDNN),
                          ProductLibraryAttr::get(context, b.getF64Type(), Library::OpenBLAS)};
  return TargetAttr::get(context, Backend::CPU, march, /*archs=*/ArrayAttr(), b.getArrayAttr(products),
                         /*workspace_bytes=*/0, /*epilogues=*/false, /*tf32=*/false, /*shared_bytes=*/0, /*lane_bytes=*/0,
                         /*many_programs=*/false, /*separate_backward=*/false, /*grouped_kernels=*/false);
}

TargetAttr weft::spec::getTarget(Operation *op) {
  for (Operation *each = op; each; each = each->getParentOp())
    if (auto target = each->getAttrOfType<TargetAttr>(kTargetAttr))
      return target;
  return getCPUTarget(op->getContext());
}
