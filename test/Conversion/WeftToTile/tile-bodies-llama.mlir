// What ops of later models are on a tile.
// RUN: weft-opt %s -split-input-file -convert-weft-to-tile -canonicalize | FileCheck %s

// Two limits: keys after the query's own, and keys that lie a window before it.
// CHECK-LABEL: tile.kernel @causal_mask(
// CHECK-DAG: %[[BEFORE:.*]] = arith.constant -3 : i32
// CHECK-DAG: %[[HIDDEN:.*]] = arith.constant dense<0xFF800000> : tensor<8xf32>
// CHECK: %[[X:.*]] = tile.load
// CHECK: %[[AFTER:.*]] = arith.cmpi sgt
// CHECK: %[[Y:.*]] = arith.select %[[AFTER]], %[[HIDDEN]], %[[X]]
// CHECK: arith.addi %{{.*}}, %[[BEFORE]] : i32
// CHECK: %[[FAR:.*]] = arith.cmpi sle
// CHECK: %[[Z:.*]] = arith.select %[[FAR]], %[[HIDDEN]], %[[Y]]
// CHECK: tile.store %[[Z]]
weft.graph @window(%x: tensor<5x8xf32>) {
  %0 = weft.group(%x) : (tensor<5x8xf32>) -> tensor<5x8xf32> {
  ^bb0(%a: tensor<5x8xf32>):
    %1 = weft.causal_mask %a {window = 6} : tensor<5x8xf32>
    weft.yield %1 : tensor<5x8xf32>
  }
  weft.return
}

// -----

// A window of all keys.
// CHECK-LABEL: tile.kernel @causal_mask(
// CHECK: arith.cmpi sgt
// CHECK-NOT: arith.cmpi sle
weft.graph @all(%x: tensor<5x8xf32>) {
  %0 = weft.group(%x) : (tensor<5x8xf32>) -> tensor<5x8xf32> {
  ^bb0(%a: tensor<5x8xf32>):
    %1 = weft.causal_mask %a {window = 8} : tensor<5x8xf32>
    weft.yield %1 : tensor<5x8xf32>
  }
  weft.return
}

// -----

// Comparison and choice meet in registers.
// CHECK-LABEL: tile.kernel @compare_where(
// CHECK: %[[ID:.*]] = memref.load %{{.*}} : memref<3xi32>
// CHECK: %[[IDS:.*]] = tensor.splat %[[ID]]
// CHECK: %[[HOLDS:.*]] = arith.cmpi slt, %{{.*}}, %[[IDS]] : tensor<4xi32>
// CHECK: %[[MASK:.*]] = arith.select %[[HOLDS]], %{{.*}}, %{{.*}} : tensor<4xi1>, tensor<4xf32>
// CHECK: %[[CHOSEN:.*]] = arith.cmpf une, %[[MASK]], %
// CHECK: arith.select %[[CHOSEN]]
weft.graph @where(%ids: tensor<3x1xi32>, %columns: tensor<4xi32>, %x: tensor<3x4xf32>) {
  %0 = weft.group(%ids, %columns, %x) : (tensor<3x1xi32>, tensor<4xi32>, tensor<3x4xf32>) -> tensor<3x4xf32> {
  ^bb0(%i: tensor<3x1xi32>, %c: tensor<4xi32>, %a: tensor<3x4xf32>):
    %1 = weft.compare lt %c, %i : tensor<4xi32>, tensor<3x1xi32> -> tensor<3x4xf32>
    %2 = weft.cast %i : tensor<3x1xi32> to tensor<3x1xf32>
    %3 = weft.where %1, %a, %2 : tensor<3x4xf32>, tensor<3x4xf32>, tensor<3x1xf32>
    weft.yield %3 : tensor<3x4xf32>
  }
  weft.return
}
