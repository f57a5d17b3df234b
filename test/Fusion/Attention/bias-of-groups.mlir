// A bias that differs between the heads of keys, and is the same for the queries that share one.
module @bias_of_groups {
  weft.model @loss(%b: tensor<2x1x9x9xf64>) -> (tensor<f64>, tensor<f64>) {
    %q = weft.parameter "q" init(normal, 1.0) : tensor<2x2x2x9x8xf64>
    %k = weft.parameter "k" init(normal, 1.0) : tensor<2x2x2x9x8xf64>
    %v = weft.parameter "v" init(normal, 1.0) : tensor<2x2x2x9x8xf64>
    %products = weft.matmul %q, %k {transpose_b} : tensor<2x2x2x9x8xf64>, tensor<2x2x2x9x8xf64>
    %biased = weft.add %products, %b : tensor<2x2x2x9x9xf64>, tensor<2x1x9x9xf64>
    %m = weft.causal_mask %biased : tensor<2x2x2x9x9xf64>
    %p = weft.softmax %m : tensor<2x2x2x9x9xf64>
    %o = weft.matmul %p, %v : tensor<2x2x2x9x9xf64>, tensor<2x2x2x9x8xf64>
    %g = weft.parameter "g" init(normal, 1.0) : tensor<2x2x2x9x8xf64>
    %y = weft.mul %o, %g : tensor<2x2x2x9x8xf64>, tensor<2x2x2x9x8xf64>
    %sum = weft.sum %y axes [0, 1, 2, 3, 4] : tensor<2x2x2x9x8xf64>
    %one = weft.constant dense<1.0> : tensor<f64>
    weft.return %sum, %one : tensor<f64>, tensor<f64>
  }
  weft.train @loss optimizer(#weft.adamw)
}
