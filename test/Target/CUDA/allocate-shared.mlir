// Buffers that are not in use together share memory; one without uses goes.
// RUN: weft-opt %s -weft-allocate-shared | FileCheck %s

#l = #tile.layout<rank 1, registers [[32], [64], [128]], lanes [[1], [2], [4], [8], [16]], warps []>
// CHECK: tile.kernel @buffers({{.*}} attributes {shared_bytes = 2048 : i64}
// CHECK: %[[A:.*]] = tile.alloc_shared at(0) : memref<256xf32, #tile.shared>
// CHECK: %[[B:.*]] = tile.alloc_shared at(1024) : memref<256xf32, #tile.shared>
// CHECK: %[[C:.*]] = tile.alloc_shared at(0) : memref<256xf32, #tile.shared>
// CHECK-NOT: alloc_shared
tile.kernel @buffers(%x: memref<256xf32>, %y: memref<256xf32>) grid(1) outputs(1) {
  %c0 = arith.constant 0 : index
  %a = tile.alloc_shared : memref<256xf32, #tile.shared>
  %b = tile.alloc_shared : memref<256xf32, #tile.shared>
  %c = tile.alloc_shared : memref<256xf32, #tile.shared>
  %unused = tile.alloc_shared : memref<256xf32, #tile.shared>
  %t = tile.load %x[%c0] {in_bounds} : memref<256xf32> -> tensor<256xf32, #l>
  tile.local_store %t, %a : tensor<256xf32, #l>, memref<256xf32, #tile.shared>
  tile.local_store %t, %b : tensor<256xf32, #l>, memref<256xf32, #tile.shared>
  %u = tile.local_load %a : memref<256xf32, #tile.shared> -> tensor<256xf32, #l>
  tile.local_store %u, %c : tensor<256xf32, #l>, memref<256xf32, #tile.shared>
  %v = tile.local_load %b : memref<256xf32, #tile.shared> -> tensor<256xf32, #l>
  %w = tile.local_load %c : memref<256xf32, #tile.shared> -> tensor<256xf32, #l>
  %s = arith.addf %v, %w : tensor<256xf32, #l>
  tile.store %s, %y[%c0] {in_bounds} : tensor<256xf32, #l>, memref<256xf32>
  tile.return
}
