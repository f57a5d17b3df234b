// weft.top_k: some, one and all elements of a row; values alone, and used twice. (The names give initial
// values of which no two of a row are so close that the differences exchange them.)
module @top_k {
  weft.model @loss() -> (tensor<f64>, tensor<f64>) {
    %x = weft.parameter "scores.a" init(normal, 0.5) : tensor<3x5x9xf64>
    %v, %i = weft.top_k %x k 3 : tensor<3x5x9xf64>
    %w = weft.parameter "w" init(normal, 0.5) : tensor<3x5x3xf64>
    %p = weft.softmax %v : tensor<3x5x3xf64>
    %a = weft.mul %p, %w : tensor<3x5x3xf64>, tensor<3x5x3xf64>
    %b = weft.mul %a, %v : tensor<3x5x3xf64>, tensor<3x5x3xf64>
    %s0 = weft.sum %b axes [0, 1, 2] : tensor<3x5x3xf64>
    %y = weft.parameter "y" init(normal, 0.5) : tensor<7xf64>
    %v1, %i1 = weft.top_k %y k 1 : tensor<7xf64>
    %v7, %i7 = weft.top_k %y k 7 : tensor<7xf64>
    %u = weft.parameter "u" init(normal, 0.5) : tensor<7xf64>
    %c = weft.mul %v7, %u : tensor<7xf64>, tensor<7xf64>
    %d = weft.mul %c, %v1 : tensor<7xf64>, tensor<1xf64>
    %s1 = weft.sum %d axes [0] : tensor<7xf64>
    %s = weft.add %s0, %s1 : tensor<f64>, tensor<f64>
    %one = weft.constant dense<1.0> : tensor<f64>
    weft.return %s, %one : tensor<f64>, tensor<f64>
  }
  weft.train @loss optimizer(#weft.adamw)
}
