// Random ops and experts on their way to kernels.
// RUN: weft-opt %s -split-input-file -weft-decompose -canonicalize | FileCheck %s
// RUN: weft-opt %s -split-input-file -weft-bound-inputs -weft-count-flops | FileCheck %s --check-prefix=WHOLE

// The key in two words; the rest from the step block.
// CHECK-LABEL: weft.graph @dropout
// CHECK-DAG: %[[K0:.*]] = weft.word 1985229328
// CHECK-DAG: %[[K1:.*]] = weft.word -19088744
// CHECK-DAG: %[[S0:.*]] = weft.step_value seed_low
// CHECK-DAG: %[[S1:.*]] = weft.step_value seed_high
// CHECK-DAG: %[[N0:.*]] = weft.step_value sample_low
// CHECK-DAG: %[[N1:.*]] = weft.step_value sample_high
// CHECK-DAG: %[[T:.*]] = weft.step_value step
// CHECK: weft.drop %x key %[[K0]], %[[K1]] seed %[[S0]], %[[S1]] sample %[[N0]], %[[N1]] step %[[T]] {{[{].*}}rate = 5.000000e-01 : f64, scope = "h.0"}
weft.variable @y role(gradient) init(zeros) : tensor<8x4xf32>
weft.graph @dropout(%x: tensor<8x4xf32>) {
  %0 = weft.dropout %x key 18364758544493064720 {rate = 0.5, scope = "h.0"} : tensor<8x4xf32>
  weft.set @y, %0 : tensor<8x4xf32>
  weft.return
}

// -----

// One gather for a dispatch, whatever k; one a slot for a combine, added in their order.
// CHECK-LABEL: weft.graph @move
// CHECK: %[[ORDER:.*]], %[[SLOTS:.*]], %{{.*}} = weft.route %ids experts 4
// CHECK: %[[COLUMN:.*]] = weft.reshape %[[ORDER]] {{.*}} to tensor<12x1xi32>
// CHECK: %[[ROWS:.*]] = weft.gather_rows %[[COLUMN]], %x divisor 2 {{.*}} -> tensor<12x3xf32>
// CHECK: %[[P0:.*]] = weft.slice %[[SLOTS]] offsets [0, 0] sizes [6, 1]
// CHECK: %[[R0:.*]] = weft.gather_rows %[[P0]], %[[ROWS]] {{.*}} -> tensor<6x3xf32>
// CHECK: %[[W0:.*]] = weft.slice %w offsets [0, 0] sizes [6, 1]
// CHECK: %[[T0:.*]] = weft.mul %[[R0]], %[[W0]]
// CHECK: %[[P1:.*]] = weft.slice %[[SLOTS]] offsets [0, 1] sizes [6, 1]
// CHECK: %[[R1:.*]] = weft.gather_rows %[[P1]], %[[ROWS]]
// CHECK: %[[W1:.*]] = weft.slice %w offsets [0, 1] sizes [6, 1]
// CHECK: %[[T1:.*]] = weft.mul %[[R1]], %[[W1]]
// CHECK: %[[Y:.*]] = weft.add %[[T0]], %[[T1]]
// CHECK: weft.set @y, %[[Y]]
// Ids that are an input are below the number of experts.
// WHOLE-LABEL: weft.graph @move
// WHOLE-SAME: %ids: tensor<6x2xi32> {weft.limit = 4 : i64}
weft.variable @y role(gradient) init(zeros) : tensor<6x3xf32>
weft.graph @move(%x: tensor<6x3xf32>, %w: tensor<6x2xf32>, %ids: tensor<6x2xi32>) {
  %order, %slots, %offsets = weft.route %ids experts 4 : tensor<6x2xi32>
  %r = weft.dispatch %x, %order, %slots : tensor<6x3xf32>, tensor<12xi32>, tensor<6x2xi32>
  %y = weft.combine %r, %w, %slots : tensor<12x3xf32>, tensor<6x2xf32>, tensor<6x2xi32>
  weft.set @y, %y : tensor<6x3xf32>
  weft.return
}

// -----

// Ids that are computed bound no input. 2 * 12 * 3 * 5 for each of the two products.
// WHOLE-LABEL: weft.graph @products(
// WHOLE-SAME: %scores: tensor<6x4xf32>, %x: tensor<12x3xf32>, %w: tensor<4x5x3xf32>) attributes {flops = 7.200000e+02 : f64}
weft.graph @products(%scores: tensor<6x4xf32>, %x: tensor<12x3xf32>, %w: tensor<4x5x3xf32>) {
  %v, %ids = weft.top_k %scores k 2 : tensor<6x4xf32>
  %order, %slots, %offsets = weft.route %ids experts 4 : tensor<6x2xi32>
  %h = weft.grouped_linear out_in %x, %w, %offsets : tensor<12x3xf32>, tensor<4x5x3xf32>, tensor<5xi32>
  %d = weft.grouped_linear_backward %h, %x, %offsets : tensor<12x5xf32>, tensor<12x3xf32>, tensor<5xi32>
  weft.return
}
