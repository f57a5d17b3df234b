// weft.reduce_max of rows whose largest element leads by more than any step, over last, first and
// several dimensions.
module @reduce_max {
  weft.model @loss() -> (tensor<f64>, tensor<f64>) {
    %a0 = weft.parameter "a0" init(normal, 0.1) : tensor<3x5xf64>
    %c1 = weft.constant dense<0.0> : tensor<3x2xf64>
    %c2 = weft.constant dense<3.0> : tensor<3x1xf64>
    %c3 = weft.constant dense<1.0> : tensor<3x2xf64>
    %t4 = weft.concat %c1, %c2, %c3 axis 1 : tensor<3x2xf64>, tensor<3x1xf64>, tensor<3x2xf64>
    %t5 = weft.add %a0, %t4 : tensor<3x5xf64>, tensor<3x5xf64>
    %t6 = weft.reduce_max %t5 axes [1] {keep_dims} : tensor<3x5xf64>
    %w0 = weft.parameter "w0" init(normal, 0.5) : tensor<3x1xf64>
    %t7 = weft.mul %t6, %w0 : tensor<3x1xf64>, tensor<3x1xf64>
    %t8 = weft.sum %t7 axes [0, 1] : tensor<3x1xf64>
    %a1 = weft.parameter "a1" init(normal, 0.1) : tensor<2x3x5xf64>
    %c9 = weft.constant dense<0.0> : tensor<2xf64>
    %c10 = weft.constant dense<3.0> : tensor<1xf64>
    %c11 = weft.constant dense<1.0> : tensor<2xf64>
    %t12 = weft.concat %c9, %c10, %c11 axis 0 : tensor<2xf64>, tensor<1xf64>, tensor<2xf64>
    %c13 = weft.constant dense<0.0> : tensor<f64>
    %t14 = weft.add %t12, %c13 : tensor<5xf64>, tensor<f64>
    %c15 = weft.constant dense<0.0> : tensor<1x3x1xf64>
    %c16 = weft.constant dense<1.0> : tensor<1x3x1xf64>
    %t17 = weft.concat %c15, %c16 axis 0 : tensor<1x3x1xf64>, tensor<1x3x1xf64>
    %t18 = weft.add %t14, %t17 : tensor<5xf64>, tensor<2x3x1xf64>
    %t19 = weft.add %a1, %t18 : tensor<2x3x5xf64>, tensor<2x3x5xf64>
    %t20 = weft.reduce_max %t19 axes [0, 2] : tensor<2x3x5xf64>
    %w1 = weft.parameter "w1" init(normal, 0.5) : tensor<3xf64>
    %t21 = weft.mul %t20, %w1 : tensor<3xf64>, tensor<3xf64>
    %t22 = weft.sum %t21 axes [0] : tensor<3xf64>
    %t23 = weft.add %t8, %t22 : tensor<f64>, tensor<f64>
    %a2 = weft.parameter "a2" init(normal, 0.1) : tensor<5x3xf64>
    %c24 = weft.constant dense<0.0> : tensor<2x3xf64>
    %c25 = weft.constant dense<3.0> : tensor<1x3xf64>
    %c26 = weft.constant dense<1.0> : tensor<2x3xf64>
    %t27 = weft.concat %c24, %c25, %c26 axis 0 : tensor<2x3xf64>, tensor<1x3xf64>, tensor<2x3xf64>
    %t28 = weft.add %a2, %t27 : tensor<5x3xf64>, tensor<5x3xf64>
    %t29 = weft.reduce_max %t28 axes [0] : tensor<5x3xf64>
    %w2 = weft.parameter "w2" init(normal, 0.5) : tensor<3xf64>
    %t30 = weft.mul %t29, %w2 : tensor<3xf64>, tensor<3xf64>
    %t31 = weft.sum %t30 axes [0] : tensor<3xf64>
    %t32 = weft.add %t23, %t31 : tensor<f64>, tensor<f64>
    %a3 = weft.parameter "a3" init(normal, 0.1) : tensor<7xf64>
    %c33 = weft.constant dense<0.0> : tensor<2xf64>
    %c34 = weft.constant dense<3.0> : tensor<1xf64>
    %c35 = weft.constant dense<1.0> : tensor<4xf64>
    %t36 = weft.concat %c33, %c34, %c35 axis 0 : tensor<2xf64>, tensor<1xf64>, tensor<4xf64>
    %t37 = weft.add %a3, %t36 : tensor<7xf64>, tensor<7xf64>
    %t38 = weft.reduce_max %t37 axes [0] : tensor<7xf64>
    %w3 = weft.parameter "w3" init(normal, 0.5) : tensor<f64>
    %t39 = weft.mul %t38, %w3 : tensor<f64>, tensor<f64>
    %t40 = weft.add %t32, %t39 : tensor<f64>, tensor<f64>
    %c41 = weft.constant dense<1.0> : tensor<f64>
    weft.return %t40, %c41 : tensor<f64>, tensor<f64>
  }
  weft.train @loss optimizer(#weft.adamw)
}
