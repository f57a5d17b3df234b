// The negative control of the finite differences: a slope of 1e9 within 1e-9 of where it is asked for, which the smallest
// of their steps, 1e-6, passes over. They must disagree with the rule, and no side may bear it out as one of a kink.
module @steep {
  weft.model @loss() -> (tensor<f64>, tensor<f64>) {
    %a = weft.parameter "a" init(zeros) : tensor<3xf64>
    %scale = weft.constant dense<1.0e9> : tensor<f64>
    %far = weft.mul %a, %scale : tensor<3xf64>, tensor<f64>
    %y = weft.tanh %far : tensor<3xf64>
    %sum = weft.sum %y axes [0] : tensor<3xf64>
    %one = weft.constant dense<1.0> : tensor<f64>
    weft.return %sum, %one : tensor<f64>, tensor<f64>
  }
  weft.train @loss optimizer(#weft.adamw)
}
