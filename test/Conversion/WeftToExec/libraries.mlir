// RUN: weft-opt %s -split-input-file -convert-weft-to-exec -verify-diagnostics | FileCheck %s

// A text without a target is for this CPU: oneDNN for f32, OpenBLAS for f64, in pieces for threads to share.
// CHECK-LABEL: module @plain
// CHECK: exec.matmul {{.*}} overwrite block [128, 384] onednn : memref<64x32xf32>
// CHECK: exec.matmul {{.*}} overwrite block [128, 384] openblas : memref<64x32xf64>
module @plain {
  weft.graph @p(%a: tensor<64x32xf32>, %b: tensor<32x16xf32>, %c: tensor<64x32xf64>, %d: tensor<32x16xf64>) {
    %0 = weft.matmul %a, %b : tensor<64x32xf32>, tensor<32x16xf32>
    %1 = weft.matmul %c, %d : tensor<64x32xf64>, tensor<32x16xf64>
    weft.return
  }
}

// -----

// cuBLASLt gets the result whole, and room for eight of it, at most what the target allows. TF32 is for f32 alone.
// CHECK-LABEL: module @gpu
// CHECK: %[[W:.*]] = exec.buffer : memref<8192xi32>
// CHECK-NEXT: exec.matmul {{.*}} overwrite block [64, 16] cublaslt tf32 workspace(%[[W]] : memref<8192xi32>) {phase = "forward", scope = "h.0"} : memref<64x32xf32>
// CHECK: %[[S:.*]] = exec.buffer : memref<32xi32>
// CHECK-NEXT: exec.matmul {{.*}} overwrite block [2, 4] cublaslt workspace(%[[S]] : memref<32xi32>) : memref<2x2xbf16>
module @gpu attributes {spec.target = #spec.target<cuda, products = [#spec.products<f32, cublaslt>, #spec.products<bf16, cublaslt>],
                                                   workspace_bytes = 33554432, tf32 = true>} {
  weft.graph @p(%a: tensor<64x32xf32>, %b: tensor<32x16xf32>, %c: tensor<2x2xbf16>, %d: tensor<2x4xbf16>) {
    %0 = weft.matmul %a, %b {phase = "forward", scope = "h.0"} : tensor<64x32xf32>, tensor<32x16xf32>
    %1 = weft.matmul %c, %d : tensor<2x2xbf16>, tensor<2x4xbf16>
    weft.return
  }
}

// -----

// CHECK-LABEL: module @less
// CHECK: exec.buffer : memref<256xi32>
// CHECK-NEXT: exec.matmul {{.*}} cublaslt workspace(%{{.*}} : memref<256xi32>)
module @less attributes {spec.target = #spec.target<cuda, products = [#spec.products<f32, cublaslt>], workspace_bytes = 1024>} {
  weft.graph @p(%a: tensor<64x32xf32>, %b: tensor<32x16xf32>) {
    %0 = weft.matmul %a, %b : tensor<64x32xf32>, tensor<32x16xf32>
    weft.return
  }
}

// -----

// CHECK-LABEL: module @none
// CHECK: exec.matmul {{.*}} overwrite block [64, 16] cublaslt : memref<64x32xf32>
module @none attributes {spec.target = #spec.target<cuda, products = [#spec.products<f32, cublaslt>]>} {
  weft.graph @p(%a: tensor<64x32xf32>, %b: tensor<32x16xf32>) {
    %0 = weft.matmul %a, %b : tensor<64x32xf32>, tensor<32x16xf32>
    weft.return
  }
}

// -----

// A CPU's libraries have none of 16 bits.
module @unknown {
  weft.graph @p(%a: tensor<2x2xbf16>) {
    // expected-error @+1 {{is a product of 'bf16', which no library of the module's target, #spec.target<cpu, products = [#spec.products<f32, onednn>, #spec.products<f64, openblas>]>, has: run weft-widen-arithmetic{products} first}}
    %0 = weft.matmul %a, %a : tensor<2x2xbf16>, tensor<2x2xbf16>
    weft.return
  }
}
