// weft.concat along last, middle and first dimension; one value twice; a constant among the
// operands.
module @concat {
  weft.model @loss() -> (tensor<f64>, tensor<f64>) {
    %a0part0 = weft.parameter "a0part0" init(normal, 0.5) : tensor<3x2xf64>
    %a0part1 = weft.parameter "a0part1" init(normal, 0.5) : tensor<3x5xf64>
    %c1 = weft.constant dense<0.5> : tensor<3x1xf64>
    %t2 = weft.concat %a0part0, %c1, %a0part1, %a0part0 axis 1 : tensor<3x2xf64>, tensor<3x1xf64>, tensor<3x5xf64>, tensor<3x2xf64>
    %w0 = weft.parameter "w0" init(normal, 0.5) : tensor<3x10xf64>
    %t3 = weft.mul %t2, %w0 : tensor<3x10xf64>, tensor<3x10xf64>
    %t4 = weft.sum %t3 axes [0, 1] : tensor<3x10xf64>
    %a1part0 = weft.parameter "a1part0" init(normal, 0.5) : tensor<2x1x3xf64>
    %a1part1 = weft.parameter "a1part1" init(normal, 0.5) : tensor<2x4x3xf64>
    %a1part2 = weft.parameter "a1part2" init(normal, 0.5) : tensor<2x2x3xf64>
    %t5 = weft.concat %a1part0, %a1part1, %a1part2 axis 1 : tensor<2x1x3xf64>, tensor<2x4x3xf64>, tensor<2x2x3xf64>
    %w1 = weft.parameter "w1" init(normal, 0.5) : tensor<2x7x3xf64>
    %t6 = weft.mul %t5, %w1 : tensor<2x7x3xf64>, tensor<2x7x3xf64>
    %t7 = weft.sum %t6 axes [0, 1, 2] : tensor<2x7x3xf64>
    %t8 = weft.add %t4, %t7 : tensor<f64>, tensor<f64>
    %a2part0 = weft.parameter "a2part0" init(normal, 0.5) : tensor<5xf64>
    %a2part1 = weft.parameter "a2part1" init(normal, 0.5) : tensor<1xf64>
    %t9 = weft.concat %a2part0, %a2part1 axis 0 : tensor<5xf64>, tensor<1xf64>
    %w2 = weft.parameter "w2" init(normal, 0.5) : tensor<6xf64>
    %t10 = weft.mul %t9, %w2 : tensor<6xf64>, tensor<6xf64>
    %t11 = weft.sum %t10 axes [0] : tensor<6xf64>
    %t12 = weft.add %t8, %t11 : tensor<f64>, tensor<f64>
    %c13 = weft.constant dense<1.0> : tensor<f64>
    weft.return %t12, %c13 : tensor<f64>, tensor<f64>
  }
  weft.train @loss optimizer(#weft.adamw)
}
