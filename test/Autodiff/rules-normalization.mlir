// Derivative rules of ops over whole rows. The gradient towards the op is `dy`, 1 times the input %g.
// RUN: weft-opt %s --split-input-file --weft-autodiff | FileCheck %s

// Mean and rstd are computed again from x; the normalised x once for dx and once for dw.
// CHECK-LABEL: module @layer_norm
// CHECK: %[[X:.*]] = weft.get @x 
// CHECK: %[[W:.*]] = weft.get @w 
// CHECK: %[[DY:.*]] = weft.mul %{{.*}}, %g {{[{].*}}phase = "backward"}
// CHECK: %[[MEAN:.*]] = weft.mean %[[X]] axes [1] {keep_dims
// CHECK: %[[C:.*]] = weft.sub %[[X]], %[[MEAN]]
// CHECK: %[[C2:.*]] = weft.mul %[[C]], %[[C]]
// CHECK: %[[VAR:.*]] = weft.mean %[[C2]] axes [1] {keep_dims
// CHECK: weft.constant dense<9.99999974E-6>
// CHECK: %[[S:.*]] = weft.add %[[VAR]], %
// CHECK: %[[RSTD:.*]] = weft.rsqrt %[[S]]
// CHECK: %[[C:.*]] = weft.sub %[[X]], %[[MEAN]]
// CHECK: %[[XHAT:.*]] = weft.mul %[[C]], %[[RSTD]]
// CHECK: %[[G:.*]] = weft.mul %[[DY]], %[[W]]
// CHECK: %[[GM:.*]] = weft.mean %[[G]] axes [1] {keep_dims
// CHECK: %[[GX:.*]] = weft.mul %[[G]], %[[XHAT]]
// CHECK: %[[GXM:.*]] = weft.mean %[[GX]] axes [1] {keep_dims
// CHECK: %[[D1:.*]] = weft.sub %[[G]], %[[GM]]
// CHECK: %[[D2:.*]] = weft.mul %[[XHAT]], %[[GXM]]
// CHECK: %[[D3:.*]] = weft.sub %[[D1]], %[[D2]]
// CHECK: %[[DX:.*]] = weft.mul %[[D3]], %[[RSTD]]
// CHECK: %[[C:.*]] = weft.sub %[[X]], %[[MEAN]]
// CHECK: %[[XHAT:.*]] = weft.mul %[[C]], %[[RSTD]]
// CHECK: %[[P:.*]] = weft.mul %[[DY]], %[[XHAT]]
// CHECK: %[[DW:.*]] = weft.sum %[[P]] axes [0]
// CHECK: %[[DB:.*]] = weft.sum %[[DY]] axes [0]
// CHECK: %[[OLDx:.*]] = weft.get @x.gradient
// CHECK: weft.accumulate %[[OLDx]], %[[DX]], %
// CHECK: %[[OLDw:.*]] = weft.get @w.gradient
// CHECK: weft.accumulate %[[OLDw]], %[[DW]], %
// CHECK: %[[OLDb:.*]] = weft.get @b.gradient
// CHECK: weft.accumulate %[[OLDb]], %[[DB]], %
module @layer_norm {
  weft.model @loss(%g: tensor<3x5xf32>) -> (tensor<f32>, tensor<f32>) {
    %x = weft.parameter "x" init(normal, 0.5) : tensor<3x5xf32>
    %w = weft.parameter "w" init(normal, 0.5) : tensor<5xf32>
    %b = weft.parameter "b" init(normal, 0.5) : tensor<5xf32>
    %y = weft.layer_norm %x, %w, %b {eps = 1.0e-5} : tensor<3x5xf32>, tensor<5xf32>, tensor<5xf32>
    %yg = weft.mul %y, %g : tensor<3x5xf32>, tensor<3x5xf32>
    %sum = weft.sum %yg axes [0, 1] : tensor<3x5xf32>
    %one = weft.constant dense<1.0> : tensor<f32>
    weft.return %sum, %one : tensor<f32>, tensor<f32>
  }
  weft.train @loss optimizer(#weft.adamw)
}

// -----

// Only the result is kept.
// CHECK-LABEL: module @softmax
// CHECK: %[[Y:.*]] = weft.softmax
// CHECK: %[[DY:.*]] = weft.mul %{{.*}}, %g {{[{].*}}phase = "backward"}
// CHECK: %[[P:.*]] = weft.mul %[[DY]], %[[Y]]
// CHECK: %[[S:.*]] = weft.sum %[[P]] axes [1] {keep_dims
// CHECK: %[[D:.*]] = weft.sub %[[DY]], %[[S]]
// CHECK: %[[R:.*]] = weft.mul %[[Y]], %[[D]]
// CHECK: %[[OLDx:.*]] = weft.get @x.gradient
// CHECK: weft.accumulate %[[OLDx]], %[[R]], %
module @softmax {
  weft.model @loss(%g: tensor<3x5xf32>) -> (tensor<f32>, tensor<f32>) {
    %x = weft.parameter "x" init(normal, 0.5) : tensor<3x5xf32>
    %y = weft.softmax %x : tensor<3x5xf32>
    %yg = weft.mul %y, %g : tensor<3x5xf32>, tensor<3x5xf32>
    %sum = weft.sum %yg axes [0, 1] : tensor<3x5xf32>
    %one = weft.constant dense<1.0> : tensor<f32>
    weft.return %sum, %one : tensor<f32>, tensor<f32>
  }
  weft.train @loss optimizer(#weft.adamw)
}

// -----

// A gradient for each row is multiplied in.
// CHECK-LABEL: module @cross_entropy_rows
// CHECK: %[[X:.*]] = weft.get @x 
// CHECK: %{{.*}}, %{{.*}}, %[[LSE:.*]] = weft.cross_entropy_rows
// CHECK: %[[DY:.*]] = weft.mul %{{.*}}, %g {{[{].*}}phase = "backward"}
// CHECK: %[[ONE:.*]] = weft.constant dense<1.000000e+00> : tensor<f32>
// CHECK: %[[D:.*]] = weft.cross_entropy_backward %[[ONE]], %[[X]], %t, %[[LSE]] {ignore_index = -1 : i64
// CHECK: %[[R:.*]] = weft.mul %[[D]], %[[DY]]
// CHECK: %[[OLDx:.*]] = weft.get @x.gradient
// CHECK: weft.accumulate %[[OLDx]], %[[R]], %
module @cross_entropy_rows {
  weft.model @loss(%t: tensor<3xi32>, %g: tensor<3x1xf32>) -> (tensor<f32>, tensor<f32>) {
    %x = weft.parameter "x" init(normal, 0.5) : tensor<3x5xf32>
    %y, %w, %lse = weft.cross_entropy_rows %x, %t {ignore_index = -1} : tensor<3x5xf32>, tensor<3xi32>
    %yg = weft.mul %y, %g : tensor<3x1xf32>, tensor<3x1xf32>
    %sum = weft.sum %yg axes [0, 1] : tensor<3x1xf32>
    %one = weft.constant dense<1.0> : tensor<f32>
    weft.return %sum, %one : tensor<f32>, tensor<f32>
  }
  weft.train @loss optimizer(#weft.adamw)
}

// -----

// Towards the log-sum-exp: softmax. The weight has no derivative.
// CHECK-LABEL: module @log_sum_exp
// CHECK: %[[X:.*]] = weft.get @x 
// CHECK: %{{.*}}, %{{.*}}, %[[LSE:.*]] = weft.cross_entropy_rows
// CHECK: %[[DY:.*]] = weft.mul %{{.*}}, %g {{[{].*}}phase = "backward"}
// CHECK-NOT: weft.cross_entropy_backward
// CHECK: %[[D:.*]] = weft.sub %[[X]], %[[LSE]]
// CHECK: %[[E:.*]] = weft.exp %[[D]]
// CHECK: %[[R:.*]] = weft.mul %[[E]], %[[DY]]
// CHECK: %[[OLDx:.*]] = weft.get @x.gradient
// CHECK: weft.accumulate %[[OLDx]], %[[R]], %
module @log_sum_exp {
  weft.model @loss(%t: tensor<3xi32>, %g: tensor<3x1xf32>) -> (tensor<f32>, tensor<f32>) {
    %x = weft.parameter "x" init(normal, 0.5) : tensor<3x5xf32>
    %l, %w, %lse = weft.cross_entropy_rows %x, %t : tensor<3x5xf32>, tensor<3xi32>
    %y = weft.add %w, %lse : tensor<3x1xf32>, tensor<3x1xf32>
    %yg = weft.mul %y, %g : tensor<3x1xf32>, tensor<3x1xf32>
    %sum = weft.sum %yg axes [0, 1] : tensor<3x1xf32>
    %one = weft.constant dense<1.0> : tensor<f32>
    weft.return %sum, %one : tensor<f32>, tensor<f32>
  }
  weft.train @loss optimizer(#weft.adamw)
}

// -----

// The usual loss: one gradient for all rows goes into the op as a scalar.
// CHECK-LABEL: module @loss_sum
// CHECK: %[[ONE:.*]] = weft.constant dense<1.000000e+00> : tensor<f32> {{[{].*}}phase = "backward"}
// CHECK: %[[R:.*]] = weft.cross_entropy_backward %[[ONE]], %
// CHECK-NOT: weft.mul
// CHECK: weft.accumulate %{{.*}}, %[[R]], %
module @loss_sum {
  weft.model @loss(%t: tensor<3xi32>) -> (tensor<f32>, tensor<f32>) {
    %x = weft.parameter "x" init(normal, 0.5) : tensor<3x5xf32>
    %l, %w, %lse = weft.cross_entropy_rows %x, %t : tensor<3x5xf32>, tensor<3xi32>
    %sum = weft.sum %l axes [0, 1] : tensor<3x1xf32>
    %weight = weft.sum %w axes [0, 1] : tensor<3x1xf32>
    weft.return %sum, %weight : tensor<f32>, tensor<f32>
  }
  weft.train @loss optimizer(#weft.adamw)
}
