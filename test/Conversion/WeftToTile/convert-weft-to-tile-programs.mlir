// RUN: weft-opt %s -split-input-file -weft-set-target=backend=cuda -convert-weft-to-tile -canonicalize -cse | FileCheck %s

// A program is a part of the rows (of 19, the last of 15) and a tile of 128 columns.
// CHECK-LABEL: tile.kernel @partial_sums(
// CHECK-SAME: %[[X:.*]]: memref<300x200xf32>, %[[Y:.*]]: memref<16x200xf32>) grid(32) outputs(1) {
// CHECK: %[[PROGRAM:.*]] = tile.program_id
// CHECK: %[[PART:.*]] = arith.divui %[[PROGRAM]], %c2
// CHECK: %[[TILE:.*]] = arith.remui %[[PROGRAM]], %c2
// CHECK: %[[COLUMN:.*]] = arith.muli %[[TILE]], %c128
// CHECK: %[[START:.*]] = arith.muli %[[PART]], %c19
// CHECK: %[[NEXT:.*]] = arith.addi %[[START]], %c19
// CHECK: %[[END:.*]] = arith.minui %[[NEXT]], %c300
// CHECK: scf.for %[[ROW:.*]] = %[[START]] to %[[END]] step %c1
// CHECK: tile.load %[[X]][%[[ROW]], %[[COLUMN]]] : memref<300x200xf32> -> tensor<128xf32>
// CHECK: tile.store {{.*}}, %[[Y]][%[[PART]], %[[COLUMN]]] : tensor<128xf32>, memref<16x200xf32>
weft.variable @s0 role(parameter) init(zeros) : tensor<16x200xf32>
weft.graph @parts(%x: tensor<300x200xf32>) {
  %0 = weft.group(%x) : (tensor<300x200xf32>) -> tensor<16x200xf32> {
  ^bb0(%a: tensor<300x200xf32>):
    %1 = weft.partial_sums %a parts 16 : tensor<300x200xf32> -> tensor<16x200xf32>
    weft.yield %1 : tensor<16x200xf32>
  }
  weft.set @s0, %0 : tensor<16x200xf32>
  weft.return
}

// -----

// Chunks of one tile: 3072 elements are no more than 24.
// CHECK-LABEL: tile.kernel @exp(
// CHECK-SAME: grid(24)
weft.variable @s0 role(parameter) init(zeros) : tensor<3072xf32>
weft.graph @short(%x: tensor<3072xf32>) {
  %0 = weft.group(%x) : (tensor<3072xf32>) -> tensor<3072xf32> {
  ^bb0(%a: tensor<3072xf32>):
    %1 = weft.exp %a : tensor<3072xf32>
    weft.yield %1 : tensor<3072xf32>
  }
  weft.set @s0, %0 : tensor<3072xf32>
  weft.return
}

// -----

// A program a row of the gradient and a tile of up to 1024 columns. Where no row before has the same id, it adds up those that do, block by
// block of ids.
// CHECK-LABEL: tile.kernel @embedding_backward(
// CHECK-SAME: %[[IDS:[^ :]+]]: memref<700xi32>, %[[GRAD:[^ :]+]]: memref<700x1500xf32>, %[[SUM:[^ :]+]]: memref<9x1500xf32>) grid(1400) outputs(1)
// CHECK: %[[ROW:.*]] = arith.divui %{{.*}}, %c2
// CHECK: %[[COLUMN:.*]] = arith.muli %{{.*}}, %c1024
// CHECK: %[[ID:.*]] = memref.load %[[IDS]][%[[ROW]]]
// CHECK: %[[EARLIER:.*]] = scf.for %{{.*}} = %c0 to %[[ROW]] step %c512 iter_args
// CHECK: tile.load %[[IDS]]{{.*}} : memref<700xi32> -> tensor<512xi32>
// CHECK: tile.reduce add
// CHECK: %[[IS_FIRST:.*]] = arith.cmpi eq, %[[EARLIER]], %c0_i32
// CHECK: %[[ROUNDS:.*]] = arith.select %[[IS_FIRST]], %c1, %c0
// CHECK: scf.for %{{.*}} = %c0 to %[[ROUNDS]] step %c1 {
// CHECK: tile.load %[[SUM]]
// CHECK: scf.for
// CHECK: %[[COUNT:.*]] = tile.reduce add
// CHECK: scf.for
// CHECK: tile.reduce max
// CHECK: tile.load %[[GRAD]][%{{.*}}, %[[COLUMN]]]
// CHECK: tile.store %{{.*}}, %[[SUM]]
weft.variable @s0 role(parameter) init(zeros) : tensor<9x1500xf32>
weft.graph @scatter(%old: tensor<9x1500xf32>, %ids: tensor<700xi32>, %grad: tensor<700x1500xf32>) {
  %0 = weft.embedding_backward %old, %ids, %grad : tensor<9x1500xf32>, tensor<700xi32>, tensor<700x1500xf32>
  weft.set @s0, %0 : tensor<9x1500xf32>
  weft.return
}

// -----

// A program whose row is the padding's looks at no other row.
// CHECK-LABEL: tile.kernel @embedding_backward(
// CHECK: %[[ID:.*]] = memref.load
// CHECK: %[[COUNTS:.*]] = arith.cmpi ne, %[[ID]], %c8_i32
// CHECK: %[[ROUNDS:.*]] = arith.select %[[COUNTS]], %c1{{.*}}, %c0
// CHECK: scf.for %{{.*}} = %{{.*}} to %[[ROUNDS]]
// CHECK: scf.for
// CHECK: tile.reduce add
// CHECK: tile.store
weft.variable @s0 role(parameter) init(zeros) : tensor<9x1500xf32>
weft.graph @scatter_padded(%old: tensor<9x1500xf32>, %ids: tensor<700xi32>, %grad: tensor<700x1500xf32>) {
  %0 = weft.embedding_backward %old, %ids, %grad {padding_index = 8} : tensor<9x1500xf32>, tensor<700xi32>, tensor<700x1500xf32>
  weft.set @s0, %0 : tensor<9x1500xf32>
  weft.return
}

// -----

// A tile of a chunk ends where the chunk does, however long tiles may be.
// CHECK-LABEL: tile.kernel @chunk_sums(
// CHECK-SAME: grid(16)
// CHECK: scf.for %{{.*}} = %{{.*}} to %{{.*}} step %c32
// CHECK-NEXT: tile.load {{.*}} -> tensor<32xf32>
weft.variable @s0 role(parameter) init(zeros) : tensor<16xf32>
weft.graph @chunks(%x: tensor<1024xf32>) {
  %0 = weft.group(%x) : (tensor<1024xf32>) -> tensor<16xf32> {
  ^bb0(%a: tensor<1024xf32>):
    %1 = weft.chunk_sums %a chunk 64 : tensor<1024xf32> -> tensor<16xf32>
    weft.yield %1 : tensor<16xf32>
  }
  weft.set @s0, %0 : tensor<16xf32>
  weft.return
}
