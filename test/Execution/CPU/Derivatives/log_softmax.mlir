// weft.log_softmax of rows shorter and longer than a tile.
module @log_softmax {
  weft.model @loss() -> (tensor<f64>, tensor<f64>) {
    %a0 = weft.parameter "a0" init(normal, 1.0) : tensor<3x5xf64>
    %t1 = weft.log_softmax %a0 : tensor<3x5xf64>
    %w0 = weft.parameter "w0" init(normal, 0.5) : tensor<3x5xf64>
    %t2 = weft.mul %t1, %w0 : tensor<3x5xf64>, tensor<3x5xf64>
    %t3 = weft.sum %t2 axes [0, 1] : tensor<3x5xf64>
    %a1 = weft.parameter "a1" init(normal, 1.0) : tensor<7xf64>
    %t4 = weft.log_softmax %a1 : tensor<7xf64>
    %w1 = weft.parameter "w1" init(normal, 0.5) : tensor<7xf64>
    %t5 = weft.mul %t4, %w1 : tensor<7xf64>, tensor<7xf64>
    %t6 = weft.sum %t5 axes [0] : tensor<7xf64>
    %t7 = weft.add %t3, %t6 : tensor<f64>, tensor<f64>
    %a2 = weft.parameter "a2" init(normal, 1.0) : tensor<2x3x67xf64>
    %t8 = weft.log_softmax %a2 : tensor<2x3x67xf64>
    %w2 = weft.parameter "w2" init(normal, 0.5) : tensor<2x3x67xf64>
    %t9 = weft.mul %t8, %w2 : tensor<2x3x67xf64>, tensor<2x3x67xf64>
    %t10 = weft.sum %t9 axes [0, 1, 2] : tensor<2x3x67xf64>
    %t11 = weft.add %t7, %t10 : tensor<f64>, tensor<f64>
    %a3 = weft.parameter "a3" init(normal, 1.0) : tensor<5x1xf64>
    %t12 = weft.log_softmax %a3 : tensor<5x1xf64>
    %w3 = weft.parameter "w3" init(normal, 0.5) : tensor<5x1xf64>
    %t13 = weft.mul %t12, %w3 : tensor<5x1xf64>, tensor<5x1xf64>
    %t14 = weft.sum %t13 axes [0, 1] : tensor<5x1xf64>
    %t15 = weft.add %t11, %t14 : tensor<f64>, tensor<f64>
    %one = weft.constant dense<1.0> : tensor<f64>
    weft.return %t15, %one : tensor<f64>, tensor<f64>
  }
  weft.train @loss optimizer(#weft.adamw)
}
