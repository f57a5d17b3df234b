// Scores are replaced where a key is padding or comes later, as masked_fill does.
module @masked_fill {
  weft.model @loss(%keep: tensor<2x9xf64>) -> (tensor<f64>, tensor<f64>) {
    %q = weft.parameter "q" init(normal, 1.0) : tensor<2x4x9x8xf64>
    %k = weft.parameter "k" init(normal, 1.0) : tensor<2x4x9x8xf64>
    %v = weft.parameter "v" init(normal, 1.0) : tensor<2x4x9x8xf64>
    %products = weft.matmul %q, %k {transpose_b} : tensor<2x4x9x8xf64>, tensor<2x4x9x8xf64>
    %half = weft.constant dense<0.5> : tensor<f64>
    %scores = weft.mul %products, %half : tensor<2x4x9x9xf64>, tensor<f64>
    %i = weft.iota : tensor<9xi32>
    %row = weft.reshape %i : tensor<9xi32> to tensor<9x1xi32>
    %later = weft.compare lt %row, %i : tensor<9x1xi32>, tensor<9xi32> -> tensor<9x9xf64>
    %keys = weft.reshape %keep : tensor<2x9xf64> to tensor<2x1x1x9xf64>
    %zero = weft.constant dense<0.0> : tensor<f64>
    %padding = weft.compare eq %keys, %zero : tensor<2x1x1x9xf64>, tensor<f64> -> tensor<2x1x1x9xf64>
    %mask = weft.max %later, %padding : tensor<9x9xf64>, tensor<2x1x1x9xf64>
    %low = weft.constant dense<0xFFF0000000000000> : tensor<f64>
    %m = weft.where %mask, %low, %scores : tensor<2x1x9x9xf64>, tensor<f64>, tensor<2x4x9x9xf64>
    %p = weft.softmax %m : tensor<2x4x9x9xf64>
    %o = weft.matmul %p, %v : tensor<2x4x9x9xf64>, tensor<2x4x9x8xf64>
    %g = weft.parameter "g" init(normal, 1.0) : tensor<2x4x9x8xf64>
    %y = weft.mul %o, %g : tensor<2x4x9x8xf64>, tensor<2x4x9x8xf64>
    %sum = weft.sum %y axes [0, 1, 2, 3] : tensor<2x4x9x8xf64>
    %one = weft.constant dense<1.0> : tensor<f64>
    weft.return %sum, %one : tensor<f64>, tensor<f64>
  }
  weft.train @loss optimizer(#weft.adamw)
}
