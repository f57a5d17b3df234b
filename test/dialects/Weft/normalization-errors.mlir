// RUN: weft-opt %s -split-input-file -verify-diagnostics

weft.layer @l(%x: tensor<8x32xf32>, %g: tensor<8xf32>, %b: tensor<32xf32>) {
  // expected-error @+1 {{'weft.layer_norm' op expects a weight of shape 32 (the input's last size), got 8}}
  %0 = weft.layer_norm %x, %g, %b {eps = 1.0e-5} : tensor<8x32xf32>, tensor<8xf32>, tensor<32xf32>
  weft.return
}

// -----

weft.layer @l(%x: tensor<8x32xf32>, %g: tensor<32xf32>, %b: tensor<8x32xf32>) {
  // expected-error @+1 {{'weft.layer_norm' op expects a bias of shape 32 (the input's last size), got 8x32}}
  %0 = weft.layer_norm %x, %g, %b {eps = 1.0e-5} : tensor<8x32xf32>, tensor<32xf32>, tensor<8x32xf32>
  weft.return
}

// -----

weft.layer @l(%x: tensor<f32>, %g: tensor<32xf32>) {
  // expected-error @+1 {{'weft.layer_norm' op expects an input of rank at least 1, got a scalar}}
  %0 = weft.layer_norm %x, %g, %g {eps = 1.0e-5} : tensor<f32>, tensor<32xf32>, tensor<32xf32>
  weft.return
}

// -----

weft.layer @l(%x: tensor<8x32xf64>, %g: tensor<32xf32>) {
  // expected-error @+1 {{'weft.layer_norm' op expects operands of one element type, got 'f64' and 'f32'}}
  %0 = weft.layer_norm %x, %g, %g {eps = 1.0e-5} : tensor<8x32xf64>, tensor<32xf32>, tensor<32xf32>
  weft.return
}

// -----

weft.layer @l(%x: tensor<8x32xf32>, %g: tensor<32xf32>) {
  // expected-error @+1 {{'weft.layer_norm' op expects eps above 0, got 0.000000e+00}}
  %0 = weft.layer_norm %x, %g, %g {eps = 0.0} : tensor<8x32xf32>, tensor<32xf32>, tensor<32xf32>
  weft.return
}

// -----

weft.layer @l(%x: tensor<8x32xf32>, %g: tensor<32xf32>) {
  // expected-error @+1 {{'weft.layer_norm' op requires attribute 'eps'}}
  %0 = weft.layer_norm %x, %g, %g : tensor<8x32xf32>, tensor<32xf32>, tensor<32xf32>
  weft.return
}

// -----

weft.layer @l(%x: tensor<f32>) {
  // expected-error @+1 {{'weft.softmax' op expects an input of rank at least 1, got a scalar}}
  %0 = weft.softmax %x : tensor<f32>
  weft.return
}

// -----

weft.layer @l(%x: tensor<8x64x256xf32>, %t: tensor<8xi32>) {
  // expected-error @+1 {{'weft.cross_entropy' op expects targets of shape 8x64 (the logits' without their last size), got 8}}
  %0:2 = weft.cross_entropy %x, %t : tensor<8x64x256xf32>, tensor<8xi32>
  weft.return
}

// -----

weft.layer @l(%x: tensor<f32>, %t: tensor<8xi32>) {
  // expected-error @+1 {{'weft.cross_entropy' op expects logits of rank at least 1, got a scalar}}
  %0:2 = weft.cross_entropy %x, %t : tensor<f32>, tensor<8xi32>
  weft.return
}

// -----

weft.layer @l(%x: tensor<8x256xf32>, %t: tensor<8xi32>) {
  // expected-error @+1 {{'weft.cross_entropy' op expects an ignore_index that is not a class, got 255 with 256 classes}}
  %0:2 = weft.cross_entropy %x, %t {ignore_index = 255} : tensor<8x256xf32>, tensor<8xi32>
  weft.return
}

// -----

weft.layer @l(%x: tensor<8x256xf32>, %t: tensor<8xi32>) {
  // expected-error @+1 {{'weft.cross_entropy' op expects an ignore_index that a target (i32) can hold, got 4294967296}}
  %0:2 = weft.cross_entropy %x, %t {ignore_index = 4294967296} : tensor<8x256xf32>, tensor<8xi32>
  weft.return
}

// -----

weft.layer @l(%x: tensor<8x256xf32>, %t: tensor<7xi32>) {
  // expected-error @+1 {{'weft.cross_entropy_rows' op expects targets of shape 8 (the logits' without their last size), got 7}}
  %0:3 = weft.cross_entropy_rows %x, %t : tensor<8x256xf32>, tensor<7xi32>
  weft.return
}

// -----

weft.layer @l(%x: tensor<8x256xf32>, %t: tensor<8xi32>) {
  // expected-error @+1 {{'weft.cross_entropy_rows' op expects an ignore_index that is not a class, got 0 with 256 classes}}
  %0:3 = weft.cross_entropy_rows %x, %t {ignore_index = 0} : tensor<8x256xf32>, tensor<8xi32>
  weft.return
}

// -----

weft.layer @l(%g: tensor<1xf32>, %x: tensor<8x256xf32>, %t: tensor<8xi32>, %lse: tensor<8x1xf32>) {
  // expected-error @+1 {{'weft.cross_entropy_backward' op expects a scalar gradient, got shape 1}}
  %0 = weft.cross_entropy_backward %g, %x, %t, %lse : tensor<1xf32>, tensor<8x256xf32>, tensor<8xi32>, tensor<8x1xf32>
  weft.return
}

// -----

weft.layer @l(%g: tensor<f32>, %x: tensor<8x256xf32>, %t: tensor<8xi32>, %lse: tensor<8xf32>) {
  // expected-error @+1 {{'weft.cross_entropy_backward' op expects lse of type 'tensor<8x1xf32>', got 'tensor<8xf32>'}}
  %0 = weft.cross_entropy_backward %g, %x, %t, %lse : tensor<f32>, tensor<8x256xf32>, tensor<8xi32>, tensor<8xf32>
  weft.return
}

// -----

weft.layer @l(%g: tensor<f64>, %x: tensor<8x256xf32>, %t: tensor<8xi32>, %lse: tensor<8x1xf32>) {
  // expected-error @+1 {{'weft.cross_entropy_backward' op expects operands of one element type, got 'f64' and 'f32'}}
  %0 = weft.cross_entropy_backward %g, %x, %t, %lse : tensor<f64>, tensor<8x256xf32>, tensor<8xi32>, tensor<8x1xf32>
  weft.return
}

// -----

weft.layer @l(%g: tensor<f32>, %x: tensor<8x256xf32>, %t: tensor<8xi32>, %lse: tensor<8x1xf32>) {
  // expected-error @+1 {{'weft.cross_entropy_backward' op expects an ignore_index that is not a class, got 7 with 256 classes}}
  %0 = weft.cross_entropy_backward %g, %x, %t, %lse {ignore_index = 7} : tensor<f32>, tensor<8x256xf32>, tensor<8xi32>, tensor<8x1xf32>
  weft.return
}
