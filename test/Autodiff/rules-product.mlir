// Derivative rules of products and lookups. The gradient towards the op is `dy`, 1 times the input %g.
// RUN: weft-opt %s --split-input-file --weft-autodiff | FileCheck %s

// CHECK-LABEL: module @matmul_nn
// CHECK: %[[A:.*]] = weft.get @a 
// CHECK: %[[B:.*]] = weft.get @b 
// CHECK: %[[DY:.*]] = weft.mul %{{.*}}, %g {{[{].*}}phase = "backward"}
// CHECK: %[[DA:.*]] = weft.matmul %[[DY]], %[[B]] {{[{].*}}phase = "backward", transpose_b}
// CHECK: %[[DB:.*]] = weft.matmul %[[A]], %[[DY]] {{[{].*}}phase = "backward", transpose_a}
// CHECK: %[[OLDa:.*]] = weft.get @a.gradient
// CHECK: weft.accumulate %[[OLDa]], %[[DA]], %
// CHECK: %[[OLDb:.*]] = weft.get @b.gradient
// CHECK: weft.accumulate %[[OLDb]], %[[DB]], %
module @matmul_nn {
  weft.model @loss(%g: tensor<2x3x5xf32>) -> (tensor<f32>, tensor<f32>) {
    %a = weft.parameter "a" init(normal, 0.5) : tensor<2x3x7xf32>
    %b = weft.parameter "b" init(normal, 0.5) : tensor<2x7x5xf32>
    %y = weft.matmul %a, %b : tensor<2x3x7xf32>, tensor<2x7x5xf32>
    %yg = weft.mul %y, %g : tensor<2x3x5xf32>, tensor<2x3x5xf32>
    %sum = weft.sum %yg axes [0, 1, 2] : tensor<2x3x5xf32>
    %one = weft.constant dense<1.0> : tensor<f32>
    weft.return %sum, %one : tensor<f32>, tensor<f32>
  }
  weft.train @loss optimizer(#weft.adamw)
}

// -----

// CHECK-LABEL: module @matmul_nt
// CHECK: %[[A:.*]] = weft.get @a 
// CHECK: %[[B:.*]] = weft.get @b 
// CHECK: %[[DY:.*]] = weft.mul %{{.*}}, %g {{[{].*}}phase = "backward"}
// CHECK: %[[DA:.*]] = weft.matmul %[[DY]], %[[B]] {{[{].*}}phase = "backward"}
// CHECK: %[[DB:.*]] = weft.matmul %[[DY]], %[[A]] {{[{].*}}phase = "backward", transpose_a}
// CHECK: %[[OLDa:.*]] = weft.get @a.gradient
// CHECK: weft.accumulate %[[OLDa]], %[[DA]], %
// CHECK: %[[OLDb:.*]] = weft.get @b.gradient
// CHECK: weft.accumulate %[[OLDb]], %[[DB]], %
module @matmul_nt {
  weft.model @loss(%g: tensor<2x3x5xf32>) -> (tensor<f32>, tensor<f32>) {
    %a = weft.parameter "a" init(normal, 0.5) : tensor<2x3x7xf32>
    %b = weft.parameter "b" init(normal, 0.5) : tensor<2x5x7xf32>
    %y = weft.matmul %a, %b {transpose_b} : tensor<2x3x7xf32>, tensor<2x5x7xf32>
    %yg = weft.mul %y, %g : tensor<2x3x5xf32>, tensor<2x3x5xf32>
    %sum = weft.sum %yg axes [0, 1, 2] : tensor<2x3x5xf32>
    %one = weft.constant dense<1.0> : tensor<f32>
    weft.return %sum, %one : tensor<f32>, tensor<f32>
  }
  weft.train @loss optimizer(#weft.adamw)
}

// -----

// CHECK-LABEL: module @matmul_tn
// CHECK: %[[A:.*]] = weft.get @a 
// CHECK: %[[B:.*]] = weft.get @b 
// CHECK: %[[DY:.*]] = weft.mul %{{.*}}, %g {{[{].*}}phase = "backward"}
// CHECK: %[[DA:.*]] = weft.matmul %[[B]], %[[DY]] {{[{].*}}phase = "backward", transpose_b}
// CHECK: %[[DB:.*]] = weft.matmul %[[A]], %[[DY]] {{[{].*}}phase = "backward"}
// CHECK: %[[OLDa:.*]] = weft.get @a.gradient
// CHECK: weft.accumulate %[[OLDa]], %[[DA]], %
// CHECK: %[[OLDb:.*]] = weft.get @b.gradient
// CHECK: weft.accumulate %[[OLDb]], %[[DB]], %
module @matmul_tn {
  weft.model @loss(%g: tensor<2x3x5xf32>) -> (tensor<f32>, tensor<f32>) {
    %a = weft.parameter "a" init(normal, 0.5) : tensor<2x7x3xf32>
    %b = weft.parameter "b" init(normal, 0.5) : tensor<2x7x5xf32>
    %y = weft.matmul %a, %b {transpose_a} : tensor<2x7x3xf32>, tensor<2x7x5xf32>
    %yg = weft.mul %y, %g : tensor<2x3x5xf32>, tensor<2x3x5xf32>
    %sum = weft.sum %yg axes [0, 1, 2] : tensor<2x3x5xf32>
    %one = weft.constant dense<1.0> : tensor<f32>
    weft.return %sum, %one : tensor<f32>, tensor<f32>
  }
  weft.train @loss optimizer(#weft.adamw)
}

// -----

// CHECK-LABEL: module @matmul_tt
// CHECK: %[[A:.*]] = weft.get @a 
// CHECK: %[[B:.*]] = weft.get @b 
// CHECK: %[[DY:.*]] = weft.mul %{{.*}}, %g {{[{].*}}phase = "backward"}
// CHECK: %[[DA:.*]] = weft.matmul %[[B]], %[[DY]] {{[{].*}}phase = "backward", transpose_a, transpose_b}
// CHECK: %[[DB:.*]] = weft.matmul %[[DY]], %[[A]] {{[{].*}}phase = "backward", transpose_a, transpose_b}
// CHECK: %[[OLDa:.*]] = weft.get @a.gradient
// CHECK: weft.accumulate %[[OLDa]], %[[DA]], %
// CHECK: %[[OLDb:.*]] = weft.get @b.gradient
// CHECK: weft.accumulate %[[OLDb]], %[[DB]], %
module @matmul_tt {
  weft.model @loss(%g: tensor<2x3x5xf32>) -> (tensor<f32>, tensor<f32>) {
    %a = weft.parameter "a" init(normal, 0.5) : tensor<2x7x3xf32>
    %b = weft.parameter "b" init(normal, 0.5) : tensor<2x5x7xf32>
    %y = weft.matmul %a, %b {transpose_a, transpose_b} : tensor<2x7x3xf32>, tensor<2x5x7xf32>
    %yg = weft.mul %y, %g : tensor<2x3x5xf32>, tensor<2x3x5xf32>
    %sum = weft.sum %yg axes [0, 1, 2] : tensor<2x3x5xf32>
    %one = weft.constant dense<1.0> : tensor<f32>
    weft.return %sum, %one : tensor<f32>, tensor<f32>
  }
  weft.train @loss optimizer(#weft.adamw)
}

// -----

// dX is a linear with the other layout; dW is one product over all rows; db is the sum of all rows.
// CHECK-LABEL: module @linear_out_in
// CHECK: %[[X:.*]] = weft.get @x 
// CHECK: %[[W:.*]] = weft.get @w 
// CHECK: %[[DY:.*]] = weft.mul %{{.*}}, %g {{[{].*}}phase = "backward"}
// CHECK: %[[DX:.*]] = weft.linear in_out %[[DY]], %[[W]]
// CHECK: %[[X2:.*]] = weft.reshape %[[X]] {{[{].*}}phase = "backward"} : tensor<2x3x7xf32> to tensor<6x7xf32>
// CHECK: %[[DY2:.*]] = weft.reshape %[[DY]] {{[{].*}}phase = "backward"} : tensor<2x3x5xf32> to tensor<6x5xf32>
// CHECK: %[[DW:.*]] = weft.matmul %[[DY2]], %[[X2]] {{[{].*}}phase = "backward", transpose_a}
// CHECK: %[[DB:.*]] = weft.sum %[[DY]] axes [0, 1]
// CHECK: %[[OLDx:.*]] = weft.get @x.gradient
// CHECK: weft.accumulate %[[OLDx]], %[[DX]], %
// CHECK: %[[OLDw:.*]] = weft.get @w.gradient
// CHECK: weft.accumulate %[[OLDw]], %[[DW]], %
// CHECK: %[[OLDb:.*]] = weft.get @b.gradient
// CHECK: weft.accumulate %[[OLDb]], %[[DB]], %
module @linear_out_in {
  weft.model @loss(%g: tensor<2x3x5xf32>) -> (tensor<f32>, tensor<f32>) {
    %x = weft.parameter "x" init(normal, 0.5) : tensor<2x3x7xf32>
    %w = weft.parameter "w" init(normal, 0.5) : tensor<5x7xf32>
    %b = weft.parameter "b" init(normal, 0.5) : tensor<5xf32>
    %y = weft.linear out_in %x, %w, %b : (tensor<2x3x7xf32>, tensor<5x7xf32>, tensor<5xf32>) -> tensor<2x3x5xf32>
    %yg = weft.mul %y, %g : tensor<2x3x5xf32>, tensor<2x3x5xf32>
    %sum = weft.sum %yg axes [0, 1, 2] : tensor<2x3x5xf32>
    %one = weft.constant dense<1.0> : tensor<f32>
    weft.return %sum, %one : tensor<f32>, tensor<f32>
  }
  weft.train @loss optimizer(#weft.adamw)
}

// -----

// dX is a linear with the other layout; dW is one product over all rows; db is the sum of all rows.
// CHECK-LABEL: module @linear_in_out
// CHECK: %[[X:.*]] = weft.get @x 
// CHECK: %[[W:.*]] = weft.get @w 
// CHECK: %[[DY:.*]] = weft.mul %{{.*}}, %g {{[{].*}}phase = "backward"}
// CHECK: %[[DX:.*]] = weft.linear out_in %[[DY]], %[[W]]
// CHECK: %[[X2:.*]] = weft.reshape %[[X]] {{[{].*}}phase = "backward"} : tensor<2x3x7xf32> to tensor<6x7xf32>
// CHECK: %[[DY2:.*]] = weft.reshape %[[DY]] {{[{].*}}phase = "backward"} : tensor<2x3x5xf32> to tensor<6x5xf32>
// CHECK: %[[DW:.*]] = weft.matmul %[[X2]], %[[DY2]] {{[{].*}}phase = "backward", transpose_a}
// CHECK: %[[DB:.*]] = weft.sum %[[DY]] axes [0, 1]
// CHECK: %[[OLDx:.*]] = weft.get @x.gradient
// CHECK: weft.accumulate %[[OLDx]], %[[DX]], %
// CHECK: %[[OLDw:.*]] = weft.get @w.gradient
// CHECK: weft.accumulate %[[OLDw]], %[[DW]], %
// CHECK: %[[OLDb:.*]] = weft.get @b.gradient
// CHECK: weft.accumulate %[[OLDb]], %[[DB]], %
module @linear_in_out {
  weft.model @loss(%g: tensor<2x3x5xf32>) -> (tensor<f32>, tensor<f32>) {
    %x = weft.parameter "x" init(normal, 0.5) : tensor<2x3x7xf32>
    %w = weft.parameter "w" init(normal, 0.5) : tensor<7x5xf32>
    %b = weft.parameter "b" init(normal, 0.5) : tensor<5xf32>
    %y = weft.linear in_out %x, %w, %b : (tensor<2x3x7xf32>, tensor<7x5xf32>, tensor<5xf32>) -> tensor<2x3x5xf32>
    %yg = weft.mul %y, %g : tensor<2x3x5xf32>, tensor<2x3x5xf32>
    %sum = weft.sum %yg axes [0, 1, 2] : tensor<2x3x5xf32>
    %one = weft.constant dense<1.0> : tensor<f32>
    weft.return %sum, %one : tensor<f32>, tensor<f32>
  }
  weft.train @loss optimizer(#weft.adamw)
}

// -----

// Nothing is computed towards an input of the model.
// CHECK-LABEL: module @linear_input_is_data
// CHECK: %[[DY:.*]] = weft.mul %{{.*}}, %g {{[{].*}}phase = "backward"}
// CHECK-NOT: weft.linear
// CHECK: %[[DW:.*]] = weft.matmul %[[DY]], %x {{[{].*}}phase = "backward", transpose_a}
// CHECK: %[[OLDw:.*]] = weft.get @w.gradient
// CHECK: weft.accumulate %[[OLDw]], %[[DW]], %
// CHECK-NOT: weft.linear
// CHECK: weft.return
module @linear_input_is_data {
  weft.model @loss(%x: tensor<3x7xf32>, %g: tensor<3x5xf32>) -> (tensor<f32>, tensor<f32>) {
    %w = weft.parameter "w" init(normal, 0.5) : tensor<5x7xf32>
    %y = weft.linear out_in %x, %w : (tensor<3x7xf32>, tensor<5x7xf32>) -> tensor<3x5xf32>
    %yg = weft.mul %y, %g : tensor<3x5xf32>, tensor<3x5xf32>
    %sum = weft.sum %yg axes [0, 1] : tensor<3x5xf32>
    %one = weft.constant dense<1.0> : tensor<f32>
    weft.return %sum, %one : tensor<f32>, tensor<f32>
  }
  weft.train @loss optimizer(#weft.adamw)
}

// -----

// Rows are added straight into the gradient.
// CHECK-LABEL: module @embedding
// CHECK: %[[FLAG:.*]] = weft.step_value accumulate
// CHECK: %[[DY:.*]] = weft.mul %{{.*}}, %g {{[{].*}}phase = "backward"}
// CHECK: %[[OLD:.*]] = weft.get @t.gradient
// CHECK-NEXT: %[[NEW:.*]] = weft.embedding_backward %[[OLD]], %ids, %[[DY]] if %[[FLAG]]
// CHECK-NEXT: weft.set @t.gradient, %[[NEW]]
module @embedding {
  weft.model @loss(%ids: tensor<2x3xi32>, %g: tensor<2x3x4xf32>) -> (tensor<f32>, tensor<f32>) {
    %t = weft.parameter "t" init(normal, 0.5) : tensor<9x4xf32>
    %y = weft.embedding %ids, %t : tensor<2x3xi32>, tensor<9x4xf32>
    %yg = weft.mul %y, %g : tensor<2x3x4xf32>, tensor<2x3x4xf32>
    %sum = weft.sum %yg axes [0, 1, 2] : tensor<2x3x4xf32>
    %one = weft.constant dense<1.0> : tensor<f32>
    weft.return %sum, %one : tensor<f32>, tensor<f32>
  }
  weft.train @loss optimizer(#weft.adamw)
}

// -----

// CHECK-LABEL: module @embedding_padded
// Checks by finite differences know the rows of all embeddings; an embedding without padding adds to all.
// CHECK: weft.variable @t role(parameter) of "t" init(normal, 0.5, zero_row = 8) {padding_rows = array<i64: 3, 8>{{.*}}} : tensor<9x4xf32>
// CHECK: weft.variable @t.gradient role(gradient) of "t" init(zeros)
// CHECK-NOT: padding_rows
// CHECK: weft.embedding %ids, %{{.*}} {padding_index = 8 : i64, phase = "forward"}
// CHECK: weft.embedding_backward {{.*}} if %{{.*}} {{[{].*}}padding_index = 3 : i64
// CHECK: weft.embedding_backward {{.*}} {origin = "embedding_backward", phase
// CHECK: weft.embedding_backward {{.*}}padding_index = 8 : i64
module @embedding_padded {
  weft.model @loss(%ids: tensor<2x3xi32>, %g: tensor<2x3x4xf32>) -> (tensor<f32>, tensor<f32>) {
    %t = weft.parameter "t" init(normal, 0.5, zero_row = 8) : tensor<9x4xf32>
    %a = weft.embedding %ids, %t {padding_index = 8} : tensor<2x3xi32>, tensor<9x4xf32>
    %b = weft.embedding %ids, %t : tensor<2x3xi32>, tensor<9x4xf32>
    %u = weft.parameter "t" init(normal, 0.5, zero_row = 8) : tensor<9x4xf32>
    %c = weft.embedding %ids, %u {padding_index = 3} : tensor<2x3xi32>, tensor<9x4xf32>
    %ab = weft.mul %a, %b : tensor<2x3x4xf32>, tensor<2x3x4xf32>
    %abc = weft.mul %ab, %c : tensor<2x3x4xf32>, tensor<2x3x4xf32>
    %sum = weft.sum %abc axes [0, 1, 2] : tensor<2x3x4xf32>
    %one = weft.constant dense<1.0> : tensor<f32>
    weft.return %sum, %one : tensor<f32>, tensor<f32>
  }
  weft.train @loss optimizer(#weft.adamw)
}

// -----

// A table that is not itself a parameter: rows are added to zeros.
// CHECK-LABEL: module @embedding_computed
// CHECK: %[[E:.*]] = weft.exp
// CHECK: %[[DY:.*]] = weft.mul %{{.*}}, %g {{[{].*}}phase = "backward"}
// CHECK: %[[ZERO:.*]] = weft.constant dense<0.000000e+00> : tensor<9x4xf32>
// CHECK: %[[DE:.*]] = weft.embedding_backward %[[ZERO]], %ids, %[[DY]] {
// CHECK: %[[R:.*]] = weft.mul %[[DE]], %[[E]]
// CHECK: %[[OLDt:.*]] = weft.get @t.gradient
// CHECK: weft.accumulate %[[OLDt]], %[[R]], %
module @embedding_computed {
  weft.model @loss(%ids: tensor<2x3xi32>, %g: tensor<2x3x4xf32>) -> (tensor<f32>, tensor<f32>) {
    %t = weft.parameter "t" init(normal, 0.5) : tensor<9x4xf32>
    %e = weft.exp %t : tensor<9x4xf32>
    %y = weft.embedding %ids, %e : tensor<2x3xi32>, tensor<9x4xf32>
    %yg = weft.mul %y, %g : tensor<2x3x4xf32>, tensor<2x3x4xf32>
    %sum = weft.sum %yg axes [0, 1, 2] : tensor<2x3x4xf32>
    %one = weft.constant dense<1.0> : tensor<f32>
    weft.return %sum, %one : tensor<f32>, tensor<f32>
  }
  weft.train @loss optimizer(#weft.adamw)
}
