// weft.gelu of both kinds, at several shapes.
module @gelu {
  weft.model @loss() -> (tensor<f64>, tensor<f64>) {
    %erf0 = weft.parameter "erf0" init(normal, 1.0) : tensor<3x5xf64>
    %t1 = weft.gelu erf %erf0 : tensor<3x5xf64>
    %erf0w = weft.parameter "erf0w" init(normal, 0.5) : tensor<3x5xf64>
    %t2 = weft.mul %t1, %erf0w : tensor<3x5xf64>, tensor<3x5xf64>
    %t3 = weft.sum %t2 axes [0, 1] : tensor<3x5xf64>
    %erf1 = weft.parameter "erf1" init(normal, 1.0) : tensor<7xf64>
    %t4 = weft.gelu erf %erf1 : tensor<7xf64>
    %erf1w = weft.parameter "erf1w" init(normal, 0.5) : tensor<7xf64>
    %t5 = weft.mul %t4, %erf1w : tensor<7xf64>, tensor<7xf64>
    %t6 = weft.sum %t5 axes [0] : tensor<7xf64>
    %t7 = weft.add %t3, %t6 : tensor<f64>, tensor<f64>
    %erf2 = weft.parameter "erf2" init(normal, 1.0) : tensor<2x3x19xf64>
    %t8 = weft.gelu erf %erf2 : tensor<2x3x19xf64>
    %erf2w = weft.parameter "erf2w" init(normal, 0.5) : tensor<2x3x19xf64>
    %t9 = weft.mul %t8, %erf2w : tensor<2x3x19xf64>, tensor<2x3x19xf64>
    %t10 = weft.sum %t9 axes [0, 1, 2] : tensor<2x3x19xf64>
    %t11 = weft.add %t7, %t10 : tensor<f64>, tensor<f64>
    %tanh0 = weft.parameter "tanh0" init(normal, 1.0) : tensor<3x5xf64>
    %t12 = weft.gelu tanh %tanh0 : tensor<3x5xf64>
    %tanh0w = weft.parameter "tanh0w" init(normal, 0.5) : tensor<3x5xf64>
    %t13 = weft.mul %t12, %tanh0w : tensor<3x5xf64>, tensor<3x5xf64>
    %t14 = weft.sum %t13 axes [0, 1] : tensor<3x5xf64>
    %t15 = weft.add %t11, %t14 : tensor<f64>, tensor<f64>
    %tanh1 = weft.parameter "tanh1" init(normal, 1.0) : tensor<7xf64>
    %t16 = weft.gelu tanh %tanh1 : tensor<7xf64>
    %tanh1w = weft.parameter "tanh1w" init(normal, 0.5) : tensor<7xf64>
    %t17 = weft.mul %t16, %tanh1w : tensor<7xf64>, tensor<7xf64>
    %t18 = weft.sum %t17 axes [0] : tensor<7xf64>
    %t19 = weft.add %t15, %t18 : tensor<f64>, tensor<f64>
    %tanh2 = weft.parameter "tanh2" init(normal, 1.0) : tensor<2x3x19xf64>
    %t20 = weft.gelu tanh %tanh2 : tensor<2x3x19xf64>
    %tanh2w = weft.parameter "tanh2w" init(normal, 0.5) : tensor<2x3x19xf64>
    %t21 = weft.mul %t20, %tanh2w : tensor<2x3x19xf64>, tensor<2x3x19xf64>
    %t22 = weft.sum %t21 axes [0, 1, 2] : tensor<2x3x19xf64>
    %t23 = weft.add %t19, %t22 : tensor<f64>, tensor<f64>
    %c24 = weft.constant dense<1.0> : tensor<f64>
    weft.return %t23, %c24 : tensor<f64>, tensor<f64>
  }
  weft.train @loss optimizer(#weft.adamw)
}
