module @m {
  weft.model @loss(%t: tensor<2x3xi32>) -> (tensor<f64>, tensor<f64>) {
    %a = weft.parameter "a" init(normal, 1.0) : tensor<2x3x1xf64>
    %b = weft.parameter "b" init(normal, 1.0) : tensor<2x3x5xf64>
    %q = weft.mul %a, %a : tensor<2x3x1xf64>, tensor<2x3x1xf64>
    %s, %n = weft.cross_entropy %q, %t : tensor<2x3x1xf64>, tensor<2x3xi32>
    %y = weft.mul %b, %q : tensor<2x3x5xf64>, tensor<2x3x1xf64>
    %z = weft.sum %y axes [0, 1, 2] : tensor<2x3x5xf64>
    %u = weft.add %s, %z : tensor<f64>, tensor<f64>
    weft.return %u, %n : tensor<f64>, tensor<f64>
  }
  weft.train @loss optimizer(#weft.adamw)
}
