// weft.linear: one weight in two layers, whose contributions add up.
module @linear_tied {
  weft.model @loss() -> (tensor<f64>, tensor<f64>) {
    %x = weft.parameter "x" init(normal, 0.5) : tensor<3x5xf64>
    %w = weft.parameter "w" init(normal, 0.5) : tensor<5x5xf64>
    %t1 = weft.linear out_in %x, %w : (tensor<3x5xf64>, tensor<5x5xf64>) -> tensor<3x5xf64>
    %t2 = weft.linear in_out %t1, %w : (tensor<3x5xf64>, tensor<5x5xf64>) -> tensor<3x5xf64>
    %out = weft.parameter "out" init(normal, 0.5) : tensor<3x5xf64>
    %t3 = weft.mul %t2, %out : tensor<3x5xf64>, tensor<3x5xf64>
    %t4 = weft.sum %t3 axes [0, 1] : tensor<3x5xf64>
    %c5 = weft.constant dense<1.0> : tensor<f64>
    weft.return %t4, %c5 : tensor<f64>, tensor<f64>
  }
  weft.train @loss optimizer(#weft.adamw)
}
