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

// -----

weft.graph @parts_of_a_row(%x: tensor<100xf32>) {
  // expected-error @+1 {{expected an input of rows, got: 'tensor<100xf32>'}}
  %0 = weft.partial_sums %x parts 4 : tensor<100xf32> -> tensor<4x100xf32>
  weft.return
}

// -----

// In parts of two rows the last has none.
weft.graph @empty_part(%x: tensor<3x3x4xf32>) {
  // expected-error @+1 {{expected parts that each have some of the 9 rows, got: 6}}
  %0 = weft.partial_sums %x parts 6 : tensor<3x3x4xf32> -> tensor<6x4xf32>
  weft.return
}

// -----

weft.graph @parts(%x: tensor<10x4xf32>) {
  // expected-error @+1 {{expected a result of 'tensor<2x4xf32>', got: 'tensor<4x2xf32>'}}
  %0 = weft.partial_sums %x parts 2 : tensor<10x4xf32> -> tensor<4x2xf32>
  weft.return
}

// -----

weft.graph @epilogue(%x: tensor<6x4xf32>, %w: tensor<4x8xf32>, %v: tensor<8xf32>, %y: tensor<6x8xf32>, %d: tensor<6x4xf64>, %n: tensor<4x6xf32>) {
  // expected-error @+1 {{expected factors of f32, bf16 or f16, got 'tensor<6x4xf64>'}}
  %0 = weft.matmul_epilogue bias %d, %d with %v : (tensor<6x4xf64>, tensor<6x4xf64>, tensor<8xf32>) -> tensor<6x8xf32>
  weft.return
}

// -----

weft.graph @epilogue(%x: tensor<6x4xf32>, %w: tensor<4x8xf32>, %v: tensor<8xf32>, %y: tensor<6x8xf32>, %d: tensor<6x4xf64>, %n: tensor<4x6xf32>) {
  // expected-error @+1 {{expected factors of rank 2 and one type, got 'tensor<8xf32>'}}
  %0 = weft.matmul_epilogue bias %x, %v with %v : (tensor<6x4xf32>, tensor<8xf32>, tensor<8xf32>) -> tensor<6x8xf32>
  weft.return
}

// -----

weft.graph @epilogue(%x: tensor<6x4xf32>, %w: tensor<4x8xf32>, %v: tensor<8xf32>, %y: tensor<6x8xf32>, %d: tensor<6x4xf64>, %n: tensor<4x6xf32>) {
  // expected-error @+1 {{expected factors that agree on the size that is summed, got 6 and 4}}
  %0 = weft.matmul_epilogue bias %x, %w with %v {transpose_a} : (tensor<6x4xf32>, tensor<4x8xf32>, tensor<8xf32>) -> tensor<4x8xf32>
  weft.return
}

// -----

weft.graph @epilogue(%x: tensor<6x4xf32>, %w: tensor<4x8xf32>, %v: tensor<8xf32>, %y: tensor<6x8xf32>, %d: tensor<6x4xf64>, %n: tensor<4x6xf32>) {
  // expected-error @+1 {{expected a result of 'tensor<6x8xf32>', got 'tensor<8x6xf32>'}}
  %0 = weft.matmul_epilogue bias %x, %w with %v : (tensor<6x4xf32>, tensor<4x8xf32>, tensor<8xf32>) -> tensor<8x6xf32>
  weft.return
}

// -----

weft.graph @epilogue(%x: tensor<6x4xf32>, %w: tensor<4x8xf32>, %v: tensor<8xf32>, %y: tensor<6x8xf32>, %d: tensor<6x4xf64>, %n: tensor<4x6xf32>) {
  // expected-error @+1 {{expected a tensor to compute with for bias}}
  %0 = weft.matmul_epilogue bias %x, %w : (tensor<6x4xf32>, tensor<4x8xf32>) -> tensor<6x8xf32>
  weft.return
}

// -----

weft.graph @epilogue(%x: tensor<6x4xf32>, %w: tensor<4x8xf32>, %v: tensor<8xf32>, %y: tensor<6x8xf32>, %d: tensor<6x4xf64>, %n: tensor<4x6xf32>) {
  // expected-error @+1 {{expected no tensor to compute with for sum_b}}
  %0:2 = weft.matmul_epilogue sum_b %x, %w with %v : (tensor<6x4xf32>, tensor<4x8xf32>, tensor<8xf32>) -> (tensor<6x8xf32>, tensor<8xf32>)
  weft.return
}

// -----

weft.graph @epilogue(%x: tensor<6x4xf32>, %w: tensor<4x8xf32>, %v: tensor<8xf32>, %y: tensor<6x8xf32>, %d: tensor<6x4xf64>, %n: tensor<4x6xf32>) {
  // expected-error @+1 {{expected a tensor to compute with of 'tensor<6x8xf32>', got 'tensor<8xf32>'}}
  %0 = weft.matmul_epilogue gelu_backward %x, %w with %v : (tensor<6x4xf32>, tensor<4x8xf32>, tensor<8xf32>) -> tensor<6x8xf32>
  weft.return
}

// -----

weft.graph @epilogue(%x: tensor<6x4xf32>, %w: tensor<4x8xf32>, %v: tensor<8xf32>, %y: tensor<6x8xf32>, %d: tensor<6x4xf64>, %n: tensor<4x6xf32>) {
  // expected-error @+1 {{expected no second result for bias}}
  %0:2 = weft.matmul_epilogue bias %x, %w with %v : (tensor<6x4xf32>, tensor<4x8xf32>, tensor<8xf32>) -> (tensor<6x8xf32>, tensor<8xf32>)
  weft.return
}

// -----

weft.graph @epilogue(%x: tensor<6x4xf32>, %w: tensor<4x8xf32>, %v: tensor<8xf32>, %y: tensor<6x8xf32>, %d: tensor<6x4xf64>, %n: tensor<4x6xf32>) {
  // expected-error @+1 {{expected a second result for sum_a}}
  %0 = weft.matmul_epilogue sum_a %x, %w : (tensor<6x4xf32>, tensor<4x8xf32>) -> tensor<6x8xf32>
  weft.return
}

// -----

weft.graph @epilogue(%x: tensor<6x4xf32>, %w: tensor<4x8xf32>, %v: tensor<8xf32>, %y: tensor<6x8xf32>, %d: tensor<6x4xf64>, %n: tensor<4x6xf32>) {
  // expected-error @+1 {{expected a second result of 'tensor<6xf32>', got 'tensor<8xf32>'}}
  %0:2 = weft.matmul_epilogue sum_a %x, %w : (tensor<6x4xf32>, tensor<4x8xf32>) -> (tensor<6x8xf32>, tensor<8xf32>)
  weft.return
}

// -----

weft.graph @epilogue(%x: tensor<6x4xf32>, %w: tensor<4x8xf32>, %v: tensor<8xf32>, %y: tensor<6x8xf32>, %d: tensor<6x4xf64>, %n: tensor<4x6xf32>) {
  // expected-error @+1 {{expected no tensor to add onto for bias}}
  %0 = weft.matmul_epilogue bias %x, %w with %v onto %y : (tensor<6x4xf32>, tensor<4x8xf32>, tensor<8xf32>, tensor<6x8xf32>) -> tensor<6x8xf32>
  weft.return
}

// -----

weft.graph @epilogue(%x: tensor<6x4xf32>, %w: tensor<4x8xf32>, %v: tensor<8xf32>, %y: tensor<6x8xf32>, %d: tensor<6x4xf64>, %n: tensor<4x6xf32>) {
  %f = weft.step_value accumulate
  // expected-error @+1 {{expected no flag without a tensor to add onto}}
  %0:2 = weft.matmul_epilogue sum_b %x, %w if %f : (tensor<6x4xf32>, tensor<4x8xf32>, tensor<f64>) -> (tensor<6x8xf32>, tensor<8xf32>)
  weft.return
}

// -----

weft.graph @epilogue(%x: tensor<6x4xf32>, %w: tensor<4x8xf32>, %v: tensor<8xf32>, %y: tensor<6x8xf32>, %d: tensor<6x4xf64>, %n: tensor<4x6xf32>, %q: tensor<6x6xf32>) {
  // expected-error @+1 {{expected rows of a multiple of 8 elements, got 6}}
  %0 = weft.matmul_epilogue gelu_backward %x, %n with %q : (tensor<6x4xf32>, tensor<4x6xf32>, tensor<6x6xf32>) -> tensor<6x6xf32>
  weft.return
}
