// RUN: weft-opt %s --split-input-file --weft-tile-to-vector --canonicalize --mlir-print-local-scope | FileCheck %s

// A kernel is a function of type WeftKernelFn with a loop over its programs; buffers are read once.
// CHECK-LABEL: func.func @rows(
// CHECK-SAME: %[[ARGS:.*]]: !llvm.ptr, %[[BEGIN:.*]]: i64, %[[END:.*]]: i64)
// CHECK: %[[X:.*]] = llvm.load %[[ARGS]]
// CHECK: %[[PLACE:.*]] = llvm.getelementptr inbounds %[[ARGS]][1]
// CHECK: %[[Y:.*]] = llvm.load %[[PLACE]]
// CHECK: %[[FROM:.*]] = arith.index_cast %[[BEGIN]]
// CHECK: %[[TO:.*]] = arith.index_cast %[[END]]
// CHECK: scf.for %{{.*}} = %[[FROM]] to %[[TO]]
// Tiles are carried as vectors; a tile within bounds is a plain load.
// CHECK: scf.for {{.*}} -> (vector<64xf32>) {
// CHECK: %[[AT:.*]] = llvm.getelementptr inbounds %[[X]]
// CHECK: llvm.load %[[AT]] {alignment = 4 : i64} : !llvm.ptr -> vector<64xf32>
// CHECK: arith.addf {{.*}} fastmath<contract> : vector<64xf32>
// CHECK: } {loop_annotation = #llvm.loop_annotation<unroll = <disable = true>>}
// Eight of the lanes from 192 on exist; the others read as 0 and are not written.
// CHECK: vector.constant_mask [8] : vector<64xi1>
// CHECK: llvm.intr.masked.load
// CHECK: vector.constant_mask [8] : vector<64xi1>
// CHECK: llvm.intr.masked.store
// CHECK: llvm.getelementptr inbounds %[[Y]]
// CHECK: llvm.store %{{.*}} {alignment = 4 : i64} : vector<64xf32>, !llvm.ptr
// CHECK: return
tile.kernel @rows(%x: memref<4x200xf32>, %y: memref<4x200xf32>) grid(4) outputs(1) {
  %p = tile.program_id
  %c0 = arith.constant 0 : index
  %c64 = arith.constant 64 : index
  %c192 = arith.constant 192 : index
  %none = arith.constant dense<0.0> : tensor<64xf32>
  %s = scf.for %i = %c0 to %c192 step %c64 iter_args(%a = %none) -> (tensor<64xf32>) {
    %t = tile.load %x[%p, %i] {in_bounds} : memref<4x200xf32> -> tensor<64xf32>
    %b = arith.addf %a, %t : tensor<64xf32>
    scf.yield %b : tensor<64xf32>
  }
  %t = tile.load %x[%p, %c192] : memref<4x200xf32> -> tensor<64xf32>
  tile.store %t, %y[%p, %c192] : tensor<64xf32>, memref<4x200xf32>
  tile.store %s, %y[%p, %c0] {in_bounds} : tensor<64xf32>, memref<4x200xf32>
  tile.return
}

// -----

// A last stride other than 1 gathers and scatters, masked where the tile may stick out.
// CHECK-LABEL: func.func @strided
// CHECK: arith.constant dense<true> : vector<16xi1>
// CHECK: llvm.getelementptr %{{.*}}[%{{.*}}] : (!llvm.ptr, vector<16xi64>) -> vector<16x!llvm.ptr>, f32
// CHECK: vector.constant_mask [4] : vector<16xi1>
// CHECK: llvm.intr.masked.gather
// CHECK: llvm.intr.masked.scatter
tile.kernel @strided(%x: memref<7x20xf32, strided<[1, 9]>>, %y: memref<7x20xf32, strided<[50, 2]>>) grid(7) outputs(1) {
  %p = tile.program_id
  %c16 = arith.constant 16 : index
  %t = tile.load %x[%p, %c16] : memref<7x20xf32, strided<[1, 9]>> -> tensor<16xf32>
  tile.store %t, %y[%p, %c16] {in_bounds} : tensor<16xf32>, memref<7x20xf32, strided<[50, 2]>>
  tile.return
}

// -----

// Reductions combine lower halves with upper halves until one is left, along either axis.
// CHECK-LABEL: func.func @reduce
// CHECK-DAG: %[[LANES:.*]] = arith.constant dense<[0, 1, 2, 3]> : vector<4xi32>
// CHECK: arith.maximumf {{.*}} : vector<2xf32>
// CHECK: arith.maximumf {{.*}} : vector<1xf32>
// CHECK: vector.extract {{.*}} : f32 from vector<1xf32>
// CHECK: llvm.store {{.*}} : f32, !llvm.ptr
// CHECK: arith.addi {{.*}} : vector<1x4xi32>
// CHECK: arith.addi %{{.*}}, %[[LANES]] : vector<4xi32>
tile.kernel @reduce(%x: memref<4xf32>, %i: memref<2x4xi32>, %y: memref<1xf32>, %j: memref<4xi32>) grid(1) outputs(2) {
  %c0 = arith.constant 0 : index
  %t = tile.load %x[%c0] {in_bounds} : memref<4xf32> -> tensor<4xf32>
  %m = tile.reduce max %t axis(0) : tensor<4xf32> -> f32
  memref.store %m, %y[%c0] : memref<1xf32>
  %u = tile.load %i[%c0, %c0] {in_bounds} : memref<2x4xi32> -> tensor<2x4xi32>
  %n = tile.reduce add %u axis(0) : tensor<2x4xi32> -> tensor<4xi32>
  %l = tile.iota : tensor<4xi32>
  %q = arith.addi %n, %l : tensor<4xi32>
  tile.store %q, %j[%c0] {in_bounds} : tensor<4xi32>, memref<4xi32>
  tile.return
}

// -----

// Tiles of rank 2 go row by row, each masked by the columns that exist. A scalar is loaded and spread.
// CHECK-LABEL: func.func @block
// CHECK: %[[S:.*]] = llvm.load {{.*}} : !llvm.ptr -> f32
// CHECK: vector.broadcast %[[S]] : f32 to vector<2x8xf32>
// CHECK: vector.constant_mask [6] : vector<8xi1>
// CHECK-COUNT-2: llvm.intr.masked.load
// CHECK: arith.mulf {{.*}} fastmath<contract> : vector<2x8xf32>
// CHECK-COUNT-2: llvm.intr.masked.store
tile.kernel @block(%x: memref<3x6xf32>, %s: memref<f32>, %y: memref<3x6xf32>) grid(1) outputs(1) {
  %c0 = arith.constant 0 : index
  %v = memref.load %s[] : memref<f32>
  %k = tensor.splat %v : tensor<2x8xf32>
  %t = tile.load %x[%c0, %c0] : memref<3x6xf32> -> tensor<2x8xf32>
  %d = arith.mulf %t, %k : tensor<2x8xf32>
  tile.store %d, %y[%c0, %c0] : tensor<2x8xf32>, memref<3x6xf32>
  tile.return
}

// -----

// Rows end where data says; all columns of one exist, or none.
// CHECK-LABEL: func.func @ends
// CHECK: %[[END:.*]] = arith.index_cast %{{.*}} : i32 to index
// CHECK: %[[IS:.*]] = arith.cmpi sgt, %[[END]], %c0 : index
// CHECK: %[[COUNT:.*]] = arith.select %[[IS]], %c8, %c0 : index
// CHECK: vector.create_mask %[[COUNT]] : vector<8xi1>
// CHECK-COUNT-2: llvm.intr.masked.load
// CHECK-COUNT-2: llvm.intr.masked.store
tile.kernel @ends(%x: memref<3x8xf32>, %n: memref<i32>, %y: memref<3x8xf32>) grid(1) outputs(1) {
  %c0 = arith.constant 0 : index
  %word = memref.load %n[] : memref<i32>
  %end = arith.index_cast %word : i32 to index
  %t = tile.load %x[%c0, %c0] rows(%end) {in_bounds} : memref<3x8xf32> -> tensor<2x8xf32>
  tile.store %t, %y[%c0, %c0] rows(%end) {in_bounds} : tensor<2x8xf32>, memref<3x8xf32>
  tile.return
}

// -----

// Whole tiles in bounds, and a launch beside the kernel, which stays as it is.
// CHECK-LABEL: func.func @copy(
// CHECK-SAME: %[[ARGS:.*]]: !llvm.ptr, %[[BEGIN:.*]]: i64, %[[END:.*]]: i64) {
// CHECK: %[[X:.*]] = llvm.load %[[ARGS]] : !llvm.ptr -> !llvm.ptr
// CHECK: %[[P1:.*]] = llvm.getelementptr inbounds %[[ARGS]][1] : (!llvm.ptr) -> !llvm.ptr, !llvm.ptr
// CHECK: %[[Y:.*]] = llvm.load %[[P1]]
// CHECK: %[[FROM:.*]] = arith.index_cast %[[BEGIN]] : i64 to index
// CHECK: %[[TO:.*]] = arith.index_cast %[[END]] : i64 to index
// CHECK: scf.for %[[P:.*]] = %[[FROM]] to %[[TO]]
// CHECK: %[[I:.*]] = arith.muli %[[P]], %c64
// CHECK: %[[J:.*]] = arith.index_cast %[[I]] : index to i64
// CHECK: %[[A:.*]] = llvm.getelementptr inbounds %[[X]][%[[J]]] : (!llvm.ptr, i64) -> !llvm.ptr, f32
// CHECK: %[[T:.*]] = llvm.load %[[A]] {alignment = 4 : i64} : !llvm.ptr -> vector<64xf32>
// CHECK: %[[B:.*]] = llvm.getelementptr inbounds %[[Y]][%{{.*}}]
// CHECK: llvm.store %[[T]], %[[B]] {alignment = 4 : i64} : vector<64xf32>, !llvm.ptr
// CHECK: exec.launch @copy
tile.kernel @copy(%x: memref<256xf32>, %y: memref<256xf32>) grid(4) outputs(1) {
  %p = tile.program_id
  %c64 = arith.constant 64 : index
  %i = arith.muli %p, %c64 : index
  %t = tile.load %x[%i] {in_bounds} : memref<256xf32> -> tensor<64xf32>
  tile.store %t, %y[%i] {in_bounds} : tensor<64xf32>, memref<256xf32>
  tile.return
}
exec.module @m {
  exec.program @p {
    %a = exec.buffer : memref<256xf32>
    %b = exec.buffer : memref<256xf32>
    exec.launch @copy(%a, %b) : memref<256xf32>, memref<256xf32>
  }
}

// -----

// Tiles that may stick out are masked by what is left of the last dimension; their addresses claim
// nothing.
// CHECK-LABEL: func.func @masked
// CHECK: %[[COUNT:.*]] = arith.subi %c100, %[[I:.*]] : index
// CHECK: %[[MASK:.*]] = vector.create_mask %[[COUNT]] : vector<64xi1>
// CHECK: llvm.intr.masked.load %{{.*}}, %[[MASK]], %{{.*}} {alignment = 8 : i32} : (!llvm.ptr, vector<64xi1>, vector<64xf64>) -> vector<64xf64>
// CHECK: llvm.getelementptr %{{.*}}[%{{.*}}] : (!llvm.ptr, i64) -> !llvm.ptr, f64
// CHECK: %[[SAME:.*]] = vector.create_mask %{{.*}} : vector<64xi1>
// CHECK: llvm.intr.masked.store %{{.*}}, %{{.*}}, %[[SAME]] {alignment = 8 : i32}
tile.kernel @masked(%x: memref<3x100xf64>, %y: memref<3x100xf64>) grid(2) outputs(1) {
  %p = tile.program_id
  %c1 = arith.constant 1 : index
  %c64 = arith.constant 64 : index
  %i = arith.muli %p, %c64 : index
  %t = tile.load %x[%c1, %i] : memref<3x100xf64> -> tensor<64xf64>
  tile.store %t, %y[%p, %i] : tensor<64xf64>, memref<3x100xf64>
  tile.return
}

// -----

// Lane numbers are constants, scalars are spread.
// CHECK-LABEL: func.func @lanes
// CHECK-DAG: %[[IOTA:.*]] = arith.constant dense<[0, 1, 2, 3]> : vector<4xi32>
// CHECK: %[[N:.*]] = llvm.load %{{.*}} {alignment = 4 : i64} : !llvm.ptr -> i32
// CHECK: %[[SPLAT:.*]] = vector.broadcast %[[N]] : i32 to vector<4xi32>
// CHECK: %[[LESS:.*]] = arith.cmpi sgt, %[[SPLAT]], %[[IOTA]] : vector<4xi32>
// CHECK: arith.select %[[LESS]], %{{.*}}, %{{.*}} : vector<4xi1>, vector<4xi32>
tile.kernel @lanes(%n: memref<i32>, %y: memref<4xi32>) grid(1) outputs(1) {
  %c0 = arith.constant 0 : index
  %i = tile.iota : tensor<4xi32>
  %s = memref.load %n[] : memref<i32>
  %t = tensor.splat %s : tensor<4xi32>
  %less = arith.cmpi slt, %i, %t : tensor<4xi32>
  %r = arith.select %less, %i, %t : tensor<4xi1>, tensor<4xi32>
  tile.store %r, %y[%c0] {in_bounds} : tensor<4xi32>, memref<4xi32>
  tile.return
}

// CHECK-LABEL: func.func @concat
// CHECK: %[[ZERO:.*]] = arith.constant dense<0> : vector<8xi32>
// CHECK: %[[A:.*]] = vector.insert_strided_slice %{{.*}}, %[[ZERO]] {offsets = [0], strides = [1]} : vector<4xi32> into vector<8xi32>
// CHECK: vector.insert_strided_slice %{{.*}}, %[[A]] {offsets = [4], strides = [1]} : vector<4xi32> into vector<8xi32>
tile.kernel @concat(%x: memref<4xi32>, %y: memref<8xi32>) grid(1) outputs(1) {
  %c0 = arith.constant 0 : index
  %t = tile.load %x[%c0] {in_bounds} : memref<4xi32> -> tensor<4xi32>
  %u = tile.concat %t, %t : tensor<4xi32>, tensor<4xi32> -> tensor<8xi32>
  tile.store %u, %y[%c0] {in_bounds} : tensor<8xi32>, memref<8xi32>
  tile.return
}

// Squares are turned in rounds: even elements of neighbouring rows into the first half, odd ones into the second.
// CHECK-LABEL: func.func @transpose
// CHECK: %[[A:.*]] = llvm.load %{{.*}} {alignment = 4 : i64} : !llvm.ptr -> vector<4xi32>
// CHECK: %[[B:.*]] = llvm.load %{{.*}} {alignment = 4 : i64} : !llvm.ptr -> vector<4xi32>
// CHECK: %[[C:.*]] = llvm.load %{{.*}} {alignment = 4 : i64} : !llvm.ptr -> vector<4xi32>
// CHECK: %[[D:.*]] = llvm.load %{{.*}} {alignment = 4 : i64} : !llvm.ptr -> vector<4xi32>
// CHECK: %[[AB0:.*]] = vector.shuffle %[[A]], %[[B]] [0, 2, 4, 6] : vector<4xi32>, vector<4xi32>
// CHECK: %[[CD0:.*]] = vector.shuffle %[[C]], %[[D]] [0, 2, 4, 6]
// CHECK: %[[AB1:.*]] = vector.shuffle %[[A]], %[[B]] [1, 3, 5, 7]
// CHECK: %[[CD1:.*]] = vector.shuffle %[[C]], %[[D]] [1, 3, 5, 7]
// CHECK: %[[R0:.*]] = vector.shuffle %[[AB0]], %[[CD0]] [0, 2, 4, 6]
// CHECK: vector.shuffle %[[AB1]], %[[CD1]] [0, 2, 4, 6]
// CHECK: vector.shuffle %[[AB0]], %[[CD0]] [1, 3, 5, 7]
// CHECK: %[[R3:.*]] = vector.shuffle %[[AB1]], %[[CD1]] [1, 3, 5, 7]
// CHECK: llvm.store %[[R0]]
// CHECK: llvm.store %[[R3]]
tile.kernel @transpose(%x: memref<4x4xi32>, %y: memref<4x4xi32>) grid(1) outputs(1) {
  %c0 = arith.constant 0 : index
  %t = tile.load %x[%c0, %c0] {in_bounds} : memref<4x4xi32> -> tensor<4x4xi32>
  %u = tile.transpose %t : tensor<4x4xi32> -> tensor<4x4xi32>
  tile.store %u, %y[%c0, %c0] {in_bounds} : tensor<4x4xi32>, memref<4x4xi32>
  tile.return
}
