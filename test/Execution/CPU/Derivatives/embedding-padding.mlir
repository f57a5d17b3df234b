// weft.embedding with a padding_index: of a table whose row of padding is no parameter, so that it has no derivative; and
// of a parameter, whose rows of padding the check passes over: two that differ, and the parameter also in a linear.
module @embedding_padding {
  weft.model @loss() -> (tensor<f64>, tensor<f64>) {
    %ids = weft.iota : tensor<3xi32>
    %twos = weft.constant dense<2> : tensor<3xi32>
    %two = weft.constant dense<2> : tensor<i32>
    %column = weft.reshape %ids : tensor<3xi32> to tensor<3x1xi32>
    %is_padding = weft.compare eq %column, %two : tensor<3x1xi32>, tensor<i32> -> tensor<3x1xf64>
    %fixed = weft.constant dense<0.3> : tensor<f64>
    %t = weft.parameter "t" init(normal, 0.5) : tensor<3x4xf64>
    %held = weft.where %is_padding, %fixed, %t : tensor<3x1xf64>, tensor<f64>, tensor<3x4xf64>
    %x = weft.embedding %ids, %held {padding_index = 2} : tensor<3xi32>, tensor<3x4xf64>
    %w0 = weft.parameter "w0" init(normal, 0.5) : tensor<3x4xf64>
    %a = weft.mul %x, %w0 : tensor<3x4xf64>, tensor<3x4xf64>
    %u = weft.parameter "u" init(normal, 0.5, zero_row = 1) : tensor<5x4xf64>
    %y = weft.embedding %ids, %u {padding_index = 2} : tensor<3xi32>, tensor<5x4xf64>
    %z = weft.embedding %twos, %u {padding_index = 1} : tensor<3xi32>, tensor<5x4xf64>
    %yz = weft.mul %y, %z : tensor<3x4xf64>, tensor<3x4xf64>
    %b = weft.mul %yz, %w0 : tensor<3x4xf64>, tensor<3x4xf64>
    %h = weft.linear out_in %x, %u : (tensor<3x4xf64>, tensor<5x4xf64>) -> tensor<3x5xf64>
    %e = weft.exp %h : tensor<3x5xf64>
    %sa = weft.sum %a axes [0, 1] : tensor<3x4xf64>
    %sb = weft.sum %b axes [0, 1] : tensor<3x4xf64>
    %sc = weft.sum %e axes [0, 1] : tensor<3x5xf64>
    %s0 = weft.add %sa, %sb : tensor<f64>, tensor<f64>
    %s = weft.add %s0, %sc : tensor<f64>, tensor<f64>
    %one = weft.constant dense<1.0> : tensor<f64>
    weft.return %s, %one : tensor<f64>, tensor<f64>
  }
  weft.train @loss optimizer(#weft.adamw)
}
