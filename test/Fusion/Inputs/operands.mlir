// Between the product and the loss: numbers of several ranks, rows that all logits have in common, a number for each
// row, results of higher rank, a reshape.
module @operands {
  weft.model @loss(%tokens: tensor<77x13xi32>, %targets: tensor<77x13xi32>) -> (tensor<f64>, tensor<f64>) {
    %table = weft.parameter "embed" init(normal, 1.0) : tensor<256x8xf64>
    %x = weft.embedding %tokens, %table : tensor<77x13xi32>, tensor<256x8xf64>
    %w = weft.parameter "head" init(normal, 1.0) : tensor<300x8xf64>
    %l0 = weft.linear out_in %x, %w : (tensor<77x13x8xf64>, tensor<300x8xf64>) -> tensor<77x13x300xf64>
    %half = weft.constant dense<0.5> : tensor<1x1x1xf64>
    %l1 = weft.mul %l0, %half : tensor<77x13x300xf64>, tensor<1x1x1xf64>
    %bias = weft.parameter "bias" init(normal, 1.0) : tensor<300xf64>
    %l2 = weft.add %bias, %l1 : tensor<300xf64>, tensor<77x13x300xf64>
    %gain = weft.parameter "gain" init(normal, 1.0) : tensor<1x300xf64>
    %l3 = weft.mul %l2, %gain : tensor<77x13x300xf64>, tensor<1x300xf64>
    %temperature = weft.parameter "temperature" init(ones) : tensor<77x13x1xf64>
    %l4 = weft.div %l3, %temperature : tensor<77x13x300xf64>, tensor<77x13x1xf64>
    %one = weft.parameter "one" init(ones) : tensor<1x1x1x1xf64>
    %l5 = weft.mul %one, %l4 : tensor<1x1x1x1xf64>, tensor<77x13x300xf64>
    %l6 = weft.reshape %l5 : tensor<1x77x13x300xf64> to tensor<1001x300xf64>
    %offset = weft.parameter "offset" init(normal, 1.0) : tensor<1001x1xf64>
    %l7 = weft.sub %l6, %offset : tensor<1001x300xf64>, tensor<1001x1xf64>
    %t = weft.reshape %targets : tensor<77x13xi32> to tensor<1001xi32>
    %sum, %count = weft.cross_entropy %l7, %t {ignore_index = -100, z_loss = 1.0e-2} : tensor<1001x300xf64>, tensor<1001xi32>
    weft.return %sum, %count : tensor<f64>, tensor<f64>
  }
  weft.train @loss optimizer(#weft.adamw)
}
