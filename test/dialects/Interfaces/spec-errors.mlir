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

// expected-error @+1 {{expected ')'}}
weft.variable @a role(parameter) init(zeros, 1.0) : tensor<2xf32>

// -----

// expected-error @+1 {{expected a role of parameter, gradient, optimizer, loss_sum, loss_weight, eval_sum, eval_weight, gradient_norm or logits, got 'weight'}}
weft.variable @a role(weight) init(zeros) : tensor<2xf32>

// -----

// expected-error @+1 {{init constant expects a finite value}}
module attributes {spec.init = #spec.init<constant, 0x7FF0000000000000>} {}
