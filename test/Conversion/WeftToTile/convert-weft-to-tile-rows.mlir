// Tiles of rows as a GPU wants them: longer ones where rows are few; those of a reduction over all rows stay short.
// RUN: weft-opt %s -split-input-file -weft-set-target=backend=cuda -convert-weft-to-tile | FileCheck %s

// CHECK: tile.kernel @sum({{.*}} grid(2000)
// CHECK: tile.reduce add %{{.*}} axis(0) : tensor<128xf32> -> f32
weft.graph @many(%x: tensor<2000x768xf32>) {
  %0 = weft.group(%x) : (tensor<2000x768xf32>) -> tensor<2000x1xf32> {
  ^bb0(%a: tensor<2000x768xf32>):
    %1 = weft.sum %a axes [1] {keep_dims} : tensor<2000x768xf32>
    weft.yield %1 : tensor<2000x1xf32>
  }
  weft.return
}

// -----

// CHECK: tile.kernel @sum({{.*}} grid(4)
// CHECK: tile.reduce add %{{.*}} axis(0) : tensor<512xf32> -> f32
weft.graph @few(%x: tensor<4x768xf32>) {
  %0 = weft.group(%x) : (tensor<4x768xf32>) -> tensor<4x1xf32> {
  ^bb0(%a: tensor<4x768xf32>):
    %1 = weft.sum %a axes [1] {keep_dims} : tensor<4x768xf32>
    weft.yield %1 : tensor<4x1xf32>
  }
  weft.return
}

// -----

// CHECK: tile.kernel @sum({{.*}} grid(12)
// CHECK: tensor<64xf32>
weft.graph @columns(%x: tensor<2000x768xf32>) {
  %0 = weft.group(%x) : (tensor<2000x768xf32>) -> tensor<768xf32> {
  ^bb0(%a: tensor<2000x768xf32>):
    %1 = weft.sum %a axes [0] : tensor<2000x768xf32>
    weft.yield %1 : tensor<768xf32>
  }
  weft.return
}

// -----

// Many rows in parts of 32, and the parts in parts of 32: the last ones end where the rows do.
// CHECK: tile.kernel @sum({{.*}} grid(1)
// CHECK-DAG: %[[ZERO:.*]] = arith.constant dense<0.000000e+00> : tensor<8xf32>
// CHECK: %[[SUM:.*]] = scf.for %[[I:.*]] = %c0 to %c3000 step %c1024 iter_args(%[[S:.*]] = %[[ZERO]])
// CHECK: %[[NEXT:.*]] = arith.addi %[[I]], %c1024
// CHECK: %[[END:.*]] = arith.minui %[[NEXT]], %c3000
// CHECK: %[[PART:.*]] = scf.for %[[J:.*]] = %[[I]] to %[[END]] step %c32 iter_args(%[[T:.*]] = %[[ZERO]])
// CHECK: %[[NEXT:.*]] = arith.addi %[[J]], %c32
// CHECK: %[[LAST:.*]] = arith.minui %[[NEXT]], %[[END]]
// CHECK: %[[INNER:.*]] = scf.for %[[K:.*]] = %[[J]] to %[[LAST]] step %c1 iter_args(%[[U:.*]] = %[[ZERO]])
// CHECK: %[[X:.*]] = tile.load %{{.*}}[%[[K]], %{{.*}}]
// CHECK: arith.addf %[[U]], %[[X]]
// CHECK: arith.addf %[[T]], %[[INNER]]
// CHECK: arith.addf %[[S]], %[[PART]]
// CHECK: tile.store %[[SUM]]
weft.graph @parts(%x: tensor<3000x8xf32>) {
  %0 = weft.group(%x) : (tensor<3000x8xf32>) -> tensor<8xf32> {
  ^bb0(%a: tensor<3000x8xf32>):
    %1 = weft.sum %a axes [0] : tensor<3000x8xf32>
    weft.yield %1 : tensor<8xf32>
  }
  weft.return
}

// -----

// The same along a row, of 65 tiles of 512 and one of 5.
// CHECK: tile.kernel @sum({{.*}} grid(1)
// CHECK: scf.for %{{.*}} = %c0 to %c33280 step %c16384
// CHECK: scf.for %{{.*}} step %c512
// CHECK: arith.cmpi slt
// CHECK: tile.reduce add
weft.graph @row(%x: tensor<1x33285xf32>) {
  %0 = weft.group(%x) : (tensor<1x33285xf32>) -> tensor<1x1xf32> {
  ^bb0(%a: tensor<1x33285xf32>):
    %1 = weft.sum %a axes [1] {keep_dims} : tensor<1x33285xf32>
    weft.yield %1 : tensor<1x1xf32>
  }
  weft.return
}

// -----

// Whole parts end where the next ones begin.
// CHECK: tile.kernel @sum({{.*}} grid(1)
// CHECK-NOT: arith.minui
// CHECK: tile.return
weft.graph @whole(%x: tensor<65536x8xf32>) {
  %0 = weft.group(%x) : (tensor<65536x8xf32>) -> tensor<8xf32> {
  ^bb0(%a: tensor<65536x8xf32>):
    %1 = weft.sum %a axes [0] : tensor<65536x8xf32>
    weft.yield %1 : tensor<8xf32>
  }
  weft.return
}

// -----

// The largest of a row begins below all numbers.
// CHECK: tile.kernel @reduce_max(
// CHECK: %[[LEAST:.*]] = arith.constant dense<0xFF800000> : tensor<[[TILE:.*]]xf32>
// CHECK: scf.for {{.*}} iter_args(%{{.*}} = %[[LEAST]])
// CHECK: arith.maximumf
// CHECK: tile.reduce max
weft.graph @largest(%x: tensor<20x3000xf32>) {
  %0 = weft.group(%x) : (tensor<20x3000xf32>) -> tensor<20x1xf32> {
  ^bb0(%a: tensor<20x3000xf32>):
    %1 = weft.reduce_max %a axes [1] {keep_dims} : tensor<20x3000xf32>
    weft.yield %1 : tensor<20x1xf32>
  }
  weft.return
}
