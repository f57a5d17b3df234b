// weft.slice from the start, the middle and the end; two slices of one value.
module @slice {
  weft.model @loss() -> (tensor<f64>, tensor<f64>) {
    %a0 = weft.parameter "a0" init(normal, 0.5) : tensor<7xf64>
    %t1 = weft.slice %a0 offsets [2] sizes [3] : tensor<7xf64>
    %w0 = weft.parameter "w0" init(normal, 0.5) : tensor<3xf64>
    %t2 = weft.mul %t1, %w0 : tensor<3xf64>, tensor<3xf64>
    %t3 = weft.sum %t2 axes [0] : tensor<3xf64>
    %a1 = weft.parameter "a1" init(normal, 0.5) : tensor<3x10xf64>
    %t4 = weft.slice %a1 offsets [0, 4] sizes [3, 6] : tensor<3x10xf64>
    %w1 = weft.parameter "w1" init(normal, 0.5) : tensor<3x6xf64>
    %t5 = weft.mul %t4, %w1 : tensor<3x6xf64>, tensor<3x6xf64>
    %t6 = weft.sum %t5 axes [0, 1] : tensor<3x6xf64>
    %t7 = weft.add %t3, %t6 : tensor<f64>, tensor<f64>
    %a2 = weft.parameter "a2" init(normal, 0.5) : tensor<2x5x7xf64>
    %t8 = weft.slice %a2 offsets [1, 0, 3] sizes [1, 4, 2] : tensor<2x5x7xf64>
    %w2 = weft.parameter "w2" init(normal, 0.5) : tensor<1x4x2xf64>
    %t9 = weft.mul %t8, %w2 : tensor<1x4x2xf64>, tensor<1x4x2xf64>
    %t10 = weft.sum %t9 axes [0, 1, 2] : tensor<1x4x2xf64>
    %t11 = weft.add %t7, %t10 : tensor<f64>, tensor<f64>
    %twice = weft.parameter "twice" init(normal, 0.5) : tensor<4x5xf64>
    %t12 = weft.slice %twice offsets [0, 1] sizes [3, 4] : tensor<4x5xf64>
    %twice_w0 = weft.parameter "twice_w0" init(normal, 0.5) : tensor<3x4xf64>
    %t13 = weft.mul %t12, %twice_w0 : tensor<3x4xf64>, tensor<3x4xf64>
    %t14 = weft.sum %t13 axes [0, 1] : tensor<3x4xf64>
    %t15 = weft.add %t11, %t14 : tensor<f64>, tensor<f64>
    %t16 = weft.slice %twice offsets [1, 0] sizes [3, 4] : tensor<4x5xf64>
    %twice_w1 = weft.parameter "twice_w1" init(normal, 0.5) : tensor<3x4xf64>
    %t17 = weft.mul %t16, %twice_w1 : tensor<3x4xf64>, tensor<3x4xf64>
    %t18 = weft.sum %t17 axes [0, 1] : tensor<3x4xf64>
    %t19 = weft.add %t15, %t18 : tensor<f64>, tensor<f64>
    %c20 = weft.constant dense<1.0> : tensor<f64>
    weft.return %t19, %c20 : tensor<f64>, tensor<f64>
  }
  weft.train @loss optimizer(#weft.adamw)
}
