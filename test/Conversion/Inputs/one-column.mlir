module @m {
  weft.model @loss(%t: tensor<2x3xi32>) -> (tensor<f64>, tensor<f64>) {
    %a = weft.parameter "a" init(normal, 1.0) : tensor<2x3x1xf64>
    %b = weft.parameter "b" init(normal, 1.0) : tensor<2x3x5xf64>
    %r = weft.sum %a axes [2] {keep_dims} : tensor<2x3x1xf64>
    %r2 = weft.mul %r, %a : tensor<2x3x1xf64>, tensor<2x3x1xf64>
    %q = weft.reduce_max %r2 axes [2] {keep_dims} : tensor<2x3x1xf64>
    %o = weft.softmax %q : tensor<2x3x1xf64>
    %k = weft.causal_mask %a {fill = -3.0} : tensor<2x3x1xf64>
    %y = weft.mul %q, %b : tensor<2x3x1xf64>, tensor<2x3x5xf64>
    %y2 = weft.mul %y, %k : tensor<2x3x5xf64>, tensor<2x3x1xf64>
    %y3 = weft.add %y2, %o : tensor<2x3x5xf64>, tensor<2x3x1xf64>
    %l = weft.tanh %y3 : tensor<2x3x5xf64>
    %s = weft.sum %l axes [0, 1, 2] : tensor<2x3x5xf64>
    %n = weft.constant dense<1.0> : tensor<f64>
    weft.return %s, %n : tensor<f64>, tensor<f64>
  }
  weft.train @loss optimizer(#weft.adamw)
}
