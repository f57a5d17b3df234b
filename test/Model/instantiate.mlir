// RUN: weft-opt %s -weft-instantiate -verify-roundtrip | FileCheck %s
// RUN: weft-opt %s -weft-instantiate -mlir-print-debuginfo | FileCheck %s --check-prefix=LOC

// CHECK-NOT: weft.layer
weft.layer @project(%x: tensor<8x4xf32>) -> tensor<8x4xf32> {
  %w = weft.parameter "weight" init(normal, 0.02) : tensor<4x4xf32>
  %y = weft.linear in_out %x, %w : (tensor<8x4xf32>, tensor<4x4xf32>) -> tensor<8x4xf32>
  %z = weft.gelu tanh %y {scope = "act"} : tensor<8x4xf32>
  weft.return %z : tensor<8x4xf32>
}

// The call's own scope counts for ops, not for the names of parameters.
weft.layer @block(%x: tensor<8x4xf32>) -> (tensor<8x4xf32>, tensor<8x4xf32>) {
  %0 = weft.call @project as "fc" (%x) {scope = "mlp"} : (tensor<8x4xf32>) -> tensor<8x4xf32>
  %1 = weft.add %0, %x : tensor<8x4xf32>, tensor<8x4xf32>
  %b = weft.parameter "bias" init(zeros) key 7 : tensor<4xf32>
  %2 = weft.add %1, %b : tensor<8x4xf32>, tensor<4xf32>
  weft.return %2, %x : tensor<8x4xf32>, tensor<8x4xf32>
}

// A layer that gives back its own argument.
weft.layer @nothing(%x: tensor<8x4xf32>) -> tensor<8x4xf32> {
  weft.return %x : tensor<8x4xf32>
}

// Keys are FNV-1a of the full names unless given.
// CHECK-LABEL: weft.model @loss(%x: tensor<8x4xf32>, %targets: tensor<8xi32>)
// CHECK-NEXT: %[[W0:.*]] = weft.parameter "h.0.fc.weight" init(normal, 0.02) key 7413670892309239048 {scope = "h.0.mlp.fc"} : tensor<4x4xf32>
// CHECK-NEXT: %[[B0:.*]] = weft.parameter "h.0.bias" init(zeros) key 7 {scope = "h.0"} : tensor<4xf32>
// CHECK-NEXT: %[[W1:.*]] = weft.parameter "head.weight" init(normal, 0.02) key 15190259207091184883 {scope = "head"} : tensor<4x4xf32>
// CHECK-NEXT: %[[F:.*]] = weft.linear in_out %x, %[[W0]] {phase = "forward", scope = "h.0.mlp.fc"}
// CHECK-NEXT: %[[G:.*]] = weft.gelu tanh %[[F]] {phase = "forward", scope = "h.0.mlp.fc.act"}
// CHECK-NEXT: %[[A:.*]] = weft.add %[[G]], %x {phase = "forward", scope = "h.0"}
// CHECK-NEXT: %[[B:.*]] = weft.add %[[A]], %[[B0]] {phase = "forward", scope = "h.0"}
// CHECK-NEXT: %[[H:.*]] = weft.linear in_out %[[B]], %[[W1]] {phase = "forward", scope = "head"}
// CHECK-NEXT: %[[HG:.*]] = weft.gelu tanh %[[H]] {phase = "forward", scope = "head.act"}
// CHECK-NEXT: %[[T:.*]] = weft.linear out_in %[[HG]], %[[W1]] {phase = "forward", scope = "tied"}
// CHECK-NEXT: %[[X:.*]] = weft.add %[[T]], %x {phase = "forward"}
// CHECK-NEXT: weft.cross_entropy %[[X]], %targets {phase = "forward"}
// CHECK-NEXT: weft.return
// LOC: weft.gelu tanh {{.*}}scope = "h.0.mlp.fc.act"{{.*}} loc(#[[GELU:.*]])
// LOC-DAG: #[[PROJECT:.*]] = loc({{.*}}instantiate.mlir":8:8)
// LOC-DAG: #[[CALL:.*]] = loc({{.*}}instantiate.mlir":14:8)
// LOC-DAG: #[[MODEL:.*]] = loc({{.*}}instantiate.mlir":[[#@LINE + 4]]:10)
// LOC-DAG: #[[OUTER:.*]] = loc(callsite(#[[CALL]] at #[[MODEL]]))
// LOC-DAG: #[[GELU]] = loc(callsite(#[[PROJECT]] at #[[OUTER]]))
weft.model @loss(%x: tensor<8x4xf32>, %targets: tensor<8xi32>) -> (tensor<f32>, tensor<f32>) {
  %0:2 = weft.call @block as "h.0" (%x) : (tensor<8x4xf32>) -> (tensor<8x4xf32>, tensor<8x4xf32>)
  %1 = weft.call @project as "head" (%0#0) : (tensor<8x4xf32>) -> tensor<8x4xf32>
  %w = weft.parameter "head.weight" init(normal, 0.02) : tensor<4x4xf32>
  %2 = weft.linear out_in %1, %w {scope = "tied"} : (tensor<8x4xf32>, tensor<4x4xf32>) -> tensor<8x4xf32>
  %3 = weft.call @nothing as "n" (%0#1) : (tensor<8x4xf32>) -> tensor<8x4xf32>
  %4 = weft.add %2, %3 : tensor<8x4xf32>, tensor<8x4xf32>
  %sum, %weight = weft.cross_entropy %4, %targets : tensor<8x4xf32>, tensor<8xi32>
  weft.return %sum, %weight : tensor<f32>, tensor<f32>
}

// A second model of the module has the same parameters, and the same keys.
// CHECK-LABEL: weft.model @eval(
// CHECK-NEXT: weft.parameter "head.weight" init(normal, 0.02) key 15190259207091184883 {scope = "head"} : tensor<4x4xf32>
weft.model @eval(%x: tensor<8x4xf32>, %targets: tensor<8xi32>) -> (tensor<f32>, tensor<f32>) {
  %0 = weft.call @project as "head" (%x) : (tensor<8x4xf32>) -> tensor<8x4xf32>
  %sum, %weight = weft.cross_entropy %0, %targets : tensor<8x4xf32>, tensor<8xi32>
  weft.return %sum, %weight : tensor<f32>, tensor<f32>
}
// CHECK-NOT: weft.layer

// CHECK: weft.train @loss
weft.train @loss optimizer(#weft.adamw)
