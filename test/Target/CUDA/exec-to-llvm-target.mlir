// RUN: weft-opt %s -split-input-file -verify-diagnostics -weft-exec-to-llvm

// What programs call runs where the module's target says.
module attributes {spec.target = #spec.target<cuda, archs = ["sm_80"]>} {
  // expected-error @+1 {{expects a gpu.binary of its target, #spec.target<cuda, archs = ["sm_80"]>: run weft-embed-device-code first}}
  exec.module @m arena(0) live(0) state(0) input(0) attributes {text_hash = 1 : i64} {
    exec.program @p {
    }
  }
}

// -----

module attributes {spec.target = #spec.target<cpu>} {
  gpu.binary @kernels [#gpu.object<#nvvm.target<chip = "sm_80">, assembly = "">]
  // expected-error @+1 {{expects no gpu.binary, which is not for its target, #spec.target<cpu>}}
  exec.module @m arena(0) live(0) state(0) input(0) attributes {text_hash = 1 : i64} {
    exec.program @p {
    }
  }
}

// -----

module attributes {spec.target = #spec.target<cuda, archs = ["sm_80"], products = [#spec.products<f32, cublaslt>]>} {
  gpu.binary @kernels [#gpu.object<#nvvm.target<chip = "sm_80">, assembly = "">]
  exec.module @m arena(256) live(256) state(0) input(0) attributes {text_hash = 1 : i64} {
    exec.program @p {
      %a = exec.buffer at(0) : memref<2x2xf32>
      %b = exec.buffer at(64) : memref<1x2x2xf32>
      %c = exec.buffer at(128) : memref<2x2xf32>
      %o = exec.buffer at(192) : memref<2xi32>
      // expected-error @+1 {{expects a library of the module's target}}
      exec.grouped_matmul rows %a, %b, %c by %o overwrite block [2, 2] openblas : memref<2x2xf32>, memref<1x2x2xf32>, memref<2x2xf32>, memref<2xi32>
    }
  }
}
