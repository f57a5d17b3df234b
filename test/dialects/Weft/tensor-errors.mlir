// RUN: weft-opt %s -split-input-file -verify-diagnostics

weft.layer @l(%x: tensor<8x32xf32>, %w: tensor<96x32xf64>) {
  // expected-error @+2 {{'weft.linear' op failed to infer returned types}}
  // expected-error @+1 {{'weft.linear' op expects operands of one element type, got 'f32' and 'f64'}}
  %0 = weft.linear out_in %x, %w : (tensor<8x32xf32>, tensor<96x32xf64>) -> tensor<8x96xf32>
  weft.return
}

// -----

weft.layer @l(%x: tensor<f32>, %w: tensor<96x32xf32>) {
  // expected-error @+2 {{'weft.linear' op failed to infer returned types}}
  // expected-error @+1 {{'weft.linear' op expects an input of rank at least 1, got a scalar}}
  %0 = weft.linear out_in %x, %w : (tensor<f32>, tensor<96x32xf32>) -> tensor<96xf32>
  weft.return
}

// -----

weft.layer @l(%x: tensor<8x32xf32>, %w: tensor<96xf32>) {
  // expected-error @+2 {{'weft.linear' op failed to infer returned types}}
  // expected-error @+1 {{'weft.linear' op expects a weight of rank 2, got shape 96}}
  %0 = weft.linear out_in %x, %w : (tensor<8x32xf32>, tensor<96xf32>) -> tensor<8x96xf32>
  weft.return
}

// -----

weft.layer @l(%x: tensor<8x32xf32>, %w: tensor<96x32xf32>) {
  // expected-error @+2 {{'weft.linear' op failed to infer returned types}}
  // expected-error @+1 {{'weft.linear' op expects a weight with 32 inputs (the input's last size), got 96 in in_out layout}}
  %0 = weft.linear in_out %x, %w : (tensor<8x32xf32>, tensor<96x32xf32>) -> tensor<8x96xf32>
  weft.return
}

// -----

weft.layer @l(%x: tensor<8x32xf32>, %w: tensor<96x32xf32>, %b: tensor<32xf32>) {
  // expected-error @+2 {{'weft.linear' op failed to infer returned types}}
  // expected-error @+1 {{'weft.linear' op expects a bias of shape 96, got 32}}
  %0 = weft.linear out_in %x, %w, %b : (tensor<8x32xf32>, tensor<96x32xf32>, tensor<32xf32>) -> tensor<8x96xf32>
  weft.return
}

// -----

weft.layer @l(%x: tensor<8x32xf32>, %w: tensor<96x32xf32>, %b: tensor<96xf64>) {
  // expected-error @+2 {{'weft.linear' op failed to infer returned types}}
  // expected-error @+1 {{'weft.linear' op expects operands of one element type, got 'f32' and 'f64'}}
  %0 = weft.linear out_in %x, %w, %b : (tensor<8x32xf32>, tensor<96x32xf32>, tensor<96xf64>) -> tensor<8x96xf32>
  weft.return
}

// -----

weft.layer @l(%x: tensor<8x32xf32>, %w: tensor<96x32xf32>) {
  // expected-error @+2 {{'weft.linear' op failed to infer returned types}}
  // expected-error @+1 {{'weft.linear' op inferred type(s) 'tensor<8x96xf32>' are incompatible with return type(s) of operation 'tensor<8x32xf32>'}}
  %0 = weft.linear out_in %x, %w : (tensor<8x32xf32>, tensor<96x32xf32>) -> tensor<8x32xf32>
  weft.return
}

// -----

weft.layer @l(%x: tensor<8x32xf32>, %w: tensor<96x32xf32>) {
  // expected-error @+1 {{expected one of [out_in, in_out] for how a weight is stored, got: row}}
  %0 = weft.linear row %x, %w : (tensor<8x32xf32>, tensor<96x32xf32>) -> tensor<8x96xf32>
  weft.return
}

// -----

weft.layer @l(%x: tensor<8x32xf32>, %y: tensor<32x8xf64>) {
  // expected-error @+1 {{'weft.matmul' op expects operands of one element type, got 'f32' and 'f64'}}
  %0 = weft.matmul %x, %y : tensor<8x32xf32>, tensor<32x8xf64>
  weft.return
}

// -----

weft.layer @l(%x: tensor<8xf32>) {
  // expected-error @+1 {{'weft.matmul' op expects operands of one rank of at least 2, got 8 and 8}}
  %0 = weft.matmul %x, %x : tensor<8xf32>, tensor<8xf32>
  weft.return
}

// -----

weft.layer @l(%x: tensor<2x8x32xf32>, %y: tensor<32x8xf32>) {
  // expected-error @+1 {{'weft.matmul' op expects operands of one rank of at least 2, got 2x8x32 and 32x8}}
  %0 = weft.matmul %x, %y : tensor<2x8x32xf32>, tensor<32x8xf32>
  weft.return
}

// -----

weft.layer @l(%x: tensor<2x8x32xf32>, %y: tensor<3x32x8xf32>) {
  // expected-error @+1 {{'weft.matmul' op expects equal batch dimensions, got 2x8x32 and 3x32x8}}
  %0 = weft.matmul %x, %y : tensor<2x8x32xf32>, tensor<3x32x8xf32>
  weft.return
}

// -----

weft.layer @l(%x: tensor<8x32xf32>) {
  // expected-error @+1 {{'weft.matmul' op expects inner sizes that agree, got 32 (lhs) and 8 (rhs)}}
  %0 = weft.matmul %x, %x : tensor<8x32xf32>, tensor<8x32xf32>
  weft.return
}

// -----

// The transposes that a user writes count while the op is parsed.
weft.layer @l(%x: tensor<8x32xf32>) {
  // expected-error @+1 {{'weft.matmul' op expects inner sizes that agree, got 8 (lhs, transposed) and 32 (rhs, transposed)}}
  %0 = weft.matmul %x, %x {transpose_a, transpose_b} : tensor<8x32xf32>, tensor<8x32xf32>
  weft.return
}

// -----

weft.layer @l(%x: tensor<8x32xf32>, %old: tensor<8x32xf32>) {
  // expected-error @+1 {{'weft.matmul_accumulate' op expects the product's type 'tensor<8x8xf32>' to add to, got 'tensor<8x32xf32>'}}
  %0 = weft.matmul_accumulate %old, %x, %x {transpose_b} : tensor<8x32xf32>, tensor<8x32xf32>, tensor<8x32xf32>
  weft.return
}

// -----

weft.layer @l(%ids: tensor<8xi32>, %table: tensor<4x4x4xf32>) {
  // expected-error @+1 {{'weft.embedding' op expects a table of rank 2, got shape 4x4x4}}
  %0 = weft.embedding %ids, %table : tensor<8xi32>, tensor<4x4x4xf32>
  weft.return
}

// -----

weft.layer @l(%ids: tensor<8xf32>, %table: tensor<4x4xf32>) {
  // expected-error @+1 {{'weft.embedding' op operand #0 must be non-empty statically shaped tensor of 32-bit signless integer values, but got 'tensor<8xf32>'}}
  %0 = weft.embedding %ids, %table : tensor<8xf32>, tensor<4x4xf32>
  weft.return
}

// -----

weft.layer @l(%ids: tensor<8xi32>, %table: tensor<4x3xf32>) {
  // expected-error @+1 {{'weft.embedding' op expects a padding_index of at least 0 and below 4, the table's rows, got 4}}
  %0 = weft.embedding %ids, %table {padding_index = 4} : tensor<8xi32>, tensor<4x3xf32>
  weft.return
}

// -----

weft.layer @l(%ids: tensor<8xi32>, %table: tensor<4x3xf32>) {
  // expected-error @+1 {{'weft.embedding' op expects a padding_index of at least 0 and below 4, the table's rows, got -1}}
  %0 = weft.embedding %ids, %table {padding_index = -1} : tensor<8xi32>, tensor<4x3xf32>
  weft.return
}

// -----

weft.layer @l(%ids: tensor<8xi32>, %old: tensor<4x3xf32>, %grad: tensor<8x3xf32>) {
  // expected-error @+1 {{'weft.embedding_backward' op expects a padding_index of at least 0 and below 4, the table's rows, got 4}}
  %0 = weft.embedding_backward %old, %ids, %grad {padding_index = 4} : tensor<4x3xf32>, tensor<8xi32>, tensor<8x3xf32>
  weft.return
}

// -----

weft.layer @l(%ids: tensor<8xi32>, %old: tensor<4xf32>, %grad: tensor<8x4xf32>) {
  // expected-error @+1 {{'weft.embedding_backward' op expects a table of rank 2, got shape 4}}
  %0 = weft.embedding_backward %old, %ids, %grad : tensor<4xf32>, tensor<8xi32>, tensor<8x4xf32>
  weft.return
}

// -----

weft.layer @l(%ids: tensor<8xi32>, %old: tensor<4x4xf32>, %grad: tensor<8x3xf32>) {
  // expected-error @+1 {{'weft.embedding_backward' op expects a gradient of type 'tensor<8x4xf32>', got 'tensor<8x3xf32>'}}
  %0 = weft.embedding_backward %old, %ids, %grad : tensor<4x4xf32>, tensor<8xi32>, tensor<8x3xf32>
  weft.return
}

// -----

weft.layer @l(%x: tensor<4x1xf32>) {
  // expected-error @+1 {{'weft.broadcast' op expects a shape that broadcasts to 8x4, got 4x1}}
  %0 = weft.broadcast %x : tensor<4x1xf32> to tensor<8x4xf32>
  weft.return
}

// -----

// Broadcasting does not shrink.
weft.layer @l(%x: tensor<8x4xf32>) {
  // expected-error @+1 {{'weft.broadcast' op expects a shape that broadcasts to 4, got 8x4}}
  %0 = weft.broadcast %x : tensor<8x4xf32> to tensor<4xf32>
  weft.return
}

// -----

weft.layer @l(%x: tensor<4xf32>) {
  // expected-error @+1 {{'weft.broadcast' op expects operands of one element type, got 'f32' and 'f64'}}
  %0 = weft.broadcast %x : tensor<4xf32> to tensor<4xf64>
  weft.return
}

// -----

weft.layer @l(%x: tensor<4x4xf32>) {
  // expected-error @+1 {{'weft.reshape' op expects as many elements in the result, got 16 in 4x4 and 12 in 12}}
  %0 = weft.reshape %x : tensor<4x4xf32> to tensor<12xf32>
  weft.return
}

// -----

weft.layer @l(%x: tensor<4x4xf32>) {
  // expected-error @+1 {{'weft.reshape' op expects operands of one element type, got 'f32' and 'f64'}}
  %0 = weft.reshape %x : tensor<4x4xf32> to tensor<16xf64>
  weft.return
}

// -----

weft.layer @l(%x: tensor<4x4xf32>) {
  // expected-error @+1 {{'weft.transpose' op expects a permutation of 2 dimensions, got [0, 0]}}
  %0 = weft.transpose %x [0, 0] : tensor<4x4xf32>
  weft.return
}

// -----

weft.layer @l(%x: tensor<4x4xf32>) {
  // expected-error @+1 {{'weft.transpose' op expects a permutation of 2 dimensions, got [0, 1, 2]}}
  %0 = weft.transpose %x [0, 1, 2] : tensor<4x4xf32>
  weft.return
}
