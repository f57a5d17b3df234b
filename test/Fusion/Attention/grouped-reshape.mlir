// Two heads of queries for each of keys, one behind the other in its rows.
module @grouped_reshape {
  weft.model @loss() -> (tensor<f64>, tensor<f64>) {
    %q = weft.parameter "q" init(normal, 1.0) : tensor<2x4x9x8xf64>
    %k = weft.parameter "k" init(normal, 1.0) : tensor<2x2x9x8xf64>
    %v = weft.parameter "v" init(normal, 1.0) : tensor<2x2x9x8xf64>
    %grouped = weft.reshape %q : tensor<2x4x9x8xf64> to tensor<2x2x18x8xf64>
    %products = weft.matmul %grouped, %k {transpose_b} : tensor<2x2x18x8xf64>, tensor<2x2x9x8xf64>
    %half = weft.constant dense<0.5> : tensor<f64>
    %scores = weft.mul %products, %half : tensor<2x2x18x9xf64>, tensor<f64>
    %h = weft.reshape %scores : tensor<2x2x18x9xf64> to tensor<2x2x2x9x9xf64>
    %m = weft.causal_mask %h : tensor<2x2x2x9x9xf64>
    %p5 = weft.softmax %m : tensor<2x2x2x9x9xf64>
    %p = weft.reshape %p5 : tensor<2x2x2x9x9xf64> to tensor<2x2x18x9xf64>
    %o1 = weft.matmul %p, %v : tensor<2x2x18x9xf64>, tensor<2x2x9x8xf64>
    %o = weft.reshape %o1 : tensor<2x2x18x8xf64> to tensor<2x4x9x8xf64>
    %g = weft.parameter "g" init(normal, 1.0) : tensor<2x4x9x8xf64>
    %y = weft.mul %o, %g : tensor<2x4x9x8xf64>, tensor<2x4x9x8xf64>
    %sum = weft.sum %y axes [0, 1, 2, 3] : tensor<2x4x9x8xf64>
    %one = weft.constant dense<1.0> : tensor<f64>
    weft.return %sum, %one : tensor<f64>, tensor<f64>
  }
  weft.train @loss optimizer(#weft.adamw)
}
