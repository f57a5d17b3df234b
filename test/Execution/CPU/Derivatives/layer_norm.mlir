// weft.layer_norm over rows of several lengths, of inputs of rank 1, 2 and 3.
module @layer_norm {
  weft.model @loss() -> (tensor<f64>, tensor<f64>) {
    %a0 = weft.parameter "a0" init(normal, 0.5) : tensor<5xf64>
    %a0gain = weft.parameter "a0gain" init(normal, 0.5) : tensor<5xf64>
    %a0bias = weft.parameter "a0bias" init(normal, 0.5) : tensor<5xf64>
    %t1 = weft.layer_norm %a0, %a0gain, %a0bias {eps = 1.0e-5} : tensor<5xf64>, tensor<5xf64>, tensor<5xf64>
    %w0 = weft.parameter "w0" init(normal, 0.5) : tensor<5xf64>
    %t2 = weft.mul %t1, %w0 : tensor<5xf64>, tensor<5xf64>
    %t3 = weft.sum %t2 axes [0] : tensor<5xf64>
    %a1 = weft.parameter "a1" init(normal, 0.5) : tensor<3x19xf64>
    %a1gain = weft.parameter "a1gain" init(normal, 0.5) : tensor<19xf64>
    %a1bias = weft.parameter "a1bias" init(normal, 0.5) : tensor<19xf64>
    %t4 = weft.layer_norm %a1, %a1gain, %a1bias {eps = 1.0e-5} : tensor<3x19xf64>, tensor<19xf64>, tensor<19xf64>
    %w1 = weft.parameter "w1" init(normal, 0.5) : tensor<3x19xf64>
    %t5 = weft.mul %t4, %w1 : tensor<3x19xf64>, tensor<3x19xf64>
    %t6 = weft.sum %t5 axes [0, 1] : tensor<3x19xf64>
    %t7 = weft.add %t3, %t6 : tensor<f64>, tensor<f64>
    %a2 = weft.parameter "a2" init(normal, 0.5) : tensor<2x3x7xf64>
    %a2gain = weft.parameter "a2gain" init(normal, 0.5) : tensor<7xf64>
    %a2bias = weft.parameter "a2bias" init(normal, 0.5) : tensor<7xf64>
    %t8 = weft.layer_norm %a2, %a2gain, %a2bias {eps = 1.0e-5} : tensor<2x3x7xf64>, tensor<7xf64>, tensor<7xf64>
    %w2 = weft.parameter "w2" init(normal, 0.5) : tensor<2x3x7xf64>
    %t9 = weft.mul %t8, %w2 : tensor<2x3x7xf64>, tensor<2x3x7xf64>
    %t10 = weft.sum %t9 axes [0, 1, 2] : tensor<2x3x7xf64>
    %t11 = weft.add %t7, %t10 : tensor<f64>, tensor<f64>
    %a3 = weft.parameter "a3" init(normal, 0.5) : tensor<2x67xf64>
    %a3gain = weft.parameter "a3gain" init(normal, 0.5) : tensor<67xf64>
    %a3bias = weft.parameter "a3bias" init(normal, 0.5) : tensor<67xf64>
    %t12 = weft.layer_norm %a3, %a3gain, %a3bias {eps = 1.0e-5} : tensor<2x67xf64>, tensor<67xf64>, tensor<67xf64>
    %w3 = weft.parameter "w3" init(normal, 0.5) : tensor<2x67xf64>
    %t13 = weft.mul %t12, %w3 : tensor<2x67xf64>, tensor<2x67xf64>
    %t14 = weft.sum %t13 axes [0, 1] : tensor<2x67xf64>
    %t15 = weft.add %t11, %t14 : tensor<f64>, tensor<f64>
    %c16 = weft.constant dense<1.0> : tensor<f64>
    weft.return %t15, %c16 : tensor<f64>, tensor<f64>
  }
  weft.train @loss optimizer(#weft.adamw)
}
