// weft-use-cublaslt: plain products become calls of cuBLASLt, with workspaces.
#include "dialects/Exec/Exec.h"
#include "weft/Target/CUDA/Passes.h"

using namespace mlir;

namespace weft {
#define GEN_PASS_DEF_USECUBLASLT
#include "weft/Target/CUDA/Passes.h.inc"

namespace {

/// A split of K keeps a partial sum of the whole result for each part; a split into more than this is for results
/// so small that the limit does not matter.
constexpr int64_t kMostParts = 8;

struct UseCublasLtPass : impl::UseCublasLtBase<UseCublasLtPass> {
  using UseCublasLtBase::UseCublasLtBase;

  void runOnOperation() override {
    getOperation().walk([&](exec::MatmulOp op) {
      if (op.getWorkspace())
        return; // the text says so already
      MemRefType c = op.getC().getType();
      int64_t m = c.getShape().end()[-2], n = c.getShape().back();
      op.setLibrary(exec::Library::CuBLASLt);
      op.setBlock({m, n});
      op.setTf32(tf32 && c.getElementType().isF32());
      if (int64_t bytes = std::min<int64_t>(workspace, kMostParts * exec::getByteSize(c)))
        op.getWorkspaceMutable().assign(addWorkspace(op, bytes));
    });
  }

  /// Before each product anew: no byte of it is needed longer than that.
  static Value addWorkspace(exec::MatmulOp op, int64_t bytes) {
    OpBuilder b(op);
    auto type = MemRefType::get({int64_t(llvm::divideCeil(bytes, 4))}, b.getI32Type());
    return exec::BufferOp::create(b, op.getLoc(), type, IntegerAttr());
  }
};

} // namespace
} // namespace weft
