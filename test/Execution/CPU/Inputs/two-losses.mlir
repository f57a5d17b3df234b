module @two_losses {
  weft.model @loss(%tokens: tensor<2x3xi32>, %targets: tensor<2x3xi32>) -> (tensor<f32>, tensor<f32>) {
    %t = weft.parameter "table" init(normal, 0.02) : tensor<9x9xf32>
    %x = weft.embedding %tokens, %t : tensor<2x3xi32>, tensor<9x9xf32>
    %s, %n = weft.cross_entropy %x, %targets : tensor<2x3x9xf32>, tensor<2x3xi32>
    %s2, %n2 = weft.cross_entropy %x, %tokens : tensor<2x3x9xf32>, tensor<2x3xi32>
    %sum = weft.add %s, %s2 : tensor<f32>, tensor<f32>
    weft.return %sum, %n : tensor<f32>, tensor<f32>
  }
  weft.train @loss optimizer(#weft.adamw)
}
