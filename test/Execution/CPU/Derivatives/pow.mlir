// weft.pow: equal shapes, and broadcasting of either side and of both.
module @pow {
  weft.model @loss() -> (tensor<f64>, tensor<f64>) {
    %a0 = weft.parameter "a0" init(normal, 0.5) : tensor<3x5xf64>
    %t1 = weft.exp %a0 : tensor<3x5xf64>
    %b0 = weft.parameter "b0" init(normal, 0.5) : tensor<3x5xf64>
    %t2 = weft.pow %t1, %b0 : tensor<3x5xf64>, tensor<3x5xf64>
    %w0 = weft.parameter "w0" init(normal, 0.5) : tensor<3x5xf64>
    %t3 = weft.mul %t2, %w0 : tensor<3x5xf64>, tensor<3x5xf64>
    %t4 = weft.sum %t3 axes [0, 1] : tensor<3x5xf64>
    %a1 = weft.parameter "a1" init(normal, 0.5) : tensor<2x3x5xf64>
    %t5 = weft.exp %a1 : tensor<2x3x5xf64>
    %b1 = weft.parameter "b1" init(normal, 0.5) : tensor<5xf64>
    %t6 = weft.pow %t5, %b1 : tensor<2x3x5xf64>, tensor<5xf64>
    %w1 = weft.parameter "w1" init(normal, 0.5) : tensor<2x3x5xf64>
    %t7 = weft.mul %t6, %w1 : tensor<2x3x5xf64>, tensor<2x3x5xf64>
    %t8 = weft.sum %t7 axes [0, 1, 2] : tensor<2x3x5xf64>
    %t9 = weft.add %t4, %t8 : tensor<f64>, tensor<f64>
    %a2 = weft.parameter "a2" init(normal, 0.5) : tensor<3x1xf64>
    %t10 = weft.exp %a2 : tensor<3x1xf64>
    %b2 = weft.parameter "b2" init(normal, 0.5) : tensor<4x1x7xf64>
    %t11 = weft.pow %t10, %b2 : tensor<3x1xf64>, tensor<4x1x7xf64>
    %w2 = weft.parameter "w2" init(normal, 0.5) : tensor<4x3x7xf64>
    %t12 = weft.mul %t11, %w2 : tensor<4x3x7xf64>, tensor<4x3x7xf64>
    %t13 = weft.sum %t12 axes [0, 1, 2] : tensor<4x3x7xf64>
    %t14 = weft.add %t9, %t13 : tensor<f64>, tensor<f64>
    %a3 = weft.parameter "a3" init(normal, 0.5) : tensor<f64>
    %t15 = weft.exp %a3 : tensor<f64>
    %b3 = weft.parameter "b3" init(normal, 0.5) : tensor<2x3xf64>
    %t16 = weft.pow %t15, %b3 : tensor<f64>, tensor<2x3xf64>
    %w3 = weft.parameter "w3" init(normal, 0.5) : tensor<2x3xf64>
    %t17 = weft.mul %t16, %w3 : tensor<2x3xf64>, tensor<2x3xf64>
    %t18 = weft.sum %t17 axes [0, 1] : tensor<2x3xf64>
    %t19 = weft.add %t14, %t18 : tensor<f64>, tensor<f64>
    %c20 = weft.constant dense<1.0> : tensor<f64>
    weft.return %t19, %c20 : tensor<f64>, tensor<f64>
  }
  weft.train @loss optimizer(#weft.adamw)
}
