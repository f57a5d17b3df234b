// weft.cross_entropy with smoothed labels, with z_loss and with both; targets that are ignored count for nothing.
module @cross_entropy {
  weft.model @loss() -> (tensor<f64>, tensor<f64>) {
    %t1 = weft.iota : tensor<5xi32>
    %a0 = weft.parameter "a0" init(normal, 1.0) : tensor<5x7xf64>
    %sum0, %weight0 = weft.cross_entropy %a0, %t1 {label_smoothing = 0.1} : tensor<5x7xf64>, tensor<5xi32>
    %w0 = weft.parameter "w0" init(normal, 0.5) : tensor<f64>
    %t2 = weft.mul %sum0, %w0 : tensor<f64>, tensor<f64>
    %t3 = weft.iota : tensor<5xi32>
    %a1 = weft.parameter "a1" init(normal, 1.0) : tensor<5x7xf64>
    %sum1, %weight1 = weft.cross_entropy %a1, %t3 {z_loss = 0.05} : tensor<5x7xf64>, tensor<5xi32>
    %w1 = weft.parameter "w1" init(normal, 0.5) : tensor<f64>
    %t4 = weft.mul %sum1, %w1 : tensor<f64>, tensor<f64>
    %t5 = weft.add %t2, %t4 : tensor<f64>, tensor<f64>
    %t6 = weft.iota : tensor<5xi32>
    %a2 = weft.parameter "a2" init(normal, 1.0) : tensor<5x7xf64>
    %sum2, %weight2 = weft.cross_entropy %a2, %t6 {label_smoothing = 0.3, z_loss = 0.01, ignore_index = -100} : tensor<5x7xf64>, tensor<5xi32>
    %w2 = weft.parameter "w2" init(normal, 0.5) : tensor<f64>
    %t7 = weft.mul %sum2, %w2 : tensor<f64>, tensor<f64>
    %t8 = weft.add %t5, %t7 : tensor<f64>, tensor<f64>
    %t9 = weft.iota : tensor<5xi32>
    %a3 = weft.parameter "a3" init(normal, 1.0) : tensor<5x7xf64>
    %sum3, %weight3 = weft.cross_entropy %a3, %t9 {label_smoothing = 1.0} : tensor<5x7xf64>, tensor<5xi32>
    %w3 = weft.parameter "w3" init(normal, 0.5) : tensor<f64>
    %t10 = weft.mul %sum3, %w3 : tensor<f64>, tensor<f64>
    %t11 = weft.add %t8, %t10 : tensor<f64>, tensor<f64>
    %t12 = weft.iota : tensor<3xi32>
    %a4 = weft.parameter "a4" init(normal, 1.0) : tensor<3x67xf64>
    %sum4, %weight4 = weft.cross_entropy %a4, %t12 {label_smoothing = 0.1} : tensor<3x67xf64>, tensor<3xi32>
    %w4 = weft.parameter "w4" init(normal, 0.5) : tensor<f64>
    %t13 = weft.mul %sum4, %w4 : tensor<f64>, tensor<f64>
    %t14 = weft.add %t11, %t13 : tensor<f64>, tensor<f64>
    %t15 = weft.iota : tensor<3xi32>
    %a5 = weft.parameter "a5" init(normal, 1.0) : tensor<3x67xf64>
    %sum5, %weight5 = weft.cross_entropy %a5, %t15 {z_loss = 0.05} : tensor<3x67xf64>, tensor<3xi32>
    %w5 = weft.parameter "w5" init(normal, 0.5) : tensor<f64>
    %t16 = weft.mul %sum5, %w5 : tensor<f64>, tensor<f64>
    %t17 = weft.add %t14, %t16 : tensor<f64>, tensor<f64>
    %t18 = weft.iota : tensor<3xi32>
    %a6 = weft.parameter "a6" init(normal, 1.0) : tensor<3x67xf64>
    %sum6, %weight6 = weft.cross_entropy %a6, %t18 {label_smoothing = 0.3, z_loss = 0.01, ignore_index = -100} : tensor<3x67xf64>, tensor<3xi32>
    %w6 = weft.parameter "w6" init(normal, 0.5) : tensor<f64>
    %t19 = weft.mul %sum6, %w6 : tensor<f64>, tensor<f64>
    %t20 = weft.add %t17, %t19 : tensor<f64>, tensor<f64>
    %t21 = weft.iota : tensor<3xi32>
    %a7 = weft.parameter "a7" init(normal, 1.0) : tensor<3x67xf64>
    %sum7, %weight7 = weft.cross_entropy %a7, %t21 {label_smoothing = 1.0} : tensor<3x67xf64>, tensor<3xi32>
    %w7 = weft.parameter "w7" init(normal, 0.5) : tensor<f64>
    %t22 = weft.mul %sum7, %w7 : tensor<f64>, tensor<f64>
    %t23 = weft.add %t20, %t22 : tensor<f64>, tensor<f64>
    %t24 = weft.iota : tensor<6xi32>
    %t25 = weft.reshape %t24 : tensor<6xi32> to tensor<2x3xi32>
    %a8 = weft.parameter "a8" init(normal, 1.0) : tensor<2x3x6xf64>
    %sum8, %weight8 = weft.cross_entropy %a8, %t25 {label_smoothing = 0.1} : tensor<2x3x6xf64>, tensor<2x3xi32>
    %w8 = weft.parameter "w8" init(normal, 0.5) : tensor<f64>
    %t26 = weft.mul %sum8, %w8 : tensor<f64>, tensor<f64>
    %t27 = weft.add %t23, %t26 : tensor<f64>, tensor<f64>
    %t28 = weft.iota : tensor<6xi32>
    %t29 = weft.reshape %t28 : tensor<6xi32> to tensor<2x3xi32>
    %a9 = weft.parameter "a9" init(normal, 1.0) : tensor<2x3x6xf64>
    %sum9, %weight9 = weft.cross_entropy %a9, %t29 {z_loss = 0.05} : tensor<2x3x6xf64>, tensor<2x3xi32>
    %w9 = weft.parameter "w9" init(normal, 0.5) : tensor<f64>
    %t30 = weft.mul %sum9, %w9 : tensor<f64>, tensor<f64>
    %t31 = weft.add %t27, %t30 : tensor<f64>, tensor<f64>
    %t32 = weft.iota : tensor<6xi32>
    %t33 = weft.reshape %t32 : tensor<6xi32> to tensor<2x3xi32>
    %a10 = weft.parameter "a10" init(normal, 1.0) : tensor<2x3x6xf64>
    %sum10, %weight10 = weft.cross_entropy %a10, %t33 {label_smoothing = 0.3, z_loss = 0.01, ignore_index = -100} : tensor<2x3x6xf64>, tensor<2x3xi32>
    %w10 = weft.parameter "w10" init(normal, 0.5) : tensor<f64>
    %t34 = weft.mul %sum10, %w10 : tensor<f64>, tensor<f64>
    %t35 = weft.add %t31, %t34 : tensor<f64>, tensor<f64>
    %t36 = weft.iota : tensor<6xi32>
    %t37 = weft.reshape %t36 : tensor<6xi32> to tensor<2x3xi32>
    %a11 = weft.parameter "a11" init(normal, 1.0) : tensor<2x3x6xf64>
    %sum11, %weight11 = weft.cross_entropy %a11, %t37 {label_smoothing = 1.0} : tensor<2x3x6xf64>, tensor<2x3xi32>
    %w11 = weft.parameter "w11" init(normal, 0.5) : tensor<f64>
    %t38 = weft.mul %sum11, %w11 : tensor<f64>, tensor<f64>
    %t39 = weft.add %t35, %t38 : tensor<f64>, tensor<f64>
    %t40 = weft.iota : tensor<5xi32>
    %a12 = weft.parameter "a12" init(normal, 1.0) : tensor<5x4xf64>
    %sum12, %weight12 = weft.cross_entropy %a12, %t40 {ignore_index = 4, label_smoothing = 0.3, z_loss = 0.01} : tensor<5x4xf64>, tensor<5xi32>
    %w12 = weft.parameter "w12" init(normal, 0.5) : tensor<f64>
    %t41 = weft.mul %sum12, %w12 : tensor<f64>, tensor<f64>
    %t42 = weft.add %t39, %t41 : tensor<f64>, tensor<f64>
    %one = weft.constant dense<1.0> : tensor<f64>
    weft.return %t42, %one : tensor<f64>, tensor<f64>
  }
  weft.train @loss optimizer(#weft.adamw)
}
