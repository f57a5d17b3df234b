// More queries than keys: the first ones see none, and weigh all alike.
module @fill_positions {
  weft.model @loss() -> (tensor<f64>, tensor<f64>) {
    %q = weft.parameter "q" init(normal, 1.0) : tensor<2x4x9x8xf64>
    %k = weft.parameter "k" init(normal, 1.0) : tensor<2x4x5x8xf64>
    %v = weft.parameter "v" init(normal, 1.0) : tensor<2x4x5x8xf64>
    %products = weft.matmul %q, %k {transpose_b} : tensor<2x4x9x8xf64>, tensor<2x4x5x8xf64>
    %half = weft.constant dense<0.5> : tensor<f64>
    %scores = weft.mul %products, %half : tensor<2x4x9x5xf64>, tensor<f64>
    %m = weft.causal_mask %scores fill(-1.0e9) : tensor<2x4x9x5xf64>
    %p = weft.softmax %m : tensor<2x4x9x5xf64>
    %o = weft.matmul %p, %v : tensor<2x4x9x5xf64>, tensor<2x4x5x8xf64>
    %g = weft.parameter "g" init(normal, 1.0) : tensor<2x4x9x8xf64>
    %y = weft.mul %o, %g : tensor<2x4x9x8xf64>, tensor<2x4x9x8xf64>
    %sum = weft.sum %y axes [0, 1, 2, 3] : tensor<2x4x9x8xf64>
    %one = weft.constant dense<1.0> : tensor<f64>
    weft.return %sum, %one : tensor<f64>, tensor<f64>
  }
  weft.train @loss optimizer(#weft.adamw)
}
