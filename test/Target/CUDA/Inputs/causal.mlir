// Three blocks of keys and queries, of heads that share keys: every loop has several rounds.
module @attention {
  weft.model @loss() -> (tensor<f32>, tensor<f32>) {
    %q = weft.parameter "q" init(normal, 1.0) : tensor<1x2x150x16xf32>
    %k = weft.parameter "k" init(normal, 1.0) : tensor<1x1x150x16xf32>
    %v = weft.parameter "v" init(normal, 1.0) : tensor<1x1x150x16xf32>
    %o, %lse = weft.attention %q, %k, %v {scale = 0.2, causal} : tensor<1x2x150x16xf32>, tensor<1x1x150x16xf32>, tensor<1x1x150x16xf32>
    %sum = weft.sum %o axes [0, 1, 2, 3] : tensor<1x2x150x16xf32>
    %one = weft.constant dense<1.0> : tensor<f32>
    weft.return %sum, %one : tensor<f32>, tensor<f32>
  }
  weft.train @loss optimizer(#weft.adamw)
}
