// weft.dispatch: rows that go to two experts, of three dimensions; to one each. (As in top_k, the names give
// scores that are not too close.)
module @dispatch {
  weft.model @loss() -> (tensor<f64>, tensor<f64>) {
    %x = weft.parameter "x" init(normal, 0.5) : tensor<3x4x7xf64>
    %scores = weft.parameter "scores.a" init(normal, 0.5) : tensor<3x4x5xf64>
    %v, %ids = weft.top_k %scores k 2 : tensor<3x4x5xf64>
    %order, %slots, %offsets = weft.route %ids experts 5 : tensor<3x4x2xi32>
    %rows = weft.dispatch %x, %order, %slots : tensor<3x4x7xf64>, tensor<24xi32>, tensor<3x4x2xi32>
    %w = weft.parameter "w" init(normal, 0.5) : tensor<24x7xf64>
    %a = weft.mul %rows, %w : tensor<24x7xf64>, tensor<24x7xf64>
    %s0 = weft.sum %a axes [0, 1] : tensor<24x7xf64>
    %s1 = weft.sum %v axes [0, 1, 2] : tensor<3x4x2xf64>
    %y = weft.parameter "y" init(normal, 0.5) : tensor<6x3xf64>
    %i = weft.iota : tensor<6xi32>
    %one_each = weft.reshape %i : tensor<6xi32> to tensor<6x1xi32>
    %o1, %p1, %f1 = weft.route %one_each experts 6 : tensor<6x1xi32>
    %r1 = weft.dispatch %y, %o1, %p1 : tensor<6x3xf64>, tensor<6xi32>, tensor<6x1xi32>
    %u = weft.parameter "u" init(normal, 0.5) : tensor<6x3xf64>
    %b = weft.mul %r1, %u : tensor<6x3xf64>, tensor<6x3xf64>
    %s2 = weft.sum %b axes [0, 1] : tensor<6x3xf64>
    %t = weft.add %s0, %s1 : tensor<f64>, tensor<f64>
    %s = weft.add %t, %s2 : tensor<f64>, tensor<f64>
    %one = weft.constant dense<1.0> : tensor<f64>
    weft.return %s, %one : tensor<f64>, tensor<f64>
  }
  weft.train @loss optimizer(#weft.adamw)
}
