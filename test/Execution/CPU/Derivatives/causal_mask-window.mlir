// weft.causal_mask with a window, and a finite fill: as many keys as queries, more, fewer; a window of one and one
// of all; and with -infinity in front of a softmax.
module @causal_mask {
  weft.model @loss() -> (tensor<f64>, tensor<f64>) {
    %a0 = weft.parameter "a0" init(normal, 0.5) : tensor<5x5xf64>
    %t1 = weft.causal_mask %a0 fill(0.25) {window = 2} : tensor<5x5xf64>
    %w0 = weft.parameter "w0" init(normal, 0.5) : tensor<5x5xf64>
    %t2 = weft.mul %t1, %w0 : tensor<5x5xf64>, tensor<5x5xf64>
    %t3 = weft.sum %t2 axes [0, 1] : tensor<5x5xf64>
    %a1 = weft.parameter "a1" init(normal, 0.5) : tensor<2x3x7xf64>
    %t4 = weft.causal_mask %a1 fill(0.25) {window = 3} : tensor<2x3x7xf64>
    %w1 = weft.parameter "w1" init(normal, 0.5) : tensor<2x3x7xf64>
    %t5 = weft.mul %t4, %w1 : tensor<2x3x7xf64>, tensor<2x3x7xf64>
    %t6 = weft.sum %t5 axes [0, 1, 2] : tensor<2x3x7xf64>
    %t7 = weft.add %t3, %t6 : tensor<f64>, tensor<f64>
    %a2 = weft.parameter "a2" init(normal, 0.5) : tensor<2x1x4x3xf64>
    %t8 = weft.causal_mask %a2 fill(0.25) {window = 1} : tensor<2x1x4x3xf64>
    %w2 = weft.parameter "w2" init(normal, 0.5) : tensor<2x1x4x3xf64>
    %t9 = weft.mul %t8, %w2 : tensor<2x1x4x3xf64>, tensor<2x1x4x3xf64>
    %t10 = weft.sum %t9 axes [0, 1, 2, 3] : tensor<2x1x4x3xf64>
    %t11 = weft.add %t7, %t10 : tensor<f64>, tensor<f64>
    %a3 = weft.parameter "a3" init(normal, 0.5) : tensor<5x5xf64>
    %t12 = weft.causal_mask %a3 fill(0.25) {window = 1} : tensor<5x5xf64>
    %w3 = weft.parameter "w3" init(normal, 0.5) : tensor<5x5xf64>
    %t13 = weft.mul %t12, %w3 : tensor<5x5xf64>, tensor<5x5xf64>
    %t14 = weft.sum %t13 axes [0, 1] : tensor<5x5xf64>
    %t15 = weft.add %t11, %t14 : tensor<f64>, tensor<f64>
    %a4 = weft.parameter "a4" init(normal, 0.5) : tensor<5x5xf64>
    %t16 = weft.causal_mask %a4 fill(0.25) {window = 9} : tensor<5x5xf64>
    %w4 = weft.parameter "w4" init(normal, 0.5) : tensor<5x5xf64>
    %t17 = weft.mul %t16, %w4 : tensor<5x5xf64>, tensor<5x5xf64>
    %t18 = weft.sum %t17 axes [0, 1] : tensor<5x5xf64>
    %t19 = weft.add %t15, %t18 : tensor<f64>, tensor<f64>
    %a5 = weft.parameter "a5" init(normal, 0.5) : tensor<2x70x70xf64>
    %t20 = weft.causal_mask %a5 fill(0.25) {window = 66} : tensor<2x70x70xf64>
    %w5 = weft.parameter "w5" init(normal, 0.5) : tensor<2x70x70xf64>
    %t21 = weft.mul %t20, %w5 : tensor<2x70x70xf64>, tensor<2x70x70xf64>
    %t22 = weft.sum %t21 axes [0, 1, 2] : tensor<2x70x70xf64>
    %t23 = weft.add %t19, %t22 : tensor<f64>, tensor<f64>
    %scores = weft.parameter "scores" init(normal, 0.5) : tensor<2x5x5xf64>
    %t24 = weft.causal_mask %scores {window = 2} : tensor<2x5x5xf64>
    %t25 = weft.softmax %t24 : tensor<2x5x5xf64>
    %w6 = weft.parameter "w6" init(normal, 0.5) : tensor<2x5x5xf64>
    %t26 = weft.mul %t25, %w6 : tensor<2x5x5xf64>, tensor<2x5x5xf64>
    %t27 = weft.sum %t26 axes [0, 1, 2] : tensor<2x5x5xf64>
    %t28 = weft.add %t23, %t27 : tensor<f64>, tensor<f64>
    %one = weft.constant dense<1.0> : tensor<f64>
    weft.return %t28, %one : tensor<f64>, tensor<f64>
  }
  weft.train @loss optimizer(#weft.adamw)
}
