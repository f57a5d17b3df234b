// softplus of one number, four times, scaled; the loss is their mean.
module @softplus {
  weft.model @loss() -> (tensor<f32>, tensor<f32>) {
    %x = weft.parameter "x" init(constant, AT) : tensor<4xf32>
    %y = weft.softplus %x : tensor<4xf32>
    %scale = weft.constant dense<SCALE> : tensor<f32>
    %z = weft.mul %y, %scale : tensor<4xf32>, tensor<f32>
    %sum = weft.sum %z axes [0] : tensor<4xf32>
    %count = weft.constant dense<4.0> : tensor<f32>
    weft.return %sum, %count : tensor<f32>, tensor<f32>
  }
  weft.train @loss optimizer(#weft.adamw)
}
