// A loss that what fills an evaluation's last batch up would count in.
// RUN: weft-opt %s --split-input-file --weft-decompose-loss --weft-autodiff --verify-diagnostics -o /dev/null

module @beside {
  weft.model @loss(%x: tensor<4x3x5xf32>, %targets: tensor<4x3xi32>) -> (tensor<f32>, tensor<f32>) {
    %w = weft.parameter "w" init(ones) : tensor<5xf32>
    %y = weft.mul %x, %w : tensor<4x3x5xf32>, tensor<5xf32>
    %sum, %n = weft.cross_entropy %y, %targets {ignore_index = -100} : tensor<4x3x5xf32>, tensor<4x3xi32>
    %mean = weft.mean %y axes [0, 1, 2] : tensor<4x3x5xf32>
    // expected-warning @below {{this depends on 'x' not only through targets that can be ignored: what fills the last batch of an evaluation up would count in it; give the model an argument of f32 or f64, as in `%real: tensor<8x64xf32> {weft.from_data}`, and multiply by it: it is 0 there}}
    %whole = weft.add %sum, %mean : tensor<f32>, tensor<f32>
    weft.return %whole, %n : tensor<f32>, tensor<f32>
  }
  weft.train @loss optimizer(#weft.adamw)
}

// -----

// In the weight; and the model is evaluated alone.
module @weight {
  weft.model @loss(%x: tensor<4x3x5xf32>, %targets: tensor<4x3xi32>) -> (tensor<f32>, tensor<f32>) {
    %sum, %n = weft.cross_entropy %x, %targets {ignore_index = -100} : tensor<4x3x5xf32>, tensor<4x3xi32>
    // expected-warning @below {{this depends on 'x' not only}}
    %mean = weft.mean %x axes [0, 1, 2] : tensor<4x3x5xf32>
    weft.return %sum, %mean : tensor<f32>, tensor<f32>
  }
  weft.eval @loss
}

// -----

// The model can tell; a term of parameters; the weight of a cross entropy as a factor.
module @told {
  weft.model @loss(%x: tensor<4x3x5xf32>, %targets: tensor<4x3xi32>, %real: tensor<4xf32> {weft.from_data})
      -> (tensor<f32>, tensor<f32>) {
    %w = weft.parameter "w" init(ones) : tensor<5xf32>
    %y = weft.mul %x, %w : tensor<4x3x5xf32>, tensor<5xf32>
    %sum, %n = weft.cross_entropy %y, %targets {ignore_index = -100} : tensor<4x3x5xf32>, tensor<4x3xi32>
    %each = weft.mean %y axes [1, 2] : tensor<4x3x5xf32>
    %masked = weft.mul %each, %real : tensor<4xf32>, tensor<4xf32>
    %term = weft.sum %masked axes [0] : tensor<4xf32>
    %whole = weft.add %sum, %term : tensor<f32>, tensor<f32>
    weft.return %whole, %n : tensor<f32>, tensor<f32>
  }
  weft.train @loss optimizer(#weft.adamw)
}

// -----

module @decay {
  weft.model @loss(%x: tensor<4x3x5xf32>, %targets: tensor<4x3xi32>) -> (tensor<f32>, tensor<f32>) {
    %w = weft.parameter "w" init(ones) : tensor<5xf32>
    %y = weft.mul %x, %w : tensor<4x3x5xf32>, tensor<5xf32>
    %sum, %n = weft.cross_entropy %y, %targets {ignore_index = -100} : tensor<4x3x5xf32>, tensor<4x3xi32>
    %squares = weft.mul %w, %w : tensor<5xf32>, tensor<5xf32>
    %decay = weft.sum %squares axes [0] : tensor<5xf32>
    %term = weft.mul %decay, %n : tensor<f32>, tensor<f32>
    %whole = weft.add %sum, %term : tensor<f32>, tensor<f32>
    weft.return %whole, %n : tensor<f32>, tensor<f32>
  }
  weft.train @loss optimizer(#weft.adamw)
}

// -----

// Without targets that can be ignored nothing is filled up: a partial batch is left out.
module @never_filled {
  weft.model @loss(%x: tensor<4x3x5xf32>, %targets: tensor<4x3xi32>) -> (tensor<f32>, tensor<f32>) {
    %sum, %n = weft.cross_entropy %x, %targets : tensor<4x3x5xf32>, tensor<4x3xi32>
    %mean = weft.mean %x axes [0, 1, 2] : tensor<4x3x5xf32>
    %whole = weft.add %sum, %mean : tensor<f32>, tensor<f32>
    weft.return %whole, %n : tensor<f32>, tensor<f32>
  }
  weft.eval @loss
}
