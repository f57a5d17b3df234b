// RUN: weft-opt %s --pass-pipeline='builtin.module(tile.kernel(weft-tiles-to-rows,canonicalize,cse))' | FileCheck %s
// RUN: weft-opt %s --pass-pipeline='builtin.module(tile.kernel(weft-tiles-to-rows{lane-bytes=64 rows=2},canonicalize,cse))' | FileCheck %s --check-prefix=SMALL

// Queries are loaded once: packed in columns, they are the vectors. Keys stream through the loop and are read
// in place, one scalar at a time; each block of rows asks for its part of the next keys. The sum of exponentials takes one more loop over rows, and no scores are stored.

// CHECK-LABEL: tile.kernel @sum_of_exponentials
// CHECK-SAME: %[[Q:[^ :]+]]: memref<64x32xf32>, %[[K:[^ :]+]]: memref<128x32xf32>
// CHECK-DAG: %[[S:.*]] = memref.alloca() {alignment = 64 : i64} : memref<64x64xf32>
// CHECK-DAG: %[[QT:.*]] = memref.alloca() {alignment = 64 : i64} : memref<32x64xf32>
// CHECK: scf.for %[[I:.*]] = %c0 to %c64 step %c16
// CHECK-NEXT: scf.for %[[J:.*]] = %c0 to %c32 step %c16
// CHECK-NEXT: %[[B:.*]] = tile.load %[[Q]][%[[I]], %[[J]]] {in_bounds} : memref<64x32xf32> -> tensor<16x16xf32>
// CHECK-NEXT: %[[T:.*]] = tile.transpose %[[B]]
// CHECK-NEXT: tile.store %[[T]], %[[QT]][%[[J]], %[[I]]] {in_bounds}
// CHECK: scf.for %[[KEY:.*]] = %c0 to %c128 step %c64 iter_args(%[[L:.*]] = %{{.*}}) -> (tensor<64xf32>)
// CHECK-NEXT: scf.for %[[R:.*]] = %c0 to %c64 step %c4
// CHECK: %[[AHEAD:.*]] = arith.addi %[[KEY]], %c64
// CHECK-NEXT: %[[PART:.*]] = arith.addi %[[AHEAD]], %[[R]]
// CHECK-NEXT: memref.prefetch %[[K]][%[[PART]], %c0], read, locality<2>, data : memref<128x32xf32>
// CHECK-NEXT: memref.prefetch %[[K]][%[[PART]], %c16], read
// CHECK-NEXT: %[[PART1:.*]] = arith.addi %[[PART]], %c1
// CHECK-NEXT: memref.prefetch %[[K]][%[[PART1]], %c0], read
// CHECK: scf.for %[[X:.*]] = %c0 to %c32 step %c1 iter_args(%[[A:.*]] = %{{.*}}, %{{.*}} = %{{.*}}, %{{.*}} = %{{.*}}, %{{.*}} = %{{.*}})
// CHECK-NEXT: %[[V:.*]] = tile.load %[[QT]][%[[X]], %{{.*}}] {in_bounds} : memref<32x64xf32> -> tensor<64xf32>
// CHECK: %[[N:.*]] = memref.load %[[K]][%{{.*}}, %[[X]]] : memref<128x32xf32>
// CHECK-NEXT: %[[F:.*]] = tensor.splat %[[N]] : tensor<64xf32>
// CHECK-NEXT: math.fma %[[F]], %[[V]], %[[A]] : tensor<64xf32>
// CHECK: tile.store %{{.*}}, %[[S]]
// CHECK: scf.for %[[ROW:.*]] = %c0 to %c64 step %c1 iter_args(%[[SUM:.*]] = %{{.*}}) -> (tensor<64xf32>)
// CHECK-NEXT: %[[SCORE:.*]] = tile.load %[[S]][%[[ROW]], %c0] {in_bounds}
// CHECK-NEXT: %[[E:.*]] = math.exp %[[SCORE]] : tensor<64xf32>
// CHECK-NEXT: %[[NEXT:.*]] = arith.addf %[[SUM]], %[[E]]
// CHECK-NEXT: scf.yield %[[NEXT]]

// SMALL-LABEL: tile.kernel @sum_of_exponentials
// SMALL: scf.for %{{.*}} = %c0 to %c64 step %c2
// SMALL: scf.for %{{.*}} = %c0 to %c64 step %c16
// SMALL: scf.for %{{.*}} = %c0 to %c32 step %c1 iter_args(%{{.*}} = %{{.*}}, %{{.*}} = %{{.*}}) -> (tensor<16xf32>, tensor<16xf32>)
tile.kernel @sum_of_exponentials(%q: memref<64x32xf32>, %k: memref<128x32xf32>, %l: memref<64xf32>) grid(1) outputs(1) {
  %c0 = arith.constant 0 : index
  %c64 = arith.constant 64 : index
  %c128 = arith.constant 128 : index
  %zero = arith.constant dense<0.0> : tensor<64x64xf32>
  %none = arith.constant dense<0.0> : tensor<64xf32>
  %a = tile.load %q[%c0, %c0] {in_bounds} : memref<64x32xf32> -> tensor<64x32xf32>
  %sum = scf.for %key = %c0 to %c128 step %c64 iter_args(%old = %none) -> (tensor<64xf32>) {
    %b = tile.load %k[%key, %c0] {in_bounds} : memref<128x32xf32> -> tensor<64x32xf32>
    %s = tile.dot %a, %b, %zero {transpose_b} : tensor<64x32xf32>, tensor<64x32xf32>, tensor<64x64xf32>
    %e = math.exp %s : tensor<64x64xf32>
    %r = tile.reduce add %e axis(1) : tensor<64x64xf32> -> tensor<64xf32>
    %new = arith.addf %old, %r : tensor<64xf32>
    scf.yield %new : tensor<64xf32>
  }
  tile.store %sum, %l[%c0] {in_bounds} : tensor<64xf32>, memref<64xf32>
  tile.return
}

// A matrix that is carried through a loop stays in one place, and what may stick out of its buffer is copied
// with zeros around it.

// CHECK-LABEL: tile.kernel @carried
// CHECK-SAME: %[[X:[^ :]+]]: memref<50x16xf32>
// CHECK: %[[ACC:.*]] = memref.alloca() {{.*}} : memref<16x16xf32>
// CHECK: scf.for %[[AT:.*]] = %c0 to %c50 step %c16 {
// CHECK: scf.if
// CHECK-NEXT: tile.load %[[X]][
// CHECK: tile.load %[[ACC]]
// CHECK: math.fma
// CHECK: tile.store %{{.*}}, %[[ACC]]
tile.kernel @carried(%x: memref<50x16xf32>, %y: memref<16x16xf32>) grid(1) outputs(1) {
  %c0 = arith.constant 0 : index
  %c16 = arith.constant 16 : index
  %c50 = arith.constant 50 : index
  %zero = arith.constant dense<0.0> : tensor<16x16xf32>
  %sum = scf.for %at = %c0 to %c50 step %c16 iter_args(%old = %zero) -> (tensor<16x16xf32>) {
    %b = tile.load %x[%at, %c0] : memref<50x16xf32> -> tensor<16x16xf32>
    %new = tile.dot %b, %b, %old {transpose_a} : tensor<16x16xf32>, tensor<16x16xf32>, tensor<16x16xf32>
    scf.yield %new : tensor<16x16xf32>
  }
  tile.store %sum, %y[%c0, %c0] {in_bounds} : tensor<16x16xf32>, memref<16x16xf32>
  tile.return
}

// Without a product a kernel stays as it is.

// CHECK-LABEL: tile.kernel @small
// CHECK-NOT: alloca
// CHECK: tile.reduce max %{{.*}} axis(0) : tensor<4x16xf32> -> tensor<16xf32>
tile.kernel @small(%x: memref<4x16xf32>, %y: memref<16xf32>) grid(1) outputs(1) {
  %c0 = arith.constant 0 : index
  %a = tile.load %x[%c0, %c0] {in_bounds} : memref<4x16xf32> -> tensor<4x16xf32>
  %r = tile.reduce max %a axis(0) : tensor<4x16xf32> -> tensor<16xf32>
  tile.store %r, %y[%c0] {in_bounds} : tensor<16xf32>, memref<16xf32>
  tile.return
}

// RUN: not weft-opt %s -weft-tiles-to-rows=lane-bytes=48 2>&1 | FileCheck %s --check-prefix=OPTION
// OPTION: error: expected lane-bytes to be a power of two of at least 64 and rows a power of two, got: 48 and 4

// Fewer rows stream by than the result has: each of 16 blocks asks for two of the next 32.

// CHECK-LABEL: tile.kernel @few_rows
// CHECK-SAME: memref<64x32xf32>, %[[V:[^ :]+]]: memref<128x64xf32>
// CHECK: scf.for %[[KEY:.*]] = %c0 to %c128 step %c32
// CHECK: scf.for %[[R:.*]] = %c0 to %c64 step %c4
// CHECK: %[[BLOCK:.*]] = arith.divui %[[R]], %c4
// CHECK-NEXT: %[[AT:.*]] = arith.muli %[[BLOCK]], %c2
// CHECK: %[[AHEAD:.*]] = arith.addi %[[KEY]], %c32
// CHECK-NEXT: %[[PART:.*]] = arith.addi %[[AHEAD]], %[[AT]]
// CHECK-COUNT-8: memref.prefetch %[[V]]
// CHECK-NOT: memref.prefetch
tile.kernel @few_rows(%p: memref<64x32xf32>, %v: memref<128x64xf32>, %o: memref<64x64xf32>) grid(1) outputs(1) {
  %c0 = arith.constant 0 : index
  %c32 = arith.constant 32 : index
  %c128 = arith.constant 128 : index
  %zero = arith.constant dense<0.0> : tensor<64x64xf32>
  %a = tile.load %p[%c0, %c0] {in_bounds} : memref<64x32xf32> -> tensor<64x32xf32>
  %sum = scf.for %key = %c0 to %c128 step %c32 iter_args(%old = %zero) -> (tensor<64x64xf32>) {
    %b = tile.load %v[%key, %c0] {in_bounds} : memref<128x64xf32> -> tensor<32x64xf32>
    %new = tile.dot %a, %b, %old : tensor<64x32xf32>, tensor<32x64xf32>, tensor<64x64xf32>
    scf.yield %new : tensor<64x64xf32>
  }
  tile.store %sum, %o[%c0, %c0] {in_bounds} : tensor<64x64xf32>, memref<64x64xf32>
  tile.return
}

// Rows that data ends: what is read as scalars is a copy with zeros behind the end, and no row is stored there.

// CHECK-LABEL: tile.kernel @ends
// CHECK-SAME: %[[X:[^ :]+]]: memref<64x16xf32>, %{{.*}}: memref<16x64xf32>, %{{.*}}: memref<i32>, %[[Y:[^ :]+]]: memref<64x64xf32>
// CHECK: %[[END:.*]] = arith.index_cast
// CHECK: tile.store %{{.*}}, %[[COPY:.*]][%[[R:.*]], %c0] {in_bounds} : tensor<16xf32>, memref<16x16xf32>
// CHECK-NEXT: %[[IS:.*]] = arith.cmpi slt, %[[R]], %[[END]]
// CHECK-NEXT: scf.if %[[IS]] {
// CHECK-NEXT: %[[ROW:.*]] = tile.load %[[X]][%[[R]], %c0] {in_bounds} : memref<64x16xf32> -> tensor<16xf32>
// CHECK-NEXT: tile.store %[[ROW]], %[[COPY]][%[[R]], %c0] {in_bounds}
// CHECK: %[[STORED:.*]] = arith.cmpi slt, %{{.*}}, %[[END]]
// CHECK-NEXT: scf.if %[[STORED]] {
// CHECK-NEXT: tile.store %{{.*}}, %[[Y]]
tile.kernel @ends(%x: memref<64x16xf32>, %w: memref<16x64xf32>, %n: memref<i32>, %y: memref<64x64xf32>) grid(1) outputs(1) {
  %c0 = arith.constant 0 : index
  %word = memref.load %n[] : memref<i32>
  %end = arith.index_cast %word : i32 to index
  %zero = arith.constant dense<0.0> : tensor<16x64xf32>
  %a = tile.load %x[%c0, %c0] rows(%end) {in_bounds} : memref<64x16xf32> -> tensor<16x16xf32>
  %b = tile.load %w[%c0, %c0] {in_bounds} : memref<16x64xf32> -> tensor<16x64xf32>
  %sum = tile.dot %a, %b, %zero : tensor<16x16xf32>, tensor<16x64xf32>, tensor<16x64xf32>
  tile.store %sum, %y[%c0, %c0] rows(%end) {in_bounds} : tensor<16x64xf32>, memref<64x64xf32>
  tile.return
}
