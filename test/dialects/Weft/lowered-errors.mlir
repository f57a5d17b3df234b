// RUN: weft-opt %s -split-input-file -verify-diagnostics

weft.graph @g(%ids: tensor<8x1xi32>, %table: tensor<4xf32>) {
  // expected-error @+1 {{'weft.gather_rows' op expected a table of rank 2, got 'tensor<4xf32>'}}
  %0 = weft.gather_rows %ids, %table : tensor<8x1xi32>, tensor<4xf32> -> tensor<8x4xf32>
  weft.return
}

// -----

weft.graph @g(%ids: tensor<8x2xi32>, %table: tensor<4x4xf32>) {
  // expected-error @+1 {{'weft.gather_rows' op expected ids of the shape of 'tensor<8x4xf32>' with a last size of 1, got 'tensor<8x2xi32>'}}
  %0 = weft.gather_rows %ids, %table : tensor<8x2xi32>, tensor<4x4xf32> -> tensor<8x4xf32>
  weft.return
}

// -----

weft.graph @g(%ids: tensor<8x1xi32>, %table: tensor<4x4xf32>) {
  // expected-error @+1 {{'weft.gather_rows' op expected rows of 4 elements, got 'tensor<8x3xf32>'}}
  %0 = weft.gather_rows %ids, %table : tensor<8x1xi32>, tensor<4x4xf32> -> tensor<8x3xf32>
  weft.return
}

// -----

weft.graph @g(%ids: tensor<8xi32>) {
  // expected-error @+1 {{'weft.one_hot' op expected ids of the shape of 'tensor<8x4xf32>' with a last size of 1, got 'tensor<8xi32>'}}
  %0 = weft.one_hot %ids : tensor<8xi32> -> tensor<8x4xf32>
  weft.return
}

// -----

weft.graph @g(%x: tensor<8x4xf32>, %ids: tensor<7x1xi32>) {
  // expected-error @+1 {{'weft.pick' op expected ids of the shape of 'tensor<8x4xf32>' with a last size of 1, got 'tensor<7x1xi32>'}}
  %0 = weft.pick %x, %ids : tensor<8x4xf32>, tensor<7x1xi32> -> tensor<8x1xf32>
  weft.return
}

// -----

weft.graph @g(%x: tensor<8x4xf32>, %ids: tensor<8x1xi32>) {
  // expected-error @+1 {{'weft.pick' op expected a result of the shape of 'tensor<8x4xf32>' with a last size of 1, got 'tensor<8x4xf32>'}}
  %0 = weft.pick %x, %ids : tensor<8x4xf32>, tensor<8x1xi32> -> tensor<8x4xf32>
  weft.return
}

// -----

weft.graph @g(%ids: tensor<8x1xi32>) {
  // expected-error @+1 {{'weft.target_weight' op requires the same shape for all operands and results}}
  %0 = weft.target_weight %ids : tensor<8x1xi32> -> tensor<8xf32>
  weft.return
}

// -----

weft.graph @g(%x: tensor<8x4xf32>) {
  // expected-error @+1 {{'weft.group' op expected block arguments of the operands' types}}
  %0 = weft.group(%x) : (tensor<8x4xf32>) -> tensor<8x4xf32> {
  ^bb0(%a: tensor<8x4xf32>, %b: tensor<8x4xf32>):
    weft.yield %a : tensor<8x4xf32>
  }
  weft.return
}

// -----

weft.graph @g(%x: tensor<8x4xf32>) {
  // expected-error @+1 {{'weft.group' op expected to yield values of the results' types}}
  %0 = weft.group(%x) : (tensor<8x4xf32>) -> tensor<8x1xf32> {
  ^bb0(%a: tensor<8x4xf32>):
    weft.yield %a : tensor<8x4xf32>
  }
  weft.return
}

// -----

weft.graph @chunk(%x: tensor<100xf32>) {
  // expected-error @+1 {{expected a chunk that is a power of two of at least 64, got: 48}}
  %0 = weft.chunk_sums %x chunk 48 : tensor<100xf32> -> tensor<3xf32>
  weft.return
}

// -----

weft.graph @chunks(%x: tensor<100xf32>) {
  // expected-error @+1 {{expected a result of 'tensor<2xf32>', got 'tensor<1xf32>'}}
  %0 = weft.chunk_sums %x chunk 64 : tensor<100xf32> -> tensor<1xf32>
  weft.return
}
