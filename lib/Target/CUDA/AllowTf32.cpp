// weft-allow-tf32: products of f32 tiles may go to tensor cores.
#include "dialects/Interfaces/Target.h"
#include "dialects/Tile/Tile.h"
#include "weft/Target/CUDA/Passes.h"

using namespace mlir;

namespace weft {
#define GEN_PASS_DEF_ALLOWTF32
#include "weft/Target/CUDA/Passes.h.inc"

namespace {

struct AllowTf32Pass : impl::AllowTf32Base<AllowTf32Pass> {
  void runOnOperation() override {
    if (!spec::getTarget(getOperation()).getTf32())
      return;
    getOperation().walk([](tile::DotOp op) {
      if (op.getA().getType().getElementType().isF32())
        op.setTf32(true);
    });
  }
};

} // namespace
} // namespace weft
