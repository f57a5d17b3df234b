// One model at two lengths: trained at both, evaluated at both and at one of them again.
module @lengths {
  weft.layer @block(%x: tensor<4x8x16xf64>) -> tensor<4x8x16xf64> {
    %y = weft.gelu tanh %x : tensor<4x8x16xf64>
    weft.return %y : tensor<4x8x16xf64>
  }
  weft.model @short(%tokens: tensor<4x8xi32>, %targets: tensor<4x8xi32>) -> (tensor<f64>, tensor<f64>) {
    %t = weft.parameter "table" init(normal, 0.5) : tensor<256x16xf64>
    %x = weft.embedding %tokens, %t : tensor<4x8xi32>, tensor<256x16xf64>
    %h = weft.call @block as "h" (%x) : (tensor<4x8x16xf64>) -> tensor<4x8x16xf64>
    %y = weft.linear out_in %h, %t : (tensor<4x8x16xf64>, tensor<256x16xf64>) -> tensor<4x8x256xf64>
    %sum, %n = weft.cross_entropy %y, %targets {ignore_index = -100} : tensor<4x8x256xf64>, tensor<4x8xi32>
    weft.return %sum, %n : tensor<f64>, tensor<f64>
  }
  weft.model @long(%tokens: tensor<1x32xi32>, %targets: tensor<1x32xi32>) -> (tensor<f64>, tensor<f64>) {
    %t = weft.parameter "table" init(normal, 0.5) : tensor<256x16xf64>
    %x = weft.embedding %tokens, %t : tensor<1x32xi32>, tensor<256x16xf64>
    %h = weft.gelu tanh %x : tensor<1x32x16xf64>
    %y = weft.linear out_in %h, %t : (tensor<1x32x16xf64>, tensor<256x16xf64>) -> tensor<1x32x256xf64>
    %sum, %n = weft.cross_entropy %y, %targets {ignore_index = -100} : tensor<1x32x256xf64>, tensor<1x32xi32>
    weft.return %sum, %n : tensor<f64>, tensor<f64>
  }
  weft.train @short optimizer(#weft.adamw)
  weft.train @long optimizer(#weft.adamw)
  weft.eval @short
  weft.eval @long
  weft.eval @short as "again"
}
