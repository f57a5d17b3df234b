// RUN: weft-opt %s -split-input-file -verify-diagnostics

weft.layer @l(%x: tensor<4x4xf32>) {
  // expected-error @+1 {{'weft.sum' op expects axes in increasing order, each at least 0 and below 2, got [2]}}
  %0 = weft.sum %x axes [2] : tensor<4x4xf32>
  weft.return
}

// -----

weft.layer @l(%x: tensor<4x4xf32>) {
  // expected-error @+1 {{'weft.mean' op expects axes in increasing order, each at least 0 and below 2, got [1, 0]}}
  %0 = weft.mean %x axes [1, 0] : tensor<4x4xf32>
  weft.return
}

// -----

weft.layer @l(%x: tensor<4x4xf32>) {
  // expected-error @+1 {{'weft.reduce_max' op expects axes in increasing order, each at least 0 and below 2, got [-1]}}
  %0 = weft.reduce_max %x axes [-1] : tensor<4x4xf32>
  weft.return
}

// -----

weft.layer @l(%x: tensor<4x4xf32>) {
  // expected-error @+1 {{'weft.sum' op expects axes in increasing order, each at least 0 and below 2, got [1, 1]}}
  %0 = weft.sum %x axes [1, 1] : tensor<4x4xf32>
  weft.return
}

// -----

weft.layer @l(%x: tensor<4x4xf32>) {
  // expected-error @+1 {{'weft.slice' op expects 2 offsets and sizes (the input's rank), got 1 and 2}}
  %0 = weft.slice %x offsets [0] sizes [1, 1] : tensor<4x4xf32>
  weft.return
}

// -----

weft.layer @l(%x: tensor<4x4xf32>) {
  // expected-error @+1 {{'weft.slice' op expects a box inside the input: dimension 1 has 4 elements, got 2 from 3}}
  %0 = weft.slice %x offsets [0, 3] sizes [4, 2] : tensor<4x4xf32>
  weft.return
}

// -----

weft.layer @l(%x: tensor<4x4xf32>) {
  // expected-error @+1 {{'weft.slice' op expects a box inside the input: dimension 0 has 4 elements, got 0 from 0}}
  %0 = weft.slice %x offsets [0, 0] sizes [0, 4] : tensor<4x4xf32>
  weft.return
}

// -----

// Offset plus size would overflow.
weft.layer @l(%x: tensor<4x4xf32>) {
  // expected-error @+1 {{'weft.slice' op expects a box inside the input: dimension 0 has 4 elements, got 2 from 9223372036854775807}}
  %0 = weft.slice %x offsets [9223372036854775807, 0] sizes [2, 4] : tensor<4x4xf32>
  weft.return
}

// -----

weft.layer @l(%x: tensor<4x4xf32>) {
  // expected-error @+1 {{'weft.split' op expects an axis of at least 0 and below 2, got 2}}
  %0:2 = weft.split %x axis 2 parts 2 : tensor<4x4xf32>
  weft.return
}

// -----

weft.layer @l(%x: tensor<4x4xf32>) {
  // expected-error @+1 {{'weft.split' op expects parts that divide 4 (the size of dimension 1), got 3}}
  %0:3 = weft.split %x axis 1 parts 3 : tensor<4x4xf32>
  weft.return
}

// -----

weft.layer @l(%x: tensor<4x4xf32>) {
  // expected-error @+1 {{'weft.split' op expects parts that divide 4 (the size of dimension 1), got 0}}
  weft.split %x axis 1 parts 0 : tensor<4x4xf32>
  weft.return
}

// -----

weft.layer @l(%x: tensor<1000000000xf32>) {
  // expected-error @+1 {{'weft.split' op expects at most 4096 parts, got 1000000000}}
  weft.split %x axis 0 parts 1000000000 : tensor<1000000000xf32>
  weft.return
}

// -----

weft.layer @l(%x: tensor<4x4xf32>, %y: tensor<4x3xf32>) {
  // expected-error @+1 {{'weft.concat' op expects operands that agree but for dimension 0, got 'tensor<4x4xf32>' and 'tensor<4x3xf32>'}}
  %0 = weft.concat %x, %y axis 0 : tensor<4x4xf32>, tensor<4x3xf32>
  weft.return
}

// -----

weft.layer @l(%x: tensor<4x4xf32>, %y: tensor<4xf32>) {
  // expected-error @+1 {{'weft.concat' op expects operands that agree but for dimension 1, got 'tensor<4x4xf32>' and 'tensor<4xf32>'}}
  %0 = weft.concat %x, %y axis 1 : tensor<4x4xf32>, tensor<4xf32>
  weft.return
}

// -----

weft.layer @l(%x: tensor<4x4xf32>) {
  // expected-error @+1 {{'weft.concat' op expects an axis of at least 0 and below 2, got -1}}
  %0 = weft.concat %x, %x axis -1 : tensor<4x4xf32>, tensor<4x4xf32>
  weft.return
}

// -----

module {
  // expected-error @+2 {{'weft.concat' op failed to infer returned types}}
  // expected-error @+1 {{'weft.concat' op expects at least one operand}}
  %0 = "weft.concat"() <{axis = 0}> : () -> tensor<4xf32>
}

// -----

weft.layer @l(%x: tensor<4x4xf32>) {
  // expected-error @+1 {{'weft.pad' op expects one rank for input, result and offsets, got 2, 1 and 2}}
  %0 = weft.pad %x offsets [0, 0] : tensor<4x4xf32> to tensor<16xf32>
  weft.return
}

// -----

weft.layer @l(%x: tensor<4x4xf32>) {
  // expected-error @+1 {{'weft.pad' op expects one rank for input, result and offsets, got 2, 2 and 1}}
  %0 = weft.pad %x offsets [0] : tensor<4x4xf32> to tensor<4x8xf32>
  weft.return
}

// -----

weft.layer @l(%x: tensor<4x4xf32>) {
  // expected-error @+1 {{'weft.pad' op expects the input to fit into the result: dimension 1 has 8 elements, got 4 from 5}}
  %0 = weft.pad %x offsets [0, 5] : tensor<4x4xf32> to tensor<4x8xf32>
  weft.return
}

// -----

weft.layer @l(%x: tensor<4x4xf32>) {
  // expected-error @+1 {{'weft.pad' op expects operands of one element type, got 'f32' and 'f64'}}
  %0 = weft.pad %x offsets [0, 0] : tensor<4x4xf32> to tensor<4x8xf64>
  weft.return
}

// -----

weft.layer @l(%x: tensor<2xf32>, %y: tensor<9223372036854775807xf32>) {
  // expected-error @+1 {{'weft.concat' op operand #1 must have elements, and at most 2^48 of them, got 'tensor<9223372036854775807xf32>'}}
  %0 = weft.concat %x, %y axis 0 : tensor<2xf32>, tensor<9223372036854775807xf32>
  weft.return
}
