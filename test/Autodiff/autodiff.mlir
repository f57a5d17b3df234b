// What weft-autodiff makes of a model: variables, metrics, graphs, scopes, accumulation.
// RUN: weft-opt %s --split-input-file --weft-autodiff --verify-diagnostics | FileCheck %s
// RUN: weft-opt %s --split-input-file --weft-autodiff --verify-diagnostics --mlir-print-debuginfo --mlir-print-local-scope | FileCheck %s --check-prefix=LOC

// Inputs keep their names; gradients are reset by the flag of the first micro-step.
// CHECK-LABEL: module @whole
// CHECK-NOT: weft.model
// CHECK: weft.variable @h.0.weight role(parameter) of "h.0.weight" init(normal, {{.*}}) key 7 : tensor<4xf32>
// CHECK-NEXT: weft.variable @h.0.weight.gradient role(gradient) of "h.0.weight" init(zeros) : tensor<4xf32>
// CHECK-NEXT: weft.variable @loss_sum role(loss_sum) init(zeros) : tensor<f32>
// CHECK-NEXT: weft.variable @loss_weight role(loss_weight) init(zeros) : tensor<f32>
// CHECK-NEXT: weft.variable @eval_sum role(eval_sum) init(zeros) : tensor<f32>
// CHECK-NEXT: weft.variable @eval_weight role(eval_weight) init(zeros) : tensor<f32>
// CHECK-NEXT: weft.graph @micro_step(%tokens: tensor<8x4xf32>) {
// CHECK-NEXT: %[[W:.*]] = weft.get @h.0.weight {phase = "forward", scope = "h.0"} : tensor<4xf32>
// CHECK-NEXT: %[[Y:.*]] = weft.mul %tokens, %[[W]] {phase = "forward", scope = "h.0"}
// CHECK-NEXT: %[[SUM:.*]] = weft.sum %[[Y]] axes [0, 1] {phase = "forward", scope = "head"}
// CHECK-NEXT: %[[N:.*]] = weft.constant dense<8.000000e+00>
// CHECK-NEXT: %[[FLAG:.*]] = weft.step_value accumulate {phase = "forward"}
// CHECK-NEXT: %[[OLD:.*]] = weft.get @loss_sum
// CHECK-NEXT: %[[NEW:.*]] = weft.accumulate %[[OLD]], %[[SUM]], %[[FLAG]]
// CHECK-NEXT: weft.set @loss_sum, %[[NEW]]
// CHECK-NEXT: %[[OLD:.*]] = weft.get @loss_weight
// CHECK-NEXT: %[[NEW:.*]] = weft.accumulate %[[OLD]], %[[N]], %[[FLAG]]
// CHECK-NEXT: weft.set @loss_weight, %[[NEW]]
// CHECK-NEXT: %[[ONE:.*]] = weft.constant dense<1.000000e+00> : tensor<f32> {{[{].*}}phase = "backward", scope = "head"}
// CHECK-NEXT: %[[DY:.*]] = weft.broadcast %[[ONE]] {{[{].*}}phase = "backward", scope = "head"}
// CHECK-NEXT: %[[P:.*]] = weft.mul %[[DY]], %tokens {{[{].*}}phase = "backward", scope = "h.0"}
// CHECK-NEXT: %[[DW:.*]] = weft.sum %[[P]] axes [0] {{[{].*}}phase = "backward", scope = "h.0"}
// CHECK-NEXT: %[[OLD:.*]] = weft.get @h.0.weight.gradient {{[{].*}}phase = "backward", scope = "h.0"}
// CHECK-NEXT: %[[NEW:.*]] = weft.accumulate %[[OLD]], %[[DW]], %[[FLAG]] {{[{].*}}phase = "backward", scope = "h.0"}
// CHECK-NEXT: weft.set @h.0.weight.gradient, %[[NEW]] {{[{].*}}phase = "backward", scope = "h.0"}
// CHECK-NEXT: weft.return
// CHECK: weft.graph @eval(%tokens: tensor<8x4xf32>) {
// CHECK-NEXT: %[[W:.*]] = weft.get @h.0.weight
// CHECK-NEXT: %[[Y:.*]] = weft.mul %tokens, %[[W]]
// CHECK-NEXT: %[[SUM:.*]] = weft.sum %[[Y]] axes [0, 1]
// CHECK-NEXT: %[[N:.*]] = weft.constant dense<8.000000e+00>
// CHECK-NEXT: %[[FLAG:.*]] = weft.step_value accumulate
// CHECK-NEXT: %[[OLD:.*]] = weft.get @eval_sum
// CHECK-NEXT: %[[NEW:.*]] = weft.accumulate %[[OLD]], %[[SUM]], %[[FLAG]]
// CHECK-NEXT: weft.set @eval_sum, %[[NEW]]
// CHECK-NEXT: %[[OLD:.*]] = weft.get @eval_weight
// CHECK-NEXT: %[[NEW:.*]] = weft.accumulate %[[OLD]], %[[N]], %[[FLAG]]
// CHECK-NEXT: weft.set @eval_weight, %[[NEW]]
// CHECK-NEXT: weft.return
// CHECK: weft.train @micro_step

// The backward stands at the user's line.
// LOC-LABEL: module @whole
// LOC: weft.broadcast {{.*}} loc("{{.*}}autodiff.mlir":[[@LINE+6]]:12)
module @whole {
  weft.model @loss(%tokens: tensor<8x4xf32>) -> (tensor<f32>, tensor<f32>) {
    %w = weft.parameter "h.0.weight" init(normal, 0.02) key 7 {scope = "h.0"} : tensor<4xf32>
    %y = weft.mul %tokens, %w {scope = "h.0", phase = "forward"} : tensor<8x4xf32>, tensor<4xf32>
    // The next line is the one that LOC counts to.
    %sum = weft.sum %y axes [0, 1] {scope = "head", phase = "forward"} : tensor<8x4xf32>
    %n = weft.constant dense<8.0> : tensor<f32>
    weft.return %sum, %n : tensor<f32>, tensor<f32>
  }
  weft.train @loss optimizer(#weft.adamw)
}

// -----

// A tied weight, under one name in two ops: the last use's contribution is accumulated by the flag,
// the others are added to that, each as soon as it is there. A name of a parameter may be the model's.
// CHECK-LABEL: module @tied
// CHECK: weft.variable @loss role(parameter)
// CHECK-NOT: role(parameter)
// CHECK: weft.graph @micro_step(
// CHECK: %[[FLAG:.*]] = weft.step_value accumulate
// CHECK: %[[DY:.*]] = weft.reshape %{{.*}} {{[{].*}}phase = "backward"} : tensor<2x3x9xf32> to tensor<6x9xf32>
// CHECK: %[[DW:.*]] = weft.matmul %[[DY]], %
// CHECK: %[[OLD:.*]] = weft.get @loss.gradient
// CHECK: %[[FIRST:.*]] = weft.accumulate %[[OLD]], %[[DW]], %[[FLAG]]
// CHECK: %[[SECOND:.*]] = weft.embedding_backward %[[FIRST]], %ids, %{{[0-9]+}} {
// CHECK: weft.set @loss.gradient, %[[SECOND]]
module @tied {
  weft.model @loss(%ids: tensor<2x3xi32>, %g: tensor<2x3x9xf32>) -> (tensor<f32>, tensor<f32>) {
    %t = weft.parameter "loss" init(normal, 0.02) : tensor<9x4xf32>
    %x = weft.embedding %ids, %t : tensor<2x3xi32>, tensor<9x4xf32>
    %u = weft.parameter "loss" init(normal, 0.02) : tensor<9x4xf32>
    %y = weft.linear out_in %x, %u : (tensor<2x3x4xf32>, tensor<9x4xf32>) -> tensor<2x3x9xf32>
    %z = weft.mul %y, %g : tensor<2x3x9xf32>, tensor<2x3x9xf32>
    %sum = weft.sum %z axes [0, 1, 2] : tensor<2x3x9xf32>
    %n = weft.constant dense<6.0> : tensor<f32>
    weft.return %sum, %n : tensor<f32>, tensor<f32>
  }
  weft.train @loss optimizer(#weft.adamw)
}

// -----

// Contributions to a value inside are added, later use first; the value's own op is differentiated once.
// CHECK-LABEL: module @two_uses
// CHECK: %[[T:.*]] = weft.tanh
// CHECK: %[[B:.*]] = weft.neg %{{.*}} {{[{].*}}phase = "backward"}
// CHECK: %[[A:.*]] = weft.mul %{{.*}}, %{{.*}} {{[{].*}}phase = "backward"}
// CHECK: %[[DT:.*]] = weft.add %[[B]], %[[A]] {{[{].*}}phase = "backward"}
// CHECK: weft.mul %[[T]], %[[T]] {{[{].*}}phase = "backward"}
// CHECK: weft.mul %[[DT]], %
// CHECK-NOT: weft.mul %[[T]], %[[T]] {{[{].*}}phase = "backward"}
// CHECK: weft.return
module @two_uses {
  weft.model @loss() -> (tensor<f32>, tensor<f32>) {
    %x = weft.parameter "x" init(normal, 0.02) : tensor<3xf32>
    %t = weft.tanh %x : tensor<3xf32>
    %a = weft.exp %t : tensor<3xf32>
    %b = weft.neg %t : tensor<3xf32>
    %c = weft.add %a, %b : tensor<3xf32>, tensor<3xf32>
    %sum = weft.sum %c axes [0] : tensor<3xf32>
    %n = weft.constant dense<1.0> : tensor<f32>
    weft.return %sum, %n : tensor<f32>, tensor<f32>
  }
  weft.train @loss optimizer(#weft.adamw)
}

// -----

// A parameter that is itself the loss sum; the weight counts as a constant, although it depends on one.
// CHECK-LABEL: module @loss_is_parameter
// CHECK: %[[ONE:.*]] = weft.constant dense<1.000000e+00> : tensor<f64> {{[{].*}}phase = "backward"}
// CHECK: weft.accumulate %{{.*}}, %[[ONE]], %
// CHECK: weft.set @x.gradient
// CHECK-NOT: weft.exp {{.*}}backward
// CHECK: weft.return
module @loss_is_parameter {
  weft.model @loss() -> (tensor<f64>, tensor<f64>) {
    %x = weft.parameter "x" init(ones) : tensor<f64>
    %n = weft.exp %x : tensor<f64>
    weft.return %x, %n : tensor<f64>, tensor<f64>
  }
  weft.train @loss optimizer(#weft.adamw)
}

// -----

// CHECK-LABEL: module @unused
// CHECK: %[[ZERO:.*]] = weft.constant dense<0.000000e+00> : tensor<3xf32> {{[{].*}}phase = "backward"}
// CHECK: weft.get @y.gradient
// CHECK: %[[NEW:.*]] = weft.accumulate %{{.*}}, %[[ZERO]], %
// CHECK: weft.set @y.gradient, %[[NEW]]
module @unused {
  weft.model @loss() -> (tensor<f32>, tensor<f32>) {
    %x = weft.parameter "x" init(ones) : tensor<3xf32>
    // expected-warning @below {{parameter 'y' does not influence the loss; its gradient stays zero}}
    %y = weft.parameter "y" init(ones) : tensor<3xf32>
    %sum = weft.sum %x axes [0] : tensor<3xf32>
    %n = weft.constant dense<1.0> : tensor<f32>
    weft.return %sum, %n : tensor<f32>, tensor<f32>
  }
  weft.train @loss optimizer(#weft.adamw)
}

// -----

// Parameters with the names of what training makes: each variable has a symbol of its own, and `of` says whose it is.
// CHECK-LABEL: module @names
// CHECK: weft.variable @y role(parameter) of "y" init(ones)
// CHECK-NEXT: weft.variable @y.gradient role(gradient) of "y"
// CHECK-NEXT: weft.variable @y.gradient_0 role(parameter) of "y.gradient" init(ones)
// CHECK-NEXT: weft.variable @y.gradient.gradient role(gradient) of "y.gradient"
// CHECK-NEXT: weft.variable @eval_0 role(parameter) of "eval" init(ones)
// CHECK-NEXT: weft.variable @eval.gradient role(gradient) of "eval"
// CHECK-NEXT: weft.variable @loss_sum role(parameter) of "loss_sum" init(ones)
// CHECK-NEXT: weft.variable @loss_sum.gradient role(gradient) of "loss_sum"
// CHECK-NEXT: weft.variable @loss_sum_0 role(loss_sum) init(zeros)
// CHECK: weft.graph @micro_step()
// CHECK: weft.set @loss_sum_0
// CHECK: weft.graph @eval()
// CHECK: weft.get @y.gradient_0
// CHECK: weft.get @eval_0
module @names {
  weft.model @loss() -> (tensor<f32>, tensor<f32>) {
    %y = weft.parameter "y" init(ones) : tensor<f32>
    %x = weft.parameter "y.gradient" init(ones) : tensor<f32>
    %z = weft.parameter "eval" init(ones) : tensor<f32>
    %s = weft.parameter "loss_sum" init(ones) : tensor<f32>
    %xy = weft.mul %x, %y : tensor<f32>, tensor<f32>
    %zs = weft.mul %z, %s : tensor<f32>, tensor<f32>
    %sum = weft.mul %xy, %zs : tensor<f32>, tensor<f32>
    %one = weft.constant dense<1.0> : tensor<f32>
    weft.return %sum, %one : tensor<f32>, tensor<f32>
  }
  weft.train @loss optimizer(#weft.adamw)
}
