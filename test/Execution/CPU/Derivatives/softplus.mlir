// weft.softplus.
module @softplus {
  weft.model @loss() -> (tensor<f64>, tensor<f64>) {
    %a0 = weft.parameter "a0" init(normal, 1.0) : tensor<3x5xf64>
    %t1 = weft.softplus %a0 : tensor<3x5xf64>
    %w0 = weft.parameter "w0" init(normal, 0.5) : tensor<3x5xf64>
    %t2 = weft.mul %t1, %w0 : tensor<3x5xf64>, tensor<3x5xf64>
    %t3 = weft.sum %t2 axes [0, 1] : tensor<3x5xf64>
    %a1 = weft.parameter "a1" init(normal, 1.0) : tensor<7xf64>
    %t4 = weft.softplus %a1 : tensor<7xf64>
    %w1 = weft.parameter "w1" init(normal, 0.5) : tensor<7xf64>
    %t5 = weft.mul %t4, %w1 : tensor<7xf64>, tensor<7xf64>
    %t6 = weft.sum %t5 axes [0] : tensor<7xf64>
    %t7 = weft.add %t3, %t6 : tensor<f64>, tensor<f64>
    %a2 = weft.parameter "a2" init(normal, 1.0) : tensor<2x3x67xf64>
    %t8 = weft.softplus %a2 : tensor<2x3x67xf64>
    %w2 = weft.parameter "w2" init(normal, 0.5) : tensor<2x3x67xf64>
    %t9 = weft.mul %t8, %w2 : tensor<2x3x67xf64>, tensor<2x3x67xf64>
    %t10 = weft.sum %t9 axes [0, 1, 2] : tensor<2x3x67xf64>
    %t11 = weft.add %t7, %t10 : tensor<f64>, tensor<f64>
    %one = weft.constant dense<1.0> : tensor<f64>
    weft.return %t11, %one : tensor<f64>, tensor<f64>
  }
  weft.train @loss optimizer(#weft.adamw)
}
