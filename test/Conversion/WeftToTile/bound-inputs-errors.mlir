// Ids that the text itself gives must be rows of the table, and classes of the loss.
// RUN: weft-opt %s -split-input-file -verify-diagnostics -weft-bound-inputs

weft.graph @iota(%w: tensor<5x4xf32>) {
  %i = weft.iota : tensor<6xi32>
  %r = weft.reshape %i : tensor<6xi32> to tensor<2x3xi32>
  // expected-error @below {{'weft.embedding' op expects ids of at least 0 and below 5, got 5}}
  %0 = weft.embedding %r, %w : tensor<2x3xi32>, tensor<5x4xf32>
  weft.return
}

// -----

weft.graph @constant(%w: tensor<5x4xf32>) {
  %i = weft.constant dense<-1> : tensor<3xi32>
  // expected-error @below {{'weft.embedding' op expects ids of at least 0 and below 5, got -1}}
  %0 = weft.embedding %i, %w : tensor<3xi32>, tensor<5x4xf32>
  weft.return
}

// -----

// 4 is ignored, as in the graph below; 5 is not.
weft.graph @loss(%x: tensor<6x4xf32>) {
  %i = weft.iota : tensor<6xi32>
  // expected-error @below {{'weft.cross_entropy' op expects ids of at least 0 and below 4, got 5}}
  %s, %n = weft.cross_entropy %x, %i {ignore_index = 4} : tensor<6x4xf32>, tensor<6xi32>
  weft.return
}

// -----

weft.graph @gap(%x: tensor<6x4xf32>) {
  %i = weft.iota : tensor<6xi32>
  // expected-error @below {{'weft.cross_entropy' op expects ids of at least 0 and below 4, got 4}}
  %s, %n = weft.cross_entropy %x, %i {ignore_index = 5} : tensor<6x4xf32>, tensor<6xi32>
  weft.return
}

// -----

weft.graph @top(%w: tensor<5x4xf32>, %x: tensor<6x8xf32>) {
  %v, %i = weft.top_k %x k 1 : tensor<6x8xf32>
  // expected-error @below {{'weft.embedding' op expects ids of at least 0 and below 5, got 7}}
  %0 = weft.embedding %i, %w : tensor<6x1xi32>, tensor<5x4xf32>
  weft.return
}

// -----

weft.graph @route(%w: tensor<6x4xf32>, %ids: tensor<3x2xi32>) {
  %order, %slots, %offsets = weft.route %ids experts 8 : tensor<3x2xi32>
  %0 = weft.embedding %slots, %w : tensor<3x2xi32>, tensor<6x4xf32>
  // expected-error @below {{'weft.embedding' op expects ids of at least 0 and below 6, got 6}}
  %1 = weft.embedding %offsets, %w : tensor<9xi32>, tensor<6x4xf32>
  weft.return
}

// -----

weft.graph @all_taken(%w: tensor<5x4xf32>, %x: tensor<5x4xf32>) {
  %i = weft.iota : tensor<5xi32>
  %0 = weft.embedding %i, %w : tensor<5xi32>, tensor<5x4xf32>
  %s, %n = weft.cross_entropy %x, %i {ignore_index = 4} : tensor<5x4xf32>, tensor<5xi32>
  weft.return
}
