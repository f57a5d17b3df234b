// Attention and residual dropout on bytes, at a width and a length that no tile divides.
module @dropout {
  weft.layer @block(%x: tensor<4x13x24xf64>) -> tensor<4x13x24xf64> {
    %w = weft.parameter "w" init(normal, 0.2) : tensor<24x24xf64>
    %h = weft.linear out_in %x, %w : (tensor<4x13x24xf64>, tensor<24x24xf64>) -> tensor<4x13x24xf64>
    %s = weft.matmul %h, %h {transpose_b} : tensor<4x13x24xf64>, tensor<4x13x24xf64>
    %m = weft.causal_mask %s : tensor<4x13x13xf64>
    %p = weft.softmax %m : tensor<4x13x13xf64>
    %d = weft.dropout %p {rate = 0.25} : tensor<4x13x13xf64>
    %o = weft.matmul %d, %h : tensor<4x13x13xf64>, tensor<4x13x24xf64>
    %e = weft.dropout %o {rate = 0.1} : tensor<4x13x24xf64>
    %y = weft.add %x, %e : tensor<4x13x24xf64>, tensor<4x13x24xf64>
    weft.return %y : tensor<4x13x24xf64>
  }
  weft.model @loss(%tokens: tensor<4x13xi32>, %targets: tensor<4x13xi32>) -> (tensor<f64>, tensor<f64>) {
    %wte = weft.parameter "wte" init(normal, 0.2) : tensor<61x24xf64>
    %x0 = weft.embedding %tokens, %wte : tensor<4x13xi32>, tensor<61x24xf64>
    %x1 = weft.dropout %x0 {rate = 0.1} : tensor<4x13x24xf64>
    %x2 = weft.call @block as "h.0" (%x1) : (tensor<4x13x24xf64>) -> tensor<4x13x24xf64>
    %x3 = weft.call @block as "h.1" (%x2) : (tensor<4x13x24xf64>) -> tensor<4x13x24xf64>
    %l = weft.linear out_in %x3, %wte : (tensor<4x13x24xf64>, tensor<61x24xf64>) -> tensor<4x13x61xf64>
    %sum, %n = weft.cross_entropy %l, %targets : tensor<4x13x61xf64>, tensor<4x13xi32>
    weft.return %sum, %n : tensor<f64>, tensor<f64>
  }
  weft.train @loss optimizer(#weft.adamw)
}
