module @m {
  weft.model @loss() -> (tensor<f64>, tensor<f64>) {
    %a = weft.parameter "a" init(normal, 1.0) : tensor<4x6x5xf64>
    %b = weft.parameter "b" init(normal, 1.0) : tensor<1x1x3xf64>
    %c = weft.slice %a offsets [0, 2, 1] sizes [4, 1, 1] : tensor<4x6x5xf64>
    %d = weft.transpose %c [2, 0, 1] : tensor<4x1x1xf64>
    %e = weft.matmul %d, %b : tensor<1x4x1xf64>, tensor<1x1x3xf64>
    %t = weft.tanh %e : tensor<1x4x3xf64>
    %s = weft.sum %t axes [0, 1, 2] : tensor<1x4x3xf64>
    %n = weft.constant dense<1.0> : tensor<f64>
    weft.return %s, %n : tensor<f64>, tensor<f64>
  }
  weft.train @loss optimizer(#weft.adamw)
}
