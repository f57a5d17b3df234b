// weft.cross_entropy, each with a factor of its own; one with an ignored target (the id 4, which
// is no class).
module @cross_entropy {
  weft.model @loss() -> (tensor<f64>, tensor<f64>) {
    %a0 = weft.parameter "a0" init(normal, 1.0) : tensor<5x7xf64>
    %i1 = weft.iota : tensor<5xi32>
    %sum2, %weight3 = weft.cross_entropy %a0, %i1 : tensor<5x7xf64>, tensor<5xi32>
    %factor0 = weft.parameter "factor0" init(normal, 0.5) : tensor<f64>
    %t4 = weft.mul %sum2, %factor0 : tensor<f64>, tensor<f64>
    %a1 = weft.parameter "a1" init(normal, 1.0) : tensor<2x3x6xf64>
    %i5 = weft.iota : tensor<6xi32>
    %i6 = weft.reshape %i5 : tensor<6xi32> to tensor<2x3xi32>
    %sum7, %weight8 = weft.cross_entropy %a1, %i6 : tensor<2x3x6xf64>, tensor<2x3xi32>
    %factor1 = weft.parameter "factor1" init(normal, 0.5) : tensor<f64>
    %t9 = weft.mul %sum7, %factor1 : tensor<f64>, tensor<f64>
    %t10 = weft.add %t4, %t9 : tensor<f64>, tensor<f64>
    %a2 = weft.parameter "a2" init(normal, 1.0) : tensor<5x4xf64>
    %i11 = weft.iota : tensor<5xi32>
    %sum12, %weight13 = weft.cross_entropy %a2, %i11 {ignore_index = 4} : tensor<5x4xf64>, tensor<5xi32>
    %factor2 = weft.parameter "factor2" init(normal, 0.5) : tensor<f64>
    %t14 = weft.mul %sum12, %factor2 : tensor<f64>, tensor<f64>
    %t15 = weft.add %t10, %t14 : tensor<f64>, tensor<f64>
    %a3 = weft.parameter "a3" init(normal, 1.0) : tensor<3x67xf64>
    %i16 = weft.iota : tensor<3xi32>
    %sum17, %weight18 = weft.cross_entropy %a3, %i16 {ignore_index = -100} : tensor<3x67xf64>, tensor<3xi32>
    %factor3 = weft.parameter "factor3" init(normal, 0.5) : tensor<f64>
    %t19 = weft.mul %sum17, %factor3 : tensor<f64>, tensor<f64>
    %t20 = weft.add %t15, %t19 : tensor<f64>, tensor<f64>
    %c21 = weft.constant dense<1.0> : tensor<f64>
    weft.return %t20, %c21 : tensor<f64>, tensor<f64>
  }
  weft.train @loss optimizer(#weft.adamw)
}
