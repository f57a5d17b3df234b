// A condition of 2^40 ways through minima.
module @truths {
  weft.model @loss() -> (tensor<f32>, tensor<f32>) {
    %q = weft.parameter "q" init(normal, 1.0) : tensor<4x4xf32>
    %half = weft.constant dense<0.5> : tensor<f32>
    %low = weft.constant dense<-1.0e9> : tensor<f32>
    %one = weft.constant dense<1.0> : tensor<f32>
    %i = weft.iota : tensor<4xi32>
    %r = weft.reshape %i : tensor<4xi32> to tensor<4x1xi32>
    %x0 = weft.compare le %i, %r : tensor<4xi32>, tensor<4x1xi32> -> tensor<4x4xf32>
    %x1 = weft.min %x0, %x0 : tensor<4x4xf32>, tensor<4x4xf32>
    %x2 = weft.min %x1, %x1 : tensor<4x4xf32>, tensor<4x4xf32>
    %x3 = weft.min %x2, %x2 : tensor<4x4xf32>, tensor<4x4xf32>
    %x4 = weft.min %x3, %x3 : tensor<4x4xf32>, tensor<4x4xf32>
    %x5 = weft.min %x4, %x4 : tensor<4x4xf32>, tensor<4x4xf32>
    %x6 = weft.min %x5, %x5 : tensor<4x4xf32>, tensor<4x4xf32>
    %x7 = weft.min %x6, %x6 : tensor<4x4xf32>, tensor<4x4xf32>
    %x8 = weft.min %x7, %x7 : tensor<4x4xf32>, tensor<4x4xf32>
    %x9 = weft.min %x8, %x8 : tensor<4x4xf32>, tensor<4x4xf32>
    %x10 = weft.min %x9, %x9 : tensor<4x4xf32>, tensor<4x4xf32>
    %x11 = weft.min %x10, %x10 : tensor<4x4xf32>, tensor<4x4xf32>
    %x12 = weft.min %x11, %x11 : tensor<4x4xf32>, tensor<4x4xf32>
    %x13 = weft.min %x12, %x12 : tensor<4x4xf32>, tensor<4x4xf32>
    %x14 = weft.min %x13, %x13 : tensor<4x4xf32>, tensor<4x4xf32>
    %x15 = weft.min %x14, %x14 : tensor<4x4xf32>, tensor<4x4xf32>
    %x16 = weft.min %x15, %x15 : tensor<4x4xf32>, tensor<4x4xf32>
    %x17 = weft.min %x16, %x16 : tensor<4x4xf32>, tensor<4x4xf32>
    %x18 = weft.min %x17, %x17 : tensor<4x4xf32>, tensor<4x4xf32>
    %x19 = weft.min %x18, %x18 : tensor<4x4xf32>, tensor<4x4xf32>
    %x20 = weft.min %x19, %x19 : tensor<4x4xf32>, tensor<4x4xf32>
    %x21 = weft.min %x20, %x20 : tensor<4x4xf32>, tensor<4x4xf32>
    %x22 = weft.min %x21, %x21 : tensor<4x4xf32>, tensor<4x4xf32>
    %x23 = weft.min %x22, %x22 : tensor<4x4xf32>, tensor<4x4xf32>
    %x24 = weft.min %x23, %x23 : tensor<4x4xf32>, tensor<4x4xf32>
    %x25 = weft.min %x24, %x24 : tensor<4x4xf32>, tensor<4x4xf32>
    %x26 = weft.min %x25, %x25 : tensor<4x4xf32>, tensor<4x4xf32>
    %x27 = weft.min %x26, %x26 : tensor<4x4xf32>, tensor<4x4xf32>
    %x28 = weft.min %x27, %x27 : tensor<4x4xf32>, tensor<4x4xf32>
    %x29 = weft.min %x28, %x28 : tensor<4x4xf32>, tensor<4x4xf32>
    %x30 = weft.min %x29, %x29 : tensor<4x4xf32>, tensor<4x4xf32>
    %x31 = weft.min %x30, %x30 : tensor<4x4xf32>, tensor<4x4xf32>
    %x32 = weft.min %x31, %x31 : tensor<4x4xf32>, tensor<4x4xf32>
    %x33 = weft.min %x32, %x32 : tensor<4x4xf32>, tensor<4x4xf32>
    %x34 = weft.min %x33, %x33 : tensor<4x4xf32>, tensor<4x4xf32>
    %x35 = weft.min %x34, %x34 : tensor<4x4xf32>, tensor<4x4xf32>
    %x36 = weft.min %x35, %x35 : tensor<4x4xf32>, tensor<4x4xf32>
    %x37 = weft.min %x36, %x36 : tensor<4x4xf32>, tensor<4x4xf32>
    %x38 = weft.min %x37, %x37 : tensor<4x4xf32>, tensor<4x4xf32>
    %x39 = weft.min %x38, %x38 : tensor<4x4xf32>, tensor<4x4xf32>
    %x40 = weft.min %x39, %x39 : tensor<4x4xf32>, tensor<4x4xf32>
    %s = weft.matmul %q, %q {transpose_b} : tensor<4x4xf32>, tensor<4x4xf32>
    %b = weft.where %x40, %s, %low : tensor<4x4xf32>, tensor<4x4xf32>, tensor<f32>
    %p = weft.softmax %b : tensor<4x4xf32>
    %y = weft.matmul %p, %q : tensor<4x4xf32>, tensor<4x4xf32>
    %sum = weft.sum %y axes [0, 1] : tensor<4x4xf32>
    weft.return %sum, %one : tensor<f32>, tensor<f32>
  }
  weft.train @loss optimizer(#weft.sgd<momentum = 0.0>)
}
