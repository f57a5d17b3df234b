module @m {
  weft.model @loss(%t: tensor<4x3xi32>) -> (tensor<f64>, tensor<f64>) {
    %w = weft.parameter "w" init(normal, 1.0) : tensor<7x5xf64>
    %c = weft.parameter "c" init(normal, 1.0) : tensor<3x4x5xf64>
    %e = weft.embedding %t, %w : tensor<4x3xi32>, tensor<7x5xf64>
    %p = weft.transpose %e [1, 0, 2] : tensor<4x3x5xf64>
    %p2 = weft.mul %p, %p : tensor<3x4x5xf64>, tensor<3x4x5xf64>
    %m = weft.mul %p2, %c : tensor<3x4x5xf64>, tensor<3x4x5xf64>
    %s = weft.sum %m axes [0, 1, 2] : tensor<3x4x5xf64>
    %n = weft.constant dense<1.0> : tensor<f64>
    weft.return %s, %n : tensor<f64>, tensor<f64>
  }
  weft.train @loss optimizer(#weft.adamw)
}
