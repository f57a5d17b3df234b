// weft.cross_entropy_rows with smoothed labels and z_loss, with a factor for each row, and through its
// log-sum-exp; one row with an ignored target.
module @cross_entropy_rows {
  weft.model @loss() -> (tensor<f64>, tensor<f64>) {
    %t1 = weft.iota : tensor<5xi32>
    %a0 = weft.parameter "a0" init(normal, 1.0) : tensor<5x7xf64>
    %loss0, %weight0, %lse0 = weft.cross_entropy_rows %a0, %t1 {label_smoothing = 0.1} : tensor<5x7xf64>, tensor<5xi32>
    %w0 = weft.parameter "w0" init(normal, 0.5) : tensor<5x1xf64>
    %t2 = weft.mul %loss0, %w0 : tensor<5x1xf64>, tensor<5x1xf64>
    %t3 = weft.sum %t2 axes [0, 1] : tensor<5x1xf64>
    %w1 = weft.parameter "w1" init(normal, 0.5) : tensor<5x1xf64>
    %t4 = weft.mul %lse0, %w1 : tensor<5x1xf64>, tensor<5x1xf64>
    %t5 = weft.sum %t4 axes [0, 1] : tensor<5x1xf64>
    %t6 = weft.add %t3, %t5 : tensor<f64>, tensor<f64>
    %t7 = weft.iota : tensor<5xi32>
    %a1 = weft.parameter "a1" init(normal, 1.0) : tensor<5x4xf64>
    %loss1, %weight1, %lse1 = weft.cross_entropy_rows %a1, %t7 {ignore_index = 4, label_smoothing = 0.3, z_loss = 0.05} : tensor<5x4xf64>, tensor<5xi32>
    %w2 = weft.parameter "w2" init(normal, 0.5) : tensor<5x1xf64>
    %t8 = weft.mul %loss1, %w2 : tensor<5x1xf64>, tensor<5x1xf64>
    %t9 = weft.sum %t8 axes [0, 1] : tensor<5x1xf64>
    %t10 = weft.add %t6, %t9 : tensor<f64>, tensor<f64>
    %w3 = weft.parameter "w3" init(normal, 0.5) : tensor<5x1xf64>
    %t11 = weft.mul %lse1, %w3 : tensor<5x1xf64>, tensor<5x1xf64>
    %t12 = weft.sum %t11 axes [0, 1] : tensor<5x1xf64>
    %t13 = weft.add %t10, %t12 : tensor<f64>, tensor<f64>
    %t14 = weft.iota : tensor<3xi32>
    %a2 = weft.parameter "a2" init(normal, 1.0) : tensor<3x67xf64>
    %loss2, %weight2, %lse2 = weft.cross_entropy_rows %a2, %t14 {z_loss = 0.05} : tensor<3x67xf64>, tensor<3xi32>
    %w4 = weft.parameter "w4" init(normal, 0.5) : tensor<3x1xf64>
    %t15 = weft.mul %loss2, %w4 : tensor<3x1xf64>, tensor<3x1xf64>
    %t16 = weft.sum %t15 axes [0, 1] : tensor<3x1xf64>
    %t17 = weft.add %t13, %t16 : tensor<f64>, tensor<f64>
    %w5 = weft.parameter "w5" init(normal, 0.5) : tensor<3x1xf64>
    %t18 = weft.mul %lse2, %w5 : tensor<3x1xf64>, tensor<3x1xf64>
    %t19 = weft.sum %t18 axes [0, 1] : tensor<3x1xf64>
    %t20 = weft.add %t17, %t19 : tensor<f64>, tensor<f64>
    %one = weft.constant dense<1.0> : tensor<f64>
    weft.return %t20, %one : tensor<f64>, tensor<f64>
  }
  weft.train @loss optimizer(#weft.adamw)
}
