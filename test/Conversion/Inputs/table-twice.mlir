module @m {
  weft.model @loss(%tokens: tensor<1x7xi32>) -> (tensor<f64>, tensor<f64>) {
    %t = weft.reshape %tokens : tensor<1x7xi32> to tensor<7xi32>
    %w = weft.parameter "w" init(normal, 1.0) : tensor<7x5xf64>
    %v = weft.exp %w : tensor<7x5xf64>
    %e = weft.embedding %t, %v : tensor<7xi32>, tensor<7x5xf64>
    %y = weft.mul %e, %v : tensor<7x5xf64>, tensor<7x5xf64>
    %f = weft.embedding %t, %w : tensor<7xi32>, tensor<7x5xf64>
    %g = weft.mul %f, %w : tensor<7x5xf64>, tensor<7x5xf64>
    %h = weft.add %g, %y : tensor<7x5xf64>, tensor<7x5xf64>
    %s = weft.sum %h axes [0, 1] : tensor<7x5xf64>
    %n = weft.constant dense<1.0> : tensor<f64>
    weft.return %s, %n : tensor<f64>, tensor<f64>
  }
  weft.train @loss optimizer(#weft.adamw)
}
