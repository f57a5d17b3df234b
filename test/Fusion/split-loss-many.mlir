// However many rows there are, chunks are at most 256.
// RUN: weft-opt %s -weft-split-loss=chunk-bytes=1000 | grep -c weft.cross_entropy | grep -x 256
// RUN: sed s/640000192/1000003/g %s | weft-opt -weft-split-loss=chunk-bytes=1000 | grep -c weft.cross_entropy | grep -x 256

weft.model @many(%x: tensor<640000192x8xf32>, %t: tensor<640000192xi32>) -> (tensor<f32>, tensor<f32>) {
  %w = weft.parameter "w" init(zeros) : tensor<10x8xf32>
  %l = weft.linear out_in %x, %w : (tensor<640000192x8xf32>, tensor<10x8xf32>) -> tensor<640000192x10xf32>
  %s, %n = weft.cross_entropy %l, %t : tensor<640000192x10xf32>, tensor<640000192xi32>
  weft.return %s, %n : tensor<f32>, tensor<f32>
}
