// RUN: weft-opt %s -split-input-file -verify-diagnostics

// expected-error @+1 {{expected an init of zeros, ones, constant, normal or uniform, got 'gaussian'}}
weft.variable @a role(parameter) init(gaussian, 0.02) : tensor<2xf32>

// -----

// expected-error @+1 {{init normal expects a finite value that is not negative, got: -1.000000e+00}}
weft.variable @a role(parameter) init(normal, -1.0) : tensor<2xf32>

// -----

// expected-error @+1 {{init uniform expects a finite value that is not negative, got: -5.000000e-01}}
weft.variable @a role(parameter) init(uniform, -0.5) : tensor<2xf32>

// -----

// expected-error @+1 {{init constant expects a finite value, got: INF}}
weft.variable @a role(parameter) init(constant, 1.0e999) : tensor<2xf32>

// -----

// expected-error @+1 {{expected ','}}
weft.variable @a role(parameter) init(normal) : tensor<2xf32>

// -----

// expected-error @+1 {{expected 'zero_row'}}
weft.variable @a role(parameter) init(zeros, 1.0) : tensor<2xf32>

// -----

// expected-error @+1 {{'weft.variable' op expects a zero_row of at least 0 and below 2, the tensor's rows, got 2}}
weft.variable @a role(parameter) init(normal, 1.0, zero_row = 2) : tensor<2x3xf32>

// -----

// expected-error @+1 {{'weft.variable' op expects a zero_row of at least 0 and below 2, the tensor's rows, got -1}}
weft.variable @a role(parameter) init(normal, 1.0, zero_row = -1) : tensor<2x3xf32>

// -----

// expected-error @+1 {{'weft.variable' op expects a zero_row of at least 0 and below 0, the tensor's rows, got 0}}
weft.variable @a role(parameter) init(normal, 1.0, zero_row = 0) : tensor<f32>

// -----

// expected-error @+1 {{'weft.variable' op expects a padding row of at least 0 and below 2, the tensor's rows, got 5}}
weft.variable @a role(parameter) init(normal, 1.0) {padding_rows = array<i64: 1, 5>} : tensor<2x3xf32>

// -----

weft.layer @l() {
  // expected-error @+1 {{'weft.parameter' op expects a zero_row of at least 0 and below 4, the tensor's rows, got 4}}
  %w = weft.parameter "w" init(normal, 1.0, zero_row = 4) : tensor<4x2xf32>
  weft.return
}

// -----

exec.module @m {
  // expected-error @+1 {{'exec.state' op expects a zero_row of at least 0 and below 4, the tensor's rows, got 4}}
  exec.state @a : memref<4xf32> role(parameter) init(normal, 1.0, zero_row = 4)
}

// -----

exec.module @m {
  // expected-error @+1 {{'exec.state' op expects a padding row of at least 0 and below 4, the tensor's rows, got -1}}
  exec.state @a : memref<4xf32> role(parameter) init(normal, 1.0) {padding_rows = array<i64: -1>}
}

// -----

// expected-error @+1 {{expected one of [parameter, gradient, optimizer, loss_sum, loss_weight, eval_sum, eval_weight, gradient_norm, logits] for what a persistent tensor is for, got: weight}}
weft.variable @a role(weight) init(zeros) : tensor<2xf32>

// -----

// expected-error @+1 {{init constant expects a finite value}}
module attributes {spec.init = #spec.init<constant, 0x7FF0000000000000>} {}
