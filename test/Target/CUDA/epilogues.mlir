// Products with epilogues get a call of their own, with null for a bias or aux that is not there.
// RUN: weft-opt %s -weft-set-target=backend=cuda -weft-exec-to-llvm | FileCheck %s

gpu.binary @kernels [#gpu.object<#nvvm.target<chip = "sm_80">, assembly = "">]

// CHECK: llvm.func internal @weft_program_p(
// CHECK: llvm.call @weft_rt_matmul(
// CHECK: %[[NONE:.*]] = llvm.mlir.zero : !llvm.ptr
// CHECK: %[[AT:.*]] = llvm.mlir.constant(1024 : i64)
// CHECK: %[[BIAS:.*]] = llvm.getelementptr %{{.*}}[%[[AT]]]
// CHECK: %[[AT:.*]] = llvm.mlir.constant(768 : i64)
// CHECK: %[[AUX:.*]] = llvm.getelementptr %{{.*}}[%[[AT]]]
// CHECK: llvm.call @weft_rt_matmul_epilogue(%arg0, %{{.*}}, %{{.*}}, %{{.*}}, %{{.*}}, %[[BIAS]], %[[AUX]])
// CHECK: %[[NONE:.*]] = llvm.mlir.zero : !llvm.ptr
// CHECK: llvm.call @weft_rt_matmul_epilogue(%arg0, %{{.*}}, %{{.*}}, %{{.*}}, %{{.*}}, %[[NONE]], %{{.*}})
// CHECK: %[[NONE:.*]] = llvm.mlir.zero : !llvm.ptr
// CHECK: llvm.call @weft_rt_matmul_epilogue(%arg0, %{{.*}}, %{{.*}}, %{{.*}}, %{{.*}}, %{{.*}}, %[[NONE]])
// CHECK-NEXT: llvm.return
// The tables say which one it is, before the place in the text.
// RUN: weft-opt %s -weft-set-target=backend=cuda -weft-exec-to-llvm | grep -v gpu.binary | sed 's/ attributes {spec.target = .*} {$/ {/' | mlir-translate --mlir-to-llvmir | FileCheck %s --check-prefix=TABLES
// TABLES: @weft_matmul_1 = {{.*}} i64 0, ptr @{{[a-z_0-9]*}} }
// TABLES: @weft_matmul_2 = {{.*}} i64 2, ptr @{{[a-z_0-9]*}} }
// TABLES: @weft_matmul_3 = {{.*}} i64 3, ptr @{{[a-z_0-9]*}} }
// TABLES: @weft_matmul_4 = {{.*}} i64 5, ptr @{{[a-z_0-9]*}} }
exec.module @m arena(2048) live(1024) state(0) input(0) attributes {text_hash = 7 : i64} {
  exec.program @p {
    %a = exec.buffer at(0) : memref<8x8xf32>
    %b = exec.buffer at(256) : memref<8x8xf32>
    %c = exec.buffer at(512) : memref<8x8xf32>
    %u = exec.buffer at(768) : memref<8x8xf32>
    %v = exec.buffer at(1024) : memref<8xf32>
    exec.matmul %a, %b, %c overwrite block [8, 8] cublaslt : memref<8x8xf32>, memref<8x8xf32>, memref<8x8xf32>
    exec.matmul %a, %b, %c overwrite block [8, 8] cublaslt epilogue gelu bias(%v : memref<8xf32>) aux(%u : memref<8x8xf32>) : memref<8x8xf32>, memref<8x8xf32>, memref<8x8xf32>
    exec.matmul %a, %b, %c overwrite block [8, 8] cublaslt epilogue gelu_backward aux(%u : memref<8x8xf32>) : memref<8x8xf32>, memref<8x8xf32>, memref<8x8xf32>
    exec.matmul %a, %b, %c add block [8, 8] cublaslt epilogue sum_b bias(%v : memref<8xf32>) : memref<8x8xf32>, memref<8x8xf32>, memref<8x8xf32>
  }
}
