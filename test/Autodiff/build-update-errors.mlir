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

// -----

// Training in 16 bits, once for all of them: at the first that is trained. A scale of 0 leaves a parameter as it is.
module @short {
  weft.variable @frozen role(parameter) of "frozen" init(ones) : tensor<4xbf16>
  weft.variable @frozen.gradient role(gradient) of "frozen" init(zeros) : tensor<4xf32>
  // expected-warning @below {{parameter 'w' is trained in bf16, and 1 more in 16 bits: an update of less than 1/512 of an element is rounded away, so that with a small learning rate most elements never move; declare parameters in f32 and cast them with weft.cast where they are used}}
  weft.variable @w role(parameter) of "w" init(ones) : tensor<4xbf16>
  weft.variable @w.gradient role(gradient) of "w" init(zeros) : tensor<4xf32>
  weft.variable @v role(parameter) of "v" init(ones) : tensor<4xf16>
  weft.variable @v.gradient role(gradient) of "v" init(zeros) : tensor<4xf32>
  weft.variable @long role(parameter) of "long" init(ones) : tensor<4xf32>
  weft.variable @long.gradient role(gradient) of "long" init(zeros) : tensor<4xf32>
  weft.variable @loss_weight role(loss_weight) init(zeros) : tensor<f32>
  weft.graph @micro_step(%w: tensor<4xf32>, %n: tensor<f32>) {
    weft.set @frozen.gradient, %w : tensor<4xf32>
    weft.set @w.gradient, %w : tensor<4xf32>
    weft.set @v.gradient, %w : tensor<4xf32>
    weft.set @long.gradient, %w : tensor<4xf32>
    weft.set @loss_weight, %n : tensor<f32>
    weft.return
  }
  weft.train @micro_step optimizer(#weft.adamw) groups([#weft.group<match = "frozen", learning_rate_scale = 0.0>])
}

// -----

module @one_of_f16 {
  // expected-warning @below {{parameter 'v' is trained in f16: an update of less than 1/4096 of an element}}
  weft.variable @v role(parameter) of "v" init(ones) : tensor<4xf16>
  weft.variable @v.gradient role(gradient) of "v" init(zeros) : tensor<4xf32>
  weft.variable @loss_weight role(loss_weight) init(zeros) : tensor<f32>
  weft.graph @micro_step(%w: tensor<4xf32>, %n: tensor<f32>) {
    weft.set @v.gradient, %w : tensor<4xf32>
    weft.set @loss_weight, %n : tensor<f32>
    weft.return
  }
  weft.train @micro_step optimizer(#weft.sgd<momentum = 0.0>)
}
