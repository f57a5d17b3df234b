module @m {
  weft.model @loss(%t: tensor<2x3xi32>) -> (tensor<f64>, tensor<f64>) {
    %w = weft.parameter "w" init(normal, 1.0) : tensor<7x1xf64>
    %x = weft.parameter "x" init(normal, 1.0) : tensor<2x3x5xf64>
    %e = weft.embedding %t, %w : tensor<2x3xi32>, tensor<7x1xf64>
    %y = weft.mul %e, %x : tensor<2x3x1xf64>, tensor<2x3x5xf64>
    %z = weft.tanh %y : tensor<2x3x5xf64>
    %s = weft.sum %z axes [0, 1, 2] : tensor<2x3x5xf64>
    %n = weft.constant dense<1.0> : tensor<f64>
    weft.return %s, %n : tensor<f64>, tensor<f64>
  }
  weft.train @loss optimizer(#weft.adamw)
}
