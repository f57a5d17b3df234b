// Products by expert as kernels, where no library can be asked.
// RUN: weft-opt %s -weft-set-target=backend=cuda -convert-weft-to-tile -canonicalize -cse | FileCheck %s
// RUN: weft-opt %s -convert-weft-to-tile | FileCheck %s --check-prefix=CALLS

// Each program looks for the group of its block of rows: 104 rows in 4 groups are at most 7 blocks of 32, and
// there are two blocks of columns. What has no rows sums nothing; no row behind the group's last is read or written.
// CHECK: tile.kernel @grouped_linear(%[[X:.*]]: memref<104x48xf32>, %[[W:.*]]: memref<4x80x48xf32>, %[[F:.*]]: memref<5xi32>, %[[Y:.*]]: memref<104x80xf32>) grid(14) outputs(1) attributes {flops = 7.987200e+05 : f64, group_offsets = 2 : i64} {
// CHECK: %[[BLOCK:.*]] = arith.divui
// CHECK: %[[PART:.*]]:4 = scf.for %[[G:.*]] = %c0 to %c4 step %c1 iter_args(%[[BEFORE:.*]] = %c0, %{{.*}} = %c0, %{{.*}} = %c0, %{{.*}} = %c0)
// CHECK: memref.load %[[F]][%[[G]]]
// CHECK: %[[OWN:.*]] = arith.subi %[[BLOCK]], %[[BEFORE]]
// CHECK: arith.cmpi ult, %[[OWN]]
// CHECK: %[[HAS:.*]] = arith.cmpi slt, %[[PART]]#2, %[[PART]]#3
// CHECK: %[[END:.*]] = arith.select %[[HAS]], %c48, %c0
// CHECK: %[[SUM:.*]] = scf.for %[[K:.*]] = %c0 to %[[END]] step %c32
// CHECK: %[[A:.*]] = tile.load %[[X]][%[[PART]]#2, %[[K]]] rows(%[[PART]]#3) : memref<104x48xf32> -> tensor<32x32xf32>
// CHECK: %[[B:.*]] = tile.load %[[W]][%[[PART]]#1, %[[COLUMN:.*]], %[[K]]] : memref<4x80x48xf32> -> tensor<64x32xf32>
// CHECK: tile.dot %[[A]], %[[B]], %{{.*}} {transpose_b}
// CHECK: tile.store %[[SUM]], %[[Y]][%[[PART]]#2, %[[COLUMN]]] rows(%[[PART]]#3) : tensor<32x64xf32>, memref<104x80xf32>

// Widths that blocks fill are not asked for.
// CHECK: tile.kernel @grouped_linear_0
// CHECK: tile.load %{{.*}} rows(%{{.*}}) : memref<104x80xf32> -> tensor<32x32xf32>
// CHECK: tile.load %{{.*}} : memref<4x80x64xf32> -> tensor<32x64xf32>
// CHECK: tile.dot %{{.*}} : tensor<32x32xf32>, tensor<32x64xf32>, tensor<32x64xf32>
// CHECK: tile.store %{{.*}} rows(%{{.*}}) {in_bounds} : tensor<32x64xf32>, memref<104x64xf32>

// A weight's gradient: a block of one group's, which begins with what was there.
// CHECK: tile.kernel @grouped_linear_backward(%[[DY:.*]]: memref<104x80xf32>, %[[X:.*]]: memref<104x48xf32>, %[[F:.*]]: memref<5xi32>, %[[OLD:.*]]: memref<4x80x48xf32>, %[[FLAG:.*]]: memref<f64>, %[[DW:.*]]: memref<4x80x48xf32>) grid(8) outputs(1) in_place([
// CHECK-SAME: [0, 3]]) attributes {flops = 7.987200e+05 : f64, group_offsets = 2 : i64} {
// CHECK: %[[WORD:.*]] = memref.load %[[F]][%[[G:.*]]]
// CHECK: %[[FROM:.*]] = arith.index_cast %[[WORD]]
// CHECK: %[[TO:.*]] = arith.index_cast
// CHECK: %[[T:.*]] = tile.load %[[OLD]][%[[G]], %[[I:.*]], %c0]
// CHECK: %[[FIRST:.*]] = arith.cmpf oeq
// CHECK: %[[INIT:.*]] = arith.select %[[FIRST]], %{{.*}}, %[[T]] : tensor<64x64xf32>
// CHECK: %[[SUM:.*]] = scf.for %[[R:.*]] = %[[FROM]] to %[[TO]] step %c32 iter_args(%{{.*}} = %[[INIT]])
// CHECK: tile.load %[[DY]][%[[R]], %[[I]]] rows(%[[TO]])
// CHECK: tile.load %[[X]][%[[R]], %c0] rows(%[[TO]])
// CHECK: tile.dot {{.*}} {transpose_a}
// CHECK: tile.store %[[SUM]], %[[DW]][%[[G]], %[[I]], %c0]

// CHECK-LABEL: weft.graph @products
// CHECK-NOT: weft.grouped_linear
// CHECK: weft.launch @grouped_linear(%x, %w, %{{.*}}) {scope = "h.0"}
// CHECK: weft.launch @grouped_linear_0(
// CHECK: weft.launch @grouped_linear_backward(
// CHECK-NOT: weft.grouped_linear

// CALLS-NOT: tile.kernel @grouped
// CALLS: weft.grouped_linear out_in
// CALLS: weft.grouped_linear_backward
weft.variable @v role(gradient) init(zeros) : tensor<104x64xf32>
weft.variable @d role(gradient) init(zeros) : tensor<4x80x48xf32>
weft.graph @products(%ids: tensor<52x2xi32>, %x: tensor<104x48xf32>, %w: tensor<4x80x48xf32>, %u: tensor<4x80x64xf32>) {
  %order, %slots, %offsets = weft.route %ids experts 4 : tensor<52x2xi32>
  %h = weft.grouped_linear out_in %x, %w, %offsets {scope = "h.0"} : tensor<104x48xf32>, tensor<4x80x48xf32>, tensor<5xi32>
  %y = weft.grouped_linear in_out %h, %u, %offsets : tensor<104x80xf32>, tensor<4x80x64xf32>, tensor<5xi32>
  %old = weft.get @d : tensor<4x80x48xf32>
  %flag = weft.step_value accumulate
  %d = weft.grouped_linear_backward %h, %x, %offsets into %old : tensor<4x80x48xf32> if %flag : tensor<104x80xf32>, tensor<104x48xf32>, tensor<5xi32>
  weft.set @v, %y : tensor<104x64xf32>
  weft.set @d, %d : tensor<4x80x48xf32>
  weft.return
}
