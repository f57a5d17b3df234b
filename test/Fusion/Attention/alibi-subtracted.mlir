// ALiBi with one slope for all heads, subtracted; no causal mask.
module @alibi_subtracted {
  weft.model @loss() -> (tensor<f64>, tensor<f64>) {
    %q = weft.parameter "q" init(normal, 1.0) : tensor<2x4x9x8xf64>
    %k = weft.parameter "k" init(normal, 1.0) : tensor<2x4x9x8xf64>
    %v = weft.parameter "v" init(normal, 1.0) : tensor<2x4x9x8xf64>
    %products = weft.matmul %q, %k {transpose_b} : tensor<2x4x9x8xf64>, tensor<2x4x9x8xf64>
    %half = weft.constant dense<0.5> : tensor<f64>
    %scores = weft.mul %products, %half : tensor<2x4x9x9xf64>, tensor<f64>
    %i = weft.iota : tensor<9xi32>
    %row = weft.reshape %i : tensor<9xi32> to tensor<1x1x9x1xi32>
    %j = weft.cast %i : tensor<9xi32> to tensor<9xf64>
    %r = weft.cast %row : tensor<1x1x9x1xi32> to tensor<1x1x9x1xf64>
    %distance = weft.sub %r, %j : tensor<1x1x9x1xf64>, tensor<9xf64>
    %slopes = weft.constant dense<0.25> : tensor<1x1x1xf64>
    %b = weft.mul %distance, %slopes : tensor<1x1x9x9xf64>, tensor<1x1x1xf64>
    %biased = weft.sub %scores, %b : tensor<2x4x9x9xf64>, tensor<1x1x9x9xf64>
    %p = weft.softmax %biased : tensor<2x4x9x9xf64>
    %o = weft.matmul %p, %v : tensor<2x4x9x9xf64>, tensor<2x4x9x8xf64>
    %g = weft.parameter "g" init(normal, 1.0) : tensor<2x4x9x8xf64>
    %y = weft.mul %o, %g : tensor<2x4x9x8xf64>, tensor<2x4x9x8xf64>
    %sum = weft.sum %y axes [0, 1, 2, 3] : tensor<2x4x9x8xf64>
    %one = weft.constant dense<1.0> : tensor<f64>
    weft.return %sum, %one : tensor<f64>, tensor<f64>
  }
  weft.train @loss optimizer(#weft.adamw)
}
