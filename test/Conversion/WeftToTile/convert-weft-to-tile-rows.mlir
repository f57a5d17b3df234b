// Tiles of rows as a GPU wants them: longer ones where rows are few; those of a reduction over all rows stay short.
// RUN: weft-opt %s -split-input-file -convert-weft-to-tile=row-bytes=512 | FileCheck %s

// CHECK: tile.kernel @sum({{.*}} grid(2000)
// CHECK: tile.reduce add %{{.*}} axis(0) : tensor<128xf32> -> f32
weft.graph @many(%x: tensor<2000x768xf32>) {
  %0 = weft.group(%x) : (tensor<2000x768xf32>) -> tensor<2000x1xf32> {
  ^bb0(%a: tensor<2000x768xf32>):
    %1 = weft.sum %a axes [1] {keep_dims} : tensor<2000x768xf32>
    weft.yield %1 : tensor<2000x1xf32>
  }
  weft.return
}

// -----

// CHECK: tile.kernel @sum({{.*}} grid(4)
// CHECK: tile.reduce add %{{.*}} axis(0) : tensor<512xf32> -> f32
weft.graph @few(%x: tensor<4x768xf32>) {
  %0 = weft.group(%x) : (tensor<4x768xf32>) -> tensor<4x1xf32> {
  ^bb0(%a: tensor<4x768xf32>):
    %1 = weft.sum %a axes [1] {keep_dims} : tensor<4x768xf32>
    weft.yield %1 : tensor<4x1xf32>
  }
  weft.return
}

// -----

// CHECK: tile.kernel @sum({{.*}} grid(12)
// CHECK: tensor<64xf32>
weft.graph @columns(%x: tensor<2000x768xf32>) {
  %0 = weft.group(%x) : (tensor<2000x768xf32>) -> tensor<768xf32> {
  ^bb0(%a: tensor<2000x768xf32>):
    %1 = weft.sum %a axes [0] : tensor<2000x768xf32>
    weft.yield %1 : tensor<768xf32>
  }
  weft.return
}
