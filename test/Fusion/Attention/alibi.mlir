// ALiBi: a slope for each head, 2^-h, times the distance of query and key, from positions.
module @alibi {
  weft.model @loss() -> (tensor<f64>, tensor<f64>) {
    %q = weft.parameter "q" init(normal, 1.0) : tensor<2x4x9x8xf64>
    %k = weft.parameter "k" init(normal, 1.0) : tensor<2x4x9x8xf64>
    %v = weft.parameter "v" init(normal, 1.0) : tensor<2x4x9x8xf64>
    %products = weft.matmul %q, %k {transpose_b} : tensor<2x4x9x8xf64>, tensor<2x4x9x8xf64>
    %half = weft.constant dense<0.5> : tensor<f64>
    %scores = weft.mul %products, %half : tensor<2x4x9x9xf64>, tensor<f64>
    %i = weft.iota : tensor<9xi32>
    %row = weft.reshape %i : tensor<9xi32> to tensor<9x1xi32>
    %j = weft.cast %i : tensor<9xi32> to tensor<9xf64>
    %r = weft.cast %row : tensor<9x1xi32> to tensor<9x1xf64>
    %distance = weft.sub %j, %r : tensor<9xf64>, tensor<9x1xf64>
    %h0 = weft.iota : tensor<4xi32>
    %h1 = weft.cast %h0 : tensor<4xi32> to tensor<4xf64>
    %ln = weft.constant dense<-0.69314718055994531> : tensor<f64>
    %h2 = weft.mul %h1, %ln : tensor<4xf64>, tensor<f64>
    %h3 = weft.exp %h2 : tensor<4xf64>
    %slopes = weft.reshape %h3 : tensor<4xf64> to tensor<4x1x1xf64>
    %b = weft.mul %slopes, %distance : tensor<4x1x1xf64>, tensor<9x9xf64>
    %biased = weft.add %b, %scores : tensor<4x9x9xf64>, tensor<2x4x9x9xf64>
    %m = weft.causal_mask %biased : tensor<2x4x9x9xf64>
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
