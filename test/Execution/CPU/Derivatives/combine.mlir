// weft.combine: three rows a token with weights, in three dimensions; one row, of a width of 1.
module @combine {
  weft.model @loss() -> (tensor<f64>, tensor<f64>) {
    %scores = weft.parameter "scores" init(normal, 0.5) : tensor<2x5x6xf64>
    %v, %ids = weft.top_k %scores k 3 : tensor<2x5x6xf64>
    %order, %slots, %offsets = weft.route %ids experts 6 : tensor<2x5x3xi32>
    %rows = weft.parameter "rows" init(normal, 0.5) : tensor<30x7xf64>
    %y = weft.combine %rows, %v, %slots : tensor<30x7xf64>, tensor<2x5x3xf64>, tensor<2x5x3xi32>
    %y2 = weft.mul %y, %y : tensor<2x5x7xf64>, tensor<2x5x7xf64>
    %s0 = weft.sum %y2 axes [0, 1, 2] : tensor<2x5x7xf64>
    %i = weft.iota : tensor<6xi32>
    %one_each = weft.reshape %i : tensor<6xi32> to tensor<6x1xi32>
    %o1, %p1, %f1 = weft.route %one_each experts 6 : tensor<6x1xi32>
    %r1 = weft.parameter "r1" init(normal, 0.5) : tensor<6x1xf64>
    %w1 = weft.parameter "w1" init(normal, 0.5) : tensor<6x1xf64>
    %z = weft.combine %r1, %w1, %p1 : tensor<6x1xf64>, tensor<6x1xf64>, tensor<6x1xi32>
    %z2 = weft.mul %z, %z : tensor<6x1xf64>, tensor<6x1xf64>
    %s1 = weft.sum %z2 axes [0, 1] : tensor<6x1xf64>
    %s = weft.add %s0, %s1 : tensor<f64>, tensor<f64>
    %one = weft.constant dense<1.0> : tensor<f64>
    weft.return %s, %one : tensor<f64>, tensor<f64>
  }
  weft.train @loss optimizer(#weft.adamw)
}
