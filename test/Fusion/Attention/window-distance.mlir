// Neighbours on both sides as Longformer and ModernBERT have them: where the distance is too large, scores are replaced.
module @window_distance {
  weft.model @loss() -> (tensor<f64>, tensor<f64>) {
    %q = weft.parameter "q" init(normal, 1.0) : tensor<1x4x150x8xf64>
    %k = weft.parameter "k" init(normal, 1.0) : tensor<1x4x150x8xf64>
    %v = weft.parameter "v" init(normal, 1.0) : tensor<1x4x150x8xf64>
    %products = weft.matmul %q, %k {transpose_b} : tensor<1x4x150x8xf64>, tensor<1x4x150x8xf64>
    %half = weft.constant dense<0.5> : tensor<f64>
    %scores = weft.mul %products, %half : tensor<1x4x150x150xf64>, tensor<f64>
    %i = weft.iota : tensor<150xi32>
    %at = weft.cast %i : tensor<150xi32> to tensor<150xf64>
    %row = weft.reshape %at : tensor<150xf64> to tensor<150x1xf64>
    %offset = weft.sub %at, %row : tensor<150xf64>, tensor<150x1xf64>
    %distance = weft.abs %offset : tensor<150x150xf64>
    %size = weft.constant dense<17.0> : tensor<f64>
    %far = weft.compare gt %distance, %size : tensor<150x150xf64>, tensor<f64> -> tensor<150x150xf64>
    %low = weft.constant dense<0xFFF0000000000000> : tensor<f64>
    %m = weft.where %far, %low, %scores : tensor<150x150xf64>, tensor<f64>, tensor<1x4x150x150xf64>
    %p = weft.softmax %m : tensor<1x4x150x150xf64>
    %o = weft.matmul %p, %v : tensor<1x4x150x150xf64>, tensor<1x4x150x8xf64>
    %g = weft.parameter "g" init(normal, 1.0) : tensor<1x4x150x8xf64>
    %y = weft.mul %o, %g : tensor<1x4x150x8xf64>, tensor<1x4x150x8xf64>
    %sum = weft.sum %y axes [0, 1, 2, 3] : tensor<1x4x150x8xf64>
    %one = weft.constant dense<1.0> : tensor<f64>
    weft.return %sum, %one : tensor<f64>, tensor<f64>
  }
  weft.train @loss optimizer(#weft.adamw)
}
