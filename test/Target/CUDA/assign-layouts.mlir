// RUN: weft-opt %s -split-input-file -weft-assign-layouts | FileCheck %s
// RUN: not weft-opt %s -split-input-file -weft-assign-layouts="warps=3" 2>&1 | FileCheck %s --check-prefix=ERROR
// ERROR: error: expected warps to be a power of two of at most 32, got: 3

// Neighbouring lanes, neighbouring elements; one warp.
// CHECK: #[[L:.*]] = #tile.layout<rank 1, registers {{\[\[}}32]], lanes {{\[\[}}1], [2], [4], [8], [16]], warps []>
// CHECK: tile.kernel @double({{.*}} attributes {warps = 1 : i64}
// CHECK: tile.load {{.*}} -> tensor<64xf32, #[[L]]>
// CHECK: arith.addf {{.*}} : tensor<64xf32, #[[L]]>
tile.kernel @double(%x: memref<256xf32>, %y: memref<256xf32>) grid(4) outputs(1) {
  %p = tile.program_id
  %c64 = arith.constant 64 : index
  %i = arith.muli %p, %c64 : index
  %t = tile.load %x[%i] {in_bounds} : memref<256xf32> -> tensor<64xf32>
  %d = arith.addf %t, %t : tensor<64xf32>
  tile.store %d, %y[%i] {in_bounds} : tensor<64xf32>, memref<256xf32>
  tile.return
}

// -----

// The product decides for its results, and for the rows that are reduced from them; its operands are converted.
// CHECK-DAG: #[[C:.*]] = #tile.layout<rank 2, registers {{\[\[}}0, 8], [16, 0]], lanes {{\[\[}}0, 1], [0, 2], [0, 4], [1, 0], [2, 0]], warps {{\[\[}}4, 0], [8, 0]]>
// CHECK-DAG: #[[R:.*]] = #tile.layout<rank 1, registers {{\[\[}}16]], lanes {{\[\[}}0], [0], [0], [1], [2]], warps {{\[\[}}4], [8]]>
// CHECK: tile.kernel @product({{.*}} attributes {warps = 4 : i64}
// CHECK: arith.constant dense<0.000000e+00> : tensor<32x16xf32, #[[C]]>
// CHECK: tile.convert_layout
// CHECK: tile.convert_layout
// CHECK: tile.dot {{.*}}, tensor<32x16xf32, #[[C]]>
// CHECK: tile.reduce max {{.*}} axis(1) : tensor<32x16xf32, #[[C]]> -> tensor<32xf32, #[[R]]>
tile.kernel @product(%x: memref<32x64xf32>, %z: memref<16x64xf32>, %y: memref<32xf32>) grid(1) outputs(1) {
  %c0 = arith.constant 0 : index
  %a = tile.load %x[%c0, %c0] {in_bounds} : memref<32x64xf32> -> tensor<32x64xf32>
  %b = tile.load %z[%c0, %c0] {in_bounds} : memref<16x64xf32> -> tensor<16x64xf32>
  %zero = arith.constant dense<0.0> : tensor<32x16xf32>
  %s = tile.dot %a, %b, %zero {transpose_b} : tensor<32x64xf32>, tensor<16x64xf32>, tensor<32x16xf32>
  %m = tile.reduce max %s axis(1) : tensor<32x16xf32> -> tensor<32xf32>
  tile.store %m, %y[%c0] {in_bounds} : tensor<32xf32>, memref<32xf32>
  tile.return
}

// -----

// A long row is four warps', 16 bytes a lane; what they hold of it goes to each of them to be summed up.
// CHECK-DAG: #[[OWN:.*]] = #tile.layout<rank 1, registers {{\[\[}}1], [2]], lanes {{\[\[}}4], [8], [16], [32], [64]], warps {{\[\[}}128], [256]]>
// CHECK-DAG: #[[ALL:.*]] = #tile.layout<rank 1, registers {{\[\[}}32], [64], [128], [256]], lanes {{\[\[}}1], [2], [4], [8], [16]], warps {{\[\[}}0], [0]]>
// CHECK: tile.kernel @row({{.*}} attributes {warps = 4 : i64}
// CHECK: %[[T:.*]] = tile.load {{.*}} -> tensor<512xf32, #[[OWN]]>
// CHECK: %[[U:.*]] = tile.convert_layout %[[T]] : tensor<512xf32, #[[OWN]]> -> tensor<512xf32, #[[ALL]]>
// CHECK: tile.reduce add %[[U]] axis(0) : tensor<512xf32, #[[ALL]]> -> f32
tile.kernel @row(%x: memref<512xf32>, %y: memref<512xf32>) grid(1) outputs(1) {
  %c0 = arith.constant 0 : index
  %t = tile.load %x[%c0] {alignment = 16 : i64, in_bounds} : memref<512xf32> -> tensor<512xf32>
  %s = tile.reduce add %t axis(0) : tensor<512xf32> -> f32
  %b = tensor.splat %s : tensor<512xf32>
  %d = arith.divf %t, %b : tensor<512xf32>
  tile.store %d, %y[%c0] {alignment = 16 : i64, in_bounds} : tensor<512xf32>, memref<512xf32>
  tile.return
}

// -----

// Tensor cores: fragments of 16 x 8, warps in rows. What a product of bf16 gives is laid out as the next one takes it.
// CHECK-DAG: #[[S:.*]] = #tile.layout<rank 2, registers {{\[\[}}0, 1], [8, 0], [0, 8], [0, 16], [0, 32]], lanes {{\[\[}}0, 2], [0, 4], [1, 0], [2, 0], [4, 0]], warps {{\[\[}}16, 0], [32, 0]]>
// CHECK-DAG: #[[K:.*]] = #tile.layout<rank 2, registers {{\[\[}}0, 1], [0, 8], [0, 16], [8, 0], [16, 0], [32, 0]], lanes {{\[\[}}0, 2], [0, 4], [1, 0], [2, 0], [4, 0]], warps {{\[\[}}0, 0], [0, 0]]>
// CHECK-DAG: #[[V:.*]] = #tile.layout<rank 2, registers {{\[\[}}1, 0], [8, 0], [16, 0], [32, 0], [0, 8], [0, 16]], lanes {{\[\[}}2, 0], [4, 0], [0, 1], [0, 2], [0, 4]], warps {{\[\[}}0, 0], [0, 0]]>
// CHECK: tile.kernel @attention
// CHECK: tile.dot {{.*}} {transpose_b} : {{.*}}, tensor<64x32xbf16, #[[K]]>, tensor<64x64xf32, #[[S]]>
// CHECK: %[[P:.*]] = arith.truncf {{.*}} : tensor<64x64xf32, #[[S]]> to tensor<64x64xbf16, #[[S]]>
// CHECK: tile.dot %[[P]], {{.*}} : tensor<64x64xbf16, #[[S]]>, tensor<64x32xbf16, #[[V]]>
tile.kernel @attention(%x: memref<64x32xbf16>, %y: memref<64x32xf32>) grid(1) outputs(1) {
  %c0 = arith.constant 0 : index
  %q = tile.load %x[%c0, %c0] {in_bounds} : memref<64x32xbf16> -> tensor<64x32xbf16>
  %zero = arith.constant dense<0.0> : tensor<64x64xf32>
  %s = tile.dot %q, %q, %zero {transpose_b} : tensor<64x32xbf16>, tensor<64x32xbf16>, tensor<64x64xf32>
  %e = math.exp %s : tensor<64x64xf32>
  %p = arith.truncf %e : tensor<64x64xf32> to tensor<64x64xbf16>
  %acc = arith.constant dense<0.0> : tensor<64x32xf32>
  %o = tile.dot %p, %q, %acc : tensor<64x64xbf16>, tensor<64x32xbf16>, tensor<64x32xf32>
  tile.store %o, %y[%c0, %c0] {in_bounds} : tensor<64x32xf32>, memref<64x32xf32>
  tile.return
}

// -----

// f32 only where it may be rounded; a result in another layout than its product's is converted.
// CHECK-DAG: #[[ALONE:.*]] = #tile.layout<rank 2, registers {{\[\[}}0, 1], [16, 0]], lanes {{\[\[}}0, 2], [0, 4], [0, 8], [1, 0], [2, 0]], warps {{\[\[}}4, 0], [8, 0]]>
// CHECK-DAG: #[[A:.*]] = #tile.layout<rank 2, registers {{\[\[}}8, 0], [0, 4], [0, 8]], lanes {{\[\[}}0, 1], [0, 2], [1, 0], [2, 0], [4, 0]], warps {{\[\[}}16, 0], [0, 0]]>
// CHECK-DAG: #[[B:.*]] = #tile.layout<rank 2, registers {{\[\[}}4, 0], [8, 0]], lanes {{\[\[}}1, 0], [2, 0], [0, 1], [0, 2], [0, 4]], warps {{\[\[}}0, 0], [0, 8]]>
// CHECK: tile.kernel @tf32
// CHECK: tile.dot {{.*}} : {{.*}}, tensor<32x16xf32, #[[ALONE]]>
// CHECK: %[[S:.*]] = tile.dot {{.*}} {tf32} : tensor<32x16xf32, #[[A]]>, tensor<16x16xf32, #[[B]]>, tensor<32x16xf32, #[[C:.*]]>
// CHECK: tile.convert_layout %[[S]] : tensor<32x16xf32, #[[C]]> -> tensor<32x16xf32, #[[ALONE]]>
tile.kernel @tf32(%x: memref<32x16xf32>, %y: memref<16x16xf32>, %z: memref<32x16xf32>) grid(1) outputs(1) {
  %c0 = arith.constant 0 : index
  %a = tile.load %x[%c0, %c0] {in_bounds} : memref<32x16xf32> -> tensor<32x16xf32>
  %b = tile.load %y[%c0, %c0] {in_bounds} : memref<16x16xf32> -> tensor<16x16xf32>
  %zero = arith.constant dense<0.0> : tensor<32x16xf32>
  %s = tile.dot %a, %b, %zero : tensor<32x16xf32>, tensor<16x16xf32>, tensor<32x16xf32>
  %t = tile.dot %a, %b, %s {tf32} : tensor<32x16xf32>, tensor<16x16xf32>, tensor<32x16xf32>
  tile.store %t, %z[%c0, %c0] {in_bounds} : tensor<32x16xf32>, memref<32x16xf32>
  tile.return
}
