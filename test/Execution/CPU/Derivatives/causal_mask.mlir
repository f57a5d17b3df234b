// weft.causal_mask with a finite fill (differences of infinities are not numbers); as many keys as
// queries, more, fewer; and with its own -infinity in front of a softmax.
module @causal_mask {
  weft.model @loss() -> (tensor<f64>, tensor<f64>) {
    %a0 = weft.parameter "a0" init(normal, 0.5) : tensor<5x5xf64>
    %t1 = weft.causal_mask %a0 fill(0.25) : tensor<5x5xf64>
    %w0 = weft.parameter "w0" init(normal, 0.5) : tensor<5x5xf64>
    %t2 = weft.mul %t1, %w0 : tensor<5x5xf64>, tensor<5x5xf64>
    %t3 = weft.sum %t2 axes [0, 1] : tensor<5x5xf64>
    %a1 = weft.parameter "a1" init(normal, 0.5) : tensor<2x3x7xf64>
    %t4 = weft.causal_mask %a1 fill(0.25) : tensor<2x3x7xf64>
    %w1 = weft.parameter "w1" init(normal, 0.5) : tensor<2x3x7xf64>
    %t5 = weft.mul %t4, %w1 : tensor<2x3x7xf64>, tensor<2x3x7xf64>
    %t6 = weft.sum %t5 axes [0, 1, 2] : tensor<2x3x7xf64>
    %t7 = weft.add %t3, %t6 : tensor<f64>, tensor<f64>
    %a2 = weft.parameter "a2" init(normal, 0.5) : tensor<2x1x4x3xf64>
    %t8 = weft.causal_mask %a2 fill(0.25) : tensor<2x1x4x3xf64>
    %w2 = weft.parameter "w2" init(normal, 0.5) : tensor<2x1x4x3xf64>
    %t9 = weft.mul %t8, %w2 : tensor<2x1x4x3xf64>, tensor<2x1x4x3xf64>
    %t10 = weft.sum %t9 axes [0, 1, 2, 3] : tensor<2x1x4x3xf64>
    %t11 = weft.add %t7, %t10 : tensor<f64>, tensor<f64>
    %scores = weft.parameter "scores" init(normal, 0.5) : tensor<2x5x5xf64>
    %t12 = weft.causal_mask %scores : tensor<2x5x5xf64>
    %t13 = weft.softmax %t12 : tensor<2x5x5xf64>
    %probabilities = weft.parameter "probabilities" init(normal, 0.5) : tensor<2x5x5xf64>
    %t14 = weft.mul %t13, %probabilities : tensor<2x5x5xf64>, tensor<2x5x5xf64>
    %t15 = weft.sum %t14 axes [0, 1, 2] : tensor<2x5x5xf64>
    %t16 = weft.add %t11, %t15 : tensor<f64>, tensor<f64>
    %c17 = weft.constant dense<1.0> : tensor<f64>
    weft.return %t16, %c17 : tensor<f64>, tensor<f64>
  }
  weft.train @loss optimizer(#weft.adamw)
}
