// What looks like attention and is not fused, each with the reason.
// RUN: weft-opt %s -split-input-file -weft-fuse-attention -verify-diagnostics -o %t
// RUN: FileCheck %s --input-file %t --implicit-check-not weft.attention
// CHECK: weft.softmax

// The scores are wanted by others too.
weft.layer @scores_used_twice(%q: tensor<2x4x9x8xf64>, %k: tensor<2x4x9x8xf64>, %v: tensor<2x4x9x8xf64>) -> (tensor<2x4x9x8xf64>, tensor<f64>) {
  %products = weft.matmul %q, %k {transpose_b} : tensor<2x4x9x8xf64>, tensor<2x4x9x8xf64>
  %half = weft.constant dense<0.5> : tensor<f64>
  %scores = weft.mul %products, %half : tensor<2x4x9x9xf64>, tensor<f64>
  // expected-remark @+1 {{this softmax stays as it is, not fused to attention: the scores are used more than once}}
  %p = weft.softmax %scores : tensor<2x4x9x9xf64>
  %o = weft.matmul %p, %v : tensor<2x4x9x9xf64>, tensor<2x4x9x8xf64>
  %more = weft.sum %scores axes [0, 1, 2, 3] : tensor<2x4x9x9xf64>
  %one = weft.constant dense<1.0> : tensor<f64>
  weft.return %o, %more : tensor<2x4x9x8xf64>, tensor<f64>
}

// -----

// So are the products.
weft.layer @products_used_twice(%q: tensor<2x4x9x8xf64>, %k: tensor<2x4x9x8xf64>, %v: tensor<2x4x9x8xf64>) -> (tensor<2x4x9x8xf64>, tensor<f64>) {
  %products = weft.matmul %q, %k {transpose_b} : tensor<2x4x9x8xf64>, tensor<2x4x9x8xf64>
  %half = weft.constant dense<0.5> : tensor<f64>
  %scores = weft.mul %products, %half : tensor<2x4x9x9xf64>, tensor<f64>
  // expected-remark @+1 {{this softmax stays as it is, not fused to attention: the scores are used more than once}}
  %p = weft.softmax %scores : tensor<2x4x9x9xf64>
  %o = weft.matmul %p, %v : tensor<2x4x9x9xf64>, tensor<2x4x9x8xf64>
  %more = weft.sum %products axes [0, 1, 2, 3] : tensor<2x4x9x9xf64>
  %one = weft.constant dense<1.0> : tensor<f64>
  weft.return %o, %more : tensor<2x4x9x8xf64>, tensor<f64>
}

// -----

// The softmax itself is an output.
weft.layer @shares_used_twice(%q: tensor<2x4x9x8xf64>, %k: tensor<2x4x9x8xf64>, %v: tensor<2x4x9x8xf64>) -> (tensor<2x4x9x8xf64>, tensor<f64>) {
  %products = weft.matmul %q, %k {transpose_b} : tensor<2x4x9x8xf64>, tensor<2x4x9x8xf64>
  %half = weft.constant dense<0.5> : tensor<f64>
  %scores = weft.mul %products, %half : tensor<2x4x9x9xf64>, tensor<f64>
  // expected-remark @+1 {{this softmax stays as it is, not fused to attention: the result of the softmax is used more than once}}
  %p = weft.softmax %scores : tensor<2x4x9x9xf64>
  %o = weft.matmul %p, %v : tensor<2x4x9x9xf64>, tensor<2x4x9x8xf64>
  %more = weft.sum %p axes [0, 1, 2, 3] : tensor<2x4x9x9xf64>
  %one = weft.constant dense<1.0> : tensor<f64>
  weft.return %o, %more : tensor<2x4x9x8xf64>, tensor<f64>
}

// -----

// The softmax is over the keys, the sum over the queries.
weft.layer @transposed_shares(%q: tensor<2x4x9x8xf64>, %k: tensor<2x4x9x8xf64>, %v: tensor<2x4x9x8xf64>) -> (tensor<2x4x9x8xf64>, tensor<f64>) {
  %products = weft.matmul %q, %k {transpose_b} : tensor<2x4x9x8xf64>, tensor<2x4x9x8xf64>
  %half = weft.constant dense<0.5> : tensor<f64>
  %scores = weft.mul %products, %half : tensor<2x4x9x9xf64>, tensor<f64>
  // expected-remark @+1 {{this softmax stays as it is, not fused to attention: the result of the softmax is not the left operand of the product with values}}
  %p = weft.softmax %scores : tensor<2x4x9x9xf64>
  %o = weft.matmul %p, %v {transpose_a} : tensor<2x4x9x9xf64>, tensor<2x4x9x8xf64>
  %one = weft.constant dense<1.0> : tensor<f64>
  weft.return %o, %one : tensor<2x4x9x8xf64>, tensor<f64>
}

// -----

// Values are on the left.
weft.layer @shares_on_the_right(%q: tensor<2x4x9x8xf64>, %k: tensor<2x4x9x8xf64>, %v: tensor<2x4x9x8xf64>) -> (tensor<2x4x9x8xf64>, tensor<f64>) {
  %products = weft.matmul %q, %k {transpose_b} : tensor<2x4x9x8xf64>, tensor<2x4x9x8xf64>
  %half = weft.constant dense<0.5> : tensor<f64>
  %scores = weft.mul %products, %half : tensor<2x4x9x9xf64>, tensor<f64>
  // expected-remark @+1 {{this softmax stays as it is, not fused to attention: the result of the softmax is not the left operand of the product with values}}
  %p = weft.softmax %scores : tensor<2x4x9x9xf64>
  %o1 = weft.matmul %v, %p {transpose_a} : tensor<2x4x9x8xf64>, tensor<2x4x9x9xf64>
  %o = weft.transpose %o1 [0, 1, 3, 2] : tensor<2x4x8x9xf64>
  %one = weft.constant dense<1.0> : tensor<f64>
  weft.return %o, %one : tensor<2x4x9x8xf64>, tensor<f64>
}

// -----

// A learned bias needs a gradient.
weft.layer @mask_of_parameter(%q: tensor<2x4x9x8xf64>, %k: tensor<2x4x9x8xf64>, %v: tensor<2x4x9x8xf64>) -> (tensor<2x4x9x8xf64>, tensor<f64>) {
  %products = weft.matmul %q, %k {transpose_b} : tensor<2x4x9x8xf64>, tensor<2x4x9x8xf64>
  %half = weft.constant dense<0.5> : tensor<f64>
  %scores = weft.mul %products, %half : tensor<2x4x9x9xf64>, tensor<f64>
  %b = weft.parameter "bias" init(zeros) : tensor<9x9xf64>
  %m = weft.add %scores, %b : tensor<2x4x9x9xf64>, tensor<9x9xf64>
  // expected-remark @+1 {{this softmax stays as it is, not fused to attention: what is added to the scores depends on a parameter, which needs a gradient}}
  %p = weft.softmax %m : tensor<2x4x9x9xf64>
  %o = weft.matmul %p, %v : tensor<2x4x9x9xf64>, tensor<2x4x9x8xf64>
  %one = weft.constant dense<1.0> : tensor<f64>
  weft.return %o, %one : tensor<2x4x9x8xf64>, tensor<f64>
}

// -----

// A mask that is computed from values.
weft.layer @condition_of_products(%q: tensor<2x4x9x8xf64>, %k: tensor<2x4x9x8xf64>, %v: tensor<2x4x9x8xf64>) -> (tensor<2x4x9x8xf64>, tensor<f64>) {
  %products = weft.matmul %q, %k {transpose_b} : tensor<2x4x9x8xf64>, tensor<2x4x9x8xf64>
  %half = weft.constant dense<0.5> : tensor<f64>
  %scores = weft.mul %products, %half : tensor<2x4x9x9xf64>, tensor<f64>
  %two = weft.matmul %q, %v {transpose_b} : tensor<2x4x9x8xf64>, tensor<2x4x9x8xf64>
  %low = weft.constant dense<0xFFF0000000000000> : tensor<f64>
  %m = weft.where %two, %scores, %low : tensor<2x4x9x9xf64>, tensor<2x4x9x9xf64>, tensor<f64>
  // expected-remark @+1 {{this softmax stays as it is, not fused to attention: the mask depends on what the model computes}}
  %p = weft.softmax %m : tensor<2x4x9x9xf64>
  %o = weft.matmul %p, %v : tensor<2x4x9x9xf64>, tensor<2x4x9x8xf64>
  %one = weft.constant dense<1.0> : tensor<f64>
  weft.return %o, %one : tensor<2x4x9x8xf64>, tensor<f64>
}

// -----

// A learned temperature.
weft.layer @scale_not_constant(%q: tensor<2x4x9x8xf64>, %k: tensor<2x4x9x8xf64>, %v: tensor<2x4x9x8xf64>) -> (tensor<2x4x9x8xf64>, tensor<f64>) {
  %products = weft.matmul %q, %k {transpose_b} : tensor<2x4x9x8xf64>, tensor<2x4x9x8xf64>
  %t = weft.parameter "temperature" init(ones) : tensor<f64>
  %scores = weft.mul %products, %t : tensor<2x4x9x9xf64>, tensor<f64>
  // expected-remark @+1 {{this softmax stays as it is, not fused to attention: the scores are multiplied by what is no constant}}
  %p = weft.softmax %scores : tensor<2x4x9x9xf64>
  %o = weft.matmul %p, %v : tensor<2x4x9x9xf64>, tensor<2x4x9x8xf64>
  %one = weft.constant dense<1.0> : tensor<f64>
  weft.return %o, %one : tensor<2x4x9x8xf64>, tensor<f64>
}

// -----

// Two products make the scores.
weft.layer @sum_of_products(%q: tensor<2x4x9x8xf64>, %k: tensor<2x4x9x8xf64>, %v: tensor<2x4x9x8xf64>) -> (tensor<2x4x9x8xf64>, tensor<f64>) {
  %products = weft.matmul %q, %k {transpose_b} : tensor<2x4x9x8xf64>, tensor<2x4x9x8xf64>
  %others = weft.matmul %v, %k {transpose_b} : tensor<2x4x9x8xf64>, tensor<2x4x9x8xf64>
  %scores = weft.add %products, %others : tensor<2x4x9x9xf64>, tensor<2x4x9x9xf64>
  // expected-remark @+1 {{this softmax stays as it is, not fused to attention: the scores are a sum of two products}}
  %p = weft.softmax %scores : tensor<2x4x9x9xf64>
  %o = weft.matmul %p, %v : tensor<2x4x9x9xf64>, tensor<2x4x9x8xf64>
  %one = weft.constant dense<1.0> : tensor<f64>
  weft.return %o, %one : tensor<2x4x9x8xf64>, tensor<f64>
}

// -----

// A mask behind the softmax: rows no longer sum to 1.
weft.layer @mask_after(%q: tensor<2x4x9x8xf64>, %k: tensor<2x4x9x8xf64>, %v: tensor<2x4x9x8xf64>, %mask: tensor<9x9xf64>) -> (tensor<2x4x9x8xf64>, tensor<f64>) {
  %products = weft.matmul %q, %k {transpose_b} : tensor<2x4x9x8xf64>, tensor<2x4x9x8xf64>
  %half = weft.constant dense<0.5> : tensor<f64>
  %scores = weft.mul %products, %half : tensor<2x4x9x9xf64>, tensor<f64>
  // expected-remark @+1 {{this softmax stays as it is, not fused to attention: 'weft.mul' stands between the softmax and the values}}
  %p = weft.softmax %scores : tensor<2x4x9x9xf64>
  %kept = weft.mul %p, %mask : tensor<2x4x9x9xf64>, tensor<9x9xf64>
  %o = weft.matmul %kept, %v : tensor<2x4x9x9xf64>, tensor<2x4x9x8xf64>
  %one = weft.constant dense<1.0> : tensor<f64>
  weft.return %o, %one : tensor<2x4x9x8xf64>, tensor<f64>
}

// -----

// tanh makes -1 of what is hidden.
weft.layer @mask_before_cap(%q: tensor<2x4x9x8xf64>, %k: tensor<2x4x9x8xf64>, %v: tensor<2x4x9x8xf64>) -> (tensor<2x4x9x8xf64>, tensor<f64>) {
  %products = weft.matmul %q, %k {transpose_b} : tensor<2x4x9x8xf64>, tensor<2x4x9x8xf64>
  %m = weft.causal_mask %products : tensor<2x4x9x9xf64>
  %t = weft.tanh %m : tensor<2x4x9x9xf64>
  // expected-remark @+1 {{this softmax stays as it is, not fused to attention: the mask comes before the soft cap}}
  %p = weft.softmax %t : tensor<2x4x9x9xf64>
  %o = weft.matmul %p, %v : tensor<2x4x9x9xf64>, tensor<2x4x9x8xf64>
  %one = weft.constant dense<1.0> : tensor<f64>
  weft.return %o, %one : tensor<2x4x9x8xf64>, tensor<f64>
}

// -----

// Two soft caps.
weft.layer @two_caps(%q: tensor<2x4x9x8xf64>, %k: tensor<2x4x9x8xf64>, %v: tensor<2x4x9x8xf64>) -> (tensor<2x4x9x8xf64>, tensor<f64>) {
  %products = weft.matmul %q, %k {transpose_b} : tensor<2x4x9x8xf64>, tensor<2x4x9x8xf64>
  %t = weft.tanh %products : tensor<2x4x9x9xf64>
  %u = weft.tanh %t : tensor<2x4x9x9xf64>
  // expected-remark @+1 {{this softmax stays as it is, not fused to attention: the scores go through two tanh}}
  %p = weft.softmax %u : tensor<2x4x9x9xf64>
  %o = weft.matmul %p, %v : tensor<2x4x9x9xf64>, tensor<2x4x9x8xf64>
  %one = weft.constant dense<1.0> : tensor<f64>
  weft.return %o, %one : tensor<2x4x9x8xf64>, tensor<f64>
}

// -----

// A cap below zero.
weft.layer @negative_cap(%q: tensor<2x4x9x8xf64>, %k: tensor<2x4x9x8xf64>, %v: tensor<2x4x9x8xf64>) -> (tensor<2x4x9x8xf64>, tensor<f64>) {
  %products = weft.matmul %q, %k {transpose_b} : tensor<2x4x9x8xf64>, tensor<2x4x9x8xf64>
  %t = weft.tanh %products : tensor<2x4x9x9xf64>
  %c = weft.constant dense<-2.0> : tensor<f64>
  %u = weft.mul %t, %c : tensor<2x4x9x9xf64>, tensor<f64>
  // expected-remark @+1 {{this softmax stays as it is, not fused to attention: the result of tanh is not multiplied by a positive constant}}
  %p = weft.softmax %u : tensor<2x4x9x9xf64>
  %o = weft.matmul %p, %v : tensor<2x4x9x9xf64>, tensor<2x4x9x8xf64>
  %one = weft.constant dense<1.0> : tensor<f64>
  weft.return %o, %one : tensor<2x4x9x8xf64>, tensor<f64>
}

// -----

// Hidden keys become the largest.
weft.layer @negative_after_mask(%q: tensor<2x4x9x8xf64>, %k: tensor<2x4x9x8xf64>, %v: tensor<2x4x9x8xf64>) -> (tensor<2x4x9x8xf64>, tensor<f64>) {
  %products = weft.matmul %q, %k {transpose_b} : tensor<2x4x9x8xf64>, tensor<2x4x9x8xf64>
  %m = weft.causal_mask %products : tensor<2x4x9x9xf64>
  %c = weft.constant dense<-2.0> : tensor<f64>
  %u = weft.mul %m, %c : tensor<2x4x9x9xf64>, tensor<f64>
  // expected-remark @+1 {{this softmax stays as it is, not fused to attention: the mask is multiplied by a number that is not positive}}
  %p = weft.softmax %u : tensor<2x4x9x9xf64>
  %o = weft.matmul %p, %v : tensor<2x4x9x9xf64>, tensor<2x4x9x8xf64>
  %one = weft.constant dense<1.0> : tensor<f64>
  weft.return %o, %one : tensor<2x4x9x8xf64>, tensor<f64>
}

// -----

// The bias is scaled too.
weft.layer @scale_after_bias(%q: tensor<2x4x9x8xf64>, %k: tensor<2x4x9x8xf64>, %v: tensor<2x4x9x8xf64>, %bias: tensor<9x9xf64>) -> (tensor<2x4x9x8xf64>, tensor<f64>) {
  %products = weft.matmul %q, %k {transpose_b} : tensor<2x4x9x8xf64>, tensor<2x4x9x8xf64>
  %b = weft.add %products, %bias : tensor<2x4x9x9xf64>, tensor<9x9xf64>
  %c = weft.constant dense<0.5> : tensor<f64>
  %u = weft.mul %b, %c : tensor<2x4x9x9xf64>, tensor<f64>
  // expected-remark @+1 {{this softmax stays as it is, not fused to attention: a bias is added before the scale}}
  %p = weft.softmax %u : tensor<2x4x9x9xf64>
  %o = weft.matmul %p, %v : tensor<2x4x9x9xf64>, tensor<2x4x9x8xf64>
  %one = weft.constant dense<1.0> : tensor<f64>
  weft.return %o, %one : tensor<2x4x9x8xf64>, tensor<f64>
}

// -----

// Dropout that does not count sequences first, as the op's does.
weft.layer @dropped(%q: tensor<8x9x8xf64>, %k: tensor<8x9x8xf64>, %v: tensor<8x9x8xf64>) -> (tensor<8x9x8xf64>, tensor<f64>) {
  %scores = weft.matmul %q, %k {transpose_b} : tensor<8x9x8xf64>, tensor<8x9x8xf64>
  // expected-remark @+1 {{this softmax stays as it is, not fused to attention: the dropout is of 8x9x9, and not of 1x8x9x9}}
  %p = weft.softmax %scores : tensor<8x9x9xf64>
  %d = weft.dropout %p key 3 {rate = 0.5} : tensor<8x9x9xf64>
  %o = weft.matmul %d, %v : tensor<8x9x9xf64>, tensor<8x9x8xf64>
  %one = weft.constant dense<1.0> : tensor<f64>
  weft.return %o, %one : tensor<8x9x8xf64>, tensor<f64>
}

// -----

// Two draws.
weft.layer @dropped_twice(%q: tensor<2x4x9x8xf64>, %k: tensor<2x4x9x8xf64>, %v: tensor<2x4x9x8xf64>) -> (tensor<2x4x9x8xf64>, tensor<f64>) {
  %scores = weft.matmul %q, %k {transpose_b} : tensor<2x4x9x8xf64>, tensor<2x4x9x8xf64>
  // expected-remark @+1 {{this softmax stays as it is, not fused to attention: the result of the softmax is dropped twice}}
  %p = weft.softmax %scores : tensor<2x4x9x9xf64>
  %d = weft.dropout %p key 3 {rate = 0.5} : tensor<2x4x9x9xf64>
  %e = weft.dropout %d key 4 {rate = 0.5} : tensor<2x4x9x9xf64>
  %o = weft.matmul %e, %v : tensor<2x4x9x9xf64>, tensor<2x4x9x8xf64>
  %one = weft.constant dense<1.0> : tensor<f64>
  weft.return %o, %one : tensor<2x4x9x8xf64>, tensor<f64>
}

// -----

// The same of 16 bits, whose attention computes in f32 and no more.
weft.layer @widened_twice(%q: tensor<2x4x9x8xbf16>, %k: tensor<2x4x9x8xbf16>, %v: tensor<2x4x9x8xbf16>) -> (tensor<2x4x9x8xbf16>, tensor<f32>) {
  %scores = weft.matmul %q, %k {transpose_b} : tensor<2x4x9x8xbf16>, tensor<2x4x9x8xbf16>
  %wide = weft.cast %scores : tensor<2x4x9x9xbf16> to tensor<2x4x9x9xf64>
  // expected-remark @+1 {{this softmax stays as it is, not fused to attention: the softmax is computed in more bits than the product of queries and keys}}
  %p = weft.softmax %wide : tensor<2x4x9x9xf64>
  %n = weft.cast %p : tensor<2x4x9x9xf64> to tensor<2x4x9x9xbf16>
  %o = weft.matmul %n, %v : tensor<2x4x9x9xbf16>, tensor<2x4x9x8xbf16>
  %one = weft.constant dense<1.0> : tensor<f32>
  weft.return %o, %one : tensor<2x4x9x8xbf16>, tensor<f32>
}

// -----

// A softmax in more bits than the products: fused it would be less exact.
weft.layer @widened(%q: tensor<2x4x9x8xf32>, %k: tensor<2x4x9x8xf32>, %v: tensor<2x4x9x8xf32>) -> (tensor<2x4x9x8xf32>, tensor<f32>) {
  %scores = weft.matmul %q, %k {transpose_b} : tensor<2x4x9x8xf32>, tensor<2x4x9x8xf32>
  %wide = weft.cast %scores : tensor<2x4x9x9xf32> to tensor<2x4x9x9xf64>
  // expected-remark @+1 {{this softmax stays as it is, not fused to attention: the softmax is computed in more bits than the product of queries and keys}}
  %p = weft.softmax %wide : tensor<2x4x9x9xf64>
  %short = weft.cast %p : tensor<2x4x9x9xf64> to tensor<2x4x9x9xf32>
  %o = weft.matmul %short, %v : tensor<2x4x9x9xf32>, tensor<2x4x9x8xf32>
  %one = weft.constant dense<1.0> : tensor<f32>
  weft.return %o, %one : tensor<2x4x9x8xf32>, tensor<f32>
}

// -----

// An op that is none of attention's.
weft.layer @clamped(%q: tensor<2x4x9x8xf64>, %k: tensor<2x4x9x8xf64>, %v: tensor<2x4x9x8xf64>) -> (tensor<2x4x9x8xf64>, tensor<f64>) {
  %products = weft.matmul %q, %k {transpose_b} : tensor<2x4x9x8xf64>, tensor<2x4x9x8xf64>
  %half = weft.constant dense<0.5> : tensor<f64>
  %scores = weft.mul %products, %half : tensor<2x4x9x9xf64>, tensor<f64>
  %m = weft.clamp %scores {min = -5.0, max = 5.0} : tensor<2x4x9x9xf64>
  // expected-remark @+1 {{this softmax stays as it is, not fused to attention: 'weft.clamp' stands between the product and the softmax}}
  %p = weft.softmax %m : tensor<2x4x9x9xf64>
  %o = weft.matmul %p, %v : tensor<2x4x9x9xf64>, tensor<2x4x9x8xf64>
  %one = weft.constant dense<1.0> : tensor<f64>
  weft.return %o, %one : tensor<2x4x9x8xf64>, tensor<f64>
}

// -----

// No attention at all: no remark.
weft.layer @no_attention(%x: tensor<4x8xf64>) -> (tensor<4x8xf64>, tensor<f64>) {
  %p = weft.softmax %x : tensor<4x8xf64>
  %one = weft.constant dense<1.0> : tensor<f64>
  weft.return %p, %one : tensor<4x8xf64>, tensor<f64>
}

// -----

// Blocks of such heads would not fit a thread's stack.
weft.layer @wide(%q: tensor<4x1025xf64>, %k: tensor<4x1025xf64>, %v: tensor<4x8xf64>) -> tensor<4x8xf64> {
  %scores = weft.matmul %q, %k {transpose_b} : tensor<4x1025xf64>, tensor<4x1025xf64>
  // expected-remark @+1 {{this softmax stays as it is, not fused to attention: heads are wider than 1024}}
  %p = weft.softmax %scores : tensor<4x4xf64>
  %o = weft.matmul %p, %v : tensor<4x4xf64>, tensor<4x8xf64>
  weft.return %o : tensor<4x8xf64>
}

// -----

// Keys before the first and after the last.
weft.layer @all_hidden(%q: tensor<2x4x9x8xf64>, %k: tensor<2x4x9x8xf64>, %v: tensor<2x4x9x8xf64>) -> (tensor<2x4x9x8xf64>, tensor<f64>) {
  %products = weft.matmul %q, %k {transpose_b} : tensor<2x4x9x8xf64>, tensor<2x4x9x8xf64>
  %i = weft.iota : tensor<9xi32>
  %row = weft.reshape %i : tensor<9xi32> to tensor<9x1xi32>
  %later = weft.compare gt %i, %row : tensor<9xi32>, tensor<9x1xi32> -> tensor<9x9xf64>
  %low = weft.constant dense<0xFFF0000000000000> : tensor<f64>
  %past = weft.where %later, %products, %low : tensor<9x9xf64>, tensor<2x4x9x9xf64>, tensor<f64>
  %m = weft.causal_mask %past : tensor<2x4x9x9xf64>
  // expected-remark @+1 {{this softmax stays as it is, not fused to attention: the masks hide every key from every query}}
  %p = weft.softmax %m : tensor<2x4x9x9xf64>
  %o = weft.matmul %p, %v : tensor<2x4x9x9xf64>, tensor<2x4x9x8xf64>
  %one = weft.constant dense<1.0> : tensor<f64>
  weft.return %o, %one : tensor<2x4x9x8xf64>, tensor<f64>
}

// -----

// What is added is rounded to f16, what replaces to f32: the op has one type for both.
weft.layer @several_types(%q: tensor<2x4x9x8xf16>, %k: tensor<2x4x9x8xf16>, %v: tensor<2x4x9x8xf16>, %bias: tensor<9x9xf16>, %keep: tensor<9xf32>) -> tensor<2x4x9x8xf16> {
  %products = weft.matmul %q, %k {transpose_b} : tensor<2x4x9x8xf16>, tensor<2x4x9x8xf16>
  %b = weft.add %products, %bias : tensor<2x4x9x9xf16>, tensor<9x9xf16>
  %wide = weft.cast %b : tensor<2x4x9x9xf16> to tensor<2x4x9x9xf32>
  %low = weft.constant dense<-1.0e9> : tensor<f32>
  %m = weft.where %keep, %wide, %low : tensor<9xf32>, tensor<2x4x9x9xf32>, tensor<f32>
  // expected-remark @+1 {{this softmax stays as it is, not fused to attention: masks and biases are of several element types}}
  %p = weft.softmax %m : tensor<2x4x9x9xf32>
  %short = weft.cast %p : tensor<2x4x9x9xf32> to tensor<2x4x9x9xf16>
  %o = weft.matmul %short, %v : tensor<2x4x9x9xf16>, tensor<2x4x9x8xf16>
  weft.return %o : tensor<2x4x9x8xf16>
}
