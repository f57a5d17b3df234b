// The distance of a line from points, each weighed by the data; evaluated as it is, and by the second model.
module @weighted {
  weft.model @loss(%x: tensor<2x3xf64>, %y: tensor<2x3xf64>, %w: tensor<2x3xf64>) -> (tensor<f64>, tensor<f64>) {
    %p = weft.parameter "p" init(ones) : tensor<3xf64>
    %0 = weft.mul %x, %p : tensor<2x3xf64>, tensor<3xf64>
    %1 = weft.sub %0, %y : tensor<2x3xf64>, tensor<2x3xf64>
    %2 = weft.abs %1 : tensor<2x3xf64>
    %3 = weft.mul %2, %w : tensor<2x3xf64>, tensor<2x3xf64>
    %sum = weft.sum %3 axes [0, 1] : tensor<2x3xf64>
    %weight = weft.sum %w axes [0, 1] : tensor<2x3xf64>
    weft.return %sum, %weight : tensor<f64>, tensor<f64>
  }
  weft.train @loss optimizer(#weft.adamw<betas = [0.9, 0.95], eps = 1.0e-8, weight_decay = 0.1>)
  weft.eval @loss
  weft.eval @loss as "again"
}
