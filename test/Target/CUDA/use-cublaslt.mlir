// RUN: weft-opt %s -weft-use-cublaslt | FileCheck %s
// RUN: weft-opt %s -weft-use-cublaslt=workspace=1024 | FileCheck %s --check-prefix=LESS
// RUN: weft-opt %s -weft-use-cublaslt="workspace=0 tf32" | FileCheck %s --check-prefix=TF32
// RUN: weft-opt %s -weft-use-cublaslt -weft-use-cublaslt | FileCheck %s

// The result whole; room for eight of it, at most what is allowed, and none that is allowed where it is 0.
// CHECK: %[[W:.*]] = exec.buffer : memref<8192xi32>
// CHECK-NEXT: exec.matmul {{.*}} overwrite block [64, 16] cublaslt workspace(%[[W]] : memref<8192xi32>) {phase = "forward"
// LESS: exec.buffer : memref<256xi32>
// TF32-NOT: workspace
// TF32: exec.matmul {{.*}} overwrite block [64, 16] cublaslt tf32 {
// Products of 16 bits are a GPU's from the beginning; they get a workspace too.
// CHECK: %[[S:.*]] = exec.buffer : memref<32xi32>
// CHECK-NEXT: exec.matmul {{.*}} overwrite block [2, 4] cublaslt workspace(%[[S]] : memref<32xi32>) :
// Factors of f64 stay as they are.
// TF32: exec.matmul {{.*}} add block [2, 2] cublaslt :
// So do epilogues, which only a GPU's library has.
// CHECK: %[[E:.*]] = exec.buffer : memref<8192xi32>
// CHECK-NEXT: exec.matmul {{.*}} overwrite block [64, 16] cublaslt workspace(%[[E]] : memref<8192xi32>) epilogue bias bias(%{{.*}} : memref<16xf32>) :
// TF32: exec.matmul {{.*}} overwrite block [64, 16] cublaslt tf32 epilogue bias bias(%{{.*}} : memref<16xf32>) :
exec.module @m {
  exec.program @p {
    %a = exec.buffer : memref<64x32xf32>
    %b = exec.buffer : memref<32x16xf32>
    %c = exec.buffer : memref<64x16xf32>
    %d = exec.buffer : memref<2x2xf64>
    exec.matmul %a, %b, %c overwrite block [128, 384] onednn {phase = "forward", scope = "h.0"} : memref<64x32xf32>, memref<32x16xf32>, memref<64x16xf32>
    %e = exec.buffer : memref<2x2xbf16>
    %f = exec.buffer : memref<2x4xbf16>
    exec.matmul %e, %f, %f overwrite block [2, 4] cublaslt : memref<2x2xbf16>, memref<2x4xbf16>, memref<2x4xbf16>
    exec.matmul %d, %d, %d add block [128, 384] openblas : memref<2x2xf64>, memref<2x2xf64>, memref<2x2xf64>
    %g = exec.buffer : memref<16xf32>
    exec.matmul %a, %b, %c overwrite block [64, 16] cublaslt epilogue bias bias(%g : memref<16xf32>) : memref<64x32xf32>, memref<32x16xf32>, memref<64x16xf32>
  }
}
