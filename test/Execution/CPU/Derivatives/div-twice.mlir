// weft.div of a value with itself: both operands contribute.
module @div_twice {
  weft.model @loss() -> (tensor<f64>, tensor<f64>) {
    %a = weft.parameter "a" init(normal, 0.5) : tensor<3x5xf64>
    %t1 = weft.exp %a : tensor<3x5xf64>
    %t2 = weft.div %t1, %t1 : tensor<3x5xf64>, tensor<3x5xf64>
    %w = weft.parameter "w" init(normal, 0.5) : tensor<3x5xf64>
    %t3 = weft.mul %t2, %w : tensor<3x5xf64>, tensor<3x5xf64>
    %t4 = weft.sum %t3 axes [0, 1] : tensor<3x5xf64>
    %c5 = weft.constant dense<1.0> : tensor<f64>
    weft.return %t4, %c5 : tensor<f64>, tensor<f64>
  }
  weft.train @loss optimizer(#weft.adamw)
}
