// RUN: weft-opt %s -split-input-file -verify-diagnostics -convert-weft-to-exec

weft.variable @w role(parameter) init(zeros) : tensor<4xf32>
weft.graph @apply() {
  %w = weft.get @w : tensor<4xf32>
  // expected-error @below {{'weft.neg' op has no place in a program: expected launches, products and views}}
  %n = weft.neg %w : tensor<4xf32>
  weft.set @w, %n : tensor<4xf32>
  weft.return
}

// -----

weft.variable @w role(parameter) init(zeros) : tensor<4xf32>
weft.graph @apply() {
  %w = weft.get @w : tensor<4xf32>
  // expected-error @below {{expected a tile.kernel named 'gone'}}
  %n = weft.launch @gone(%w) : (tensor<4xf32>) -> tensor<4xf32>
  weft.set @w, %n : tensor<4xf32>
  weft.return
}

// -----

weft.variable @w role(parameter) init(zeros) : tensor<4x4xf32>
weft.graph @apply(%x: tensor<4x4xf32>) {
  %0 = weft.matmul %x, %x : tensor<4x4xf32>, tensor<4x4xf32>
  // expected-error @below {{adds to a tensor that is still needed afterwards; copy it first with weft.copy}}
  %1 = weft.matmul_accumulate %0, %x, %x : tensor<4x4xf32>, tensor<4x4xf32>, tensor<4x4xf32>
  %2 = weft.matmul %1, %0 : tensor<4x4xf32>, tensor<4x4xf32>
  weft.set @w, %2 : tensor<4x4xf32>
  weft.return
}

// -----

weft.graph @eval(%x: tensor<4xf32>) {
  weft.return
}
// expected-error @below {{expected input 'x' to have the same type in all graphs: 'memref<4xf32>', got 'memref<5xf32>'}}
weft.graph @micro_step(%x: tensor<5xf32>) {
  weft.return
}

// -----

weft.variable @w role(parameter) init(zeros) : tensor<8xf32>
weft.graph @apply(%x: tensor<4xf32>) {
  // expected-error @below {{expected a copy kernel for each operand}}
  %0 = weft.concat %x, %x axis 0 : tensor<4xf32>, tensor<4xf32>
  weft.set @w, %0 : tensor<8xf32>
  weft.return
}
