// Positions of queries and of more keys, both counted from 0: too far before or behind, as a constant that is added.
module @window_lengths {
  weft.model @loss() -> (tensor<f64>, tensor<f64>) {
    %q = weft.parameter "q" init(normal, 1.0) : tensor<1x4x70x8xf64>
    %k = weft.parameter "k" init(normal, 1.0) : tensor<1x4x150x8xf64>
    %v = weft.parameter "v" init(normal, 1.0) : tensor<1x4x150x8xf64>
    %products = weft.matmul %q, %k {transpose_b} : tensor<1x4x70x8xf64>, tensor<1x4x150x8xf64>
    %half = weft.constant dense<0.5> : tensor<f64>
    %scores = weft.mul %products, %half : tensor<1x4x70x150xf64>, tensor<f64>
    %i = weft.iota : tensor<70xi32>
    %query = weft.cast %i : tensor<70xi32> to tensor<70xf64>
    %row = weft.reshape %query : tensor<70xf64> to tensor<70x1xf64>
    %j = weft.iota : tensor<150xi32>
    %key = weft.cast %j : tensor<150xi32> to tensor<150xf64>
    %behind = weft.constant dense<9.0> : tensor<f64>
    %ahead = weft.constant dense<20.5> : tensor<f64>
    %first = weft.sub %row, %behind : tensor<70x1xf64>, tensor<f64>
    %last = weft.add %row, %ahead : tensor<70x1xf64>, tensor<f64>
    %before = weft.compare lt %key, %first : tensor<150xf64>, tensor<70x1xf64> -> tensor<70x150xf64>
    %after = weft.compare ge %key, %last : tensor<150xf64>, tensor<70x1xf64> -> tensor<70x150xf64>
    %outside = weft.max %before, %after : tensor<70x150xf64>, tensor<70x150xf64>
    %low = weft.constant dense<-1.0e30> : tensor<f64>
    %zero = weft.constant dense<0.0> : tensor<f64>
    %bias = weft.where %outside, %low, %zero : tensor<70x150xf64>, tensor<f64>, tensor<f64>
    %m = weft.add %scores, %bias : tensor<1x4x70x150xf64>, tensor<70x150xf64>
    %p = weft.softmax %m : tensor<1x4x70x150xf64>
    %o = weft.matmul %p, %v : tensor<1x4x70x150xf64>, tensor<1x4x150x8xf64>
    %g = weft.parameter "g" init(normal, 1.0) : tensor<1x4x70x8xf64>
    %y = weft.mul %o, %g : tensor<1x4x70x8xf64>, tensor<1x4x70x8xf64>
    %sum = weft.sum %y axes [0, 1, 2, 3] : tensor<1x4x70x8xf64>
    %one = weft.constant dense<1.0> : tensor<f64>
    weft.return %sum, %one : tensor<f64>, tensor<f64>
  }
  weft.train @loss optimizer(#weft.adamw)
}
