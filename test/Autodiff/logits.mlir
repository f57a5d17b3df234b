// The program that hands out one row of the logits: what it keeps of the forward, where it picks the row, and
// which models have it.
// RUN: weft-opt %s --split-input-file --weft-autodiff | FileCheck %s

// Targets are no input of it; the head and what follows work on one row. No dead op is left.
// CHECK-LABEL: module @head
// CHECK: weft.variable @logits_values role(logits) init(zeros) : tensor<9xf32>
// CHECK: weft.graph @logits(%ids: tensor<2x3xi32>, %logits_row: tensor<1xi32>) {
// CHECK-NEXT: %[[T:.*]] = weft.get @table
// CHECK-NEXT: %[[B:.*]] = weft.get @bias
// CHECK-NEXT: %[[X:.*]] = weft.embedding %ids, %[[T]]
// CHECK-NEXT: %[[C:.*]] = weft.constant dense<3.000000e+01> : tensor<f32>
// CHECK-NEXT: %[[ROWS:.*]] = weft.reshape %[[X]] {phase = "forward"} : tensor<2x3x4xf32> to tensor<6x4xf32>
// CHECK-NEXT: %[[ROW:.*]] = weft.embedding %logits_row, %[[ROWS]] {phase = "forward"} : tensor<1xi32>, tensor<6x4xf32>
// CHECK-NEXT: %[[L:.*]] = weft.linear out_in %[[ROW]], %[[T]], %[[B]] {phase = "forward", scope = "head"} : (tensor<1x4xf32>, tensor<9x4xf32>, tensor<9xf32>) -> tensor<1x9xf32>
// CHECK-NEXT: %[[D:.*]] = weft.div %[[L]], %[[C]] {{.*}} : tensor<1x9xf32>, tensor<f32>
// CHECK-NEXT: %[[H:.*]] = weft.tanh %[[D]] {{.*}} : tensor<1x9xf32>
// CHECK-NEXT: %[[V:.*]] = weft.reshape %[[H]] {phase = "forward"} : tensor<1x9xf32> to tensor<9xf32>
// CHECK-NEXT: weft.set @logits_values, %[[V]]
// CHECK-NEXT: weft.return
// CHECK: weft.entry logits "loss" of "loss" graphs [@logits] metrics [@logits_values]
module @head {
  weft.model @loss(%ids: tensor<2x3xi32>, %targets: tensor<2x3xi32>) -> (tensor<f32>, tensor<f32>) {
    %t = weft.parameter "table" init(normal, 0.02) : tensor<9x4xf32>
    %b = weft.parameter "bias" init(zeros) : tensor<9xf32>
    %x = weft.embedding %ids, %t {phase = "forward"} : tensor<2x3xi32>, tensor<9x4xf32>
    %y = weft.linear out_in %x, %t, %b {phase = "forward", scope = "head"} : (tensor<2x3x4xf32>, tensor<9x4xf32>, tensor<9xf32>) -> tensor<2x3x9xf32>
    %c = weft.constant dense<30.0> : tensor<f32>
    %d = weft.div %y, %c {phase = "forward"} : tensor<2x3x9xf32>, tensor<f32>
    %h = weft.tanh %d {phase = "forward"} : tensor<2x3x9xf32>
    %sum, %n = weft.cross_entropy %h, %targets {phase = "forward"} : tensor<2x3x9xf32>, tensor<2x3xi32>
    weft.return %sum, %n : tensor<f32>, tensor<f32>
  }
  weft.eval @loss
}

// -----

// A product of matrices, reshaped; what no rule moves up is picked where it is.
// CHECK-LABEL: module @product
// CHECK: weft.graph @logits(%ids: tensor<2x3xi32>, %logits_row: tensor<1xi32>) {
// CHECK: %[[ROW:.*]] = weft.embedding %logits_row, %{{.*}} : tensor<1xi32>, tensor<6x4xf32>
// CHECK: weft.matmul %[[ROW]], %{{.*}}transpose_b} : tensor<1x4xf32>, tensor<9x4xf32>
// CHECK: weft.entry logits
// CHECK-LABEL: module @softmax
// CHECK: weft.graph @logits(
// CHECK: %[[S:.*]] = weft.softmax
// CHECK: %[[F:.*]] = weft.reshape %[[S]]
// CHECK: weft.embedding %logits_row, %[[F]] {{.*}} : tensor<1xi32>, tensor<6x9xf32>
module @product {
  weft.model @loss(%ids: tensor<2x3xi32>, %targets: tensor<2x3xi32>) -> (tensor<f32>, tensor<f32>) {
    %t = weft.parameter "table" init(normal, 0.02) : tensor<9x4xf32>
    %x = weft.embedding %ids, %t : tensor<2x3xi32>, tensor<9x4xf32>
    %m = weft.reshape %x : tensor<2x3x4xf32> to tensor<6x4xf32>
    %p = weft.matmul %m, %t {transpose_b} : tensor<6x4xf32>, tensor<9x4xf32>
    %y = weft.reshape %p : tensor<6x9xf32> to tensor<2x3x9xf32>
    %sum, %n = weft.cross_entropy %y, %targets : tensor<2x3x9xf32>, tensor<2x3xi32>
    weft.return %sum, %n : tensor<f32>, tensor<f32>
  }
  weft.eval @loss
}

// -----

module @softmax {
  weft.model @loss(%ids: tensor<2x3xi32>, %targets: tensor<2x3xi32>) -> (tensor<f32>, tensor<f32>) {
    %t = weft.parameter "table" init(normal, 0.02) : tensor<9x9xf32>
    %x = weft.embedding %ids, %t : tensor<2x3xi32>, tensor<9x9xf32>
    %y = weft.softmax %x : tensor<2x3x9xf32>
    %sum, %n = weft.cross_entropy %y, %targets : tensor<2x3x9xf32>, tensor<2x3xi32>
    weft.return %sum, %n : tensor<f32>, tensor<f32>
  }
  weft.eval @loss
}

// -----

// No logits: two losses; two inputs; no row for each id; inputs that are no ids.
// CHECK-LABEL: module @two_losses
// CHECK-NOT: logits
// CHECK-LABEL: module @two_inputs
// CHECK-NOT: logits
// CHECK-LABEL: module @pooled
// CHECK-NOT: logits
// CHECK-LABEL: module @numbers
// CHECK-NOT: logits
module @two_losses {
  weft.model @loss(%ids: tensor<2x3xi32>, %targets: tensor<2x3xi32>) -> (tensor<f32>, tensor<f32>) {
    %t = weft.parameter "table" init(normal, 0.02) : tensor<9x9xf32>
    %x = weft.embedding %ids, %t : tensor<2x3xi32>, tensor<9x9xf32>
    %s, %n = weft.cross_entropy %x, %targets : tensor<2x3x9xf32>, tensor<2x3xi32>
    %s2, %n2 = weft.cross_entropy %x, %ids : tensor<2x3x9xf32>, tensor<2x3xi32>
    %sum = weft.add %s, %s2 : tensor<f32>, tensor<f32>
    weft.return %sum, %n : tensor<f32>, tensor<f32>
  }
  weft.eval @loss
}

// -----

module @two_inputs {
  weft.model @loss(%ids: tensor<2x3xi32>, %more: tensor<2x3xi32>, %targets: tensor<2x3xi32>) -> (tensor<f32>, tensor<f32>) {
    %t = weft.parameter "table" init(normal, 0.02) : tensor<9x9xf32>
    %x = weft.embedding %ids, %t : tensor<2x3xi32>, tensor<9x9xf32>
    %y = weft.embedding %more, %t : tensor<2x3xi32>, tensor<9x9xf32>
    %z = weft.add %x, %y : tensor<2x3x9xf32>, tensor<2x3x9xf32>
    %sum, %n = weft.cross_entropy %z, %targets : tensor<2x3x9xf32>, tensor<2x3xi32>
    weft.return %sum, %n : tensor<f32>, tensor<f32>
  }
  weft.eval @loss
}

// -----

module @pooled {
  weft.model @loss(%ids: tensor<2x3xi32>, %targets: tensor<2xi32>) -> (tensor<f32>, tensor<f32>) {
    %t = weft.parameter "table" init(normal, 0.02) : tensor<9x9xf32>
    %x = weft.embedding %ids, %t : tensor<2x3xi32>, tensor<9x9xf32>
    %y = weft.mean %x axes [1] : tensor<2x3x9xf32>
    %sum, %n = weft.cross_entropy %y, %targets : tensor<2x9xf32>, tensor<2xi32>
    weft.return %sum, %n : tensor<f32>, tensor<f32>
  }
  weft.eval @loss
}

// -----

module @numbers {
  weft.model @loss(%x: tensor<6x9xf32>, %targets: tensor<6xi32>) -> (tensor<f32>, tensor<f32>) {
    %b = weft.parameter "bias" init(zeros) : tensor<9xf32>
    %y = weft.add %x, %b : tensor<6x9xf32>, tensor<9xf32>
    %sum, %n = weft.cross_entropy %y, %targets : tensor<6x9xf32>, tensor<6xi32>
    weft.return %sum, %n : tensor<f32>, tensor<f32>
  }
  weft.eval @loss
}
