// RUN: weft-opt %s -split-input-file -weft-place-buffers | FileCheck %s
// RUN: weft-opt %s -split-input-file -weft-place-buffers -weft-place-buffers | FileCheck %s
// RUN: weft-opt %s -split-input-file -weft-place-buffers -weft-verify-placement | FileCheck %s

// States and inputs in order, on multiples of 64.

// CHECK-LABEL: exec.module @blocks arena(0) live(0) state(192) input(64)
exec.module @blocks {
  // CHECK: exec.state @a : memref<17xf32> at(0)
  exec.state @a : memref<17xf32> role(parameter) init(zeros)
  // CHECK: exec.state @b : memref<f64> at(128)
  exec.state @b : memref<f64> role(loss_sum) init(zeros)
  // CHECK: exec.input @x : memref<16xi32> at(0)
  exec.input @x : memref<16xi32>
}

// -----

// A chain needs two buffers at a time; the third takes the place of the first.

tile.kernel @copy(%x: memref<64xf32>, %y: memref<64xf32>) grid(1) outputs(1) {
  tile.return
}
// CHECK-LABEL: exec.module @chain arena(512) live(512)
exec.module @chain {
  exec.program @p {
    // CHECK: exec.buffer at([[FIRST:[0-9]+]])
    // CHECK: exec.buffer at({{[0-9]+}})
    // CHECK: exec.buffer at([[FIRST]])
    %a = exec.buffer : memref<64xf32>
    %b = exec.buffer : memref<64xf32>
    %c = exec.buffer : memref<64xf32>
    exec.launch @copy(%a, %b) : memref<64xf32>, memref<64xf32>
    exec.launch @copy(%b, %c) : memref<64xf32>, memref<64xf32>
  }
}

// -----

// A view keeps its source alive, through other views as well: three buffers at the second launch.

tile.kernel @copy(%x: memref<64xf32>, %y: memref<64xf32>) grid(1) outputs(1) {
  tile.return
}
// CHECK-LABEL: exec.module @views arena(768) live(768)
exec.module @views {
  exec.program @p {
    %a = exec.buffer : memref<64xf32>
    %b = exec.buffer : memref<64xf32>
    %c = exec.buffer : memref<64xf32>
    %v = exec.view %a offset(0) : memref<64xf32> to memref<8x8xf32>
    %w = exec.view %v offset(0) : memref<8x8xf32> to memref<64xf32>
    exec.launch @copy(%a, %b) : memref<64xf32>, memref<64xf32>
    exec.launch @copy(%b, %c) : memref<64xf32>, memref<64xf32>
    exec.launch @copy(%w, %c) : memref<64xf32>, memref<64xf32>
  }
}

// -----

// Programs share the arena, which is as large as the larger one needs. A buffer without a use needs
// nothing; a view alone is no use.

tile.kernel @one(%x: memref<64xf32>) grid(1) outputs(1) {
  tile.return
}
tile.kernel @two(%x: memref<128xf32>) grid(1) outputs(1) {
  tile.return
}
// CHECK-LABEL: exec.module @programs arena(512) live(512)
exec.module @programs {
  exec.program @p {
    // CHECK: exec.buffer at(0) : memref<64xf32>
    %a = exec.buffer : memref<64xf32>
    exec.launch @one(%a) : memref<64xf32>
  }
  exec.program @q {
    // CHECK: exec.buffer at(0) : memref<128xf32>
    %a = exec.buffer : memref<128xf32>
    exec.launch @two(%a) : memref<128xf32>
    // CHECK: exec.buffer at(0) : memref<4096xf32>
    %b = exec.buffer : memref<4096xf32>
    %v = exec.view %b offset(0) : memref<4096xf32> to memref<64xf32>
  }
}

// -----

// `live` counts sizes as they are, places are rounded up.

tile.kernel @add(%x: memref<f32>, %y: memref<f32>, %z: memref<f32>) grid(1) outputs(1) {
  tile.return
}
// CHECK-LABEL: exec.module @small arena(192) live(12)
exec.module @small {
  exec.program @p {
    %a = exec.buffer : memref<f32>
    %b = exec.buffer : memref<f32>
    %c = exec.buffer : memref<f32>
    exec.launch @add(%a, %b, %c) : memref<f32>, memref<f32>, memref<f32>
  }
}
