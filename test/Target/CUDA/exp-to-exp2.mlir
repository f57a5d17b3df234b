// RUN: weft-opt %s -weft-exp-to-exp2 | FileCheck %s
// RUN: weft-opt %s -weft-exp-to-exp2 -weft-assign-layouts -weft-stage-shared -weft-allocate-shared -weft-insert-barriers -weft-convert-tile-to-nvvm | FileCheck %s --check-prefix=DEVICE

// A block of scores: what it is scaled with goes behind mask and maximum, and joins log2(e): 0.125 * 1.442695 is 0.180337.
// CHECK-LABEL: tile.kernel @rounded
// CHECK-DAG: %[[SCALE:.*]] = arith.constant dense<1.250000e-01> : tensor<16xf32>
// CHECK-DAG: %[[ROW_BOTH:.*]] = arith.constant dense<0.180336878> : tensor<16xf32>
// CHECK-DAG: %[[BOTH:.*]] = arith.constant dense<0.180336878> : tensor<16x16xf32>
// CHECK: %[[S:.*]] = tile.dot
// CHECK: %[[SEEN:.*]] = arith.select %{{.*}}, %[[S]], %{{.*}} : tensor<16x16xi1>, tensor<16x16xf32>
// CHECK: %[[MAX:.*]] = tile.reduce max %[[SEEN]] axis(1)
// CHECK: arith.mulf %[[MAX]], %[[SCALE]]
// CHECK: %[[SCORES:.*]] = arith.mulf %[[SEEN]], %[[BOTH]]
// CHECK: %[[ROW:.*]] = arith.mulf %[[MAX]], %[[ROW_BOTH]]
// CHECK: %[[ROWS:.*]] = tile.broadcast %[[ROW]] axis(1)
// CHECK: %[[DIFFERENCE:.*]] = arith.subf %[[SCORES]], %[[ROWS]]
// CHECK: math.exp2 %[[DIFFERENCE]] fastmath<afn>
// DEVICE-LABEL: gpu.func @rounded
// DEVICE: llvm.call_intrinsic "llvm.nvvm.ex2.approx.ftz"(%{{.*}}) : (f32) -> f32
tile.kernel @rounded(%x: memref<16x16xbf16>, %y: memref<16x16xf32>, %m: memref<16xf32>) grid(1) outputs(2) {
  %c0 = arith.constant 0 : index
  %zero = arith.constant dense<0.0> : tensor<16x16xf32>
  %hidden = arith.constant dense<0xFF800000> : tensor<16x16xf32>
  %scale = arith.constant dense<0.125> : tensor<16x16xf32>
  %a = tile.load %x[%c0, %c0] {in_bounds} : memref<16x16xbf16> -> tensor<16x16xbf16>
  %s = tile.dot %a, %a, %zero {transpose_b} : tensor<16x16xbf16>, tensor<16x16xbf16>, tensor<16x16xf32>
  %counts = arith.cmpf ogt, %s, %zero : tensor<16x16xf32>
  %scaled = arith.mulf %s, %scale : tensor<16x16xf32>
  %seen = arith.select %counts, %scaled, %hidden : tensor<16x16xi1>, tensor<16x16xf32>
  %max = tile.reduce max %seen axis(1) : tensor<16x16xf32> -> tensor<16xf32>
  %rows = tile.broadcast %max axis(1) : tensor<16xf32> -> tensor<16x16xf32>
  %difference = arith.subf %seen, %rows : tensor<16x16xf32>
  %p = math.exp %difference : tensor<16x16xf32>
  tile.store %p, %y[%c0, %c0] {in_bounds} : tensor<16x16xf32>, memref<16x16xf32>
  tile.store %max, %m[%c0] {in_bounds} : tensor<16xf32>, memref<16xf32>
  tile.return
}

// A factor below 0 turns the order around, and another number than -infinity would be scaled: both stay. An exponential
// of anything else is one of a product.
// CHECK-LABEL: tile.kernel @turned
// CHECK: %[[SCALED:.*]] = arith.mulf %{{.*}}, %{{.*}} : tensor<16x16xf32>
// CHECK: %[[SEEN:.*]] = arith.select %{{.*}}, %[[SCALED]], %{{.*}}
// CHECK: tile.reduce max %[[SEEN]]
// CHECK: %[[POWER:.*]] = arith.mulf %[[SEEN]]
// CHECK: math.exp2 %[[POWER]] fastmath<afn>
tile.kernel @turned(%x: memref<16x16xf16>, %y: memref<16x16xf32>, %m: memref<16xf32>) grid(1) outputs(2) {
  %c0 = arith.constant 0 : index
  %zero = arith.constant dense<0.0> : tensor<16x16xf32>
  %scale = arith.constant dense<-0.125> : tensor<16x16xf32>
  %a = tile.load %x[%c0, %c0] {in_bounds} : memref<16x16xf16> -> tensor<16x16xf16>
  %s = tile.dot %a, %a, %zero {transpose_b} : tensor<16x16xf16>, tensor<16x16xf16>, tensor<16x16xf32>
  %counts = arith.cmpf ogt, %s, %zero : tensor<16x16xf32>
  %scaled = arith.mulf %s, %scale : tensor<16x16xf32>
  %seen = arith.select %counts, %scaled, %zero : tensor<16x16xi1>, tensor<16x16xf32>
  %max = tile.reduce max %seen axis(1) : tensor<16x16xf32> -> tensor<16xf32>
  %p = math.exp %seen : tensor<16x16xf32>
  tile.store %p, %y[%c0, %c0] {in_bounds} : tensor<16x16xf32>, memref<16x16xf32>
  tile.store %max, %m[%c0] {in_bounds} : tensor<16xf32>, memref<16xf32>
  tile.return
}

// Products that keep all bits go with exponentials that do.
// CHECK-LABEL: tile.kernel @exact
// CHECK: math.exp %{{.*}} : tensor<16x16xf32>
// CHECK-NOT: math.exp2
tile.kernel @exact(%x: memref<16x16xf32>, %y: memref<16x16xf32>) grid(1) outputs(1) {
  %c0 = arith.constant 0 : index
  %zero = arith.constant dense<0.0> : tensor<16x16xf32>
  %a = tile.load %x[%c0, %c0] {in_bounds} : memref<16x16xf32> -> tensor<16x16xf32>
  %s = tile.dot %a, %a, %zero {transpose_b} : tensor<16x16xf32>, tensor<16x16xf32>, tensor<16x16xf32>
  %p = math.exp %s : tensor<16x16xf32>
  tile.store %p, %y[%c0, %c0] {in_bounds} : tensor<16x16xf32>, memref<16x16xf32>
  tile.return
}

// Without a maximum of rows: on one architecture only.
// CHECK-LABEL: tile.kernel @backward(
// CHECK: math.exp %{{.*}} : tensor<16x16xf32>
// CHECK-LABEL: tile.kernel @backward.sm_90a(
// CHECK: math.exp2 %{{.*}} fastmath<afn> : tensor<16x16xf32>
tile.kernel @backward(%x: memref<16x16xbf16>, %y: memref<16x16xf32>) grid(1) outputs(1) {
  %c0 = arith.constant 0 : index
  %zero = arith.constant dense<0.0> : tensor<16x16xf32>
  %a = tile.load %x[%c0, %c0] {in_bounds} : memref<16x16xbf16> -> tensor<16x16xbf16>
  %s = tile.dot %a, %a, %zero {transpose_b} : tensor<16x16xbf16>, tensor<16x16xbf16>, tensor<16x16xf32>
  %p = math.exp %s : tensor<16x16xf32>
  tile.store %p, %y[%c0, %c0] {in_bounds} : tensor<16x16xf32>, memref<16x16xf32>
  tile.return
}
tile.kernel @backward.sm_90a(%x: memref<16x16xbf16>, %y: memref<16x16xf32>) grid(1) outputs(1) attributes {weft.arch = "sm_90a", weft.special_of = "backward"} {
  %c0 = arith.constant 0 : index
  %zero = arith.constant dense<0.0> : tensor<16x16xf32>
  %a = tile.load %x[%c0, %c0] {in_bounds} : memref<16x16xbf16> -> tensor<16x16xbf16>
  %s = tile.dot %a, %a, %zero {transpose_b} : tensor<16x16xbf16>, tensor<16x16xbf16>, tensor<16x16xf32>
  %p = math.exp %s : tensor<16x16xf32>
  tile.store %p, %y[%c0, %c0] {in_bounds} : tensor<16x16xf32>, memref<16x16xf32>
  tile.return
}

// A bias may be so large that rounding a row's number times log2(e) counts: -1e9 of both is 0 before it is multiplied.
// CHECK-LABEL: tile.kernel @added
// CHECK: %[[SUM:.*]] = arith.addf
// CHECK: %[[SEEN:.*]] = arith.select %{{.*}}, %[[SUM]], %{{.*}}
// CHECK: %[[ROWS:.*]] = tile.broadcast %{{.*}} axis(1)
// CHECK: %[[DIFFERENCE:.*]] = arith.subf %[[SEEN]], %[[ROWS]]
// CHECK: %[[POWER:.*]] = arith.mulf %[[DIFFERENCE]]
// CHECK: math.exp2 %[[POWER]] fastmath<afn>
tile.kernel @added(%x: memref<16x16xbf16>, %b: memref<16x16xf32>, %y: memref<16x16xf32>) grid(1) outputs(1) {
  %c0 = arith.constant 0 : index
  %zero = arith.constant dense<0.0> : tensor<16x16xf32>
  %hidden = arith.constant dense<0xFF800000> : tensor<16x16xf32>
  %a = tile.load %x[%c0, %c0] {in_bounds} : memref<16x16xbf16> -> tensor<16x16xbf16>
  %bias = tile.load %b[%c0, %c0] {in_bounds} : memref<16x16xf32> -> tensor<16x16xf32>
  %s = tile.dot %a, %a, %zero {transpose_b} : tensor<16x16xbf16>, tensor<16x16xbf16>, tensor<16x16xf32>
  %counts = arith.cmpf ogt, %s, %zero : tensor<16x16xf32>
  %sum = arith.addf %s, %bias : tensor<16x16xf32>
  %seen = arith.select %counts, %sum, %hidden : tensor<16x16xi1>, tensor<16x16xf32>
  %max = tile.reduce max %seen axis(1) : tensor<16x16xf32> -> tensor<16xf32>
  %rows = tile.broadcast %max axis(1) : tensor<16xf32> -> tensor<16x16xf32>
  %difference = arith.subf %seen, %rows : tensor<16x16xf32>
  %p = math.exp %difference : tensor<16x16xf32>
  tile.store %p, %y[%c0, %c0] {in_bounds} : tensor<16x16xf32>, memref<16x16xf32>
  tile.return
}
