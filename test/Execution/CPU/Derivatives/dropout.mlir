// weft.dropout: of a parameter, of scores, twice of one value; a column; a rate of 0. The differences are
// those of the loss of micro_step, which draws alike each time.
module @dropout {
  weft.model @loss() -> (tensor<f64>, tensor<f64>) {
    %x = weft.parameter "x" init(normal, 0.5) : tensor<3x5x70xf64>
    %y0 = weft.dropout %x {rate = 0.4} : tensor<3x5x70xf64>
    %y1 = weft.dropout %x {rate = 0.1} : tensor<3x5x70xf64>
    %y2 = weft.mul %y0, %y1 : tensor<3x5x70xf64>, tensor<3x5x70xf64>
    %y3 = weft.dropout %y2 {rate = 0.2} : tensor<3x5x70xf64>
    %w = weft.parameter "w" init(normal, 0.5) : tensor<3x5x70xf64>
    %y4 = weft.mul %y3, %w : tensor<3x5x70xf64>, tensor<3x5x70xf64>
    %s0 = weft.sum %y4 axes [0, 1, 2] : tensor<3x5x70xf64>
    %s = weft.parameter "scores" init(normal, 0.5) : tensor<2x3x7x7xf64>
    %m = weft.causal_mask %s : tensor<2x3x7x7xf64>
    %p = weft.softmax %m : tensor<2x3x7x7xf64>
    %d = weft.dropout %p {rate = 0.3} : tensor<2x3x7x7xf64>
    %v = weft.parameter "v" init(normal, 0.5) : tensor<2x3x7x4xf64>
    %o = weft.matmul %d, %v : tensor<2x3x7x7xf64>, tensor<2x3x7x4xf64>
    %o2 = weft.mul %o, %o : tensor<2x3x7x4xf64>, tensor<2x3x7x4xf64>
    %s1 = weft.sum %o2 axes [0, 1, 2, 3] : tensor<2x3x7x4xf64>
    %c = weft.parameter "column" init(normal, 0.5) : tensor<9x1xf64>
    %c1 = weft.dropout %c {rate = 0.5} : tensor<9x1xf64>
    %r = weft.parameter "rows" init(normal, 0.5) : tensor<9x6xf64>
    %r1 = weft.mul %r, %c1 : tensor<9x6xf64>, tensor<9x1xf64>
    %r2 = weft.dropout %r1 {rate = 0.0} : tensor<9x6xf64>
    %s2 = weft.sum %r2 axes [0, 1] : tensor<9x6xf64>
    %t0 = weft.add %s0, %s1 : tensor<f64>, tensor<f64>
    %t1 = weft.add %t0, %s2 : tensor<f64>, tensor<f64>
    %one = weft.constant dense<1.0> : tensor<f64>
    weft.return %t1, %one : tensor<f64>, tensor<f64>
  }
  weft.train @loss optimizer(#weft.adamw)
}
