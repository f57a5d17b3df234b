// Derivative rules of ops of later models. The gradient towards the op is `dy`, 1 times the input %g.
// RUN: weft-opt %s --split-input-file --weft-autodiff | FileCheck %s

// s (1 + x (1 - s))
// CHECK-LABEL: module @silu
// CHECK: %[[X:.*]] = weft.get @x 
// CHECK: %[[DY:.*]] = weft.mul %{{.*}}, %g {{[{].*}}phase = "backward"}
// CHECK: %[[S:.*]] = weft.sigmoid %[[X]]
// CHECK: %[[REST:.*]] = weft.sub %{{.*}}, %[[S]]
// CHECK: %[[XREST:.*]] = weft.mul %[[X]], %[[REST]]
// CHECK: %[[SUM:.*]] = weft.add %[[XREST]], %
// CHECK: %[[SLOPE:.*]] = weft.mul %[[S]], %[[SUM]]
// CHECK: weft.mul %[[DY]], %[[SLOPE]]
module @silu {
  weft.model @loss(%g: tensor<3x5xf32>) -> (tensor<f32>, tensor<f32>) {
    %x = weft.parameter "x" init(normal, 0.5) : tensor<3x5xf32>
    %y = weft.silu %x : tensor<3x5xf32>
    %yg = weft.mul %y, %g : tensor<3x5xf32>, tensor<3x5xf32>
    %sum = weft.sum %yg axes [0, 1] : tensor<3x5xf32>
    %one = weft.constant dense<1.0> : tensor<f32>
    weft.return %sum, %one : tensor<f32>, tensor<f32>
  }
  weft.train @loss optimizer(#weft.adamw)
}

// -----

// What is not chosen gets nothing, not even NaN times 0; nothing flows through the comparison.
// CHECK-LABEL: module @where
// CHECK: %[[X:.*]] = weft.get @x 
// CHECK: %[[C:.*]] = weft.compare gt %[[X]], %g
// CHECK: weft.where %[[C]]
// CHECK: %[[DY:.*]] = weft.mul %{{.*}}, %g {{[{].*}}phase = "backward"}
// CHECK: %[[ZERO:.*]] = weft.constant dense<0.000000e+00>
// CHECK: %[[DX:.*]] = weft.where %[[C]], %[[DY]], %[[ZERO]]
// CHECK: %[[DZ0:.*]] = weft.where %[[C]], %[[ZERO]], %[[DY]]
// CHECK: %[[DZ:.*]] = weft.sum %[[DZ0]] axes [0] 
// CHECK-NOT: weft.compare
// CHECK: weft.accumulate %{{.*}}, %[[DX]], %
// CHECK: weft.accumulate %{{.*}}, %[[DZ]], %
module @where {
  weft.model @loss(%g: tensor<3x5xf32>) -> (tensor<f32>, tensor<f32>) {
    %x = weft.parameter "x" init(normal, 0.5) : tensor<3x5xf32>
    %z = weft.parameter "z" init(normal, 0.5) : tensor<5xf32>
    %c = weft.compare gt %x, %g : tensor<3x5xf32>, tensor<3x5xf32> -> tensor<3x5xf32>
    %y = weft.where %c, %x, %z : tensor<3x5xf32>, tensor<3x5xf32>, tensor<5xf32>
    %yg = weft.mul %y, %g : tensor<3x5xf32>, tensor<3x5xf32>
    %sum = weft.sum %yg axes [0, 1] : tensor<3x5xf32>
    %one = weft.constant dense<1.0> : tensor<f32>
    weft.return %sum, %one : tensor<f32>, tensor<f32>
  }
  weft.train @loss optimizer(#weft.adamw)
}

// -----

// Only the input and the weight are kept.
// CHECK-LABEL: module @rms_norm
// CHECK: %[[X:.*]] = weft.get @x 
// CHECK: %[[DY:.*]] = weft.mul %{{.*}}, %g {{[{].*}}phase = "backward"}
// CHECK: %[[SQ:.*]] = weft.mul %[[X]], %[[X]]
// CHECK: %[[MEAN:.*]] = weft.mean %[[SQ]] axes [1] {keep_dims
// CHECK: %[[RSTD:.*]] = weft.rsqrt %
// CHECK: %[[W:.*]] = weft.add %{{.*}}, %{{.*}} : tensor<5xf32>, tensor<f32>
// CHECK: %[[XHAT:.*]] = weft.mul %[[X]], %[[RSTD]]
// CHECK: %[[G:.*]] = weft.mul %[[DY]], %[[W]]
// CHECK: %[[GX:.*]] = weft.mul %[[G]], %[[XHAT]]
// CHECK: weft.mean %[[GX]]
// CHECK: %[[XHAT2:.*]] = weft.mul %[[X]], %[[RSTD]]
// CHECK: %[[DW:.*]] = weft.mul %[[DY]], %[[XHAT2]]
// CHECK: weft.sum %[[DW]] axes [0]
module @rms_norm {
  weft.model @loss(%g: tensor<3x5xf32>) -> (tensor<f32>, tensor<f32>) {
    %x = weft.parameter "x" init(normal, 0.5) : tensor<3x5xf32>
    %w = weft.parameter "w" init(zeros) : tensor<5xf32>
    %y = weft.rms_norm %x, %w {eps = 1.0e-6, weight_offset = 1.0} : tensor<3x5xf32>, tensor<5xf32>
    %yg = weft.mul %y, %g : tensor<3x5xf32>, tensor<3x5xf32>
    %sum = weft.sum %yg axes [0, 1] : tensor<3x5xf32>
    %one = weft.constant dense<1.0> : tensor<f32>
    weft.return %sum, %one : tensor<f32>, tensor<f32>
  }
  weft.train @loss optimizer(#weft.adamw)
}

// -----

// Turned back; the scaling goes with it.
// CHECK-LABEL: module @rope
// CHECK: weft.rope half %{{.*}} {phase = "forward", scaling = #weft.rope_linear<factor = 2.0>, theta = 1.000000e+04 : f64}
// CHECK: %[[DY:.*]] = weft.mul %{{.*}}, %g {{[{].*}}phase = "backward"}
// CHECK: weft.rope half %[[DY]] {inverse, {{.*}}phase = "backward", scaling = #weft.rope_linear<factor = 2.0>, theta = 1.000000e+04 : f64}
module @rope {
  weft.model @loss(%g: tensor<3x6xf32>) -> (tensor<f32>, tensor<f32>) {
    %x = weft.parameter "x" init(normal, 0.5) : tensor<3x6xf32>
    %y = weft.rope half %x {theta = 10000.0, scaling = #weft.rope_linear<factor = 2.0>} : tensor<3x6xf32>
    %yg = weft.mul %y, %g : tensor<3x6xf32>, tensor<3x6xf32>
    %sum = weft.sum %yg axes [0, 1] : tensor<3x6xf32>
    %one = weft.constant dense<1.0> : tensor<f32>
    weft.return %sum, %one : tensor<f32>, tensor<f32>
  }
  weft.train @loss optimizer(#weft.adamw)
}

// -----

// The options go to the gradient of the rows.
// CHECK-LABEL: module @cross_entropy_rows
// CHECK: weft.cross_entropy_backward %{{.*}} {ignore_index = -1 : i64, label_smoothing = 1.000000e-01 : f64, {{.*}}z_loss = 1.000000e-04 : f64}
module @cross_entropy_rows {
  weft.model @loss(%t: tensor<3xi32>) -> (tensor<f32>, tensor<f32>) {
    %x = weft.parameter "x" init(normal, 0.5) : tensor<3x5xf32>
    %y, %w, %lse = weft.cross_entropy_rows %x, %t {ignore_index = -1, label_smoothing = 0.1, z_loss = 1.0e-4} : tensor<3x5xf32>, tensor<3xi32>
    %sum = weft.sum %y axes [0, 1] : tensor<3x1xf32>
    %one = weft.constant dense<1.0> : tensor<f32>
    weft.return %sum, %one : tensor<f32>, tensor<f32>
  }
  weft.train @loss optimizer(#weft.adamw)
}
