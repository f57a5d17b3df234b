// The negative control of the finite differences: at the kink of weft.max, where they must disagree with
// the rule (all of the gradient to lhs; half of it to each by central differences).
module @kink {
  weft.model @loss() -> (tensor<f64>, tensor<f64>) {
    %a = weft.parameter "a" init(ones) : tensor<3xf64>
    %b = weft.parameter "b" init(ones) : tensor<3xf64>
    %larger = weft.max %a, %b : tensor<3xf64>, tensor<3xf64>
    %sum = weft.sum %larger axes [0] : tensor<3xf64>
    %one = weft.constant dense<1.0> : tensor<f64>
    weft.return %sum, %one : tensor<f64>, tensor<f64>
  }
  weft.train @loss optimizer(#weft.adamw)
}
