// weft.sqrt of positive numbers, at several shapes.
module @sqrt {
  weft.model @loss() -> (tensor<f64>, tensor<f64>) {
    %a0 = weft.parameter "a0" init(normal, 0.5) : tensor<3x5xf64>
    %t1 = weft.exp %a0 : tensor<3x5xf64>
    %t2 = weft.sqrt %t1 : tensor<3x5xf64>
    %w0 = weft.parameter "w0" init(normal, 0.5) : tensor<3x5xf64>
    %t3 = weft.mul %t2, %w0 : tensor<3x5xf64>, tensor<3x5xf64>
    %t4 = weft.sum %t3 axes [0, 1] : tensor<3x5xf64>
    %a1 = weft.parameter "a1" init(normal, 0.5) : tensor<7xf64>
    %t5 = weft.exp %a1 : tensor<7xf64>
    %t6 = weft.sqrt %t5 : tensor<7xf64>
    %w1 = weft.parameter "w1" init(normal, 0.5) : tensor<7xf64>
    %t7 = weft.mul %t6, %w1 : tensor<7xf64>, tensor<7xf64>
    %t8 = weft.sum %t7 axes [0] : tensor<7xf64>
    %t9 = weft.add %t4, %t8 : tensor<f64>, tensor<f64>
    %a2 = weft.parameter "a2" init(normal, 0.5) : tensor<2x3x19xf64>
    %t10 = weft.exp %a2 : tensor<2x3x19xf64>
    %t11 = weft.sqrt %t10 : tensor<2x3x19xf64>
    %w2 = weft.parameter "w2" init(normal, 0.5) : tensor<2x3x19xf64>
    %t12 = weft.mul %t11, %w2 : tensor<2x3x19xf64>, tensor<2x3x19xf64>
    %t13 = weft.sum %t12 axes [0, 1, 2] : tensor<2x3x19xf64>
    %t14 = weft.add %t9, %t13 : tensor<f64>, tensor<f64>
    %c15 = weft.constant dense<1.0> : tensor<f64>
    weft.return %t14, %c15 : tensor<f64>, tensor<f64>
  }
  weft.train @loss optimizer(#weft.adamw)
}
