// RUN: weft-opt %s -weft-set-target="backend=cuda archs=sm_90a" -weft-specialize-kernels -weft-assign-layouts -weft-stage-shared -weft-use-warpgroup-dots -canonicalize | FileCheck %s
// RUN: weft-opt %s -weft-set-target="backend=cuda archs=sm_90a" -weft-specialize-kernels -weft-assign-layouts -weft-stage-shared -weft-use-warpgroup-dots -canonicalize -weft-allocate-shared -weft-insert-barriers -weft-convert-tile-to-nvvm | FileCheck %s --check-prefix=DEVICE

// For all GPUs, products stay what they are.
// CHECK-LABEL: tile.kernel @two_products(
// CHECK-COUNT-3: tile.dot
// CHECK-NOT: tile.warpgroup_dot

// The first product's sums are the second one's start: they are waited for together. The third needs them as a factor.
// CHECK-LABEL: tile.kernel @two_products.sm_90a
// CHECK: %[[A:.*]] = tile.alloc_shared : memref<64x64xbf16, #tile.shared>
// CHECK: %[[FIRST:.*]] = tile.warpgroup_dot %[[X:.*]], %[[Y:.*]], %{{.*}} {transpose_b} : memref<64x64xbf16, #tile.shared>, memref<64x64xbf16, #tile.shared>
// CHECK-NOT: tile.warpgroup_wait
// CHECK: %[[SECOND:.*]] = tile.warpgroup_dot %[[Y]], %[[X]], %[[FIRST]] {transpose_a}
// CHECK-NEXT: %[[SUMS:.*]] = tile.warpgroup_wait %[[SECOND]]
// CHECK: %[[P:.*]] = arith.truncf %[[SUMS]]
// CHECK: %[[THIRD:.*]] = tile.warpgroup_dot %[[P]], %[[Y]], %{{.*}} : tensor<64x64xbf16
// CHECK-NEXT: %[[LAST:.*]] = tile.warpgroup_wait %[[THIRD]]
// CHECK: tile.store %[[LAST]]

// Rows of 128 bytes lie in groups of 1024: 64 times 16, twice, and swizzle 1; what is next to sum up is 32 bytes on where rows lie along
// it, else 16 rows.
// DEVICE-LABEL: gpu.module @kernels_sm_90a attributes {weft.arch = "sm_90a"}
// DEVICE: gpu.func @two_products
// DEVICE-SAME: nvvm.maxnreg = 255 : i32
// DEVICE: nvvm.fence.proxy {kind = #nvvm.proxy_kind<async.shared>, space = #nvvm.shared_space<cta>}
// DEVICE-NEXT: gpu.barrier
// DEVICE: %[[ROWS:.*]] = arith.constant 4611686293309489152 : i64
// DEVICE: arith.ori %{{.*}}, %[[ROWS]] : i64
// DEVICE: nvvm.wgmma.fence.aligned
// DEVICE: llvm.inline_asm has_side_effects {{.*}} "{ .reg .pred p; setp.ne.b32 p, 1, 0; wgmma.mma_async.sync.aligned.m64n64k16.f32.bf16.bf16 {$0, $1, {{.*}}, $31}, $64, $65, p, 1, 1, $66, $67; }"
// DEVICE: %[[STEP:.*]] = arith.constant 2 : i64
// DEVICE: arith.addi %{{.*}}, %[[STEP]] : i64
// DEVICE: nvvm.wgmma.commit.group.sync.aligned
// DEVICE-NEXT: llvm.inline_asm has_side_effects {{.*}} "wgmma.wait_group.sync.aligned 0;", "=f,{{.*}},0,1,2,
// DEVICE: wgmma.mma_async.sync.aligned.m64n64k16.f32.bf16.bf16 {$0, $1, {{.*}}, $31}, {$64, $65, $66, $67}, $68, p, 1, 1, $69; }"
// DEVICE: %[[TURNED:.*]] = arith.constant 128 : i64
// DEVICE: arith.addi %{{.*}}, %[[TURNED]] : i64
tile.kernel @two_products(%x: memref<64x64xbf16>, %y: memref<64x64xbf16>, %z: memref<64x64xf32>) grid(1) outputs(1) {
  %c0 = arith.constant 0 : index
  %zero = arith.constant dense<0.0> : tensor<64x64xf32>
  %a = tile.load %x[%c0, %c0] {alignment = 16 : i64, in_bounds} : memref<64x64xbf16> -> tensor<64x64xbf16>
  %b = tile.load %y[%c0, %c0] {alignment = 16 : i64, in_bounds} : memref<64x64xbf16> -> tensor<64x64xbf16>
  %s = tile.dot %a, %b, %zero {transpose_b} : tensor<64x64xbf16>, tensor<64x64xbf16>, tensor<64x64xf32>
  %t = tile.dot %b, %a, %s {transpose_a} : tensor<64x64xbf16>, tensor<64x64xbf16>, tensor<64x64xf32>
  %p = arith.truncf %t : tensor<64x64xf32> to tensor<64x64xbf16>
  %r = tile.dot %p, %b, %zero : tensor<64x64xbf16>, tensor<64x64xbf16>, tensor<64x64xf32>
  tile.store %r, %z[%c0, %c0] {in_bounds} : tensor<64x64xf32>, memref<64x64xf32>
  tile.return
}
