#ifndef WEFT_PRECISION_PASSES
#define WEFT_PRECISION_PASSES

include "mlir/Pass/PassBase.td"

def WidenArithmetic : Pass<"weft-widen-arithmetic", "::mlir::ModuleOp"> {
  let summary = "compute in f32 on what is stored in 16 bits";
  let description = [{
    Every op on bf16 or f16 becomes the same op on f32 between casts, but for those that only move numbers, and for products
    of matrices and attention, which are computed on 16 bits as they are. So each result is rounded once, and each op's own
    sums, exponentials and statistics have f32. With `products`, those of matrices are widened too where the module's
    target has no library for their element type, and with `grouped-products` those by expert: their operands are exact in f32, so
    that only sums differ, within f32.
    ```mlir
    %y = weft.softmax %x : tensor<8x64xbf16>
    // becomes
    %x32 = weft.cast %x : tensor<8x64xbf16> to tensor<8x64xf32>
    %y32 = weft.softmax %x32 : tensor<8x64xf32>
    %y = weft.cast %y32 : tensor<8x64xf32> to tensor<8x64xbf16>
    ```
    Runs before autodiff, so that derivatives are taken in f32, and again behind what makes new ops. This is what an op on
    16 bits means; nothing else changes.
  }];
  let options = [Option<"products", "products", "bool", "false", "widen products of matrices that the target has no library for">,
                 Option<"groupedProducts", "grouped-products", "bool", "false", "widen products by expert too">];
}

#endif // WEFT_PRECISION_PASSES
