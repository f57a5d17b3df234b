// Attention of bf16, whose heads are WIDTH wide: three blocks of keys and queries each, the last one not full.
module @attention {
  weft.model @loss() -> (tensor<f32>, tensor<f32>) {
    %q32 = weft.parameter "q" init(normal, 1.0) : tensor<1x2x70xWIDTHxf32>
    %k32 = weft.parameter "k" init(normal, 1.0) : tensor<1x1x70xWIDTHxf32>
    %v32 = weft.parameter "v" init(normal, 1.0) : tensor<1x1x70xWIDTHxf32>
    %q = weft.cast %q32 : tensor<1x2x70xWIDTHxf32> to tensor<1x2x70xWIDTHxbf16>
    %k = weft.cast %k32 : tensor<1x1x70xWIDTHxf32> to tensor<1x1x70xWIDTHxbf16>
    %v = weft.cast %v32 : tensor<1x1x70xWIDTHxf32> to tensor<1x1x70xWIDTHxbf16>
    %o, %lse = weft.attention %q, %k, %v {scale = 0.125, causal}
        : tensor<1x2x70xWIDTHxbf16>, tensor<1x1x70xWIDTHxbf16>, tensor<1x1x70xWIDTHxbf16>
    %o32 = weft.cast %o : tensor<1x2x70xWIDTHxbf16> to tensor<1x2x70xWIDTHxf32>
    %sum = weft.sum %o32 axes [0, 1, 2, 3] : tensor<1x2x70xWIDTHxf32>
    %one = weft.constant dense<1.0> : tensor<f32>
    weft.return %sum, %one : tensor<f32>, tensor<f32>
  }
  weft.train @loss optimizer(#weft.adamw)
}
