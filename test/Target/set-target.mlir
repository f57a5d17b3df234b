// RUN: weft-opt %s -weft-set-target | FileCheck %s
// RUN: weft-opt %s -weft-set-target=march=x86-64-v3 | FileCheck %s --check-prefix=MARCH
// RUN: weft-opt %s -weft-set-target -weft-set-target | FileCheck %s
// RUN: not weft-opt %s -weft-set-target -weft-set-target=march=x86-64-v3 2>&1 | FileCheck %s --check-prefix=OTHER
// RUN: not weft-opt %s -weft-set-target=backend=tpu 2>&1 | FileCheck %s --check-prefix=UNKNOWN
// RUN: not weft-opt %s -weft-set-target=march=pentium9 2>&1 | FileCheck %s --check-prefix=PROCESSOR
// RUN: not weft-opt %s -weft-set-target=archs=sm_80 2>&1 | FileCheck %s --check-prefix=ARCHS
// RUN: not weft-opt %s -weft-set-target=tf32 2>&1 | FileCheck %s --check-prefix=TF32

// CHECK: module @m attributes {spec.target = #spec.target<cpu, products = [#spec.products<f32, onednn>, #spec.products<f64, openblas>]>}
// MARCH: #spec.target<cpu, march = "x86-64-v3", products
// OTHER: set-target.mlir:[[@LINE+6]]:1: error: is compiled for #spec.target<cpu, products = {{.*}}> already, and cannot be for #spec.target<cpu, march = "x86-64-v3", {{.*}}>: start from the text that was written first
// UNKNOWN: error: unknown backend 'tpu': expected cpu
// PROCESSOR: error: unknown processor 'pentium9': expected native
// ARCHS: error: architecture 'sm_80': expected the target cuda; a processor is named by march
// TF32: error: tf32: expected the target cuda; other processors have no TF32
// The module itself is one place where all of it is said.
module @m {}
