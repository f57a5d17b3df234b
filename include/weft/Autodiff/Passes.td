// From a model and its train op to graphs over variables.
#ifndef WEFT_AUTODIFF_PASSES
#define WEFT_AUTODIFF_PASSES

include "mlir/Pass/PassBase.td"

def DecomposeLoss : Pass<"weft-decompose-loss", "::mlir::ModuleOp"> {
  let summary = "Split cross_entropy into a loss for each row and their sum";
  let description = [{
    So that the backward can start from the log-sum-exp of each row instead of computing it again.
    Keeps the numbers: the rows are added in the order of the definition of `weft.sum`.

    Before:
    ```mlir
    %sum, %weight = weft.cross_entropy %logits, %targets : tensor<8x64x256xf32>, tensor<8x64xi32>
    ```
    After:
    ```mlir
    %loss, %w, %lse = weft.cross_entropy_rows %logits, %targets : tensor<8x64x256xf32>, tensor<8x64xi32>
    %sum = weft.sum %loss axes [0, 1, 2] : tensor<8x64x1xf32>
    %weight = weft.sum %w axes [0, 1, 2] : tensor<8x64x1xf32>
    ```
  }];
  let dependentDialects = ["::weft::WeftDialect"];
}

def Autodiff : Pass<"weft-autodiff", "::mlir::ModuleOp"> {
  let summary = "Turn models into variables and the graphs that train and evaluate them";
  let description = [{
    Requires `weft.train` or `weft.eval` ops, of flat models (after `weft-instantiate`), with losses
    decomposed (`weft-decompose-loss`). Each becomes graphs and an entry that names them: those of the
    first train op, and of the first eval op, have the names below; those of a further one called
    "long" are `@micro_step.long`, `@eval.long` and so on, as are its metrics. Without any
    `weft.eval`, what is trained is evaluated too.

    Every parameter becomes a variable, with a gradient variable beside it where it is trained; models
    share both by name. A training has two metrics of the loss, as has an evaluation.
    `@micro_step` holds the forward, adds the loss to its metrics, and in reverse order of the forward
    holds the backward of the loss sum: each op's rule (DifferentiableOpInterface) gives the gradients
    towards its operands, as far as a parameter is behind them. Contributions to one value are added
    in that order. Contributions to a parameter are accumulated into its gradient one after the other,
    each as soon as it is there: the first as `weft.accumulate` (rows of an embedding directly with
    `weft.embedding_backward`), so that it replaces the old value in the first micro-step of an update;
    the others are added. `@eval` holds the forward, without random ops, and its own metrics. The
    weight of the loss counts as a constant.

    `@logits` holds the forward, without random ops, of what is evaluated up to one row of the logits, the one whose number
    is in the input `logits_row`, and sets it as `@logits_values`: for models with one
    `weft.cross_entropy`, whose logits depend on one argument, ids of [sequences, length], and have a
    row for each id. The row is picked before the last product, which is computed for it alone.

    The backward of an op has its scope, its location and the phase "backward".

    An op on a path from a parameter to the loss sum that has no rule is an error. A parameter without
    such a path is a warning; its gradient is zero. So is a loss that is evaluated, where targets can be
    ignored, and that depends on inputs otherwise than through a cross entropy, without an argument
    `weft.from_data`: what fills a batch up would count in it. The forward keeps its bits.

    Before:
    ```mlir
    weft.model @loss(%x: tensor<8x4xf32>) -> (tensor<f32>, tensor<f32>) {
      %w = weft.parameter "w" init(ones) : tensor<4xf32>
      %y = weft.mul %x, %w : tensor<8x4xf32>, tensor<4xf32>
      %sum = weft.sum %y axes [0, 1] : tensor<8x4xf32>
      %n = weft.constant dense<8.0> : tensor<f32>
      weft.return %sum, %n : tensor<f32>, tensor<f32>
    }
    weft.train @loss optimizer(#weft.adamw)
    ```
    After (without scopes, phases and metrics):
    ```mlir
    weft.variable @w role(parameter) of "w" init(ones) : tensor<4xf32>
    weft.variable @w.gradient role(gradient) of "w" init(zeros) : tensor<4xf32>
    weft.graph @micro_step(%x: tensor<8x4xf32>) {
      %w = weft.get @w : tensor<4xf32>
      %y = weft.mul %x, %w : tensor<8x4xf32>, tensor<4xf32>
      %sum = weft.sum %y axes [0, 1] : tensor<8x4xf32>
      %flag = weft.step_value accumulate
      %one = weft.constant dense<1.0> : tensor<f32>
      %dy = weft.broadcast %one : tensor<f32> to tensor<8x4xf32>
      %p = weft.mul %dy, %x : tensor<8x4xf32>, tensor<8x4xf32>
      %dw = weft.sum %p axes [0] : tensor<8x4xf32>
      %old = weft.get @w.gradient : tensor<4xf32>
      %new = weft.accumulate %old, %dw, %flag : tensor<4xf32>
      weft.set @w.gradient, %new : tensor<4xf32>
      weft.return
    }
    weft.entry train "loss" of "loss" graphs [@micro_step] metrics [@loss_sum, @loss_weight]
    weft.graph @eval(%x: tensor<8x4xf32>) { ... }
    weft.entry eval "loss" of "loss" graphs [@eval] metrics [@eval_sum, @eval_weight]
    weft.train @micro_step optimizer(#weft.adamw)
    ```
  }];
  let dependentDialects = ["::weft::WeftDialect", "::weft::spec::SpecDialect"];
}

def FuseAccumulation : Pass<"weft-fuse-accumulation", "::mlir::ModuleOp"> {
  let summary = "Add products straight into gradients";
  let description = [{
    A product that is only added into a gradient becomes `weft.matmul_accumulate`, which needs no
    buffer for the product; one by expert adds into `old` itself. Numbers may change in the last bit: the library adds `old` and the product
    inside one call.

    Before:
    ```mlir
    %dw = weft.matmul %x, %dy {transpose_a} : tensor<64x32xf32>, tensor<64x96xf32>
    %new = weft.accumulate %old, %dw, %flag : tensor<32x96xf32>
    ```
    After:
    ```mlir
    %new = weft.matmul_accumulate %old, %x, %dy if %flag {transpose_a} : tensor<32x96xf32>, tensor<64x32xf32>, tensor<64x96xf32>
    ```
  }];
  let dependentDialects = ["::weft::WeftDialect"];
}

def BuildUpdate : Pass<"weft-build-update", "::mlir::ModuleOp"> {
  let summary = "Turn the train op into the graph apply, which updates the parameters";
  let description = [{
    Requires `weft-autodiff`. Each parameter of which the micro-step has a gradient gets what the optimizer
    keeps beside it: AdamW two moments (`.moment1`, `.moment2`), SGD with momentum one tensor (`.momentum`),
    else nothing; several trainings share it. The entry of the training gets the graph and
    `@gradient_norm` (of a further training "long": `@apply.long`, `@gradient_norm.long`). The graph

    - divides by the weight that the micro-steps accumulated. Where that is 0, no target counted and
      every gradient is 0; it is replaced by the smallest normal number, so that the mean gradient is
      0 as well, and the update only applies weight decay and lets moments and momentum fade;
    - computes the L2 norm of the mean gradient over all parameters, for the log
      (`@gradient_norm`) and for clipping. Squares are summed over fixed chunks of 4096 elements
      of each flattened parameter, the chunks' sums are joined in the order of the parameters and
      summed once, so that the bits do not depend on how the work is shared out;
    - scales gradients by min(1, clip_norm / (norm + 1e-6)) where the train op has a clip_norm;
    - applies the optimizer in PyTorch's order of operations. What depends on the step alone is computed in
      f64 once for each distinct setting of a group, and then rounded to the parameter's type.

    Warns, once, of trained parameters of 16 bits: what is rounded away of their updates is lost.

    All ops have the phase "update" and the scope of the parameter that they belong to.

    Before:
    ```mlir
    weft.variable @w role(parameter) of "w" init(ones) : tensor<4xf32>
    weft.variable @w.gradient role(gradient) of "w" init(zeros) : tensor<4xf32>
    weft.variable @loss_weight role(loss_weight) init(zeros) : tensor<f32>
    weft.graph @micro_step(...) { ... }
    weft.train @micro_step optimizer(#weft.adamw<weight_decay = 0.0>)
    ```
    After (the second moment and the scalars %step_size and %root, from step and learning rate, in
    short):
    ```mlir
    weft.variable @gradient_norm role(gradient_norm) init(zeros) : tensor<f32>
    weft.variable @w.moment1 role(optimizer) of "w" init(zeros) : tensor<4xf32>
    weft.variable @w.moment2 role(optimizer) of "w" init(zeros) : tensor<4xf32>
    weft.graph @apply() {
      %weight = weft.get @loss_weight : tensor<f32>
      %safe = weft.max %weight, %tiny : tensor<f32>, tensor<f32>
      %inverse = weft.div %one, %safe : tensor<f32>, tensor<f32>
      ...
      %d = weft.get @w.gradient : tensor<4xf32>
      %g = weft.mul %d, %inverse : tensor<4xf32>, tensor<f32>
      %m = weft.get @w.moment1 : tensor<4xf32>
      %e = weft.sub %g, %m : tensor<4xf32>, tensor<4xf32>
      %f = weft.mul %e, %one_minus_beta1 : tensor<4xf32>, tensor<f32>
      %m1 = weft.add %m, %f : tensor<4xf32>, tensor<4xf32>
      ...
      %p = weft.get @w : tensor<4xf32>
      %s = weft.mul %step_size, %m1 : tensor<f32>, tensor<4xf32>
      %t = weft.div %s, %denominator : tensor<4xf32>, tensor<4xf32>
      %p1 = weft.sub %p, %t : tensor<4xf32>, tensor<4xf32>
      weft.set @w, %p1 : tensor<4xf32>
      weft.return
    }
    ```
  }];
  let dependentDialects = ["::weft::WeftDialect", "::weft::spec::SpecDialect"];
}

def SinkLoss : Pass<"weft-sink-loss", "::mlir::ModuleOp"> {
  let summary = "compute each part of a loss just before its gradient";
  let description = [{
    Where a loss has several parts (see `weft-split-loss`), the logits and the rows of each move down to the
    first op that wants them, which is their gradient: so that the logits of one part at a time are alive.
    The sums of the parts move to where the loss is kept.
    ```mlir
    %l0 = weft.linear ...
    %r0 = weft.cross_entropy_rows %l0 ...
    %l1 = weft.linear ...
    %r1 = weft.cross_entropy_rows %l1 ...
    %d1 = weft.cross_entropy_backward %g, %l1 ...
    // becomes
    %l1 = weft.linear ...
    %r1 = weft.cross_entropy_rows %l1 ...
    %d1 = weft.cross_entropy_backward %g, %l1 ...
    %l0 = weft.linear ...
    ```
    Changes the order of ops only.
  }];
}

#endif // WEFT_AUTODIFF_PASSES
