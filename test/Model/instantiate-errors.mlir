// RUN: weft-opt %s -weft-instantiate -split-input-file -verify-diagnostics

weft.layer @a(%x: tensor<4xf32>) -> tensor<4xf32> {
  // expected-note @+1 {{@a calls @b here}}
  %0 = weft.call @b as "b" (%x) : (tensor<4xf32>) -> tensor<4xf32>
  weft.return %0 : tensor<4xf32>
}
weft.layer @b(%x: tensor<4xf32>) -> tensor<4xf32> {
  // expected-error @+1 {{'weft.call' op closes a circle of layers that call themselves, from @a}}
  %0 = weft.call @a as "a" (%x) : (tensor<4xf32>) -> tensor<4xf32>
  weft.return %0 : tensor<4xf32>
}

// -----

// The way into the circle is no part of it.
weft.layer @start(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = weft.call @a as "a" (%x) : (tensor<4xf32>) -> tensor<4xf32>
  weft.return %0 : tensor<4xf32>
}
weft.layer @a(%x: tensor<4xf32>) -> tensor<4xf32> {
  // expected-note @+1 {{@a calls @b here}}
  %0 = weft.call @b as "b" (%x) : (tensor<4xf32>) -> tensor<4xf32>
  weft.return %0 : tensor<4xf32>
}
weft.layer @b(%x: tensor<4xf32>) -> tensor<4xf32> {
  // expected-note @+1 {{@b calls @c here}}
  %0 = weft.call @c as "c" (%x) : (tensor<4xf32>) -> tensor<4xf32>
  weft.return %0 : tensor<4xf32>
}
weft.layer @c(%x: tensor<4xf32>) -> tensor<4xf32> {
  // expected-error @+1 {{'weft.call' op closes a circle of layers that call themselves, from @a}}
  %0 = weft.call @a as "a" (%x) : (tensor<4xf32>) -> tensor<4xf32>
  weft.return %0 : tensor<4xf32>
}

// -----

// Two ways to one layer are no circle.
weft.layer @leaf(%x: tensor<4xf32>) -> tensor<4xf32> {
  weft.return %x : tensor<4xf32>
}
weft.layer @twice(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = weft.call @leaf as "a" (%x) : (tensor<4xf32>) -> tensor<4xf32>
  %1 = weft.call @leaf as "b" (%0) : (tensor<4xf32>) -> tensor<4xf32>
  weft.return %1 : tensor<4xf32>
}

// -----

weft.model @loss(%x: tensor<f32>) -> (tensor<f32>, tensor<f32>) {
  // expected-note @+1 {{the first is here}}
  %0 = weft.parameter "w" init(zeros) : tensor<4xf32>
  // expected-error @+1 {{'weft.parameter' op "w" is tied to a parameter of the same name, but its type differs}}
  %1 = weft.parameter "w" init(zeros) : tensor<8xf32>
  weft.return %x, %x : tensor<f32>, tensor<f32>
}

// -----

weft.layer @l() {
  // expected-error @+1 {{'weft.parameter' op "h.0.w" is tied to a parameter of the same name, but its init differs}}
  %0 = weft.parameter "w" init(ones) : tensor<4xf32>
  weft.return
}
weft.model @loss(%x: tensor<f32>) -> (tensor<f32>, tensor<f32>) {
  // expected-note @+1 {{the first is here}}
  %0 = weft.parameter "h.0.w" init(zeros) : tensor<4xf32>
  weft.call @l as "h.0" () : () -> ()
  weft.return %x, %x : tensor<f32>, tensor<f32>
}

// -----

weft.model @loss(%x: tensor<f32>) -> (tensor<f32>, tensor<f32>) {
  // expected-note @+1 {{the first is here}}
  %0 = weft.parameter "w" init(zeros) key 1 : tensor<4xf32>
  // expected-error @+1 {{'weft.parameter' op "w" is tied to a parameter of the same name, but its key differs}}
  %1 = weft.parameter "w" init(zeros) key 2 : tensor<4xf32>
  weft.return %x, %x : tensor<f32>, tensor<f32>
}

// -----

weft.model @loss(%x: tensor<f32>) -> (tensor<f32>, tensor<f32>) {
  // expected-note @+1 {{the other is here}}
  %0 = weft.parameter "a" init(zeros) key 1 : tensor<4xf32>
  // expected-error @+1 {{'weft.parameter' op "b" has the random key of "a", 1; give one of them another key}}
  %1 = weft.parameter "b" init(zeros) key 1 : tensor<4xf32>
  weft.return %x, %x : tensor<f32>, tensor<f32>
}

// -----

// Models of one module share their parameters.
weft.model @loss(%x: tensor<f32>) -> (tensor<f32>, tensor<f32>) {
  // expected-note @+1 {{the first is here}}
  %0 = weft.parameter "w" init(zeros) : tensor<4xf32>
  weft.return %x, %x : tensor<f32>, tensor<f32>
}
weft.model @eval(%x: tensor<f32>) -> (tensor<f32>, tensor<f32>) {
  // expected-error @+1 {{'weft.parameter' op "w" is tied to a parameter of the same name, but its type differs}}
  %0 = weft.parameter "w" init(zeros) : tensor<4xf64>
  weft.return %x, %x : tensor<f32>, tensor<f32>
}

// -----

// Only models are instantiated; what is left elsewhere does not go on to the next stage.
weft.layer @l() {
  weft.return
}
weft.graph @g() {
  // expected-error @+1 {{'weft.call' op is left after instantiation, which only goes through models}}
  weft.call @l as "h.0" () : () -> ()
  weft.return
}

// -----

weft.model @loss(%x: tensor<8x4xf32>) -> (tensor<f32>, tensor<f32>) {
  %0 = weft.reshape %x : tensor<8x4xf32> to tensor<16x2xf32>
  // expected-error @+1 {{'weft.dropout' op expects a first dimension of 8, the sequences of the model's inputs, got 'tensor<16x2xf32>'}}
  %1 = weft.dropout %0 {rate = 0.5} : tensor<16x2xf32>
  %s = weft.sum %1 axes [0, 1] : tensor<16x2xf32>
  weft.return %s, %s : tensor<f32>, tensor<f32>
}
