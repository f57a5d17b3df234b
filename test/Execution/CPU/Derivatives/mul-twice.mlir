// weft.mul of a value with itself: both operands contribute.
module @mul_twice {
  weft.model @loss() -> (tensor<f64>, tensor<f64>) {
    %a = weft.parameter "a" init(normal, 0.5) : tensor<3x5xf64>
    %t1 = weft.mul %a, %a : tensor<3x5xf64>, tensor<3x5xf64>
    %w = weft.parameter "w" init(normal, 0.5) : tensor<3x5xf64>
    %t2 = weft.mul %t1, %w : tensor<3x5xf64>, tensor<3x5xf64>
    %t3 = weft.sum %t2 axes [0, 1] : tensor<3x5xf64>
    %c4 = weft.constant dense<1.0> : tensor<f64>
    weft.return %t3, %c4 : tensor<f64>, tensor<f64>
  }
  weft.train @loss optimizer(#weft.adamw)
}
