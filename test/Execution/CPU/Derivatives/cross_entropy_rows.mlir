// weft.cross_entropy_rows with a factor for each row, and through its log-sum-exp; one row with an
// ignored target.
module @cross_entropy_rows {
  weft.model @loss() -> (tensor<f64>, tensor<f64>) {
    %a0 = weft.parameter "a0" init(normal, 1.0) : tensor<5x7xf64>
    %i1 = weft.iota : tensor<5xi32>
    %loss2, %weight3, %lse4 = weft.cross_entropy_rows %a0, %i1 : tensor<5x7xf64>, tensor<5xi32>
    %a0loss = weft.parameter "a0loss" init(normal, 0.5) : tensor<5x1xf64>
    %t5 = weft.mul %loss2, %a0loss : tensor<5x1xf64>, tensor<5x1xf64>
    %t6 = weft.sum %t5 axes [0, 1] : tensor<5x1xf64>
    %a0lse = weft.parameter "a0lse" init(normal, 0.5) : tensor<5x1xf64>
    %t7 = weft.mul %lse4, %a0lse : tensor<5x1xf64>, tensor<5x1xf64>
    %t8 = weft.sum %t7 axes [0, 1] : tensor<5x1xf64>
    %t9 = weft.add %t6, %t8 : tensor<f64>, tensor<f64>
    %a1 = weft.parameter "a1" init(normal, 1.0) : tensor<2x3x6xf64>
    %i10 = weft.iota : tensor<6xi32>
    %i11 = weft.reshape %i10 : tensor<6xi32> to tensor<2x3xi32>
    %loss12, %weight13, %lse14 = weft.cross_entropy_rows %a1, %i11 : tensor<2x3x6xf64>, tensor<2x3xi32>
    %a1loss = weft.parameter "a1loss" init(normal, 0.5) : tensor<2x3x1xf64>
    %t15 = weft.mul %loss12, %a1loss : tensor<2x3x1xf64>, tensor<2x3x1xf64>
    %t16 = weft.sum %t15 axes [0, 1, 2] : tensor<2x3x1xf64>
    %t17 = weft.add %t9, %t16 : tensor<f64>, tensor<f64>
    %a2 = weft.parameter "a2" init(normal, 1.0) : tensor<5x4xf64>
    %i18 = weft.iota : tensor<5xi32>
    %loss19, %weight20, %lse21 = weft.cross_entropy_rows %a2, %i18 {ignore_index = 4} : tensor<5x4xf64>, tensor<5xi32>
    %a2loss = weft.parameter "a2loss" init(normal, 0.5) : tensor<5x1xf64>
    %t22 = weft.mul %loss19, %a2loss : tensor<5x1xf64>, tensor<5x1xf64>
    %t23 = weft.sum %t22 axes [0, 1] : tensor<5x1xf64>
    %t24 = weft.add %t17, %t23 : tensor<f64>, tensor<f64>
    %a2lse = weft.parameter "a2lse" init(normal, 0.5) : tensor<5x1xf64>
    %t25 = weft.mul %lse21, %a2lse : tensor<5x1xf64>, tensor<5x1xf64>
    %t26 = weft.sum %t25 axes [0, 1] : tensor<5x1xf64>
    %t27 = weft.add %t24, %t26 : tensor<f64>, tensor<f64>
    %a3 = weft.parameter "a3" init(normal, 1.0) : tensor<3x67xf64>
    %i28 = weft.iota : tensor<3xi32>
    %loss29, %weight30, %lse31 = weft.cross_entropy_rows %a3, %i28 {ignore_index = -100} : tensor<3x67xf64>, tensor<3xi32>
    %a3loss = weft.parameter "a3loss" init(normal, 0.5) : tensor<3x1xf64>
    %t32 = weft.mul %loss29, %a3loss : tensor<3x1xf64>, tensor<3x1xf64>
    %t33 = weft.sum %t32 axes [0, 1] : tensor<3x1xf64>
    %t34 = weft.add %t27, %t33 : tensor<f64>, tensor<f64>
    %c35 = weft.constant dense<1.0> : tensor<f64>
    weft.return %t34, %c35 : tensor<f64>, tensor<f64>
  }
  weft.train @loss optimizer(#weft.adamw)
}
