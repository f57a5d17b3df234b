// weft.embedding: one table read twice (rows with two contributions, rows with none), also through
// a linear (tied weights); a table that is computed.
module @embedding {
  weft.model @loss() -> (tensor<f64>, tensor<f64>) {
    %table = weft.parameter "table" init(normal, 0.5) : tensor<9x4xf64>
    %i1 = weft.iota : tensor<6xi32>
    %i2 = weft.reshape %i1 : tensor<6xi32> to tensor<2x3xi32>
    %t3 = weft.embedding %i2, %table : tensor<2x3xi32>, tensor<9x4xf64>
    %w0 = weft.parameter "w0" init(normal, 0.5) : tensor<2x3x4xf64>
    %t4 = weft.mul %t3, %w0 : tensor<2x3x4xf64>, tensor<2x3x4xf64>
    %t5 = weft.sum %t4 axes [0, 1, 2] : tensor<2x3x4xf64>
    %i6 = weft.iota : tensor<5xi32>
    %t7 = weft.embedding %i6, %table : tensor<5xi32>, tensor<9x4xf64>
    %w1 = weft.parameter "w1" init(normal, 0.5) : tensor<5x4xf64>
    %t8 = weft.mul %t7, %w1 : tensor<5x4xf64>, tensor<5x4xf64>
    %t9 = weft.sum %t8 axes [0, 1] : tensor<5x4xf64>
    %t10 = weft.add %t5, %t9 : tensor<f64>, tensor<f64>
    %x = weft.parameter "x" init(normal, 0.5) : tensor<3x4xf64>
    %t11 = weft.linear out_in %x, %table : (tensor<3x4xf64>, tensor<9x4xf64>) -> tensor<3x9xf64>
    %w2 = weft.parameter "w2" init(normal, 0.5) : tensor<3x9xf64>
    %t12 = weft.mul %t11, %w2 : tensor<3x9xf64>, tensor<3x9xf64>
    %t13 = weft.sum %t12 axes [0, 1] : tensor<3x9xf64>
    %t14 = weft.add %t10, %t13 : tensor<f64>, tensor<f64>
    %factor = weft.parameter "factor" init(normal, 0.5) : tensor<5x7xf64>
    %scale = weft.parameter "scale" init(normal, 0.5) : tensor<7xf64>
    %t15 = weft.mul %factor, %scale : tensor<5x7xf64>, tensor<7xf64>
    %i16 = weft.iota : tensor<4xi32>
    %i17 = weft.reshape %i16 : tensor<4xi32> to tensor<2x1x2xi32>
    %t18 = weft.embedding %i17, %t15 : tensor<2x1x2xi32>, tensor<5x7xf64>
    %w3 = weft.parameter "w3" init(normal, 0.5) : tensor<2x1x2x7xf64>
    %t19 = weft.mul %t18, %w3 : tensor<2x1x2x7xf64>, tensor<2x1x2x7xf64>
    %t20 = weft.sum %t19 axes [0, 1, 2, 3] : tensor<2x1x2x7xf64>
    %t21 = weft.add %t14, %t20 : tensor<f64>, tensor<f64>
    %c22 = weft.constant dense<1.0> : tensor<f64>
    weft.return %t21, %c22 : tensor<f64>, tensor<f64>
  }
  weft.train @loss optimizer(#weft.adamw)
}
