// RUN: weft-opt %s -split-input-file -weft-tile-to-vector -canonicalize -cse | FileCheck %s

// The frame: pointers from the array, a loop over programs, nothing else touched.
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
// CHECK: %[[B:.*]] = llvm.getelementptr inbounds %[[Y]][%[[J]]]
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
exec.module @m attributes {sequences = 1 : i64, tokens = 1 : i64, flops = 0.0 : f64} {
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
// CHECK: llvm.intr.masked.store %{{.*}}, %{{.*}}, %[[MASK]] {alignment = 8 : i32}
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
// A last stride that is not 1 makes gathers and scatters; the lanes' distances are constants.
// CHECK-LABEL: func.func @strided
// CHECK-DAG: %[[ALL:.*]] = arith.constant dense<true> : vector<4xi1>
// CHECK-DAG: arith.constant dense<[0, 9, 18, 27]> : vector<4xi64>
// CHECK-DAG: arith.constant dense<[0, 2, 4, 6]> : vector<4xi64>
// CHECK: llvm.intr.masked.gather %{{.*}}, %[[ALL]]
// CHECK: vector.create_mask
// CHECK: llvm.intr.masked.scatter
tile.kernel @strided(%x: memref<7x20xi32, strided<[1, 9]>>, %y: memref<7x20xi32, strided<[50, 2]>>)
    grid(7) outputs(1) {
  %p = tile.program_id
  %c0 = arith.constant 0 : index
  %t = tile.load %x[%p, %c0] {in_bounds} : memref<7x20xi32, strided<[1, 9]>> -> tensor<4xi32>
  tile.store %t, %y[%p, %p] : tensor<4xi32>, memref<7x20xi32, strided<[50, 2]>>
  tile.return
}

// -----
// Loops carry vectors and are not to be unrolled; sums contract; halves are combined lower with upper.
// CHECK: #[[UNROLL:.*]] = #llvm.loop_unroll<disable = true>
// CHECK: #[[LOOP:.*]] = #llvm.loop_annotation<unroll = #[[UNROLL]]>
// CHECK-LABEL: func.func @sum
// CHECK: %[[S:.*]] = scf.for {{.*}} iter_args(%[[A:.*]] = %{{.*}}) -> (vector<4xf32>) {
// CHECK: arith.addf %[[A]], %{{.*}} fastmath<contract> : vector<4xf32>
// CHECK: } {loop_annotation = #[[LOOP]]}
// CHECK: %[[L:.*]] = vector.extract_strided_slice %[[S]] {offsets = [0], sizes = [2], strides = [1]}
// CHECK: %[[U:.*]] = vector.extract_strided_slice %[[S]] {offsets = [2], sizes = [2], strides = [1]}
// CHECK: %[[H:.*]] = arith.addf %[[L]], %[[U]] fastmath<contract> : vector<2xf32>
// CHECK: %[[L1:.*]] = vector.extract_strided_slice %[[H]] {offsets = [0], sizes = [1], strides = [1]}
// CHECK: %[[U1:.*]] = vector.extract_strided_slice %[[H]] {offsets = [1], sizes = [1], strides = [1]}
// CHECK: %[[R:.*]] = arith.addf %[[L1]], %[[U1]] fastmath<contract> : vector<1xf32>
// CHECK: %[[V:.*]] = vector.extract %[[R]][0] : f32 from vector<1xf32>
// CHECK: llvm.store %[[V]], %{{.*}} {alignment = 4 : i64} : f32, !llvm.ptr
tile.kernel @sum(%x: memref<3x12xf32>, %y: memref<3xf32>) grid(3) outputs(1) {
  %p = tile.program_id
  %c0 = arith.constant 0 : index
  %c4 = arith.constant 4 : index
  %c12 = arith.constant 12 : index
  %zero = arith.constant dense<0.0> : tensor<4xf32>
  %s = scf.for %i = %c0 to %c12 step %c4 iter_args(%a = %zero) -> (tensor<4xf32>) {
    %t = tile.load %x[%p, %i] {in_bounds} : memref<3x12xf32> -> tensor<4xf32>
    %b = arith.addf %a, %t : tensor<4xf32>
    scf.yield %b : tensor<4xf32>
  }
  %r = tile.reduce add %s axis(0) : tensor<4xf32> -> f32
  memref.store %r, %y[%p] : memref<3xf32>
  tile.return
}

// -----
// CHECK-LABEL: func.func @lanes
// CHECK-DAG: %[[IOTA:.*]] = arith.constant dense<[0, 1, 2, 3]> : vector<4xi32>
// CHECK: %[[N:.*]] = llvm.load %{{.*}} {alignment = 4 : i64} : !llvm.ptr -> i32
// CHECK: %[[SPLAT:.*]] = vector.broadcast %[[N]] : i32 to vector<4xi32>
// CHECK: %[[LESS:.*]] = arith.cmpi slt, %[[IOTA]], %[[SPLAT]] : vector<4xi32>
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
