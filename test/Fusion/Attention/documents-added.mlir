// Documents and the causal mask as one constant that is added; some blocks share no document.
module @documents_added {
  weft.model @loss(%ids: tensor<2x70xi32>) -> (tensor<f64>, tensor<f64>) {
    %q = weft.parameter "q" init(normal, 1.0) : tensor<2x4x70x8xf64>
    %k = weft.parameter "k" init(normal, 1.0) : tensor<2x4x70x8xf64>
    %v = weft.parameter "v" init(normal, 1.0) : tensor<2x4x70x8xf64>
    %products = weft.matmul %q, %k {transpose_b} : tensor<2x4x70x8xf64>, tensor<2x4x70x8xf64>
    %half = weft.constant dense<0.5> : tensor<f64>
    %scores = weft.mul %products, %half : tensor<2x4x70x70xf64>, tensor<f64>
    %dq = weft.reshape %ids : tensor<2x70xi32> to tensor<2x1x70x1xi32>
    %dk = weft.reshape %ids : tensor<2x70xi32> to tensor<2x1x1x70xi32>
    %same = weft.compare eq %dk, %dq : tensor<2x1x1x70xi32>, tensor<2x1x70x1xi32> -> tensor<2x1x70x70xf64>
    %i = weft.iota : tensor<70xi32>
    %row = weft.reshape %i : tensor<70xi32> to tensor<70x1xi32>
    %causal = weft.compare ge %row, %i : tensor<70x1xi32>, tensor<70xi32> -> tensor<70x70xf64>
    %both = weft.mul %same, %causal : tensor<2x1x70x70xf64>, tensor<70x70xf64>
    %low = weft.constant dense<0xFFF0000000000000> : tensor<f64>
    %zero = weft.constant dense<0.0> : tensor<f64>
    %bias = weft.where %both, %zero, %low : tensor<2x1x70x70xf64>, tensor<f64>, tensor<f64>
    %m = weft.add %scores, %bias : tensor<2x4x70x70xf64>, tensor<2x1x70x70xf64>
    %p = weft.softmax %m : tensor<2x4x70x70xf64>
    %o = weft.matmul %p, %v : tensor<2x4x70x70xf64>, tensor<2x4x70x8xf64>
    %g = weft.parameter "g" init(normal, 1.0) : tensor<2x4x70x8xf64>
    %y = weft.mul %o, %g : tensor<2x4x70x8xf64>, tensor<2x4x70x8xf64>
    %sum = weft.sum %y axes [0, 1, 2, 3] : tensor<2x4x70x8xf64>
    %one = weft.constant dense<1.0> : tensor<f64>
    weft.return %sum, %one : tensor<f64>, tensor<f64>
  }
  weft.train @loss optimizer(#weft.adamw)
}
