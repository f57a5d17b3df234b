// RUN: weft-opt %s -split-input-file -verify-diagnostics

weft.layer @l(%x: tensor<f32>) {
  // expected-error @+1 {{'weft.top_k' op expects an input of rank at least 1, got a scalar}}
  %0:2 = weft.top_k %x k 1 : tensor<f32>
  weft.return
}

// -----

weft.layer @l(%x: tensor<4x8xf32>) {
  // expected-error @+1 {{'weft.top_k' op expects k from 1 to 8 (the input's last size), got 9}}
  %0:2 = weft.top_k %x k 9 : tensor<4x8xf32>
  weft.return
}

// -----

weft.layer @l(%ids: tensor<i32>) {
  // expected-error @+1 {{'weft.route' op expects ids of rank at least 1, got a scalar}}
  %0:3 = weft.route %ids experts 8 : tensor<i32>
  weft.return
}

// -----

weft.layer @l(%ids: tensor<4x2xi32>) {
  // expected-error @+1 {{'weft.route' op expects at least one expert, and fewer than 2^31 - 1, got 0}}
  %0:3 = weft.route %ids experts 0 : tensor<4x2xi32>
  weft.return
}

// -----

weft.layer @l(%x: tensor<4x8xf32>, %ids: tensor<5x2xi32>) {
  %0:3 = weft.route %ids experts 4 : tensor<5x2xi32>
  // expected-error @+1 {{'weft.dispatch' op expects slots of the input's shape, 4x8, but for the last size, got 5x2}}
  %1 = weft.dispatch %x, %0#0, %0#1 : tensor<4x8xf32>, tensor<10xi32>, tensor<5x2xi32>
  weft.return
}

// -----

weft.graph @g(%x: tensor<4x8xf32>, %ids: tensor<4x2xi32>) {
  %0:3 = weft.route %ids experts 4 : tensor<4x2xi32>
  // expected-error @+1 {{'weft.dispatch' op expects as slots result 1 of weft.route}}
  %1 = weft.dispatch %x, %0#0, %ids : tensor<4x8xf32>, tensor<8xi32>, tensor<4x2xi32>
  weft.return
}

// -----

weft.layer @l(%x: tensor<4x8xf32>, %ids: tensor<8xi32>) {
  %0:3 = weft.route %ids experts 7 : tensor<8xi32>
  %slots = weft.reshape %ids : tensor<8xi32> to tensor<4x2xi32>
  // expected-error @+1 {{'weft.dispatch' op expects as slots result 1 of weft.route}}
  %1 = weft.dispatch %x, %0#0, %slots : tensor<4x8xf32>, tensor<8xi32>, tensor<4x2xi32>
  weft.return
}

// -----

weft.layer @l(%x: tensor<4x8xf32>, %ids: tensor<4x2xi32>) {
  %0:3 = weft.route %ids experts 7 : tensor<4x2xi32>
  // expected-error @+1 {{'weft.dispatch' op expects as order result 0 of weft.route}}
  %1 = weft.dispatch %x, %0#2, %0#1 : tensor<4x8xf32>, tensor<8xi32>, tensor<4x2xi32>
  weft.return
}

// -----

weft.layer @l(%x: tensor<4x8xf32>, %ids: tensor<4x2xi32>) {
  %0:3 = weft.route %ids experts 7 : tensor<4x2xi32>
  %1:3 = weft.route %ids experts 6 : tensor<4x2xi32>
  // expected-error @+1 {{'weft.dispatch' op expects order and slots of one weft.route}}
  %2 = weft.dispatch %x, %0#0, %1#1 : tensor<4x8xf32>, tensor<8xi32>, tensor<4x2xi32>
  weft.return
}

// -----

weft.layer @l(%x: tensor<4x8xf32>, %order: tensor<9xi32>, %slots: tensor<4x2xi32>) {
  // expected-error @+1 {{'weft.dispatch' op expects an order of 8 slots, got 'tensor<9xi32>'}}
  %2 = weft.dispatch %x, %order, %slots : tensor<4x8xf32>, tensor<9xi32>, tensor<4x2xi32>
  weft.return
}

// -----

weft.graph @g(%rows: tensor<8x3xf32>, %w: tensor<4x2xf32>, %ids: tensor<4x2xi32>) {
  // expected-error @+1 {{'weft.combine' op expects as slots result 1 of weft.route}}
  %1 = weft.combine %rows, %w, %ids : tensor<8x3xf32>, tensor<4x2xf32>, tensor<4x2xi32>
  weft.return
}

// -----

weft.layer @l(%rows: tensor<8x3xf32>, %w: tensor<4x2xf64>, %slots: tensor<4x2xi32>) {
  // expected-error @+1 {{'weft.combine' op expects operands of one element type, got 'f32' and 'f64'}}
  %1 = weft.combine %rows, %w, %slots : tensor<8x3xf32>, tensor<4x2xf64>, tensor<4x2xi32>
  weft.return
}

// -----

weft.layer @l(%rows: tensor<8x3xf32>, %w: tensor<4x3xf32>, %slots: tensor<4x2xi32>) {
  // expected-error @+1 {{'weft.combine' op expects weights of the slots' shape, 4x2, got 4x3}}
  %1 = weft.combine %rows, %w, %slots : tensor<8x3xf32>, tensor<4x3xf32>, tensor<4x2xi32>
  weft.return
}

// -----

weft.layer @l(%rows: tensor<7x3xf32>, %w: tensor<4x2xf32>, %slots: tensor<4x2xi32>) {
  // expected-error @+1 {{'weft.combine' op expects a row for each of 8 slots, got 7x3}}
  %1 = weft.combine %rows, %w, %slots : tensor<7x3xf32>, tensor<4x2xf32>, tensor<4x2xi32>
  weft.return
}

// -----

weft.layer @l(%rows: tensor<8x3xf32>, %w: tensor<5x3xf32>, %offsets: tensor<5xi32>) {
  // expected-error @+1 {{'weft.grouped_linear' op expects a weight of rank 3 (experts first), got shape 5x3}}
  %1 = weft.grouped_linear out_in %rows, %w, %offsets : tensor<8x3xf32>, tensor<5x3xf32>, tensor<5xi32>
  weft.return
}

// -----

weft.layer @l(%rows: tensor<2x4x3xf32>, %w: tensor<4x5x3xf32>, %offsets: tensor<5xi32>) {
  // expected-error @+1 {{'weft.grouped_linear' op expects rows of rank 2, got shape 2x4x3}}
  %1 = weft.grouped_linear out_in %rows, %w, %offsets : tensor<2x4x3xf32>, tensor<4x5x3xf32>, tensor<5xi32>
  weft.return
}

// -----

weft.layer @l(%rows: tensor<8x3xf32>, %w: tensor<4x5x3xf32>, %offsets: tensor<5xi32>) {
  // expected-error @+1 {{'weft.grouped_linear' op expects a weight with 3 inputs (the rows' size), got 5 in in_out layout}}
  %1 = weft.grouped_linear in_out %rows, %w, %offsets : tensor<8x3xf32>, tensor<4x5x3xf32>, tensor<5xi32>
  weft.return
}

// -----

weft.layer @l(%rows: tensor<8x3xf32>, %w: tensor<4x5x3xf32>, %offsets: tensor<4xi32>) {
  // expected-error @+1 {{'weft.grouped_linear' op expects 5 offsets, one more than experts, got 4}}
  %1 = weft.grouped_linear out_in %rows, %w, %offsets : tensor<8x3xf32>, tensor<4x5x3xf32>, tensor<4xi32>
  weft.return
}

// -----

weft.graph @g(%rows: tensor<8x3xf32>, %w: tensor<4x5x3xf32>, %offsets: tensor<5xi32>) {
  // expected-error @+1 {{'weft.grouped_linear' op expects as offsets result 2 of weft.route}}
  %1 = weft.grouped_linear out_in %rows, %w, %offsets : tensor<8x3xf32>, tensor<4x5x3xf32>, tensor<5xi32>
  weft.return
}

// -----

weft.layer @l(%a: tensor<8x3xf32>, %b: tensor<7x5xf32>, %offsets: tensor<5xi32>) {
  // expected-error @+1 {{'weft.grouped_linear_backward' op expects two matrices of as many rows, got 8x3 and 7x5}}
  %1 = weft.grouped_linear_backward %a, %b, %offsets : tensor<8x3xf32>, tensor<7x5xf32>, tensor<5xi32>
  weft.return
}

// -----

weft.layer @l(%a: tensor<8x3xf32>, %b: tensor<8x5xf32>, %offsets: tensor<1xi32>) {
  // expected-error @+1 {{'weft.grouped_linear_backward' op expects one more offset than experts, got 1}}
  %1 = weft.grouped_linear_backward %a, %b, %offsets : tensor<8x3xf32>, tensor<8x5xf32>, tensor<1xi32>
  weft.return
}

// -----

weft.layer @l(%a: tensor<8x3xf32>, %b: tensor<8x5xf32>, %offsets: tensor<5xi32>, %old: tensor<4x5x3xf32>) {
  // expected-error @+1 {{'weft.grouped_linear_backward' op expects the product's type 'tensor<4x3x5xf32>' to add to, got 'tensor<4x5x3xf32>'}}
  %1 = weft.grouped_linear_backward %a, %b, %offsets into %old : tensor<4x5x3xf32> : tensor<8x3xf32>, tensor<8x5xf32>, tensor<5xi32>
  weft.return
}

// -----

weft.layer @l(%a: tensor<8x3xf32>, %b: tensor<8x5xf32>, %offsets: tensor<5xi32>, %flag: tensor<f64>) {
  // expected-error @+1 {{'weft.grouped_linear_backward' op expects a flag together with what it adds to only}}
  %1 = weft.grouped_linear_backward %a, %b, %offsets if %flag : tensor<8x3xf32>, tensor<8x5xf32>, tensor<5xi32>
  weft.return
}

// -----

weft.graph @g(%a: tensor<8x3xf32>, %b: tensor<8x5xf32>, %offsets: tensor<5xi32>) {
  // expected-error @+1 {{'weft.grouped_linear_backward' op expects as offsets result 2 of weft.route}}
  %1 = weft.grouped_linear_backward %a, %b, %offsets : tensor<8x3xf32>, tensor<8x5xf32>, tensor<5xi32>
  weft.return
}
