// weft.linear with weights stored out_in: inputs of rank 1, 2, 3 and 4, with and without bias.
module @linear_out_in {
  weft.model @loss() -> (tensor<f64>, tensor<f64>) {
    %l0x = weft.parameter "l0x" init(normal, 0.5) : tensor<5xf64>
    %l0w = weft.parameter "l0w" init(normal, 0.5) : tensor<3x5xf64>
    %l0b = weft.parameter "l0b" init(normal, 0.5) : tensor<3xf64>
    %t1 = weft.linear out_in %l0x, %l0w, %l0b : (tensor<5xf64>, tensor<3x5xf64>, tensor<3xf64>) -> tensor<3xf64>
    %out0 = weft.parameter "out0" init(normal, 0.5) : tensor<3xf64>
    %t2 = weft.mul %t1, %out0 : tensor<3xf64>, tensor<3xf64>
    %t3 = weft.sum %t2 axes [0] : tensor<3xf64>
    %l1x = weft.parameter "l1x" init(normal, 0.5) : tensor<3x7xf64>
    %l1w = weft.parameter "l1w" init(normal, 0.5) : tensor<5x7xf64>
    %l1b = weft.parameter "l1b" init(normal, 0.5) : tensor<5xf64>
    %t4 = weft.linear out_in %l1x, %l1w, %l1b : (tensor<3x7xf64>, tensor<5x7xf64>, tensor<5xf64>) -> tensor<3x5xf64>
    %out1 = weft.parameter "out1" init(normal, 0.5) : tensor<3x5xf64>
    %t5 = weft.mul %t4, %out1 : tensor<3x5xf64>, tensor<3x5xf64>
    %t6 = weft.sum %t5 axes [0, 1] : tensor<3x5xf64>
    %t7 = weft.add %t3, %t6 : tensor<f64>, tensor<f64>
    %l2x = weft.parameter "l2x" init(normal, 0.5) : tensor<2x3x5xf64>
    %l2w = weft.parameter "l2w" init(normal, 0.5) : tensor<7x5xf64>
    %t8 = weft.linear out_in %l2x, %l2w : (tensor<2x3x5xf64>, tensor<7x5xf64>) -> tensor<2x3x7xf64>
    %out2 = weft.parameter "out2" init(normal, 0.5) : tensor<2x3x7xf64>
    %t9 = weft.mul %t8, %out2 : tensor<2x3x7xf64>, tensor<2x3x7xf64>
    %t10 = weft.sum %t9 axes [0, 1, 2] : tensor<2x3x7xf64>
    %t11 = weft.add %t7, %t10 : tensor<f64>, tensor<f64>
    %l3x = weft.parameter "l3x" init(normal, 0.5) : tensor<2x1x3x3xf64>
    %l3w = weft.parameter "l3w" init(normal, 0.5) : tensor<1x3xf64>
    %l3b = weft.parameter "l3b" init(normal, 0.5) : tensor<1xf64>
    %t12 = weft.linear out_in %l3x, %l3w, %l3b : (tensor<2x1x3x3xf64>, tensor<1x3xf64>, tensor<1xf64>) -> tensor<2x1x3x1xf64>
    %out3 = weft.parameter "out3" init(normal, 0.5) : tensor<2x1x3x1xf64>
    %t13 = weft.mul %t12, %out3 : tensor<2x1x3x1xf64>, tensor<2x1x3x1xf64>
    %t14 = weft.sum %t13 axes [0, 1, 2, 3] : tensor<2x1x3x1xf64>
    %t15 = weft.add %t11, %t14 : tensor<f64>, tensor<f64>
    %c16 = weft.constant dense<1.0> : tensor<f64>
    weft.return %t15, %c16 : tensor<f64>, tensor<f64>
  }
  weft.train @loss optimizer(#weft.adamw)
}
