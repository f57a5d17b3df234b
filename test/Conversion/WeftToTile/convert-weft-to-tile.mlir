// The kernels that groups become.
// RUN: weft-opt %s -split-input-file -convert-weft-to-tile -canonicalize | FileCheck %s

// Everything lies in order: chunks of one long row. The last tile is masked, the scalar is loaded once.
// CHECK: tile.kernel @mul(%[[ARG0:[^ :,)]+]]: memref<150xf32>, %[[ARG1:[^ :,)]+]]: memref<f32>, %[[ARG2:[^ :,)]+]]: memref<150xf32>) grid(1) outputs(1) in_place({{\[\[}}0, 0{{\]\]}}) {
// CHECK-NEXT: %[[C64:[^ :,)]+]] = arith.constant 64 : index
// CHECK-NEXT: %[[C150:[^ :,)]+]] = arith.constant 150 : index
// CHECK-NEXT: %[[C4096:[^ :,)]+]] = arith.constant 4096 : index
// CHECK-NEXT: %[[V0:[^ :,)]+]] = tile.program_id
// CHECK-NEXT: %[[V1:[^ :,)]+]] = arith.muli %[[V0]], %[[C4096]] : index
// CHECK-NEXT: %[[V2:[^ :,)]+]] = arith.addi %[[V1]], %[[C4096]] : index
// CHECK-NEXT: %[[V3:[^ :,)]+]] = arith.minui %[[V2]], %[[C150]] : index
// CHECK-NEXT: %[[V4:[^ :,)]+]] = memref.load %[[ARG1]][] : memref<f32>
// CHECK-NEXT: scf.for %[[ARG3:[^ :,)]+]] = %[[V1]] to %[[V3]] step %[[C64]] {
// CHECK-NEXT: %[[V5:[^ :,)]+]] = tile.load %[[ARG0]][%[[ARG3]]] : memref<150xf32> -> tensor<64xf32>
// CHECK-NEXT: %[[SPLAT:[^ :,)]+]] = tensor.splat %[[V4]] : tensor<64xf32>
// CHECK-NEXT: %[[V6:[^ :,)]+]] = arith.mulf %[[V5]], %[[SPLAT]] : tensor<64xf32>
// CHECK-NEXT: tile.store %[[V6]], %[[ARG2]][%[[ARG3]]] : tensor<64xf32>, memref<150xf32>
// CHECK-NEXT: }
// CHECK-NEXT: tile.return
// CHECK-NEXT: }
weft.graph @flat(%x: tensor<3x50xf32>, %s: tensor<f32>) {
  %0 = weft.group(%x, %s) : (tensor<3x50xf32>, tensor<f32>) -> tensor<3x50xf32> {
  ^bb0(%a: tensor<3x50xf32>, %b: tensor<f32>):
    %1 = weft.mul %a, %b : tensor<3x50xf32>, tensor<f32>
    weft.yield %1 : tensor<3x50xf32>
  }
  weft.return
}

// -----

// A program a row: a loop over its tiles adds them up, the tail masked; then the row is read again.
// CHECK: tile.kernel @sum_add(%[[ARG0:[^ :,)]+]]: memref<4x100xf32>, %[[ARG1:[^ :,)]+]]: memref<100xf32>, %[[ARG2:[^ :,)]+]]: memref<4x100xf32>) grid(4) outputs(1) in_place({{\[\[}}0, 0{{\]\]}}) {
// CHECK-NEXT: %[[CST:[^ :,)]+]] = arith.constant dense<64> : tensor<64xi32>
// CHECK-NEXT: %[[CST_0:[^ :,)]+]] = arith.constant dense<100> : tensor<64xi32>
// CHECK-NEXT: %[[C64:[^ :,)]+]] = arith.constant 64 : index
// CHECK-NEXT: %[[C0:[^ :,)]+]] = arith.constant 0 : index
// CHECK-NEXT: %[[CST_1:[^ :,)]+]] = arith.constant dense<0.000000e+00> : tensor<64xf32>
// CHECK-NEXT: %[[V0:[^ :,)]+]] = tile.program_id
// CHECK-NEXT: %[[V1:[^ :,)]+]] = tile.load %[[ARG0]][%[[V0]], %[[C0]]] {in_bounds} : memref<4x100xf32> -> tensor<64xf32>
// CHECK-NEXT: %[[V2:[^ :,)]+]] = arith.addf %[[V1]], %[[CST_1]] : tensor<64xf32>
// CHECK-NEXT: %[[V3:[^ :,)]+]] = tile.load %[[ARG0]][%[[V0]], %[[C64]]] : memref<4x100xf32> -> tensor<64xf32>
// CHECK-NEXT: %[[V4:[^ :,)]+]] = tile.iota : tensor<64xi32>
// CHECK-NEXT: %[[V5:[^ :,)]+]] = arith.addi %[[V4]], %[[CST]] : tensor<64xi32>
// CHECK-NEXT: %[[V6:[^ :,)]+]] = arith.cmpi slt, %[[V5]], %[[CST_0]] : tensor<64xi32>
// CHECK-NEXT: %[[V7:[^ :,)]+]] = arith.select %[[V6]], %[[V3]], %[[CST_1]] : tensor<64xi1>, tensor<64xf32>
// CHECK-NEXT: %[[V8:[^ :,)]+]] = arith.addf %[[V2]], %[[V7]] : tensor<64xf32>
// CHECK-NEXT: %[[V9:[^ :,)]+]] = tile.reduce add %[[V8]] axis(0) : tensor<64xf32> -> f32
// CHECK-NEXT: %[[V10:[^ :,)]+]] = tile.load %[[ARG0]][%[[V0]], %[[C0]]] {in_bounds} : memref<4x100xf32> -> tensor<64xf32>
// CHECK-NEXT: %[[SPLAT:[^ :,)]+]] = tensor.splat %[[V9]] : tensor<64xf32>
// CHECK-NEXT: %[[V11:[^ :,)]+]] = arith.subf %[[V10]], %[[SPLAT]] : tensor<64xf32>
// CHECK-NEXT: %[[V12:[^ :,)]+]] = tile.load %[[ARG1]][%[[C0]]] {in_bounds} : memref<100xf32> -> tensor<64xf32>
// CHECK-NEXT: %[[V13:[^ :,)]+]] = arith.addf %[[V11]], %[[V12]] : tensor<64xf32>
// CHECK-NEXT: tile.store %[[V13]], %[[ARG2]][%[[V0]], %[[C0]]] {in_bounds} : tensor<64xf32>, memref<4x100xf32>
// CHECK-NEXT: %[[V14:[^ :,)]+]] = tile.load %[[ARG0]][%[[V0]], %[[C64]]] : memref<4x100xf32> -> tensor<64xf32>
// CHECK-NEXT: %[[SPLAT_2:[^ :,)]+]] = tensor.splat %[[V9]] : tensor<64xf32>
// CHECK-NEXT: %[[V15:[^ :,)]+]] = arith.subf %[[V14]], %[[SPLAT_2]] : tensor<64xf32>
// CHECK-NEXT: %[[V16:[^ :,)]+]] = tile.load %[[ARG1]][%[[C64]]] : memref<100xf32> -> tensor<64xf32>
// CHECK-NEXT: %[[V17:[^ :,)]+]] = arith.addf %[[V15]], %[[V16]] : tensor<64xf32>
// CHECK-NEXT: tile.store %[[V17]], %[[ARG2]][%[[V0]], %[[C64]]] : tensor<64xf32>, memref<4x100xf32>
// CHECK-NEXT: tile.return
// CHECK-NEXT: }
weft.graph @rows(%x: tensor<4x100xf32>, %b: tensor<100xf32>) {
  %0 = weft.group(%x, %b) : (tensor<4x100xf32>, tensor<100xf32>) -> tensor<4x100xf32> {
  ^bb0(%a: tensor<4x100xf32>, %c: tensor<100xf32>):
    %1 = weft.sum %a axes [1] {keep_dims} : tensor<4x100xf32>
    %2 = weft.sub %a, %1 : tensor<4x100xf32>, tensor<4x1xf32>
    %3 = weft.add %2, %c : tensor<4x100xf32>, tensor<100xf32>
    weft.yield %3 : tensor<4x100xf32>
  }
  weft.return
}

// -----

// A program a tile of columns, over all rows; nothing is in place.
// CHECK: tile.kernel @sum(%[[ARG0:[^ :,)]+]]: memref<4x5xf32>, %[[ARG1:[^ :,)]+]]: memref<4x5xf32>, %[[ARG2:[^ :,)]+]]: memref<5xf32>) grid(1) outputs(1) {
// CHECK-NEXT: %[[C1:[^ :,)]+]] = arith.constant 1 : index
// CHECK-NEXT: %[[CST:[^ :,)]+]] = arith.constant dense<0.000000e+00> : tensor<8xf32>
// CHECK-NEXT: %[[C4:[^ :,)]+]] = arith.constant 4 : index
// CHECK-NEXT: %[[C0:[^ :,)]+]] = arith.constant 0 : index
// CHECK-NEXT: %[[C8:[^ :,)]+]] = arith.constant 8 : index
// CHECK-NEXT: %[[V0:[^ :,)]+]] = tile.program_id
// CHECK-NEXT: %[[V1:[^ :,)]+]] = arith.muli %[[V0]], %[[C8]] : index
// CHECK-NEXT: %[[V2:[^ :,)]+]] = scf.for %[[ARG3:[^ :,)]+]] = %[[C0]] to %[[C4]] step %[[C1]] iter_args(%[[ARG4:[^ :,)]+]] = %[[CST]]) -> (tensor<8xf32>) {
// CHECK-NEXT: %[[V3:[^ :,)]+]] = tile.load %[[ARG0]][%[[ARG3]], %[[V1]]] : memref<4x5xf32> -> tensor<8xf32>
// CHECK-NEXT: %[[V4:[^ :,)]+]] = tile.load %[[ARG1]][%[[ARG3]], %[[V1]]] : memref<4x5xf32> -> tensor<8xf32>
// CHECK-NEXT: %[[V5:[^ :,)]+]] = arith.mulf %[[V3]], %[[V4]] : tensor<8xf32>
// CHECK-NEXT: %[[V6:[^ :,)]+]] = arith.addf %[[ARG4]], %[[V5]] : tensor<8xf32>
// CHECK-NEXT: scf.yield %[[V6]] : tensor<8xf32>
// CHECK-NEXT: }
// CHECK-NEXT: tile.store %[[V2]], %[[ARG2]][%[[V1]]] : tensor<8xf32>, memref<5xf32>
// CHECK-NEXT: tile.return
// CHECK-NEXT: }
weft.graph @columns(%x: tensor<4x5xf32>, %y: tensor<4x5xf32>) {
  %0 = weft.group(%x, %y) : (tensor<4x5xf32>, tensor<4x5xf32>) -> tensor<5xf32> {
  ^bb0(%a: tensor<4x5xf32>, %b: tensor<4x5xf32>):
    %1 = weft.mul %a, %b : tensor<4x5xf32>, tensor<4x5xf32>
    %2 = weft.sum %1 axes [0] : tensor<4x5xf32>
    weft.yield %2 : tensor<5xf32>
  }
  weft.return
}

// -----

// The id chooses the row of the table.
// CHECK: tile.kernel @gather_rows(%[[ARG0:[^ :,)]+]]: memref<3xi32>, %[[ARG1:[^ :,)]+]]: memref<7x8xf32>, %[[ARG2:[^ :,)]+]]: memref<3x8xf32>) grid(3) outputs(1) {
// CHECK-NEXT: %[[C0:[^ :,)]+]] = arith.constant 0 : index
// CHECK-NEXT: %[[V0:[^ :,)]+]] = tile.program_id
// CHECK-NEXT: %[[V1:[^ :,)]+]] = memref.load %[[ARG0]][%[[V0]]] : memref<3xi32>
// CHECK-NEXT: %[[V2:[^ :,)]+]] = arith.index_cast %[[V1]] : i32 to index
// CHECK-NEXT: %[[V3:[^ :,)]+]] = tile.load %[[ARG1]][%[[V2]], %[[C0]]] {in_bounds} : memref<7x8xf32> -> tensor<8xf32>
// CHECK-NEXT: tile.store %[[V3]], %[[ARG2]][%[[V0]], %[[C0]]] {in_bounds} : tensor<8xf32>, memref<3x8xf32>
// CHECK-NEXT: tile.return
// CHECK-NEXT: }
weft.graph @gather(%i: tensor<3x1xi32>, %w: tensor<7x8xf32>) {
  %0 = weft.group(%i, %w) : (tensor<3x1xi32>, tensor<7x8xf32>) -> tensor<3x8xf32> {
  ^bb0(%a: tensor<3x1xi32>, %b: tensor<7x8xf32>):
    %1 = weft.gather_rows %a, %b : tensor<3x1xi32>, tensor<7x8xf32> -> tensor<3x8xf32>
    weft.yield %1 : tensor<3x8xf32>
  }
  weft.return
}

// -----

// Rows of one element are scalars.
// CHECK: tile.kernel @gather_rows(%[[ARG0:[^ :,)]+]]: memref<3xi32>, %[[ARG1:[^ :,)]+]]: memref<7x1xf32>, %[[ARG2:[^ :,)]+]]: memref<3xf32>) grid(3) outputs(1) {
// CHECK-NEXT: %[[C0:[^ :,)]+]] = arith.constant 0 : index
// CHECK-NEXT: %[[V0:[^ :,)]+]] = tile.program_id
// CHECK-NEXT: %[[V1:[^ :,)]+]] = memref.load %[[ARG0]][%[[V0]]] : memref<3xi32>
// CHECK-NEXT: %[[V2:[^ :,)]+]] = arith.index_cast %[[V1]] : i32 to index
// CHECK-NEXT: %[[V3:[^ :,)]+]] = memref.load %[[ARG1]][%[[V2]], %[[C0]]] : memref<7x1xf32>
// CHECK-NEXT: memref.store %[[V3]], %[[ARG2]][%[[V0]]] : memref<3xf32>
// CHECK-NEXT: tile.return
// CHECK-NEXT: }
weft.graph @narrow_gather(%i: tensor<3x1xi32>, %w: tensor<7x1xf32>) {
  %0 = weft.group(%i, %w) : (tensor<3x1xi32>, tensor<7x1xf32>) -> tensor<3x1xf32> {
  ^bb0(%a: tensor<3x1xi32>, %b: tensor<7x1xf32>):
    %1 = weft.gather_rows %a, %b : tensor<3x1xi32>, tensor<7x1xf32> -> tensor<3x1xf32>
    weft.yield %1 : tensor<3x1xf32>
  }
  weft.return
}

// -----

// Rows are added in order into the buffer of the old value, which it must be given.
// CHECK: tile.kernel @embedding_backward(%[[ARG0:[^ :,)]+]]: memref<7x8xf32>, %[[ARG1:[^ :,)]+]]: memref<3xi32>, %[[ARG2:[^ :,)]+]]: memref<3x8xf32>, %[[ARG3:[^ :,)]+]]: memref<7x8xf32>) grid(1) outputs(1) in_place({{\[\[}}0, 0{{\]\]}}) attributes {in_place_required} {
// CHECK-NEXT: %[[C1:[^ :,)]+]] = arith.constant 1 : index
// CHECK-NEXT: %[[C3:[^ :,)]+]] = arith.constant 3 : index
// CHECK-NEXT: %[[C0:[^ :,)]+]] = arith.constant 0 : index
// CHECK-NEXT: %[[C8:[^ :,)]+]] = arith.constant 8 : index
// CHECK-NEXT: %[[V0:[^ :,)]+]] = tile.program_id
// CHECK-NEXT: %[[V1:[^ :,)]+]] = arith.muli %[[V0]], %[[C8]] : index
// CHECK-NEXT: scf.for %[[ARG4:[^ :,)]+]] = %[[C0]] to %[[C3]] step %[[C1]] {
// CHECK-NEXT: %[[V2:[^ :,)]+]] = memref.load %[[ARG1]][%[[ARG4]]] : memref<3xi32>
// CHECK-NEXT: %[[V3:[^ :,)]+]] = arith.index_cast %[[V2]] : i32 to index
// CHECK-NEXT: %[[V4:[^ :,)]+]] = tile.load %[[ARG3]][%[[V3]], %[[V1]]] {in_bounds} : memref<7x8xf32> -> tensor<8xf32>
// CHECK-NEXT: %[[V5:[^ :,)]+]] = tile.load %[[ARG2]][%[[ARG4]], %[[V1]]] {in_bounds} : memref<3x8xf32> -> tensor<8xf32>
// CHECK-NEXT: %[[V6:[^ :,)]+]] = arith.addf %[[V4]], %[[V5]] : tensor<8xf32>
// CHECK-NEXT: tile.store %[[V6]], %[[ARG3]][%[[V3]], %[[V1]]] {in_bounds} : tensor<8xf32>, memref<7x8xf32>
// CHECK-NEXT: }
// CHECK-NEXT: tile.return
// CHECK-NEXT: }
weft.graph @scatter(%old: tensor<7x8xf32>, %i: tensor<3xi32>, %g: tensor<3x8xf32>) {
  %0 = weft.embedding_backward %old, %i, %g : tensor<7x8xf32>, tensor<3xi32>, tensor<3x8xf32>
  weft.return
}

// -----

// Rows of the padding are passed over: their round has no rounds.
// CHECK: tile.kernel @embedding_backward(%{{.*}}, %[[IDS:[^ :,)]+]]: memref<3xi32>
// CHECK: scf.for %[[ROW:.*]] = %c0{{.*}} to %c3
// CHECK: %[[ID:.*]] = memref.load %[[IDS]][%[[ROW]]]
// CHECK: %[[COUNTS:.*]] = arith.cmpi ne, %[[ID]], %c2_i32
// CHECK: %[[ROUNDS:.*]] = arith.select %[[COUNTS]], %c1{{.*}}, %c0
// CHECK: scf.for %{{.*}} = %{{.*}} to %[[ROUNDS]]
// CHECK-NEXT: arith.index_cast %[[ID]]
// CHECK: tile.store
weft.graph @scatter_padded(%old: tensor<7x8xf32>, %i: tensor<3xi32>, %g: tensor<3x8xf32>) {
  %0 = weft.embedding_backward %old, %i, %g {padding_index = 2} : tensor<7x8xf32>, tensor<3xi32>, tensor<3x8xf32>
  weft.return
}

// -----

// Both values are loaded before either is stored: the first output may lie in the second input.
// CHECK: tile.kernel @sum_add(%[[ARG0:[^ :,)]+]]: memref<4xf32>, %[[ARG1:[^ :,)]+]]: memref<4xf32>, %[[ARG2:[^ :,)]+]]: memref<4xf32>, %[[ARG3:[^ :,)]+]]: memref<4xf32>) grid(4) outputs(2) in_place({{\[\[}}0, 0], [0, 1], [1, 0], [1, 1{{\]\]}}) {
// CHECK-NEXT: %[[CST:[^ :,)]+]] = arith.constant dense<0.000000e+00> : tensor<1xf32>
// CHECK-NEXT: %[[V0:[^ :,)]+]] = tile.program_id
// CHECK-NEXT: %[[V1:[^ :,)]+]] = memref.load %[[ARG0]][%[[V0]]] : memref<4xf32>
// CHECK-NEXT: %[[SPLAT:[^ :,)]+]] = tensor.splat %[[V1]] : tensor<1xf32>
// CHECK-NEXT: %[[V2:[^ :,)]+]] = arith.addf %[[SPLAT]], %[[CST]] : tensor<1xf32>
// CHECK-NEXT: %[[V3:[^ :,)]+]] = tile.reduce add %[[V2]] axis(0) : tensor<1xf32> -> f32
// CHECK-NEXT: %[[V4:[^ :,)]+]] = memref.load %[[ARG1]][%[[V0]]] : memref<4xf32>
// CHECK-NEXT: %[[V5:[^ :,)]+]] = arith.addf %[[V3]], %[[V4]] : f32
// CHECK-NEXT: memref.store %[[V3]], %[[ARG2]][%[[V0]]] : memref<4xf32>
// CHECK-NEXT: memref.store %[[V5]], %[[ARG3]][%[[V0]]] : memref<4xf32>
// CHECK-NEXT: tile.return
// CHECK-NEXT: }
weft.graph @scalars(%x: tensor<4x1xf32>, %y: tensor<4x1xf32>) {
  %0:2 = weft.group(%x, %y) : (tensor<4x1xf32>, tensor<4x1xf32>) -> (tensor<4x1xf32>, tensor<4x1xf32>) {
  ^bb0(%a: tensor<4x1xf32>, %b: tensor<4x1xf32>):
    %1 = weft.sum %a axes [1] {keep_dims} : tensor<4x1xf32>
    %2 = weft.add %1, %b : tensor<4x1xf32>, tensor<4x1xf32>
    weft.yield %1, %2 : tensor<4x1xf32>, tensor<4x1xf32>
  }
  weft.return
}

// -----

// A view is read where it lies; the result, which lies otherwise, is not in place.
// CHECK: tile.kernel @copy(%[[ARG0:[^ :,)]+]]: memref<8x4xf32, strided<[1, 8]>>, %[[ARG1:[^ :,)]+]]: memref<8x4xf32>) grid(8) outputs(1) {
// CHECK-NEXT: %[[C0:[^ :,)]+]] = arith.constant 0 : index
// CHECK-NEXT: %[[V0:[^ :,)]+]] = tile.program_id
// CHECK-NEXT: %[[V1:[^ :,)]+]] = tile.load %[[ARG0]][%[[V0]], %[[C0]]] {in_bounds} : memref<8x4xf32, strided<[1, 8]>> -> tensor<4xf32>
// CHECK-NEXT: tile.store %[[V1]], %[[ARG1]][%[[V0]], %[[C0]]] {in_bounds} : tensor<4xf32>, memref<8x4xf32>
// CHECK-NEXT: tile.return
// CHECK-NEXT: }
weft.graph @strided(%x: tensor<4x8xf32>) {
  %t = weft.transpose %x [1, 0] : tensor<4x8xf32>
  %0 = weft.group(%t) : (tensor<8x4xf32>) -> tensor<8x4xf32> {
  ^bb0(%a: tensor<8x4xf32>):
    %1 = weft.copy %a : tensor<8x4xf32>
    weft.yield %1 : tensor<8x4xf32>
  }
  weft.return
}

// -----

// Equal groups share one kernel, whatever their scopes; another constant is another kernel.
// CHECK: tile.kernel @mul(%{{[^ ]*}}: memref<64xf32>,
// CHECK: tile.kernel @mul_0(
// CHECK-NOT: tile.kernel
// CHECK: weft.launch @mul(%x) {scope = "a"}
// CHECK-NEXT: weft.launch @mul(%y) {scope = "b"}
// CHECK-NEXT: weft.launch @mul_0(%y) {scope = "b"}
weft.graph @share(%x: tensor<64xf32>, %y: tensor<64xf32>) {
  %p = weft.group(%x) : (tensor<64xf32>) -> tensor<64xf32> {
  ^bb0(%a: tensor<64xf32>):
    %c = weft.constant dense<2.0> : tensor<f32>
    %1 = weft.mul %a, %c : tensor<64xf32>, tensor<f32>
    weft.yield %1 : tensor<64xf32>
  } {scope = "a"}
  %q = weft.group(%y) : (tensor<64xf32>) -> tensor<64xf32> {
  ^bb0(%a: tensor<64xf32>):
    %c = weft.constant dense<2.0> : tensor<f32>
    %1 = weft.mul %a, %c : tensor<64xf32>, tensor<f32>
    weft.yield %1 : tensor<64xf32>
  } {scope = "b"}
  %r = weft.group(%y) : (tensor<64xf32>) -> tensor<64xf32> {
  ^bb0(%a: tensor<64xf32>):
    %c = weft.constant dense<3.0> : tensor<f32>
    %1 = weft.mul %a, %c : tensor<64xf32>, tensor<f32>
    weft.yield %1 : tensor<64xf32>
  } {scope = "b"}
  weft.set @s, %p : tensor<64xf32>
  weft.set @t, %q : tensor<64xf32>
  weft.set @u, %r : tensor<64xf32>
  weft.return
}
weft.variable @s role(parameter) init(zeros) : tensor<64xf32>
weft.variable @t role(parameter) init(zeros) : tensor<64xf32>
weft.variable @u role(parameter) init(zeros) : tensor<64xf32>
