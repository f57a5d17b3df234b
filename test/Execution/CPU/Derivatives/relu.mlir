// weft.relu of numbers near 1 and -1, away from the kink.
module @relu {
  weft.model @loss() -> (tensor<f64>, tensor<f64>) {
    %a0 = weft.parameter "a0" init(normal, 0.1) : tensor<3x5xf64>
    %t1 = weft.constant dense<1.0> : tensor<3x2xf64>
    %t2 = weft.constant dense<-1.0> : tensor<3x3xf64>
    %t3 = weft.concat %t1, %t2 axis 1 : tensor<3x2xf64>, tensor<3x3xf64>
    %t4 = weft.add %a0, %t3 : tensor<3x5xf64>, tensor<3x5xf64>
    %t5 = weft.relu %t4 : tensor<3x5xf64>
    %w0 = weft.parameter "w0" init(normal, 0.5) : tensor<3x5xf64>
    %t6 = weft.mul %t5, %w0 : tensor<3x5xf64>, tensor<3x5xf64>
    %t7 = weft.sum %t6 axes [0, 1] : tensor<3x5xf64>
    %a1 = weft.parameter "a1" init(normal, 0.1) : tensor<7xf64>
    %t8 = weft.constant dense<1.0> : tensor<3xf64>
    %t9 = weft.constant dense<-1.0> : tensor<4xf64>
    %t10 = weft.concat %t8, %t9 axis 0 : tensor<3xf64>, tensor<4xf64>
    %t11 = weft.add %a1, %t10 : tensor<7xf64>, tensor<7xf64>
    %t12 = weft.relu %t11 : tensor<7xf64>
    %w1 = weft.parameter "w1" init(normal, 0.5) : tensor<7xf64>
    %t13 = weft.mul %t12, %w1 : tensor<7xf64>, tensor<7xf64>
    %t14 = weft.sum %t13 axes [0] : tensor<7xf64>
    %t15 = weft.add %t7, %t14 : tensor<f64>, tensor<f64>
    %a2 = weft.parameter "a2" init(normal, 0.1) : tensor<2x3x67xf64>
    %t16 = weft.constant dense<1.0> : tensor<2x3x33xf64>
    %t17 = weft.constant dense<-1.0> : tensor<2x3x34xf64>
    %t18 = weft.concat %t16, %t17 axis 2 : tensor<2x3x33xf64>, tensor<2x3x34xf64>
    %t19 = weft.add %a2, %t18 : tensor<2x3x67xf64>, tensor<2x3x67xf64>
    %t20 = weft.relu %t19 : tensor<2x3x67xf64>
    %w2 = weft.parameter "w2" init(normal, 0.5) : tensor<2x3x67xf64>
    %t21 = weft.mul %t20, %w2 : tensor<2x3x67xf64>, tensor<2x3x67xf64>
    %t22 = weft.sum %t21 axes [0, 1, 2] : tensor<2x3x67xf64>
    %t23 = weft.add %t15, %t22 : tensor<f64>, tensor<f64>
    %one = weft.constant dense<1.0> : tensor<f64>
    weft.return %t23, %one : tensor<f64>, tensor<f64>
  }
  weft.train @loss optimizer(#weft.adamw)
}
