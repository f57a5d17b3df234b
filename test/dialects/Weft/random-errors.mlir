// RUN: weft-opt %s -split-input-file -verify-diagnostics

weft.layer @l(%x: tensor<8xf32>) {
  // expected-error @+1 {{'weft.dropout' op expects an input of rank at least 2, whose first dimension counts sequences, got rank 1}}
  %0 = weft.dropout %x {rate = 0.1} : tensor<8xf32>
  weft.return
}

// -----

weft.layer @l(%x: tensor<8x4xf32>) {
  // expected-error @+1 {{'weft.dropout' op expects a rate of at least 0 and below 1, got 1.000000e+00}}
  %0 = weft.dropout %x {rate = 1.0} : tensor<8x4xf32>
  weft.return
}

// -----

weft.layer @l(%x: tensor<8x4xf32>) {
  // expected-error @+1 {{'weft.dropout' op expects a rate of at least 0 and below 1, got -1.000000e-01}}
  %0 = weft.dropout %x {rate = -0.1} : tensor<8x4xf32>
  weft.return
}

// -----

weft.layer @l(%x: tensor<8x4xf32>) {
  // expected-error @+1 {{'weft.dropout' op requires attribute 'rate'}}
  %0 = weft.dropout %x : tensor<8x4xf32>
  weft.return
}

// -----

weft.graph @g(%x: tensor<8x4xf32>) {
  // expected-error @+1 {{'weft.dropout' op expects a key in a graph, as weft-instantiate gives it}}
  %0 = weft.dropout %x {rate = 0.1} : tensor<8x4xf32>
  weft.return
}

// -----

weft.graph @g(%x: tensor<8x4xf32>, %k: tensor<i32>, %s: tensor<f64>) {
  // expected-error @+1 {{'weft.drop' op expects a rate of at least 0 and below 1, got 1.500000e+00}}
  %0 = weft.drop %x key %k, %k seed %k, %k sample %k, %k step %s {rate = 1.5} : tensor<8x4xf32>
  weft.return
}

// -----

weft.graph @g(%x: tensor<f32>, %k: tensor<i32>, %s: tensor<f64>) {
  // expected-error @+1 {{'weft.drop' op expects an input of rank at least 2}}
  %0 = weft.drop %x key %k, %k seed %k, %k sample %k, %k step %s {rate = 0.5} : tensor<f32>
  weft.return
}
