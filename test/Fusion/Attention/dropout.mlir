// Dropout of the weights: the draw of each is that of the text as it stands.
module @dropout {
  weft.model @loss(%ids: tensor<2x1xi32>) -> (tensor<f64>, tensor<f64>) {
    %q = weft.parameter "q" init(normal, 1.0) : tensor<2x4x70x8xf64>
    %k = weft.parameter "k" init(normal, 1.0) : tensor<2x4x70x8xf64>
    %v = weft.parameter "v" init(normal, 1.0) : tensor<2x4x70x8xf64>
    %products = weft.matmul %q, %k {transpose_b} : tensor<2x4x70x8xf64>, tensor<2x4x70x8xf64>
    %half = weft.constant dense<0.5> : tensor<f64>
    %scores = weft.mul %products, %half : tensor<2x4x70x70xf64>, tensor<f64>
    %m = weft.causal_mask %scores : tensor<2x4x70x70xf64>
    %shares = weft.softmax %m : tensor<2x4x70x70xf64>
    %p = weft.dropout %shares {rate = 0.25} : tensor<2x4x70x70xf64>
    %o = weft.matmul %p, %v : tensor<2x4x70x70xf64>, tensor<2x4x70x8xf64>
    %g = weft.parameter "g" init(normal, 1.0) : tensor<2x4x70x8xf64>
    %y = weft.mul %o, %g : tensor<2x4x70x8xf64>, tensor<2x4x70x8xf64>
    %sum = weft.sum %y axes [0, 1, 2, 3] : tensor<2x4x70x8xf64>
    %one = weft.constant dense<1.0> : tensor<f64>
    weft.return %sum, %one : tensor<f64>, tensor<f64>
  }
  weft.train @loss optimizer(#weft.adamw)
}
