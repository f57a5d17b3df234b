// Scores divided by a constant, and keys transposed by hand.
module @divided {
  weft.model @loss() -> (tensor<f64>, tensor<f64>) {
    %q = weft.parameter "q" init(normal, 1.0) : tensor<2x4x9x8xf64>
    %k = weft.parameter "k" init(normal, 1.0) : tensor<2x4x9x8xf64>
    %v = weft.parameter "v" init(normal, 1.0) : tensor<2x4x9x8xf64>
    %kt = weft.transpose %k [0, 1, 3, 2] : tensor<2x4x9x8xf64>
    %products = weft.matmul %q, %kt : tensor<2x4x9x8xf64>, tensor<2x4x8x9xf64>
    %two = weft.constant dense<2.0> : tensor<f64>
    %scores = weft.div %products, %two : tensor<2x4x9x9xf64>, tensor<f64>
    %p = weft.softmax %scores : tensor<2x4x9x9xf64>
    %o = weft.matmul %p, %v : tensor<2x4x9x9xf64>, tensor<2x4x9x8xf64>
    %g = weft.parameter "g" init(normal, 1.0) : tensor<2x4x9x8xf64>
    %y = weft.mul %o, %g : tensor<2x4x9x8xf64>, tensor<2x4x9x8xf64>
    %sum = weft.sum %y axes [0, 1, 2, 3] : tensor<2x4x9x8xf64>
    %one = weft.constant dense<1.0> : tensor<f64>
    weft.return %sum, %one : tensor<f64>, tensor<f64>
  }
  weft.train @loss optimizer(#weft.adamw)
}
