// RUN: weft-opt %s -split-input-file -verify-diagnostics

weft.layer @l(%q: tensor<10x16xf32>, %k: tensor<2x3x12x16xf32>, %v: tensor<2x3x12x8xf32>) {
  // expected-error @+1 {{expects q, k and v of [batch, heads, positions, width], got 'tensor<10x16xf32>'}}
  %o, %l = weft.attention %q, %k, %v {scale = 1.0} : tensor<10x16xf32>, tensor<2x3x12x16xf32>, tensor<2x3x12x8xf32>
  weft.return
}

// -----

weft.layer @l(%q: tensor<2x6x10x16xf32>, %k: tensor<2x4x12x16xf32>, %v: tensor<2x4x12x8xf32>) {
  // expected-error @+1 {{expects heads of keys that divide those of queries, got 4 and 6}}
  %o, %l = weft.attention %q, %k, %v {scale = 1.0} : tensor<2x6x10x16xf32>, tensor<2x4x12x16xf32>, tensor<2x4x12x8xf32>
  weft.return
}

// -----

weft.layer @l(%q: tensor<2x6x10x16xf32>, %k: tensor<2x3x12x8xf32>, %v: tensor<2x3x12x8xf32>) {
  // expected-error @+1 {{expects q and k of one batch and one width, got 'tensor<2x6x10x16xf32>' and 'tensor<2x3x12x8xf32>'}}
  %o, %l = weft.attention %q, %k, %v {scale = 1.0} : tensor<2x6x10x16xf32>, tensor<2x3x12x8xf32>, tensor<2x3x12x8xf32>
  weft.return
}

// -----

weft.layer @l(%q: tensor<2x6x10x16xf32>, %k: tensor<2x3x12x16xf32>, %v: tensor<2x3x11x8xf32>) {
  // expected-error @+1 {{expects k and v that agree but for their width, got 'tensor<2x3x12x16xf32>' and 'tensor<2x3x11x8xf32>'}}
  %o, %l = weft.attention %q, %k, %v {scale = 1.0} : tensor<2x6x10x16xf32>, tensor<2x3x12x16xf32>, tensor<2x3x11x8xf32>
  weft.return
}

// -----

weft.layer @l(%q: tensor<2x6x10x16xf32>, %k: tensor<2x3x12x16xf64>, %v: tensor<2x3x12x8xf32>) {
  // expected-error @+1 {{expects operands of one element type}}
  %o, %l = weft.attention %q, %k, %v {scale = 1.0} : tensor<2x6x10x16xf32>, tensor<2x3x12x16xf64>, tensor<2x3x12x8xf32>
  weft.return
}

// -----

weft.layer @l(%q: tensor<2x6x10x16xf32>, %k: tensor<2x3x12x16xf32>, %v: tensor<2x3x12x8xf32>) {
  // expected-error @+1 {{expects a softcap that is positive and finite}}
  %o, %l = weft.attention %q, %k, %v {scale = 1.0, softcap = 0.0} : tensor<2x6x10x16xf32>, tensor<2x3x12x16xf32>, tensor<2x3x12x8xf32>
  weft.return
}

// -----

weft.layer @l(%q: tensor<2x6x10x16xf32>, %k: tensor<2x3x12x16xf32>, %v: tensor<2x3x12x8xf32>) {
  // expected-error @+1 {{expects a softcap that is positive and finite}}
  %o, %l = weft.attention %q, %k, %v {scale = 1.0, softcap = -3.0} : tensor<2x6x10x16xf32>, tensor<2x3x12x16xf32>, tensor<2x3x12x8xf32>
  weft.return
}

// -----

weft.layer @l(%q: tensor<2x6x10x16xf32>, %k: tensor<2x3x12x16xf32>, %v: tensor<2x3x12x8xf32>) {
  // expected-error @+1 {{expects a window of at least 1, got 0}}
  %o, %l = weft.attention %q, %k, %v {scale = 1.0, causal, window = 0} : tensor<2x6x10x16xf32>, tensor<2x3x12x16xf32>, tensor<2x3x12x8xf32>
  weft.return
}

// -----

weft.layer @l(%q: tensor<2x6x10x16xf32>, %k: tensor<2x3x12x16xf32>, %v: tensor<2x3x12x8xf32>) {
  // expected-error @+1 {{expects a window of at least 1, got -2}}
  %o, %l = weft.attention %q, %k, %v {scale = 1.0, causal, window = -2} : tensor<2x6x10x16xf32>, tensor<2x3x12x16xf32>, tensor<2x3x12x8xf32>
  weft.return
}

// -----

weft.layer @l(%q: tensor<2x6x10x16xf32>, %k: tensor<2x3x12x16xf32>, %v: tensor<2x3x12x8xf32>) {
  // expected-error @+1 {{expects either causal or ahead: causal is ahead = 1}}
  %o, %l = weft.attention %q, %k, %v {scale = 1.0, causal, ahead = 4} : tensor<2x6x10x16xf32>, tensor<2x3x12x16xf32>, tensor<2x3x12x8xf32>
  weft.return
}

// -----

weft.layer @l(%q: tensor<2x6x10x16xf32>, %k: tensor<2x3x12x16xf32>, %v: tensor<2x3x12x8xf32>) {
  // expected-error @+1 {{expects a window and ahead of at least 2 together, which is the query's own position, got 3 and -2}}
  %o, %l = weft.attention %q, %k, %v {scale = 1.0, window = 3, ahead = -2} : tensor<2x6x10x16xf32>, tensor<2x3x12x16xf32>, tensor<2x3x12x8xf32>
  weft.return
}

// -----

weft.layer @l(%q: tensor<2x6x10x16xf32>, %k: tensor<2x3x12x16xf32>, %v: tensor<2x3x12x8xf32>) {
  // expected-error @+1 {{expects a window of at least -8, with which the first query sees the last key, got -9}}
  %o, %l = weft.attention %q, %k, %v {scale = 1.0, window = -9} : tensor<2x6x10x16xf32>, tensor<2x3x12x16xf32>, tensor<2x3x12x8xf32>
  weft.return
}

// -----

weft.layer @l(%q: tensor<2x6x10x16xf32>, %k: tensor<2x3x12x16xf32>, %v: tensor<2x3x12x8xf32>) {
  // expected-error @+1 {{expects ahead of at least -10, with which the last query sees the first key, got -11}}
  %o, %l = weft.attention %q, %k, %v {scale = 1.0, ahead = -11} : tensor<2x6x10x16xf32>, tensor<2x3x12x16xf32>, tensor<2x3x12x8xf32>
  weft.return
}

// -----

weft.layer @l(%q: tensor<2x6x10x16xf32>, %k: tensor<2x3x12x16xf32>, %v: tensor<2x3x12x8xf32>) {
  // expected-error @+1 {{expects a finite scale}}
  %o, %l = weft.attention %q, %k, %v {scale = 0x7FF0000000000000 : f64} : tensor<2x6x10x16xf32>, tensor<2x3x12x16xf32>, tensor<2x3x12x8xf32>
  weft.return
}

// -----

weft.layer @l(%q: tensor<2x6x10x16xf32>, %k: tensor<2x3x12x16xf32>, %v: tensor<2x3x12x8xf32>, %b: tensor<2x6x10x1xf32>) {
  // expected-error @+1 {{expects a bias of 2x6x10x12, in which the first three may be 1, in no more bits than 'f32', got 'tensor<2x6x10x1xf32>'}}
  %o, %l, %r = weft.attention %q, %k, %v bias %b : tensor<2x6x10x1xf32> {scale = 1.0} : tensor<2x6x10x16xf32>, tensor<2x3x12x16xf32>, tensor<2x3x12x8xf32>
  weft.return
}

// -----

weft.layer @l(%q: tensor<2x6x10x16xf32>, %k: tensor<2x3x12x16xf32>, %v: tensor<2x3x12x8xf32>, %b: tensor<2x3x10x12xf32>) {
  // expected-error @+1 {{expects a bias of 2x6x10x12, in which the first three may be 1, in no more bits than 'f32', got 'tensor<2x3x10x12xf32>'}}
  %o, %l, %r = weft.attention %q, %k, %v bias %b : tensor<2x3x10x12xf32> {scale = 1.0} : tensor<2x6x10x16xf32>, tensor<2x3x12x16xf32>, tensor<2x3x12x8xf32>
  weft.return
}

// -----

weft.layer @l(%q: tensor<2x6x10x16xf32>, %k: tensor<2x3x12x16xf32>, %v: tensor<2x3x12x8xf32>, %l: tensor<2x6x10xf32>, %g: tensor<2x6x10x8xf32>) {
  // expected-error @+1 {{expects lse and delta of 'tensor<2x6x10xf32>', got 'tensor<2x6x10x8xf32>'}}
  %a, %b, %c = weft.attention_backward %q, %k, %v, %g, %l, %g chunks 1 {scale = 1.0} : tensor<2x6x10x16xf32>, tensor<2x3x12x16xf32>, tensor<2x3x12x8xf32>, tensor<2x6x10x8xf32>, tensor<2x6x10xf32>, tensor<2x6x10x8xf32>
  weft.return
}

// -----

weft.layer @l(%q: tensor<2x6x10x16xf32>, %k: tensor<2x3x12x16xf32>, %v: tensor<2x3x12x8xf32>, %l: tensor<2x6x10xf32>, %g: tensor<2x6x10x8xf32>) {
  // expected-error @+1 {{expects a gradient of 'tensor<2x6x10x8xf32>', got 'tensor<2x6x10xf32>'}}
  %a, %b, %c = weft.attention_backward %q, %k, %v, %l, %l, %l chunks 1 {scale = 1.0} : tensor<2x6x10x16xf32>, tensor<2x3x12x16xf32>, tensor<2x3x12x8xf32>, tensor<2x6x10xf32>, tensor<2x6x10xf32>, tensor<2x6x10xf32>
  weft.return
}

// -----

weft.layer @l(%q: tensor<2x6x10x16xf32>, %k: tensor<2x3x12x16xf32>, %v: tensor<2x3x12x8xf32>, %l: tensor<2x6x10xf32>, %g: tensor<2x6x10x8xf32>) {
  // expected-error @+1 {{expects at least 1 chunk of keys, got 0}}
  %a, %b, %c = weft.attention_backward %q, %k, %v, %l, %l, %g chunks 0 {scale = 1.0} : tensor<2x6x10x16xf32>, tensor<2x3x12x16xf32>, tensor<2x3x12x8xf32>, tensor<2x6x10xf32>, tensor<2x6x10xf32>, tensor<2x6x10x8xf32>
  weft.return
}

// -----

weft.layer @l(%q: tensor<1x1x4x1025xf32>, %v: tensor<1x1x4x8xf32>) {
  // expected-error @+1 {{expects heads of a width of at most 1024, got 'tensor<1x1x4x1025xf32>'}}
  %o, %l = weft.attention %q, %q, %v {scale = 1.0} : tensor<1x1x4x1025xf32>, tensor<1x1x4x1025xf32>, tensor<1x1x4x8xf32>
  weft.return
}

// -----

weft.layer @l(%q: tensor<2x6x10x16xf32>, %k: tensor<2x3x12x16xf32>, %v: tensor<2x3x12x8xf32>, %d: tensor<2x12xi32>) {
  // expected-error @+1 {{expects documents of 2x10, got 'tensor<2x12xi32>'}}
  %o, %l = weft.attention %q, %k, %v documents %d, %d : tensor<2x12xi32>, tensor<2x12xi32> {scale = 1.0} : tensor<2x6x10x16xf32>, tensor<2x3x12x16xf32>, tensor<2x3x12x8xf32>
  weft.return
}

// -----

weft.layer @l(%q: tensor<2x6x10x16xf32>, %k: tensor<2x3x12x16xf32>, %v: tensor<2x3x12x8xf32>, %d: tensor<2x10xi32>) {
  // expected-error @+1 {{expects documents of 2x12, got 'tensor<2x10xi32>'}}
  %o, %l = weft.attention %q, %k, %v documents %d, %d : tensor<2x10xi32>, tensor<2x10xi32> {scale = 1.0} : tensor<2x6x10x16xf32>, tensor<2x3x12x16xf32>, tensor<2x3x12x8xf32>
  weft.return
}

// -----

weft.layer @l(%q: tensor<2x6x10x16xf32>, %k: tensor<2x3x12x16xf32>, %v: tensor<2x3x12x8xf32>, %s: tensor<3xf32>) {
  // expected-error @+1 {{expects an alibi slope of 'f32' for each of 6 heads, got 'tensor<3xf32>'}}
  %o, %l = weft.attention %q, %k, %v alibi %s : tensor<3xf32> {scale = 1.0} : tensor<2x6x10x16xf32>, tensor<2x3x12x16xf32>, tensor<2x3x12x8xf32>
  weft.return
}

// -----

weft.layer @l(%q: tensor<2x6x10x16xf32>, %k: tensor<2x3x12x16xf32>, %v: tensor<2x3x12x8xf32>) {
  // expected-error @+1 {{expects a dropout of at least 0 and below 1, got 1.000000e+00}}
  %o, %l = weft.attention %q, %k, %v {scale = 1.0, dropout = 1.0} : tensor<2x6x10x16xf32>, tensor<2x3x12x16xf32>, tensor<2x3x12x8xf32>
  weft.return
}

// -----

weft.layer @l(%q: tensor<2x6x10x16xf32>, %k: tensor<2x3x12x16xf32>, %v: tensor<2x3x12x8xf32>) {
  // expected-error @+1 {{expects a key or a draw to go with dropout: add 'dropout = 0.1'}}
  %o, %l = weft.attention %q, %k, %v key 3 {scale = 1.0} : tensor<2x6x10x16xf32>, tensor<2x3x12x16xf32>, tensor<2x3x12x8xf32>
  weft.return
}

// -----

weft.layer @l(%q: tensor<2x6x10x16xf32>, %k: tensor<2x3x12x16xf32>, %v: tensor<2x3x12x8xf32>, %w: tensor<i32>, %t: tensor<f64>) {
  // expected-error @+1 {{expects 6 words to draw from, of key, seed and sample, got 2}}
  %o, %l = weft.attention %q, %k, %v draw %w, %w step %t {scale = 1.0, dropout = 0.5} : tensor<2x6x10x16xf32>, tensor<2x3x12x16xf32>, tensor<2x3x12x8xf32>
  weft.return
}

// -----

weft.graph @g(%q: tensor<2x6x10x16xf32>) {
  // expected-error @+1 {{expects a key in a graph, as weft-instantiate gives it}}
  %o, %l = weft.attention %q, %q, %q {scale = 1.0, dropout = 0.5} : tensor<2x6x10x16xf32>, tensor<2x6x10x16xf32>, tensor<2x6x10x16xf32>
  weft.return
}

// -----

// Types are inferred before anybody has looked at those of operands.
// expected-error @+1 {{op argument #0 must be a non-empty statically shaped tensor of bf16, f16, f32, f64 or i32, got 'tensor<1x2x8x4xindex>'}}
weft.model @indices(%q: tensor<1x2x8x4xindex>) {
  %o, %lse = weft.attention %q, %q, %q {scale = 0.5} : tensor<1x2x8x4xindex>, tensor<1x2x8x4xindex>, tensor<1x2x8x4xindex>
  weft.return
}

// -----

weft.layer @l(%q: tensor<2x6x10x16xf32>, %k: tensor<2x3x12x16xf32>, %v: tensor<2x3x12x8xf32>, %b: tensor<1x1x1x12xf64>) {
  // expected-error @+1 {{expects a bias of 2x6x10x12, in which the first three may be 1, in no more bits than 'f32', got 'tensor<1x1x1x12xf64>'}}
  %o, %l, %r = weft.attention %q, %k, %v bias %b : tensor<1x1x1x12xf64> {scale = 1.0} : tensor<2x6x10x16xf32>, tensor<2x3x12x16xf32>, tensor<2x3x12x8xf32>
  weft.return
}

// -----

weft.layer @l(%q: tensor<2x6x10x16xf32>, %k: tensor<2x3x12x16xf32>, %v: tensor<2x3x12x8xf32>, %b: tensor<1x1x1x12xf32>) {
  // expected-error @+1 {{expects kept to go with a bias of its type, which says what takes the place of scores}}
  %o, %l = weft.attention %q, %k, %v kept %b : tensor<1x1x1x12xf32> {scale = 1.0} : tensor<2x6x10x16xf32>, tensor<2x3x12x16xf32>, tensor<2x3x12x8xf32>
  weft.return
}

// -----

weft.layer @l(%q: tensor<2x6x10x16xf32>, %k: tensor<2x3x12x16xf32>, %v: tensor<2x3x12x8xf32>, %b: tensor<1x1x1x12xf32>, %c: tensor<2x1x1x12xf32>) {
  // expected-error @+1 {{expects kept to go with a bias of its type, which says what takes the place of scores}}
  %o, %l, %r = weft.attention %q, %k, %v bias %b : tensor<1x1x1x12xf32> kept %c : tensor<2x1x1x12xf32> {scale = 1.0} : tensor<2x6x10x16xf32>, tensor<2x3x12x16xf32>, tensor<2x3x12x8xf32>
  weft.return
}

// -----

weft.layer @l(%q: tensor<2x6x10x16xf32>, %k: tensor<2x3x12x16xf32>, %v: tensor<2x3x12x8xf32>, %b: tensor<1x1x1x12xf32>, %rows: tensor<2x6x10xf32>, %o: tensor<2x6x10x8xf32>) {
  // expected-error @+1 {{expects a rest of 'tensor<2x6x10xf32>' with a bias, and none without}}
  %dq, %dk, %dv = weft.attention_backward %q, %k, %v, %rows, %rows, %o bias %b : tensor<1x1x1x12xf32> chunks 1 {scale = 1.0} : tensor<2x6x10x16xf32>, tensor<2x3x12x16xf32>, tensor<2x3x12x8xf32>, tensor<2x6x10xf32>, tensor<2x6x10xf32>, tensor<2x6x10x8xf32>
  weft.return
}
