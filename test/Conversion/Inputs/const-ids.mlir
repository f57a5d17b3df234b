module @m {
  weft.model @loss() -> (tensor<f64>, tensor<f64>) {
    %i = weft.constant dense<2> : tensor<3xi32>
    %w = weft.parameter "w" init(normal, 1.0) : tensor<7x5xf64>
    %e = weft.embedding %i, %w : tensor<3xi32>, tensor<7x5xf64>
    %z = weft.tanh %e : tensor<3x5xf64>
    %s = weft.sum %z axes [0, 1] : tensor<3x5xf64>
    %n = weft.constant dense<1.0> : tensor<f64>
    weft.return %s, %n : tensor<f64>, tensor<f64>
  }
  weft.train @loss optimizer(#weft.adamw)
}
