// Neighbours on both sides, more of them before, without a causal mask.
module @window_both_ways {
  weft.model @loss() -> (tensor<f64>, tensor<f64>) {
    %q = weft.parameter "q" init(normal, 1.0) : tensor<2x4x9x8xf64>
    %k = weft.parameter "k" init(normal, 1.0) : tensor<2x4x9x8xf64>
    %v = weft.parameter "v" init(normal, 1.0) : tensor<2x4x9x8xf64>
    %products = weft.matmul %q, %k {transpose_b} : tensor<2x4x9x8xf64>, tensor<2x4x9x8xf64>
    %half = weft.constant dense<0.5> : tensor<f64>
    %scores = weft.mul %products, %half : tensor<2x4x9x9xf64>, tensor<f64>
    %i = weft.iota : tensor<9xi32>
    %row = weft.reshape %i : tensor<9xi32> to tensor<9x1xi32>
    %far = weft.cast %row : tensor<9x1xi32> to tensor<9x1xf64>
    %j = weft.cast %i : tensor<9xi32> to tensor<9xf64>
    %distance = weft.sub %far, %j : tensor<9x1xf64>, tensor<9xf64>
    %size = weft.constant dense<3.0> : tensor<f64>
    %near = weft.compare lt %distance, %size : tensor<9x9xf64>, tensor<f64> -> tensor<9x9xf64>
    %minus = weft.constant dense<-2.0> : tensor<f64>
    %after = weft.compare ge %distance, %minus : tensor<9x9xf64>, tensor<f64> -> tensor<9x9xf64>
    %both = weft.min %near, %after : tensor<9x9xf64>, tensor<9x9xf64>
    %low = weft.constant dense<-1.0e30> : tensor<f64>
    %m = weft.where %both, %scores, %low : tensor<9x9xf64>, tensor<2x4x9x9xf64>, tensor<f64>
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
