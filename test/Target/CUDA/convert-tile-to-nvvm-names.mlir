// A model may have the name that the device code would have.
// RUN: weft-opt %s -weft-convert-tile-to-nvvm | FileCheck %s

// CHECK: gpu.module @kernels_0
// CHECK: exec.module @kernels
exec.module @kernels {
}
