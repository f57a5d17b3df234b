// weft.split along last, middle and first dimension; parts that the loss does not depend on.
module @split {
  weft.model @loss() -> (tensor<f64>, tensor<f64>) {
    %a0 = weft.parameter "a0" init(normal, 0.5) : tensor<3x15xf64>
    %t1, %t2, %t3 = weft.split %a0 axis 1 parts 3 : tensor<3x15xf64>
    %w0part0 = weft.parameter "w0part0" init(normal, 0.5) : tensor<3x5xf64>
    %t4 = weft.mul %t1, %w0part0 : tensor<3x5xf64>, tensor<3x5xf64>
    %t5 = weft.sum %t4 axes [0, 1] : tensor<3x5xf64>
    %w0part2 = weft.parameter "w0part2" init(normal, 0.5) : tensor<3x5xf64>
    %t6 = weft.mul %t3, %w0part2 : tensor<3x5xf64>, tensor<3x5xf64>
    %t7 = weft.sum %t6 axes [0, 1] : tensor<3x5xf64>
    %t8 = weft.add %t5, %t7 : tensor<f64>, tensor<f64>
    %a1 = weft.parameter "a1" init(normal, 0.5) : tensor<2x4x5xf64>
    %t9, %t10 = weft.split %a1 axis 1 parts 2 : tensor<2x4x5xf64>
    %w1part0 = weft.parameter "w1part0" init(normal, 0.5) : tensor<2x2x5xf64>
    %t11 = weft.mul %t9, %w1part0 : tensor<2x2x5xf64>, tensor<2x2x5xf64>
    %t12 = weft.sum %t11 axes [0, 1, 2] : tensor<2x2x5xf64>
    %t13 = weft.add %t8, %t12 : tensor<f64>, tensor<f64>
    %w1part1 = weft.parameter "w1part1" init(normal, 0.5) : tensor<2x2x5xf64>
    %t14 = weft.mul %t10, %w1part1 : tensor<2x2x5xf64>, tensor<2x2x5xf64>
    %t15 = weft.sum %t14 axes [0, 1, 2] : tensor<2x2x5xf64>
    %t16 = weft.add %t13, %t15 : tensor<f64>, tensor<f64>
    %a2 = weft.parameter "a2" init(normal, 0.5) : tensor<6xf64>
    %t17, %t18, %t19 = weft.split %a2 axis 0 parts 3 : tensor<6xf64>
    %w2part0 = weft.parameter "w2part0" init(normal, 0.5) : tensor<2xf64>
    %t20 = weft.mul %t17, %w2part0 : tensor<2xf64>, tensor<2xf64>
    %t21 = weft.sum %t20 axes [0] : tensor<2xf64>
    %t22 = weft.add %t16, %t21 : tensor<f64>, tensor<f64>
    %w2part1 = weft.parameter "w2part1" init(normal, 0.5) : tensor<2xf64>
    %t23 = weft.mul %t18, %w2part1 : tensor<2xf64>, tensor<2xf64>
    %t24 = weft.sum %t23 axes [0] : tensor<2xf64>
    %t25 = weft.add %t22, %t24 : tensor<f64>, tensor<f64>
    %w2part2 = weft.parameter "w2part2" init(normal, 0.5) : tensor<2xf64>
    %t26 = weft.mul %t19, %w2part2 : tensor<2xf64>, tensor<2xf64>
    %t27 = weft.sum %t26 axes [0] : tensor<2xf64>
    %t28 = weft.add %t25, %t27 : tensor<f64>, tensor<f64>
    %c29 = weft.constant dense<1.0> : tensor<f64>
    weft.return %t28, %c29 : tensor<f64>, tensor<f64>
  }
  weft.train @loss optimizer(#weft.adamw)
}
