// RUN: weft-opt %s -weft-set-target="backend=cuda archs=sm_80,sm_90a" -weft-nvvm-pipeline -weft-embed-device-code | FileCheck %s --implicit-check-not=gpu.module

// A cubin for each, and PTX that newer GPUs run too; what a launch needs to know.
// CHECK: gpu.binary @kernels
// CHECK-SAME: #gpu.object<#nvvm.target<O = 3, chip = "sm_80">, kernels = <[#gpu.kernel_metadata<"double", !llvm.func<void (ptr<1>, ptr<1>, ptr<1>, i64)>, metadata = {shared_bytes = 0 : i64, threads = 32 : i64}>]>, bin = "\7FELF
// CHECK-SAME: #gpu.object<#nvvm.target<O = 3, chip = "sm_90a">, kernels = <[{{[^]]*}}]>, bin = "\7FELF
// CHECK-SAME: #gpu.object<#nvvm.target<O = 3, chip = "sm_90">, kernels = <[{{[^]]*}}]>, assembly = "{{.*}}.target sm_90\0A
tile.kernel @double(%x: memref<64xf32>, %y: memref<64xf32>) grid(1) outputs(1) {
  %c0 = arith.constant 0 : index
  %v = tile.load %x[%c0] : memref<64xf32> -> tensor<64xf32>
  %s = arith.addf %v, %v : tensor<64xf32>
  tile.store %s, %y[%c0] : tensor<64xf32>, memref<64xf32>
  tile.return
}
