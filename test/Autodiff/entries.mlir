// Several train and eval ops: which graphs there are, what they are called, what they share.
// RUN: weft-opt %s --split-input-file --weft-autodiff | FileCheck %s

// Only eval ops: neither gradients nor the metrics of a training.
// CHECK-LABEL: module @only_eval
// CHECK-NOT: gradient
// CHECK-NOT: loss_sum
// CHECK-NOT: micro_step
// CHECK: weft.graph @eval(
// CHECK: weft.entry eval "held" of "loss" graphs [@eval] metrics [@eval_sum, @eval_weight]
// CHECK-NOT: weft.entry
// CHECK-NOT: weft.eval
module @only_eval {
  weft.model @loss(%x: tensor<8x4xf32>) -> (tensor<f32>, tensor<f32>) {
    %w = weft.parameter "w" init(ones) : tensor<4xf32>
    %y = weft.mul %x, %w : tensor<8x4xf32>, tensor<4xf32>
    %sum = weft.sum %y axes [0, 1] : tensor<8x4xf32>
    %n = weft.constant dense<8.0> : tensor<f32>
    weft.return %sum, %n : tensor<f32>, tensor<f32>
  }
  weft.eval @loss as "held"
}

// -----

// Two models over one parameter: one variable, one gradient; and a parameter that only one of them has. Without
// eval ops both are evaluated.
// CHECK-LABEL: module @two
// CHECK: weft.variable @w role(parameter)
// CHECK-NEXT: weft.variable @w.gradient role(gradient)
// CHECK-NEXT: weft.variable @loss_sum role
// CHECK-NEXT: weft.variable @loss_weight role
// CHECK-NEXT: weft.variable @v role(parameter)
// CHECK-NEXT: weft.variable @v.gradient role(gradient)
// CHECK-NEXT: weft.variable @loss_sum.long role
// CHECK-NEXT: weft.variable @loss_weight.long role
// CHECK-NEXT: weft.variable @eval_sum role
// CHECK-NEXT: weft.variable @eval_weight role
// CHECK-NEXT: weft.variable @eval_sum.long role
// CHECK-NEXT: weft.variable @eval_weight.long role
// CHECK-NEXT: weft.graph @micro_step(%x: tensor<8x4xf32>) {
// CHECK-NOT: @v
// CHECK: weft.entry train "short" of "short" graphs [@micro_step] metrics [@loss_sum, @loss_weight]
// CHECK-NEXT: weft.graph @micro_step.long(%x: tensor<1x4xf32>) {
// CHECK-DAG: weft.set @w.gradient
// CHECK-DAG: weft.set @v.gradient
// CHECK: weft.entry train "long" of "other" graphs [@micro_step.long] metrics [@loss_sum.long, @loss_weight.long]
// CHECK-NEXT: weft.graph @eval(%x: tensor<8x4xf32>) {
// CHECK: weft.entry eval "short" of "short" graphs [@eval] metrics [@eval_sum, @eval_weight]
// CHECK-NEXT: weft.graph @eval.long(%x: tensor<1x4xf32>) {
// CHECK: weft.entry eval "long" of "other" graphs [@eval.long] metrics [@eval_sum.long, @eval_weight.long]
// CHECK-NEXT: weft.train @micro_step optimizer
// CHECK-NEXT: weft.train @micro_step.long as "long" optimizer
module @two {
  weft.model @short(%x: tensor<8x4xf32>) -> (tensor<f32>, tensor<f32>) {
    %w = weft.parameter "w" init(ones) : tensor<4xf32>
    %y = weft.mul %x, %w : tensor<8x4xf32>, tensor<4xf32>
    %sum = weft.sum %y axes [0, 1] : tensor<8x4xf32>
    %n = weft.constant dense<8.0> : tensor<f32>
    weft.return %sum, %n : tensor<f32>, tensor<f32>
  }
  weft.model @other(%x: tensor<1x4xf32>) -> (tensor<f32>, tensor<f32>) {
    %w = weft.parameter "w" init(ones) : tensor<4xf32>
    %v = weft.parameter "v" init(zeros) : tensor<4xf32>
    %p = weft.mul %x, %w : tensor<1x4xf32>, tensor<4xf32>
    %y = weft.add %p, %v : tensor<1x4xf32>, tensor<4xf32>
    %sum = weft.sum %y axes [0, 1] : tensor<1x4xf32>
    %n = weft.constant dense<1.0> : tensor<f32>
    weft.return %sum, %n : tensor<f32>, tensor<f32>
  }
  weft.train @short optimizer(#weft.adamw)
  weft.train @other as "long" optimizer(#weft.adamw)
}

// -----

// One model, trained in two ways and evaluated under another name.
// CHECK-LABEL: module @ways
// CHECK: weft.entry train "loss" of "loss" graphs [@micro_step]
// CHECK: weft.entry train "b" of "loss" graphs [@micro_step.b]
// CHECK: weft.entry eval "held" of "loss" graphs [@eval]
// CHECK-NOT: weft.entry
module @ways {
  weft.model @loss(%x: tensor<8x4xf32>) -> (tensor<f32>, tensor<f32>) {
    %w = weft.parameter "w" init(ones) : tensor<4xf32>
    %y = weft.mul %x, %w : tensor<8x4xf32>, tensor<4xf32>
    %sum = weft.sum %y axes [0, 1] : tensor<8x4xf32>
    %n = weft.constant dense<8.0> : tensor<f32>
    weft.return %sum, %n : tensor<f32>, tensor<f32>
  }
  weft.train @loss optimizer(#weft.adamw)
  weft.train @loss as "b" optimizer(#weft.adamw<weight_decay = 0.0>)
  weft.eval @loss as "held"
}
