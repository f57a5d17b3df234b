#ifndef WEFT_MODEL_PASSES
#define WEFT_MODEL_PASSES

include "mlir/Pass/PassBase.td"

def Instantiate : Pass<"weft-instantiate", "::mlir::ModuleOp"> {
  let summary = "replaces calls by the layers' bodies: one flat list of ops for each model";
  let description = [{
    Every `weft.call` of a `weft.model` becomes a copy of the layer's body, calls inside it too. An op
    from a call `as "h.0"` gets the scope `"h.0"`, in front of its own scope if it has one; all ops but
    parameters get `phase = "forward"`. Locations keep the user's line and add that of the call, so
    that later errors show both.

    Parameters get their full names, which are made of the names of the calls, and a random `key`:
    the 64-bit FNV-1a hash of the full name, unless the text gives one. One full name is one
    `weft.parameter` (tied weights). They stand at the top of the model, in the order of their first
    use. Layers are erased.

    Random ops (`weft.dropout`) get a `key` likewise: the hash of their scope, a `#` and their ordinal
    among the random ops of that scope, as in `h.0.attn#0`.

    Errors: layers that call themselves through others; calls nested more than 256 deep; a model of more
    than 1048576 ops; two parameters of one full name that differ in type, init or key; two parameters of
    one key; a dropout whose first dimension is not that of the model's inputs.

    The pass requires nothing and does not change numbers.

    Before:
    ```mlir
    weft.layer @project(%x: tensor<8x4xf32>) -> tensor<8x4xf32> {
      %w = weft.parameter "weight" init(normal, 0.02) : tensor<4x4xf32>
      %y = weft.linear in_out %x, %w : (tensor<8x4xf32>, tensor<4x4xf32>) -> tensor<8x4xf32>
      %z = weft.gelu tanh %y {scope = "act"} : tensor<8x4xf32>
      weft.return %z : tensor<8x4xf32>
    }
    weft.model @loss(%x: tensor<8x4xf32>, %targets: tensor<8xi32>) -> (tensor<f32>, tensor<f32>) {
      %y = weft.call @project as "h.0" (%x) : (tensor<8x4xf32>) -> tensor<8x4xf32>
      %sum, %weight = weft.cross_entropy %y, %targets : tensor<8x4xf32>, tensor<8xi32>
      weft.return %sum, %weight : tensor<f32>, tensor<f32>
    }
    ```
    After:
    ```mlir
    weft.model @loss(%x: tensor<8x4xf32>, %targets: tensor<8xi32>) -> (tensor<f32>, tensor<f32>) {
      %0 = weft.parameter "h.0.weight" init(normal, 0.02) key 14261762484589736097 {scope = "h.0"} : tensor<4x4xf32>
      %1 = weft.linear in_out %x, %0 {phase = "forward", scope = "h.0"} : (tensor<8x4xf32>, tensor<4x4xf32>) -> tensor<8x4xf32>
      %2 = weft.gelu tanh %1 {phase = "forward", scope = "h.0.act"} : tensor<8x4xf32>
      %sum, %weight = weft.cross_entropy %2, %targets {phase = "forward"} : tensor<8x4xf32>, tensor<8xi32>
      weft.return %sum, %weight : tensor<f32>, tensor<f32>
    }
    ```
  }];
  let dependentDialects = ["::weft::WeftDialect"];
}

#endif // WEFT_MODEL_PASSES
