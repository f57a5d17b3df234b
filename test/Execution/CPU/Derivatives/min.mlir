// weft.min: operands that lie 1 apart, in both orders, so that no step crosses the kink;
// broadcasting.
module @min {
  weft.model @loss() -> (tensor<f64>, tensor<f64>) {
    %a0 = weft.parameter "a0" init(normal, 0.1) : tensor<3x5xf64>
    %b0 = weft.parameter "b0" init(normal, 0.1) : tensor<3x5xf64>
    %c1 = weft.constant dense<1.0> : tensor<3x2xf64>
    %c2 = weft.constant dense<-1.0> : tensor<3x3xf64>
    %t3 = weft.concat %c1, %c2 axis 1 : tensor<3x2xf64>, tensor<3x3xf64>
    %t4 = weft.add %b0, %t3 : tensor<3x5xf64>, tensor<3x5xf64>
    %t5 = weft.min %a0, %t4 : tensor<3x5xf64>, tensor<3x5xf64>
    %w0 = weft.parameter "w0" init(normal, 0.5) : tensor<3x5xf64>
    %t6 = weft.mul %t5, %w0 : tensor<3x5xf64>, tensor<3x5xf64>
    %t7 = weft.sum %t6 axes [0, 1] : tensor<3x5xf64>
    %a1 = weft.parameter "a1" init(normal, 0.1) : tensor<2x3x5xf64>
    %b1 = weft.parameter "b1" init(normal, 0.1) : tensor<5xf64>
    %c8 = weft.constant dense<1.0> : tensor<2xf64>
    %c9 = weft.constant dense<-1.0> : tensor<3xf64>
    %t10 = weft.concat %c8, %c9 axis 0 : tensor<2xf64>, tensor<3xf64>
    %t11 = weft.add %b1, %t10 : tensor<5xf64>, tensor<5xf64>
    %t12 = weft.min %a1, %t11 : tensor<2x3x5xf64>, tensor<5xf64>
    %w1 = weft.parameter "w1" init(normal, 0.5) : tensor<2x3x5xf64>
    %t13 = weft.mul %t12, %w1 : tensor<2x3x5xf64>, tensor<2x3x5xf64>
    %t14 = weft.sum %t13 axes [0, 1, 2] : tensor<2x3x5xf64>
    %t15 = weft.add %t7, %t14 : tensor<f64>, tensor<f64>
    %a2 = weft.parameter "a2" init(normal, 0.1) : tensor<3x1xf64>
    %b2 = weft.parameter "b2" init(normal, 0.1) : tensor<2x1x7xf64>
    %c16 = weft.constant dense<1.0> : tensor<2x1x2xf64>
    %c17 = weft.constant dense<-1.0> : tensor<2x1x5xf64>
    %t18 = weft.concat %c16, %c17 axis 2 : tensor<2x1x2xf64>, tensor<2x1x5xf64>
    %t19 = weft.add %b2, %t18 : tensor<2x1x7xf64>, tensor<2x1x7xf64>
    %t20 = weft.min %a2, %t19 : tensor<3x1xf64>, tensor<2x1x7xf64>
    %w2 = weft.parameter "w2" init(normal, 0.5) : tensor<2x3x7xf64>
    %t21 = weft.mul %t20, %w2 : tensor<2x3x7xf64>, tensor<2x3x7xf64>
    %t22 = weft.sum %t21 axes [0, 1, 2] : tensor<2x3x7xf64>
    %t23 = weft.add %t15, %t22 : tensor<f64>, tensor<f64>
    %c24 = weft.constant dense<1.0> : tensor<f64>
    weft.return %t23, %c24 : tensor<f64>, tensor<f64>
  }
  weft.train @loss optimizer(#weft.adamw)
}
