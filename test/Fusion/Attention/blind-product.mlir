// One condition of padding and causal, and the smallest number: the first queries weigh all keys alike, later ones too.
module @blind_product {
  weft.model @loss(%late: tensor<2x9xf64>) -> (tensor<f64>, tensor<f64>) {
    %q = weft.parameter "q" init(normal, 1.0) : tensor<2x4x9x8xf64>
    %k = weft.parameter "k" init(normal, 1.0) : tensor<2x4x9x8xf64>
    %v = weft.parameter "v" init(normal, 1.0) : tensor<2x4x9x8xf64>
    %products = weft.matmul %q, %k {transpose_b} : tensor<2x4x9x8xf64>, tensor<2x4x9x8xf64>
    %half = weft.constant dense<0.5> : tensor<f64>
    %scores = weft.mul %products, %half : tensor<2x4x9x9xf64>, tensor<f64>
    %keep = weft.reshape %late : tensor<2x9xf64> to tensor<2x1x1x9xf64>
    %i = weft.iota : tensor<9xi32>
    %row = weft.reshape %i : tensor<9xi32> to tensor<9x1xi32>
    %past = weft.compare le %i, %row : tensor<9xi32>, tensor<9x1xi32> -> tensor<9x9xf64>
    %half0 = weft.constant dense<0.5> : tensor<f64>
    %counts = weft.compare gt %keep, %half0 : tensor<2x1x1x9xf64>, tensor<f64> -> tensor<2x1x1x9xf64>
    %sees = weft.mul %counts, %past : tensor<2x1x1x9xf64>, tensor<9x9xf64>
    %low = weft.constant dense<-1.7976931348623157e308> : tensor<f64>
    %m = weft.where %sees, %scores, %low : tensor<2x1x9x9xf64>, tensor<2x4x9x9xf64>, tensor<f64>
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
