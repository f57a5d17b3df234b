// weft.pick, with ids that are no column (5 and more in rows of 5) too.
module @pick {
  weft.model @loss() -> (tensor<f64>, tensor<f64>) {
    %t1 = weft.iota : tensor<3xi32>
    %t2 = weft.reshape %t1 : tensor<3xi32> to tensor<3x1xi32>
    %a0 = weft.parameter "a0" init(normal, 0.5) : tensor<3x5xf64>
    %t3 = weft.pick %a0, %t2 : tensor<3x5xf64>, tensor<3x1xi32> -> tensor<3x1xf64>
    %w0 = weft.parameter "w0" init(normal, 0.5) : tensor<3x1xf64>
    %t4 = weft.mul %t3, %w0 : tensor<3x1xf64>, tensor<3x1xf64>
    %t5 = weft.sum %t4 axes [0, 1] : tensor<3x1xf64>
    %t6 = weft.iota : tensor<6xi32>
    %t7 = weft.reshape %t6 : tensor<6xi32> to tensor<6x1xi32>
    %a1 = weft.parameter "a1" init(normal, 0.5) : tensor<6x5xf64>
    %t8 = weft.pick %a1, %t7 : tensor<6x5xf64>, tensor<6x1xi32> -> tensor<6x1xf64>
    %w1 = weft.parameter "w1" init(normal, 0.5) : tensor<6x1xf64>
    %t9 = weft.mul %t8, %w1 : tensor<6x1xf64>, tensor<6x1xf64>
    %t10 = weft.sum %t9 axes [0, 1] : tensor<6x1xf64>
    %t11 = weft.add %t5, %t10 : tensor<f64>, tensor<f64>
    %t12 = weft.iota : tensor<6xi32>
    %t13 = weft.reshape %t12 : tensor<6xi32> to tensor<2x3x1xi32>
    %a2 = weft.parameter "a2" init(normal, 0.5) : tensor<2x3x67xf64>
    %t14 = weft.pick %a2, %t13 : tensor<2x3x67xf64>, tensor<2x3x1xi32> -> tensor<2x3x1xf64>
    %w2 = weft.parameter "w2" init(normal, 0.5) : tensor<2x3x1xf64>
    %t15 = weft.mul %t14, %w2 : tensor<2x3x1xf64>, tensor<2x3x1xf64>
    %t16 = weft.sum %t15 axes [0, 1, 2] : tensor<2x3x1xf64>
    %t17 = weft.add %t11, %t16 : tensor<f64>, tensor<f64>
    %t18 = weft.iota : tensor<7xi32>
    %t19 = weft.reshape %t18 : tensor<7xi32> to tensor<7x1xi32>
    %a3 = weft.parameter "a3" init(normal, 0.5) : tensor<7x1xf64>
    %t20 = weft.pick %a3, %t19 : tensor<7x1xf64>, tensor<7x1xi32> -> tensor<7x1xf64>
    %w3 = weft.parameter "w3" init(normal, 0.5) : tensor<7x1xf64>
    %t21 = weft.mul %t20, %w3 : tensor<7x1xf64>, tensor<7x1xf64>
    %t22 = weft.sum %t21 axes [0, 1] : tensor<7x1xf64>
    %t23 = weft.add %t17, %t22 : tensor<f64>, tensor<f64>
    %one = weft.constant dense<1.0> : tensor<f64>
    weft.return %t23, %one : tensor<f64>, tensor<f64>
  }
  weft.train @loss optimizer(#weft.adamw)
}
