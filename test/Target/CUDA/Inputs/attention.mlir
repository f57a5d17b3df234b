// Three blocks of keys and queries each, the last one not full; heads that share keys; every term of the scores.
module @attention {
  weft.model @loss(%ids: tensor<1x100xi32>) -> (tensor<f32>, tensor<f32>) {
    %q = weft.parameter "q" init(normal, 1.0) : tensor<1x2x100x24xf32>
    %k = weft.parameter "k" init(normal, 1.0) : tensor<1x1x100x24xf32>
    %v = weft.parameter "v" init(normal, 1.0) : tensor<1x1x100x40xf32>
    %slopes = weft.constant dense<0.01> : tensor<2xf32>
    %o, %lse = weft.attention %q, %k, %v {scale = 0.2, causal, window = 40, softcap = 20.0, dropout = 0.1}
        : tensor<1x2x100x24xf32>, tensor<1x1x100x24xf32>, tensor<1x1x100x40xf32>
    %p, %lsp = weft.attention %q, %k, %v alibi %slopes : tensor<2xf32> documents %ids, %ids : tensor<1x100xi32>, tensor<1x100xi32> {scale = 0.2}
        : tensor<1x2x100x24xf32>, tensor<1x1x100x24xf32>, tensor<1x1x100x40xf32>
    %b, %lsb = weft.attention %q, %k, %v {scale = 0.2, window = 30, ahead = 20}
        : tensor<1x2x100x24xf32>, tensor<1x1x100x24xf32>, tensor<1x1x100x40xf32>
    %x = weft.mul %o, %b : tensor<1x2x100x40xf32>, tensor<1x2x100x40xf32>
    %y = weft.mul %x, %p : tensor<1x2x100x40xf32>, tensor<1x2x100x40xf32>
    %sum = weft.sum %y axes [0, 1, 2, 3] : tensor<1x2x100x40xf32>
    %one = weft.constant dense<1.0> : tensor<f32>
    weft.return %sum, %one : tensor<f32>, tensor<f32>
  }
  weft.train @loss optimizer(#weft.adamw)
}
