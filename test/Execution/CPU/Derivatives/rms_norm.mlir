// weft.rms_norm with and without an offset on the weight, with rows shorter and longer than a tile.
module @rms_norm {
  weft.model @loss() -> (tensor<f64>, tensor<f64>) {
    %a0 = weft.parameter "a0" init(normal, 1.0) : tensor<3x5xf64>
    %a1 = weft.parameter "a1" init(normal, 0.5) : tensor<5xf64>
    %t1 = weft.rms_norm %a0, %a1 {eps = 1.0e-2} : tensor<3x5xf64>, tensor<5xf64>
    %w0 = weft.parameter "w0" init(normal, 0.5) : tensor<3x5xf64>
    %t2 = weft.mul %t1, %w0 : tensor<3x5xf64>, tensor<3x5xf64>
    %t3 = weft.sum %t2 axes [0, 1] : tensor<3x5xf64>
    %a2 = weft.parameter "a2" init(normal, 1.0) : tensor<3x5xf64>
    %a3 = weft.parameter "a3" init(normal, 0.5) : tensor<5xf64>
    %t4 = weft.rms_norm %a2, %a3 {eps = 1.0e-2, weight_offset = 1.0} : tensor<3x5xf64>, tensor<5xf64>
    %w1 = weft.parameter "w1" init(normal, 0.5) : tensor<3x5xf64>
    %t5 = weft.mul %t4, %w1 : tensor<3x5xf64>, tensor<3x5xf64>
    %t6 = weft.sum %t5 axes [0, 1] : tensor<3x5xf64>
    %t7 = weft.add %t3, %t6 : tensor<f64>, tensor<f64>
    %a4 = weft.parameter "a4" init(normal, 1.0) : tensor<7xf64>
    %a5 = weft.parameter "a5" init(normal, 0.5) : tensor<7xf64>
    %t8 = weft.rms_norm %a4, %a5 {eps = 1.0e-2} : tensor<7xf64>, tensor<7xf64>
    %w2 = weft.parameter "w2" init(normal, 0.5) : tensor<7xf64>
    %t9 = weft.mul %t8, %w2 : tensor<7xf64>, tensor<7xf64>
    %t10 = weft.sum %t9 axes [0] : tensor<7xf64>
    %t11 = weft.add %t7, %t10 : tensor<f64>, tensor<f64>
    %a6 = weft.parameter "a6" init(normal, 1.0) : tensor<7xf64>
    %a7 = weft.parameter "a7" init(normal, 0.5) : tensor<7xf64>
    %t12 = weft.rms_norm %a6, %a7 {eps = 1.0e-2, weight_offset = 1.0} : tensor<7xf64>, tensor<7xf64>
    %w3 = weft.parameter "w3" init(normal, 0.5) : tensor<7xf64>
    %t13 = weft.mul %t12, %w3 : tensor<7xf64>, tensor<7xf64>
    %t14 = weft.sum %t13 axes [0] : tensor<7xf64>
    %t15 = weft.add %t11, %t14 : tensor<f64>, tensor<f64>
    %a8 = weft.parameter "a8" init(normal, 1.0) : tensor<2x3x67xf64>
    %a9 = weft.parameter "a9" init(normal, 0.5) : tensor<67xf64>
    %t16 = weft.rms_norm %a8, %a9 {eps = 1.0e-2} : tensor<2x3x67xf64>, tensor<67xf64>
    %w4 = weft.parameter "w4" init(normal, 0.5) : tensor<2x3x67xf64>
    %t17 = weft.mul %t16, %w4 : tensor<2x3x67xf64>, tensor<2x3x67xf64>
    %t18 = weft.sum %t17 axes [0, 1, 2] : tensor<2x3x67xf64>
    %t19 = weft.add %t15, %t18 : tensor<f64>, tensor<f64>
    %a10 = weft.parameter "a10" init(normal, 1.0) : tensor<2x3x67xf64>
    %a11 = weft.parameter "a11" init(normal, 0.5) : tensor<67xf64>
    %t20 = weft.rms_norm %a10, %a11 {eps = 1.0e-2, weight_offset = 1.0} : tensor<2x3x67xf64>, tensor<67xf64>
    %w5 = weft.parameter "w5" init(normal, 0.5) : tensor<2x3x67xf64>
    %t21 = weft.mul %t20, %w5 : tensor<2x3x67xf64>, tensor<2x3x67xf64>
    %t22 = weft.sum %t21 axes [0, 1, 2] : tensor<2x3x67xf64>
    %t23 = weft.add %t19, %t22 : tensor<f64>, tensor<f64>
    %a12 = weft.parameter "a12" init(normal, 1.0) : tensor<5x1xf64>
    %a13 = weft.parameter "a13" init(normal, 0.5) : tensor<1xf64>
    %t24 = weft.rms_norm %a12, %a13 {eps = 1.0e-2} : tensor<5x1xf64>, tensor<1xf64>
    %w6 = weft.parameter "w6" init(normal, 0.5) : tensor<5x1xf64>
    %t25 = weft.mul %t24, %w6 : tensor<5x1xf64>, tensor<5x1xf64>
    %t26 = weft.sum %t25 axes [0, 1] : tensor<5x1xf64>
    %t27 = weft.add %t23, %t26 : tensor<f64>, tensor<f64>
    %a14 = weft.parameter "a14" init(normal, 1.0) : tensor<5x1xf64>
    %a15 = weft.parameter "a15" init(normal, 0.5) : tensor<1xf64>
    %t28 = weft.rms_norm %a14, %a15 {eps = 1.0e-2, weight_offset = 1.0} : tensor<5x1xf64>, tensor<1xf64>
    %w7 = weft.parameter "w7" init(normal, 0.5) : tensor<5x1xf64>
    %t29 = weft.mul %t28, %w7 : tensor<5x1xf64>, tensor<5x1xf64>
    %t30 = weft.sum %t29 axes [0, 1] : tensor<5x1xf64>
    %t31 = weft.add %t27, %t30 : tensor<f64>, tensor<f64>
    %one = weft.constant dense<1.0> : tensor<f64>
    weft.return %t31, %one : tensor<f64>, tensor<f64>
  }
  weft.train @loss optimizer(#weft.adamw)
}
