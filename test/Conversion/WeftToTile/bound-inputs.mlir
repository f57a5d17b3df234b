// Which values inputs may hold.
// RUN: weft-opt %s -weft-bound-inputs | FileCheck %s

// The lowest limit counts, through reshapes and copies too. A further value is valid only where all take
// it: the embedding would read the row -100, but has a row 4.
// CHECK-LABEL: weft.graph @limits(
// CHECK-SAME: %ids: tensor<2x3xi32> {weft.limit = 5 : i64},
// CHECK-SAME: %targets: tensor<6xi32> {weft.ignored = -100 : i64, weft.limit = 4 : i64},
// CHECK-SAME: %both: tensor<6xi32> {weft.limit = 4 : i64},
// CHECK-SAME: %either: tensor<6xi32> {weft.limit = 4 : i64},
// CHECK-SAME: %row: tensor<6xi32> {weft.ignored = 4 : i64, weft.limit = 4 : i64},
// CHECK-SAME: %none: tensor<6xi32>,
weft.graph @limits(%ids: tensor<2x3xi32>, %targets: tensor<6xi32>, %both: tensor<6xi32>, %either: tensor<6xi32>, %row: tensor<6xi32>, %none: tensor<6xi32>, %w: tensor<7x4xf32>, %v: tensor<5x4xf32>, %x: tensor<6x4xf32>) {
  %0 = weft.embedding %ids, %w : tensor<2x3xi32>, tensor<7x4xf32>
  %flat = weft.reshape %ids : tensor<2x3xi32> to tensor<6xi32>
  %copy = weft.copy %flat : tensor<6xi32>
  %1 = weft.embedding %copy, %v : tensor<6xi32>, tensor<5x4xf32>
  %s, %n = weft.cross_entropy %x, %targets {ignore_index = -100} : tensor<6x4xf32>, tensor<6xi32>
  %s1, %n1 = weft.cross_entropy %x, %both {ignore_index = -100} : tensor<6x4xf32>, tensor<6xi32>
  %2 = weft.embedding %both, %w : tensor<6xi32>, tensor<7x4xf32>
  %s2, %n2 = weft.cross_entropy %x, %either {ignore_index = -1} : tensor<6x4xf32>, tensor<6xi32>
  %l, %m, %e = weft.cross_entropy_rows %x, %either {ignore_index = -2} : tensor<6x4xf32>, tensor<6xi32>
  %s3, %n3 = weft.cross_entropy %x, %row {ignore_index = 4} : tensor<6x4xf32>, tensor<6xi32>
  %3 = weft.embedding %row, %v : tensor<6xi32>, tensor<5x4xf32>
  weft.return
}
