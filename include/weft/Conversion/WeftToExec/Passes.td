#ifndef WEFT_CONVERSION_WEFTTOEXEC_PASSES
#define WEFT_CONVERSION_WEFTTOEXEC_PASSES

include "mlir/Pass/PassBase.td"

def ConvertWeftToExec : Pass<"convert-weft-to-exec", "::mlir::ModuleOp"> {
  let summary = "turn graphs into programs over buffers";
  let description = [{
    Variables become states, graph arguments inputs, graphs programs (and `@init`, which initializes all
    states), entries entries. Graphs of one model share their inputs. Launches and products get buffers: the variable's own where the result is what a `set`
    stores and the kernel can work in place; else the buffer of an operand that dies there and that the
    kernel may overwrite; else a new one. Views become `exec.view`. Kernels that nobody launches are
    erased.
    ```mlir
    weft.graph @apply() {
      %w = weft.get @w : tensor<64xf32>
      %n = weft.launch @decay(%w) : (tensor<64xf32>) -> tensor<64xf32>
      weft.set @w, %n {kernel = @copy} : tensor<64xf32>
      weft.return
    }
    // becomes
    exec.program @apply {
      %w = exec.state_ref @w : memref<64xf32>
      exec.launch @decay(%w, %w) : memref<64xf32>, memref<64xf32>
    }
    ```
    Requires launches (`convert-weft-to-tile`). Keeps all bits.
  }];
  let dependentDialects = ["::weft::exec::ExecDialect"];
}

#endif // WEFT_CONVERSION_WEFTTOEXEC_PASSES
