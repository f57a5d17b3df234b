// Keys and values repeated for two heads of queries each.
module @grouped_repeat {
  weft.model @loss() -> (tensor<f64>, tensor<f64>) {
    %q = weft.parameter "q" init(normal, 1.0) : tensor<2x4x9x8xf64>
    %k = weft.parameter "k" init(normal, 1.0) : tensor<2x2x9x8xf64>
    %v = weft.parameter "v" init(normal, 1.0) : tensor<2x2x9x8xf64>
    %k1 = weft.reshape %k : tensor<2x2x9x8xf64> to tensor<2x2x1x9x8xf64>
    %k2 = weft.broadcast %k1 : tensor<2x2x1x9x8xf64> to tensor<2x2x2x9x8xf64>
    %k3 = weft.reshape %k2 : tensor<2x2x2x9x8xf64> to tensor<2x4x9x8xf64>
    %v1 = weft.reshape %v : tensor<2x2x9x8xf64> to tensor<2x2x1x9x8xf64>
    %v2 = weft.broadcast %v1 : tensor<2x2x1x9x8xf64> to tensor<2x2x2x9x8xf64>
    %v3 = weft.reshape %v2 : tensor<2x2x2x9x8xf64> to tensor<2x4x9x8xf64>
    %products = weft.matmul %q, %k3 {transpose_b} : tensor<2x4x9x8xf64>, tensor<2x4x9x8xf64>
    %half = weft.constant dense<0.5> : tensor<f64>
    %scores = weft.mul %products, %half : tensor<2x4x9x9xf64>, tensor<f64>
    %m = weft.causal_mask %scores : tensor<2x4x9x9xf64>
    %p = weft.softmax %m : tensor<2x4x9x9xf64>
    %o = weft.matmul %p, %v3 : tensor<2x4x9x9xf64>, tensor<2x4x9x8xf64>
    %g = weft.parameter "g" init(normal, 1.0) : tensor<2x4x9x8xf64>
    %y = weft.mul %o, %g : tensor<2x4x9x8xf64>, tensor<2x4x9x8xf64>
    %sum = weft.sum %y axes [0, 1, 2, 3] : tensor<2x4x9x8xf64>
    %one = weft.constant dense<1.0> : tensor<f64>
    weft.return %sum, %one : tensor<f64>, tensor<f64>
  }
  weft.train @loss optimizer(#weft.adamw)
}
