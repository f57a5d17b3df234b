// RUN: weft-opt %s -split-input-file -weft-set-target=backend=cuda -weft-split-sums | FileCheck %s
// RUN: weft-opt %s -split-input-file -weft-set-target=backend=cuda -weft-split-sums -weft-group-kernels | FileCheck %s --check-prefix=GROUPS

// Both sums are of what one kernel reads once.
// CHECK-LABEL: weft.graph @norm
// CHECK: %[[P:.*]] = weft.partial_sums %[[XY:.*]] parts 128 {origin = "layer_norm_backward", phase = "backward", scope = "ln_f"} : tensor<4x1024x96xf32> -> tensor<128x96xf32>
// CHECK-NEXT: %[[S:.*]] = weft.sum %[[P]] axes [0] {origin = "layer_norm_backward", phase = "backward", scope = "ln_f"} : tensor<128x96xf32>
// CHECK: %[[Q:.*]] = weft.partial_sums %x parts 128
// CHECK-NEXT: %[[T:.*]] = weft.sum %[[Q]] axes [0]
// CHECK: weft.set @s0, %[[S]]
// CHECK: weft.set @s1, %[[T]]
// GROUPS-LABEL: weft.graph @norm
// GROUPS: %[[G:.*]]:2 = weft.group(%x, %y)
// GROUPS: weft.partial_sums
// GROUPS: weft.partial_sums
// GROUPS: weft.yield {{.*}} : tensor<128x96xf32>, tensor<128x96xf32>
// GROUPS-COUNT-2: weft.sum
weft.variable @s0 role(parameter) init(zeros) : tensor<96xf32>
weft.variable @s1 role(parameter) init(zeros) : tensor<96xf32>
weft.graph @norm(%x: tensor<4x1024x96xf32>, %y: tensor<4x1024x96xf32>) {
  %0 = weft.mul %x, %y {phase = "backward", scope = "ln_f"} : tensor<4x1024x96xf32>, tensor<4x1024x96xf32>
  %1 = weft.sum %0 axes [0, 1] {origin = "layer_norm_backward", phase = "backward", scope = "ln_f"} : tensor<4x1024x96xf32>
  %2 = weft.sum %x axes [0, 1] {origin = "layer_norm_backward", phase = "backward", scope = "ln_f"} : tensor<4x1024x96xf32>
  weft.set @s0, %1 : tensor<96xf32>
  weft.set @s1, %2 : tensor<96xf32>
  weft.return
}

// -----

// Parts of 10 rows, of which there are 31 in 301; the last has one.
// CHECK-LABEL: weft.graph @odd
// CHECK: weft.partial_sums %x parts 31 : tensor<301x8xf32> -> tensor<31x8xf32>
weft.variable @s0 role(parameter) init(zeros) : tensor<8xf32>
weft.graph @odd(%x: tensor<301x8xf32>) {
  %0 = weft.sum %x axes [0] : tensor<301x8xf32>
  weft.set @s0, %0 : tensor<8xf32>
  weft.return
}

// -----

// Few rows, many columns, and what is no sum over rows.
// CHECK-LABEL: weft.graph @others
// CHECK-NOT: partial_sums
weft.variable @s0 role(parameter) init(zeros) : tensor<8xf32>
weft.variable @s1 role(parameter) init(zeros) : tensor<65536xf32>
weft.variable @s2 role(parameter) init(zeros) : tensor<256x1xf32>
weft.graph @others(%few: tensor<127x8xf32>, %wide: tensor<256x65536xf32>) {
  %0 = weft.sum %few axes [0] : tensor<127x8xf32>
  %1 = weft.sum %wide axes [0] : tensor<256x65536xf32>
  %2 = weft.sum %wide axes [1] {keep_dims} : tensor<256x65536xf32>
  weft.set @s0, %0 : tensor<8xf32>
  weft.set @s1, %1 : tensor<65536xf32>
  weft.set @s2, %2 : tensor<256x1xf32>
  weft.return
}
