// RUN: weft-opt %s -weft-bind-kernels | FileCheck %s
// The hash depends on the text, kernels included, and not on where the file lies.
// RUN: weft-opt %s -weft-bind-kernels > %t.first
// RUN: cp %s %t.copy.mlir
// RUN: weft-opt %t.copy.mlir -weft-bind-kernels | diff - %t.first
// RUN: sed 's/grid(7)/grid(8)/' %s | weft-opt -weft-bind-kernels | grep -o 'text_hash = [-0-9]*' > %t.other
// RUN: grep -o 'text_hash = [-0-9]*' %t.first | not diff - %t.other

tile.kernel @fill(%x: memref<64xf32>) grid(7) outputs(1) {
  tile.return
}
// CHECK: exec.module @m {{.*}}text_hash = {{-?[0-9]+}} : i64
exec.module @m {
  exec.program @p {
    %a = exec.buffer : memref<64xf32>
    // CHECK: exec.launch @fill(%{{.*}}) {grid = 7 : i64, phase = "forward"} : memref<64xf32>
    exec.launch @fill(%a) {phase = "forward"} : memref<64xf32>
  }
}
