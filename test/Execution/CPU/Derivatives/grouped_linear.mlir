// weft.grouped_linear: both layouts; one weight used twice, which accumulates; a computed weight; experts
// without rows (ids 0 to 5 of 8, and all rows to the last one).
module @grouped_linear {
  weft.model @loss() -> (tensor<f64>, tensor<f64>) {
    %i = weft.iota : tensor<6xi32>
    %ids = weft.reshape %i : tensor<6xi32> to tensor<3x2xi32>
    %order, %slots, %offsets = weft.route %ids experts 8 : tensor<3x2xi32>
    %x = weft.parameter "x" init(normal, 0.5) : tensor<6x5xf64>
    %w = weft.parameter "experts.*.w" init(normal, 0.5) : tensor<8x7x5xf64>
    %h = weft.grouped_linear out_in %x, %w, %offsets : tensor<6x5xf64>, tensor<8x7x5xf64>, tensor<9xi32>
    %b = weft.grouped_linear in_out %h, %w, %offsets : tensor<6x7xf64>, tensor<8x7x5xf64>, tensor<9xi32>
    %b2 = weft.mul %b, %b : tensor<6x5xf64>, tensor<6x5xf64>
    %s0 = weft.sum %b2 axes [0, 1] : tensor<6x5xf64>
    %v = weft.parameter "v" init(normal, 0.5) : tensor<3x5x4xf64>
    %f = weft.parameter "factor" init(normal, 0.5) : tensor<4xf64>
    %vf = weft.mul %v, %f : tensor<3x5x4xf64>, tensor<4xf64>
    %c = weft.constant dense<2> : tensor<3x2xi32>
    %o1, %p1, %f1 = weft.route %c experts 3 : tensor<3x2xi32>
    %y = weft.grouped_linear in_out %b, %vf, %f1 : tensor<6x5xf64>, tensor<3x5x4xf64>, tensor<4xi32>
    %y2 = weft.mul %y, %y : tensor<6x4xf64>, tensor<6x4xf64>
    %s1 = weft.sum %y2 axes [0, 1] : tensor<6x4xf64>
    %s = weft.add %s0, %s1 : tensor<f64>, tensor<f64>
    %one = weft.constant dense<1.0> : tensor<f64>
    weft.return %s, %one : tensor<f64>, tensor<f64>
  }
  weft.train @loss optimizer(#weft.adamw)
}
