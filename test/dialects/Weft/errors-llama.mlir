// RUN: weft-opt %s -split-input-file -verify-diagnostics

weft.layer @l(%x: tensor<8xf32>) {
  // expected-error @+1 {{'weft.clamp' op expects a bound, as in {min = 0.0} or {max = 1.0}}}
  %0 = weft.clamp %x : tensor<8xf32>
  weft.return
}

// -----

weft.layer @l(%x: tensor<8xf32>) {
  // expected-error @+1 {{'weft.clamp' op expects min to be at most max, got 1.000000e+00 and -1.000000e+00}}
  %0 = weft.clamp %x {min = 1.0, max = -1.0} : tensor<8xf32>
  weft.return
}

// -----

weft.layer @l(%x: tensor<8xf32>) {
  // expected-error @+1 {{'weft.clamp' op expects bounds that are numbers, got NaN}}
  %0 = weft.clamp %x {max = 0x7FF8000000000000 : f64} : tensor<8xf32>
  weft.return
}

// -----

weft.layer @l(%x: tensor<8xf32>) {
  // expected-error @+1 {{expected one of [eq, ne, lt, le, gt, ge] for how two numbers are compared, got: less}}
  %0 = weft.compare less %x, %x : tensor<8xf32>, tensor<8xf32> -> tensor<8xf32>
  weft.return
}

// -----

weft.layer @l(%x: tensor<8xf32>, %y: tensor<8xi32>) {
  // expected-error @+1 {{'weft.compare' op expects operands of one element type, got 'f32' and 'i32'}}
  %0 = weft.compare lt %x, %y : tensor<8xf32>, tensor<8xi32> -> tensor<8xf32>
  weft.return
}

// -----

weft.layer @l(%x: tensor<8xf32>, %y: tensor<7xf32>) {
  // expected-error @+1 {{'weft.compare' op expects shapes that broadcast, got 8 and 7}}
  %0 = weft.compare lt %x, %y : tensor<8xf32>, tensor<7xf32> -> tensor<8xf32>
  weft.return
}

// -----

weft.layer @l(%x: tensor<8x1xf32>, %y: tensor<7xf32>) {
  // expected-error @+1 {{'weft.compare' op expects a result of shape 8x7, got 7x8}}
  %0 = weft.compare lt %x, %y : tensor<8x1xf32>, tensor<7xf32> -> tensor<7x8xf32>
  weft.return
}

// -----

// There are no booleans.
weft.layer @l(%x: tensor<8xf32>) {
  // expected-error @+1 {{'weft.compare' op result #0 must be non-empty statically shaped tensor of bfloat16 type or 16-bit float or 32-bit float or 64-bit float values, but got 'tensor<8xi1>'}}
  %0 = weft.compare lt %x, %x : tensor<8xf32>, tensor<8xf32> -> tensor<8xi1>
  weft.return
}

// -----

weft.layer @l(%c: tensor<8xf32>, %x: tensor<8xf32>, %y: tensor<8xf64>) {
  // expected-error @+1 {{'weft.where' op expects operands of one element type, got 'f32' and 'f64'}}
  %0 = weft.where %c, %x, %y : tensor<8xf32>, tensor<8xf32>, tensor<8xf64>
  weft.return
}

// -----

weft.layer @l(%c: tensor<2xf32>, %x: tensor<8xf32>, %y: tensor<f32>) {
  // expected-error @+1 {{'weft.where' op expects shapes that broadcast, got 2, 8 and scalar}}
  %0 = weft.where %c, %x, %y : tensor<2xf32>, tensor<8xf32>, tensor<f32>
  weft.return
}

// -----

weft.layer @l(%x: tensor<8xf32>) {
  // expected-error @+1 {{'weft.cast' op result #0 must be non-empty statically shaped tensor of bfloat16 type or 16-bit float or 32-bit float or 64-bit float values, but got 'tensor<8xi32>'}}
  %0 = weft.cast %x : tensor<8xf32> to tensor<8xi32>
  weft.return
}

// -----

weft.layer @l(%x: tensor<8x8xf32>) {
  // expected-error @+1 {{'weft.causal_mask' op expects a window of at least 1, got 0}}
  %0 = weft.causal_mask %x {window = 0} : tensor<8x8xf32>
  weft.return
}

// -----

weft.layer @l(%x: tensor<8x32xf32>, %w: tensor<8xf32>) {
  // expected-error @+1 {{'weft.rms_norm' op expects a weight of shape 32 (the input's last size), got 8}}
  %0 = weft.rms_norm %x, %w {eps = 1.0e-6} : tensor<8x32xf32>, tensor<8xf32>
  weft.return
}

// -----

weft.layer @l(%x: tensor<f32>, %w: tensor<8xf32>) {
  // expected-error @+1 {{'weft.rms_norm' op expects an input of rank at least 1, got a scalar}}
  %0 = weft.rms_norm %x, %w {eps = 1.0e-6} : tensor<f32>, tensor<8xf32>
  weft.return
}

// -----

weft.layer @l(%x: tensor<8xf32>, %w: tensor<8xf64>) {
  // expected-error @+1 {{'weft.rms_norm' op expects operands of one element type, got 'f32' and 'f64'}}
  %0 = weft.rms_norm %x, %w {eps = 1.0e-6} : tensor<8xf32>, tensor<8xf64>
  weft.return
}

// -----

weft.layer @l(%x: tensor<8xf32>, %w: tensor<8xf32>) {
  // expected-error @+1 {{'weft.rms_norm' op expects eps above 0, got 0.000000e+00}}
  %0 = weft.rms_norm %x, %w {eps = 0.0} : tensor<8xf32>, tensor<8xf32>
  weft.return
}

// -----

weft.layer @l(%x: tensor<8xf32>, %w: tensor<8xf32>) {
  // expected-error @+1 {{'weft.rms_norm' op expects a finite weight_offset, got}}
  %0 = weft.rms_norm %x, %w {eps = 1.0e-6, weight_offset = 0x7FF0000000000000 : f64} : tensor<8xf32>, tensor<8xf32>
  weft.return
}

// -----

weft.layer @l(%x: tensor<f32>) {
  // expected-error @+1 {{'weft.log_softmax' op expects an input of rank at least 1, got a scalar}}
  %0 = weft.log_softmax %x : tensor<f32>
  weft.return
}

// -----

weft.layer @l(%x: tensor<8x32xf32>) {
  // expected-error @+1 {{expected one of [half, interleaved] for which elements a rotation pairs, got: quarter}}
  %0 = weft.rope quarter %x {theta = 10000.0} : tensor<8x32xf32>
  weft.return
}

// -----

weft.layer @l(%x: tensor<32xf32>) {
  // expected-error @+1 {{'weft.rope' op expects an input of rank at least 2 (positions, elements of a head), got rank 1}}
  %0 = weft.rope half %x {theta = 10000.0} : tensor<32xf32>
  weft.return
}

// -----

weft.layer @l(%x: tensor<8x33xf32>) {
  // expected-error @+1 {{'weft.rope' op expects an even last size, got 33}}
  %0 = weft.rope half %x {theta = 10000.0} : tensor<8x33xf32>
  weft.return
}

// -----

weft.layer @l(%x: tensor<8x32xf32>) {
  // expected-error @+1 {{'weft.rope' op expects theta above 0, got -1.000000e+00}}
  %0 = weft.rope half %x {theta = -1.0} : tensor<8x32xf32>
  weft.return
}

// -----

weft.layer @l(%x: tensor<8x32xf32>) {
  // expected-error @+1 {{'weft.rope' op requires attribute 'theta'}}
  %0 = weft.rope half %x : tensor<8x32xf32>
  weft.return
}

// -----

weft.layer @l(%x: tensor<8x32xf32>) {
  // expected-error @+1 {{'weft.rope' op attribute 'scaling' failed to satisfy constraint: #weft.rope_linear or #weft.rope_llama3}}
  %0 = weft.rope half %x {theta = 10000.0, scaling = #weft.sgd} : tensor<8x32xf32>
  weft.return
}

// -----

weft.layer @l(%x: tensor<8x256xf32>, %t: tensor<8xi32>) {
  // expected-error @+1 {{'weft.cross_entropy' op expects label_smoothing between 0 and 1, got 1.500000e+00}}
  %0:2 = weft.cross_entropy %x, %t {label_smoothing = 1.5} : tensor<8x256xf32>, tensor<8xi32>
  weft.return
}

// -----

weft.layer @l(%x: tensor<8x256xf32>, %t: tensor<8xi32>) {
  // expected-error @+1 {{'weft.cross_entropy_rows' op expects a finite z_loss of at least 0, got -1.000000e+00}}
  %0:3 = weft.cross_entropy_rows %x, %t {z_loss = -1.0} : tensor<8x256xf32>, tensor<8xi32>
  weft.return
}

// -----

weft.layer @l(%g: tensor<f32>, %x: tensor<8x256xf32>, %t: tensor<8xi32>, %lse: tensor<8x1xf32>) {
  // expected-error @+1 {{'weft.cross_entropy_backward' op expects label_smoothing between 0 and 1, got -1.000000e-01}}
  %0 = weft.cross_entropy_backward %g, %x, %t, %lse {label_smoothing = -0.1} : tensor<f32>, tensor<8x256xf32>, tensor<8xi32>, tensor<8x1xf32>
  weft.return
}

// -----

// expected-error @+1 {{unknown key 'dampening', expected one of momentum, nesterov, weight_decay}}
module attributes {weft.o = #weft.sgd<dampening = 0.1>} {}

// -----

// expected-error @+1 {{momentum must be at least 0 and below 1, got: 1.000000e+00}}
module attributes {weft.o = #weft.sgd<momentum = 1.0>} {}

// -----

// expected-error @+1 {{nesterov needs a momentum above 0}}
module attributes {weft.o = #weft.sgd<nesterov = true>} {}

// -----

// expected-error @+1 {{expected 'false'}}
module attributes {weft.o = #weft.sgd<momentum = 0.9, nesterov = yes>} {}

// -----

// expected-error @+1 {{weight_decay must be at least 0, got: -1.000000e+00}}
module attributes {weft.o = #weft.sgd<weight_decay = -1.0>} {}

// -----

// expected-error @+1 {{expected a number for factor}}
module attributes {weft.o = #weft.rope_linear} {}

// -----

// expected-error @+1 {{factor must be above 0, got: 0.000000e+00}}
module attributes {weft.o = #weft.rope_linear<factor = 0.0>} {}

// -----

// expected-error @+1 {{unknown key 'low', expected one of factor, low_freq_factor, high_freq_factor, original_positions}}
module attributes {weft.o = #weft.rope_llama3<low = 1.0>} {}

// -----

// expected-error @+1 {{expected a number for high_freq_factor}}
module attributes {weft.o = #weft.rope_llama3<factor = 8.0, low_freq_factor = 1.0, original_positions = 8192>} {}

// -----

// expected-error @+1 {{low_freq_factor must be below high_freq_factor, got: 4.000000e+00 and 1.000000e+00}}
module attributes {weft.o = #weft.rope_llama3<factor = 8.0, low_freq_factor = 4.0, high_freq_factor = 1.0, original_positions = 8192>} {}

// -----

// expected-error @+1 {{original_positions must be at least 1, got: 0}}
module attributes {weft.o = #weft.rope_llama3<factor = 8.0, low_freq_factor = 1.0, high_freq_factor = 4.0>} {}

// -----

// expected-error @+2 {{'weft.train' op attribute 'optimizer' failed to satisfy constraint: an optimizer, #weft.adamw or #weft.sgd}}
weft.graph @g() { weft.return }
weft.train @g optimizer(#weft.rope_linear<factor = 2.0>)
