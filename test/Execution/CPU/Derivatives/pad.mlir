// weft.pad on one side, on both, on several dimensions.
module @pad {
  weft.model @loss() -> (tensor<f64>, tensor<f64>) {
    %a0 = weft.parameter "a0" init(normal, 0.5) : tensor<3xf64>
    %t1 = weft.pad %a0 offsets [2] : tensor<3xf64> to tensor<7xf64>
    %w0 = weft.parameter "w0" init(normal, 0.5) : tensor<7xf64>
    %t2 = weft.mul %t1, %w0 : tensor<7xf64>, tensor<7xf64>
    %t3 = weft.sum %t2 axes [0] : tensor<7xf64>
    %a1 = weft.parameter "a1" init(normal, 0.5) : tensor<3x6xf64>
    %t4 = weft.pad %a1 offsets [0, 4] : tensor<3x6xf64> to tensor<3x10xf64>
    %w1 = weft.parameter "w1" init(normal, 0.5) : tensor<3x10xf64>
    %t5 = weft.mul %t4, %w1 : tensor<3x10xf64>, tensor<3x10xf64>
    %t6 = weft.sum %t5 axes [0, 1] : tensor<3x10xf64>
    %t7 = weft.add %t3, %t6 : tensor<f64>, tensor<f64>
    %a2 = weft.parameter "a2" init(normal, 0.5) : tensor<1x4x2xf64>
    %t8 = weft.pad %a2 offsets [1, 0, 3] : tensor<1x4x2xf64> to tensor<2x5x7xf64>
    %w2 = weft.parameter "w2" init(normal, 0.5) : tensor<2x5x7xf64>
    %t9 = weft.mul %t8, %w2 : tensor<2x5x7xf64>, tensor<2x5x7xf64>
    %t10 = weft.sum %t9 axes [0, 1, 2] : tensor<2x5x7xf64>
    %t11 = weft.add %t7, %t10 : tensor<f64>, tensor<f64>
    %c12 = weft.constant dense<1.0> : tensor<f64>
    weft.return %t11, %c12 : tensor<f64>, tensor<f64>
  }
  weft.train @loss optimizer(#weft.adamw)
}
