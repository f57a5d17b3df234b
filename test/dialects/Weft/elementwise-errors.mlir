// RUN: weft-opt %s -allow-unregistered-dialect -split-input-file -verify-diagnostics

weft.layer @l(%x: tensor<8x64xf32>, %y: tensor<8x32xf32>) {
  // expected-error @+1 {{'weft.add' op expects shapes that broadcast, got 8x64 and 8x32}}
  %0 = weft.add %x, %y : tensor<8x64xf32>, tensor<8x32xf32>
  weft.return
}

// -----

weft.layer @l(%x: tensor<8x64xf32>, %y: tensor<8xf32>) {
  // expected-error @+1 {{'weft.mul' op expects shapes that broadcast, got 8x64 and 8}}
  %0 = weft.mul %x, %y : tensor<8x64xf32>, tensor<8xf32>
  weft.return
}

// -----

weft.layer @l(%x: tensor<8xf32>, %y: tensor<f64>) {
  // expected-error @+1 {{'weft.sub' op expects operands of one element type, got 'f32' and 'f64'}}
  %0 = weft.sub %x, %y : tensor<8xf32>, tensor<f64>
  weft.return
}

// -----

weft.layer @l(%x: tensor<8xi32>) {
  // expected-error @+1 {{'weft.div' op operand #0 must be non-empty statically shaped tensor of bfloat16 type or 16-bit float or 32-bit float or 64-bit float values, but got 'tensor<8xi32>'}}
  %0 = weft.div %x, %x : tensor<8xi32>, tensor<8xi32>
  weft.return
}

// -----

// Inference meets operands that no constraint has looked at yet.
module {
  %x = "test.make"() : () -> tensor<?xf32>
  // expected-error @+1 {{'weft.max' op operand #0 must be a tensor of static shape, got 'tensor<?xf32>'}}
  %0 = weft.max %x, %x : tensor<?xf32>, tensor<?xf32>
}

// -----

module {
  %x = "test.make"() : () -> f32
  // expected-error @+1 {{invalid kind of type specified}}
  %0 = weft.min %x, %x : f32, f32
}

// -----

// A result type that does not follow from the operands.
module {
  %x = "test.make"() : () -> tensor<8xf32>
  // expected-error @+2 {{'weft.pow' op failed to infer returned types}}
  // expected-error @+1 {{'weft.pow' op inferred type(s) 'tensor<8xf32>' are incompatible with return type(s) of operation 'tensor<4xf32>'}}
  %0 = "weft.pow"(%x, %x) : (tensor<8xf32>, tensor<8xf32>) -> tensor<4xf32>
}

// -----

module {
  %x = "test.make"() : () -> tensor<8xf32>
  // expected-error @+1 {{'weft.exp' op requires the same type for all operands and results}}
  %0 = "weft.exp"(%x) : (tensor<8xf32>) -> tensor<8xf64>
}

// -----

weft.layer @l(%x: tensor<8xf32>) {
  // expected-error @+1 {{expected one of [erf, tanh] for which gelu, got: sigmoid}}
  %0 = weft.gelu sigmoid %x : tensor<8xf32>
  weft.return
}

// -----

weft.layer @l(%x: tensor<8xf32>) {
  // expected-error @+1 {{'weft.cast' op requires the same shape for all operands and results}}
  %0 = weft.cast %x : tensor<8xf32> to tensor<4xf64>
  weft.return
}

// -----

weft.layer @l(%x: tensor<8xf32>) {
  // expected-error @+1 {{'weft.causal_mask' op expects scores of rank at least 2 (queries, keys), got rank 1}}
  %0 = weft.causal_mask %x : tensor<8xf32>
  weft.return
}

// -----

weft.layer @l() {
  // expected-error @+1 {{'weft.constant' op expects a value whose elements are all the same, as in dense<0.125>}}
  %0 = weft.constant dense<[1.0, 2.0]> : tensor<2xf32>
  weft.return
}

// -----

weft.layer @l() {
  // expected-error @+1 {{'weft.iota' op result #0 must be non-empty statically shaped tensor of 32-bit signless integer values, but got 'tensor<2x2xi32>'}}
  %0 = weft.iota : tensor<2x2xi32>
  weft.return
}

// -----

weft.layer @l(%x: tensor<8xf32>, %flag: tensor<f32>) {
  // expected-note @-1 {{prior use here}}
  // expected-error @+1 {{use of value '%flag' expects different type than prior uses: 'tensor<f64>' vs 'tensor<f32>'}}
  %0 = weft.accumulate %x, %x, %flag : tensor<8xf32>
  weft.return
}
