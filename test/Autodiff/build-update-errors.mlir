// RUN: weft-opt %s --split-input-file --weft-build-update --verify-diagnostics

module @no_match {
  weft.variable @w role(parameter) of "w" init(ones) : tensor<4xf32>
  weft.variable @w.gradient role(gradient) of "w" init(zeros) : tensor<4xf32>
  weft.variable @loss_weight role(loss_weight) init(zeros) : tensor<f32>
  weft.graph @micro_step(%w: tensor<4xf32>, %n: tensor<f32>) {
    weft.set @w.gradient, %w : tensor<4xf32>
    weft.set @loss_weight, %n : tensor<f32>
    weft.return
  }
  // expected-error @below {{parameter group "*.bias" matches no parameter; patterns are globs over full names, as in "*.bias"}}
  weft.train @micro_step optimizer(#weft.adamw) groups([#weft.group<match = "w">, #weft.group<match = "*.bias">])
}

// -----

module @malformed {
  weft.variable @w role(parameter) of "w" init(ones) : tensor<4xf32>
  weft.variable @w.gradient role(gradient) of "w" init(zeros) : tensor<4xf32>
  weft.variable @loss_weight role(loss_weight) init(zeros) : tensor<f32>
  weft.graph @micro_step(%w: tensor<4xf32>, %n: tensor<f32>) {
    weft.set @w.gradient, %w : tensor<4xf32>
    weft.set @loss_weight, %n : tensor<f32>
    weft.return
  }
  // expected-error @below {{malformed pattern "w[" of a parameter group: invalid glob pattern, unmatched '['}}
  weft.train @micro_step optimizer(#weft.adamw) groups([#weft.group<match = "w[">])
}

// -----

module @not_differentiated {
  weft.model @loss() -> (tensor<f32>, tensor<f32>) {
    %x = weft.parameter "x" init(ones) : tensor<f32>
    weft.return %x, %x : tensor<f32>, tensor<f32>
  }
  // expected-error @below {{expected a graph that sets a weft.variable of role loss_weight, found none; run weft-autodiff before weft-build-update}}
  weft.train @loss optimizer(#weft.adamw)
}
