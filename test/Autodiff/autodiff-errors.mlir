// RUN: weft-opt %s --split-input-file --weft-autodiff --verify-diagnostics

module @no_rule {
  weft.model @loss(%t: tensor<3xi32>) -> (tensor<f32>, tensor<f32>) {
    %w = weft.parameter "h.0.weight" init(ones) : tensor<3x5xf32>
    %x = weft.exp %w : tensor<3x5xf32>
    // expected-error @below {{no derivative rule for 'weft.cross_entropy', needed for parameter 'h.0.weight'}}
    %sum, %n = weft.cross_entropy %x, %t : tensor<3x5xf32>, tensor<3xi32>
    weft.return %sum, %n : tensor<f32>, tensor<f32>
  }
  weft.train @loss optimizer(#weft.adamw)
}

// -----

// The same op where no parameter depends on it is no error.
module @no_rule_needed {
  weft.model @loss(%x: tensor<3x5xf32>, %t: tensor<3xi32>) -> (tensor<f32>, tensor<f32>) {
    %w = weft.parameter "w" init(ones) : tensor<f32>
    %s, %n = weft.cross_entropy %x, %t : tensor<3x5xf32>, tensor<3xi32>
    %sum = weft.mul %s, %w : tensor<f32>, tensor<f32>
    weft.return %sum, %n : tensor<f32>, tensor<f32>
  }
  weft.train @loss optimizer(#weft.adamw)
}

// -----

// expected-error @below {{expected a weft.train or weft.eval op that says which model to train or evaluate, found none}}
module @no_train {
  weft.model @loss() -> (tensor<f32>, tensor<f32>) {
    %x = weft.parameter "x" init(ones) : tensor<f32>
    weft.return %x, %x : tensor<f32>, tensor<f32>
  }
}

// -----

module @two_trains {
  weft.model @loss() -> (tensor<f32>, tensor<f32>) {
    %x = weft.parameter "x" init(ones) : tensor<f32>
    weft.return %x, %x : tensor<f32>, tensor<f32>
  }
  // expected-note @below {{the other is here}}
  weft.train @loss optimizer(#weft.adamw)
  // expected-error @below {{has the name of another, 'loss'; give it one of its own, as in @loss as "other"}}
  weft.train @loss optimizer(#weft.adamw)
}

// -----

module @trained_twice {
  weft.graph @micro_step() {
    weft.return
  }
  // expected-error @below {{expected the name of a weft.model, got '@micro_step'}}
  weft.train @micro_step optimizer(#weft.adamw)
}

// -----

module @differs_in_another_model {
  weft.model @short() -> (tensor<f32>, tensor<f32>) {
    // expected-note @below {{the other is here}}
    %x = weft.parameter "x" init(ones) : tensor<f32>
    weft.return %x, %x : tensor<f32>, tensor<f32>
  }
  weft.model @long() -> (tensor<f32>, tensor<f32>) {
    // expected-error @below {{parameter 'x' has another type, init or key than in another model; parameters of one name are one parameter}}
    %x = weft.parameter "x" init(zeros) : tensor<f32>
    weft.return %x, %x : tensor<f32>, tensor<f32>
  }
  weft.train @short optimizer(#weft.adamw)
  weft.train @long optimizer(#weft.adamw)
}

// -----

module @other_model {
  weft.model @loss() -> (tensor<f32>, tensor<f32>) {
    %x = weft.parameter "x" init(ones) : tensor<f32>
    weft.return %x, %x : tensor<f32>, tensor<f32>
  }
  // expected-error @below {{'weft.model' is not part of a model that is trained or evaluated, after weft-instantiate; remove it}}
  weft.model @other() -> (tensor<f32>, tensor<f32>) {
    %n = weft.constant dense<1.0> : tensor<f32>
    weft.return %n, %n : tensor<f32>, tensor<f32>
  }
  weft.train @loss optimizer(#weft.adamw)
}

// -----

module @two_evals {
  weft.model @loss() -> (tensor<f32>, tensor<f32>) {
    %x = weft.parameter "x" init(ones) : tensor<f32>
    weft.return %x, %x : tensor<f32>, tensor<f32>
  }
  // A train op may have the name: this is said of evaluations.
  weft.train @loss as "a" optimizer(#weft.adamw)
  // expected-note @below {{the other is here}}
  weft.eval @loss as "a"
  // expected-error @below {{has the name of another, 'a'; give it one of its own, as in @loss as "other"}}
  weft.eval @loss as "a"
}

// -----

module @bad_name {
  weft.model @loss() -> (tensor<f32>, tensor<f32>) {
    %x = weft.parameter "x" init(ones) : tensor<f32>
    weft.return %x, %x : tensor<f32>, tensor<f32>
  }
  // expected-error @below {{expected a name of letters, digits, '_', '-' and '.', got 'a=b'}}
  weft.eval @loss as "a=b"
}
