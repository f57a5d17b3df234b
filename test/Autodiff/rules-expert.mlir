// Derivative rules of random ops and of experts. Evaluation drops nothing.
// RUN: weft-opt %s --split-input-file --weft-instantiate --weft-autodiff --weft-fuse-accumulation | FileCheck %s

// CHECK-LABEL: module @dropout
// CHECK: weft.dropout %{{.*}} key 560977462655294566 {phase = "forward", rate = 5.000000e-01 : f64}
// CHECK: weft.dropout %{{.*}} key 560977462655294566 {{[{].*}}phase = "backward", rate = 5.000000e-01 : f64}
// CHECK-LABEL: weft.graph @eval
// CHECK-NOT: weft.dropout
module @dropout {
  weft.model @loss(%g: tensor<8x4xf32>) -> (tensor<f32>, tensor<f32>) {
    %x = weft.parameter "x" init(normal, 0.5) : tensor<8x4xf32>
    %y = weft.dropout %x {rate = 0.5} : tensor<8x4xf32>
    %yg = weft.mul %y, %g : tensor<8x4xf32>, tensor<8x4xf32>
    %sum = weft.sum %yg axes [0, 1] : tensor<8x4xf32>
    %one = weft.constant dense<1.0> : tensor<f32>
    weft.return %sum, %one : tensor<f32>, tensor<f32>
  }
  weft.train @loss optimizer(#weft.adamw)
}

// -----

// Nothing is scattered, and the weights' gradients are added straight into theirs, twice for one that is used
// twice.
// CHECK-LABEL: module @experts
// CHECK: %[[V:.*]], %[[IDS:.*]] = weft.top_k
// CHECK: %[[ORDER:.*]], %[[SLOTS:.*]], %[[OFFSETS:.*]] = weft.route %[[IDS]] experts 4
// CHECK: %[[R:.*]] = weft.dispatch
// CHECK: %[[H:.*]] = weft.grouped_linear out_in %[[R]]
// CHECK: %[[Y:.*]] = weft.grouped_linear in_out %[[H]]
// CHECK: %[[DY:.*]] = weft.mul %{{.*}}, %g {{[{].*}}phase = "backward"}
// CHECK: %[[ROW:.*]] = weft.embedding %[[ORDER]], %
// CHECK: %[[OF:.*]] = weft.dispatch %[[DY]], %[[ORDER]], %[[SLOTS]]
// CHECK: %[[DO:.*]] = weft.mul %[[OF]], %[[ROW]]
// CHECK: weft.embedding %[[SLOTS]], %[[Y]]
// CHECK: %[[DH:.*]] = weft.grouped_linear out_in %[[DO]], %{{.*}}, %[[OFFSETS]]
// CHECK: %[[OLD:.*]] = weft.get @w.gradient
// CHECK: %[[FIRST:.*]] = weft.grouped_linear_backward %[[H]], %[[DO]], %[[OFFSETS]] into %[[OLD]] : tensor<4x5x3xf32> if %
// CHECK: %[[DR:.*]] = weft.grouped_linear in_out %[[DH]], %{{.*}}, %[[OFFSETS]]
// CHECK: %[[SECOND:.*]] = weft.grouped_linear_backward %[[DH]], %[[R]], %[[OFFSETS]] into %[[FIRST]] : tensor<4x5x3xf32> {
// CHECK: weft.set @w.gradient, %[[SECOND]]
// CHECK: weft.combine %[[DR]], %{{.*}}, %[[SLOTS]]
// CHECK: weft.one_hot
module @experts {
  weft.model @loss(%g: tensor<6x3xf32>) -> (tensor<f32>, tensor<f32>) {
    %x = weft.parameter "x" init(normal, 0.5) : tensor<6x3xf32>
    %scores = weft.parameter "scores" init(normal, 0.5) : tensor<6x4xf32>
    %w = weft.parameter "w" init(normal, 0.5) : tensor<4x5x3xf32>
    %v, %ids = weft.top_k %scores k 2 : tensor<6x4xf32>
    %order, %slots, %offsets = weft.route %ids experts 4 : tensor<6x2xi32>
    %r = weft.dispatch %x, %order, %slots : tensor<6x3xf32>, tensor<12xi32>, tensor<6x2xi32>
    %h = weft.grouped_linear out_in %r, %w, %offsets : tensor<12x3xf32>, tensor<4x5x3xf32>, tensor<5xi32>
    %o = weft.grouped_linear in_out %h, %w, %offsets : tensor<12x5xf32>, tensor<4x5x3xf32>, tensor<5xi32>
    %y = weft.combine %o, %v, %slots : tensor<12x3xf32>, tensor<6x2xf32>, tensor<6x2xi32>
    %yg = weft.mul %y, %g : tensor<6x3xf32>, tensor<6x3xf32>
    %sum = weft.sum %yg axes [0, 1] : tensor<6x3xf32>
    %one = weft.constant dense<1.0> : tensor<f32>
    weft.return %sum, %one : tensor<f32>, tensor<f32>
  }
  weft.train @loss optimizer(#weft.adamw)
}
