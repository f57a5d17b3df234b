// Which ops share a kernel, and which do not.
// RUN: weft-opt %s -weft-group-kernels | FileCheck %s

weft.variable @a role(parameter) init(zeros) : tensor<4x5xf32>
weft.variable @b role(parameter) init(zeros) : tensor<4x5xf32>
weft.variable @c role(parameter) init(zeros) : tensor<5xf32>
weft.variable @d role(parameter) init(zeros) : tensor<5xf32>
weft.variable @e role(parameter) init(zeros) : tensor<4x4xf32>
weft.variable @f role(parameter) init(zeros) : tensor<7x5xf32>

// A chain is one group; the constant goes with it.
// CHECK-LABEL: weft.graph @chain(
// CHECK-SAME: %[[X:[^ :,)]+]]: tensor<4x5xf32>, %[[Y:[^ :,)]+]]: tensor<5xf32>) {
// CHECK-NEXT: %[[V0:[^ :,)]+]] = weft.constant dense<3.000000e+00> : tensor<f32>
// CHECK-NEXT: %[[V1:[^ :,)]+]] = weft.group(%[[X]], %[[Y]]) : (tensor<4x5xf32>, tensor<5xf32>) -> tensor<4x5xf32> {
// CHECK-NEXT: ^bb0(%[[ARG0:[^ :,)]+]]: tensor<4x5xf32>, %[[ARG1:[^ :,)]+]]: tensor<5xf32>):
// CHECK-NEXT: %[[V2:[^ :,)]+]] = weft.add %[[ARG0]], %[[ARG1]] : tensor<4x5xf32>, tensor<5xf32>
// CHECK-NEXT: %[[V3:[^ :,)]+]] = weft.constant dense<3.000000e+00> : tensor<f32>
// CHECK-NEXT: %[[V4:[^ :,)]+]] = weft.mul %[[V2]], %[[V3]] : tensor<4x5xf32>, tensor<f32>
// CHECK-NEXT: %[[V5:[^ :,)]+]] = weft.tanh %[[V4]] : tensor<4x5xf32>
// CHECK-NEXT: weft.yield %[[V5]] : tensor<4x5xf32>
// CHECK-NEXT: }
// CHECK-NEXT: weft.set @a, %[[V1]] : tensor<4x5xf32>
// CHECK-NEXT: weft.return
weft.graph @chain(%x: tensor<4x5xf32>, %y: tensor<5xf32>) {
  %k = weft.constant dense<3.0> : tensor<f32>
  %0 = weft.add %x, %y : tensor<4x5xf32>, tensor<5xf32>
  %1 = weft.mul %0, %k : tensor<4x5xf32>, tensor<f32>
  %2 = weft.tanh %1 : tensor<4x5xf32>
  weft.set @a, %2 : tensor<4x5xf32>
  weft.return
}

// A row reduction sits in the middle of one; what is also needed outside is a second result.
// CHECK-LABEL: weft.graph @rows(
// CHECK-SAME: %[[X:[^ :,)]+]]: tensor<4x5xf32>) {
// CHECK-NEXT: %[[V0:[^ :,)]+]]:2 = weft.group(%[[X]]) : (tensor<4x5xf32>) -> (tensor<4x5xf32>, tensor<4x5xf32>) {
// CHECK-NEXT: ^bb0(%[[ARG0:[^ :,)]+]]: tensor<4x5xf32>):
// CHECK-NEXT: %[[V1:[^ :,)]+]] = weft.exp %[[ARG0]] : tensor<4x5xf32>
// CHECK-NEXT: %[[V2:[^ :,)]+]] = weft.sum %[[V1]] axes [1] {keep_dims} : tensor<4x5xf32>
// CHECK-NEXT: %[[V3:[^ :,)]+]] = weft.div %[[V1]], %[[V2]] : tensor<4x5xf32>, tensor<4x1xf32>
// CHECK-NEXT: weft.yield %[[V1]], %[[V3]] : tensor<4x5xf32>, tensor<4x5xf32>
// CHECK-NEXT: }
// CHECK-NEXT: weft.set @a, %[[V0]]#1 : tensor<4x5xf32>
// CHECK-NEXT: weft.set @b, %[[V0]]#0 : tensor<4x5xf32>
// CHECK-NEXT: weft.return
weft.graph @rows(%x: tensor<4x5xf32>) {
  %0 = weft.exp %x : tensor<4x5xf32>
  %1 = weft.sum %0 axes [1] {keep_dims} : tensor<4x5xf32>
  %2 = weft.div %0, %1 : tensor<4x5xf32>, tensor<4x1xf32>
  weft.set @a, %2 : tensor<4x5xf32>
  weft.set @b, %0 : tensor<4x5xf32>
  weft.return
}

// %0 -> product -> %2: in one group the product would need a value of a kernel that waits for it.
// CHECK-LABEL: weft.graph @cycle(
// CHECK-SAME: %[[X:[^ :,)]+]]: tensor<4x4xf32>) {
// CHECK-NEXT: %[[V0:[^ :,)]+]] = weft.group(%[[X]]) : (tensor<4x4xf32>) -> tensor<4x4xf32> {
// CHECK-NEXT: ^bb0(%[[ARG0:[^ :,)]+]]: tensor<4x4xf32>):
// CHECK-NEXT: %[[V3:[^ :,)]+]] = weft.exp %[[ARG0]] : tensor<4x4xf32>
// CHECK-NEXT: weft.yield %[[V3]] : tensor<4x4xf32>
// CHECK-NEXT: }
// CHECK-NEXT: %[[V1:[^ :,)]+]] = weft.matmul %[[V0]], %[[V0]] : tensor<4x4xf32>, tensor<4x4xf32>
// CHECK-NEXT: %[[V2:[^ :,)]+]] = weft.group(%[[V0]], %[[V1]]) : (tensor<4x4xf32>, tensor<4x4xf32>) -> tensor<4x4xf32> {
// CHECK-NEXT: ^bb0(%[[ARG0]]: tensor<4x4xf32>, %[[ARG1:[^ :,)]+]]: tensor<4x4xf32>):
// CHECK-NEXT: %[[V3]] = weft.add %[[ARG0]], %[[ARG1]] : tensor<4x4xf32>, tensor<4x4xf32>
// CHECK-NEXT: weft.yield %[[V3]] : tensor<4x4xf32>
// CHECK-NEXT: }
// CHECK-NEXT: weft.set @e, %[[V2]] : tensor<4x4xf32>
// CHECK-NEXT: weft.return
weft.graph @cycle(%x: tensor<4x4xf32>) {
  %0 = weft.exp %x : tensor<4x4xf32>
  %1 = weft.matmul %0, %0 : tensor<4x4xf32>, tensor<4x4xf32>
  %2 = weft.add %0, %1 : tensor<4x4xf32>, tensor<4x4xf32>
  weft.set @e, %2 : tensor<4x4xf32>
  weft.return
}

// A column reduction takes the elementwise ops that only it looks at.
// CHECK-LABEL: weft.graph @columns(
// CHECK-SAME: %[[X:[^ :,)]+]]: tensor<4x5xf32>, %[[Y:[^ :,)]+]]: tensor<4x5xf32>) {
// CHECK-NEXT: %[[V0:[^ :,)]+]] = weft.group(%[[X]], %[[Y]]) : (tensor<4x5xf32>, tensor<4x5xf32>) -> tensor<5xf32> {
// CHECK-NEXT: ^bb0(%[[ARG0:[^ :,)]+]]: tensor<4x5xf32>, %[[ARG1:[^ :,)]+]]: tensor<4x5xf32>):
// CHECK-NEXT: %[[V1:[^ :,)]+]] = weft.mul %[[ARG0]], %[[ARG1]] : tensor<4x5xf32>, tensor<4x5xf32>
// CHECK-NEXT: %[[V2:[^ :,)]+]] = weft.sum %[[V1]] axes [0] : tensor<4x5xf32>
// CHECK-NEXT: weft.yield %[[V2]] : tensor<5xf32>
// CHECK-NEXT: }
// CHECK-NEXT: weft.set @c, %[[V0]] : tensor<5xf32>
// CHECK-NEXT: weft.return
weft.graph @columns(%x: tensor<4x5xf32>, %y: tensor<4x5xf32>) {
  %0 = weft.mul %x, %y : tensor<4x5xf32>, tensor<4x5xf32>
  %1 = weft.sum %0 axes [0] : tensor<4x5xf32>
  weft.set @c, %1 : tensor<5xf32>
  weft.return
}

// It leaves those that others look at too.
// CHECK-LABEL: weft.graph @columns_shared(
// CHECK-SAME: %[[X:[^ :,)]+]]: tensor<4x5xf32>) {
// CHECK-NEXT: %[[V0:[^ :,)]+]] = weft.group(%[[X]]) : (tensor<4x5xf32>) -> tensor<4x5xf32> {
// CHECK-NEXT: ^bb0(%[[ARG0:[^ :,)]+]]: tensor<4x5xf32>):
// CHECK-NEXT: %[[V2:[^ :,)]+]] = weft.exp %[[ARG0]] : tensor<4x5xf32>
// CHECK-NEXT: weft.yield %[[V2]] : tensor<4x5xf32>
// CHECK-NEXT: }
// CHECK-NEXT: %[[V1:[^ :,)]+]] = weft.group(%[[V0]]) : (tensor<4x5xf32>) -> tensor<5xf32> {
// CHECK-NEXT: ^bb0(%[[ARG0]]: tensor<4x5xf32>):
// CHECK-NEXT: %[[V2]] = weft.sum %[[ARG0]] axes [0] : tensor<4x5xf32>
// CHECK-NEXT: weft.yield %[[V2]] : tensor<5xf32>
// CHECK-NEXT: }
// CHECK-NEXT: weft.set @a, %[[V0]] : tensor<4x5xf32>
// CHECK-NEXT: weft.set @c, %[[V1]] : tensor<5xf32>
// CHECK-NEXT: weft.return
weft.graph @columns_shared(%x: tensor<4x5xf32>) {
  %0 = weft.exp %x : tensor<4x5xf32>
  %1 = weft.sum %0 axes [0] : tensor<4x5xf32>
  weft.set @a, %0 : tensor<4x5xf32>
  weft.set @c, %1 : tensor<5xf32>
  weft.return
}

// Two column reductions that read the same tensor are one kernel, as a layer norm's gradients are.
// CHECK-LABEL: weft.graph @two_columns(
// CHECK-SAME: %[[G:[^ :,)]+]]: tensor<4x5xf32>, %[[N:[^ :,)]+]]: tensor<4x5xf32>) {
// CHECK-NEXT: %[[V0:[^ :,)]+]]:2 = weft.group(%[[G]], %[[N]]) : (tensor<4x5xf32>, tensor<4x5xf32>) -> (tensor<5xf32>, tensor<5xf32>) {
// CHECK-NEXT: ^bb0(%[[ARG0:[^ :,)]+]]: tensor<4x5xf32>, %[[ARG1:[^ :,)]+]]: tensor<4x5xf32>):
// CHECK-NEXT: %[[V1:[^ :,)]+]] = weft.mul %[[ARG0]], %[[ARG1]] : tensor<4x5xf32>, tensor<4x5xf32>
// CHECK-NEXT: %[[V2:[^ :,)]+]] = weft.sum %[[V1]] axes [0] : tensor<4x5xf32>
// CHECK-NEXT: %[[V3:[^ :,)]+]] = weft.sum %[[ARG0]] axes [0] : tensor<4x5xf32>
// CHECK-NEXT: weft.yield %[[V2]], %[[V3]] : tensor<5xf32>, tensor<5xf32>
// CHECK-NEXT: }
// CHECK-NEXT: weft.set @c, %[[V0]]#0 : tensor<5xf32>
// CHECK-NEXT: weft.set @d, %[[V0]]#1 : tensor<5xf32>
// CHECK-NEXT: weft.return
weft.graph @two_columns(%g: tensor<4x5xf32>, %n: tensor<4x5xf32>) {
  %0 = weft.mul %g, %n : tensor<4x5xf32>, tensor<4x5xf32>
  %1 = weft.sum %0 axes [0] : tensor<4x5xf32>
  %2 = weft.sum %g axes [0] : tensor<4x5xf32>
  weft.set @c, %1 : tensor<5xf32>
  weft.set @d, %2 : tensor<5xf32>
  weft.return
}

// Other shapes, other kernels.
// CHECK-LABEL: weft.graph @shapes(
// CHECK-SAME: %[[X:[^ :,)]+]]: tensor<5xf32>, %[[Y:[^ :,)]+]]: tensor<4x5xf32>) {
// CHECK-NEXT: %[[V0:[^ :,)]+]] = weft.group(%[[X]]) : (tensor<5xf32>) -> tensor<5xf32> {
// CHECK-NEXT: ^bb0(%[[ARG0:[^ :,)]+]]: tensor<5xf32>):
// CHECK-NEXT: %[[V2:[^ :,)]+]] = weft.exp %[[ARG0]] : tensor<5xf32>
// CHECK-NEXT: weft.yield %[[V2]] : tensor<5xf32>
// CHECK-NEXT: }
// CHECK-NEXT: %[[V1:[^ :,)]+]] = weft.group(%[[Y]], %[[V0]]) : (tensor<4x5xf32>, tensor<5xf32>) -> tensor<4x5xf32> {
// CHECK-NEXT: ^bb0(%[[ARG0]]: tensor<4x5xf32>, %[[ARG1:[^ :,)]+]]: tensor<5xf32>):
// CHECK-NEXT: %[[V2]] = weft.mul %[[ARG0]], %[[ARG1]] : tensor<4x5xf32>, tensor<5xf32>
// CHECK-NEXT: weft.yield %[[V2]] : tensor<4x5xf32>
// CHECK-NEXT: }
// CHECK-NEXT: weft.set @a, %[[V1]] : tensor<4x5xf32>
// CHECK-NEXT: weft.return
weft.graph @shapes(%x: tensor<5xf32>, %y: tensor<4x5xf32>) {
  %0 = weft.exp %x : tensor<5xf32>
  %1 = weft.mul %y, %0 : tensor<4x5xf32>, tensor<5xf32>
  weft.set @a, %1 : tensor<4x5xf32>
  weft.return
}

// Rows of a table are read in any order: who computes the table is another kernel.
// CHECK-LABEL: weft.graph @own_table(
// CHECK-SAME: %[[W:[^ :,)]+]]: tensor<7x5xf32>, %[[I:[^ :,)]+]]: tensor<7x1xi32>) {
// CHECK-NEXT: %[[V0:[^ :,)]+]] = weft.group(%[[W]]) : (tensor<7x5xf32>) -> tensor<7x5xf32> {
// CHECK-NEXT: ^bb0(%[[ARG0:[^ :,)]+]]: tensor<7x5xf32>):
// CHECK-NEXT: %[[V2:[^ :,)]+]] = weft.exp %[[ARG0]] : tensor<7x5xf32>
// CHECK-NEXT: weft.yield %[[V2]] : tensor<7x5xf32>
// CHECK-NEXT: }
// CHECK-NEXT: %[[V1:[^ :,)]+]] = weft.group(%[[I]], %[[V0]], %[[V0]]) : (tensor<7x1xi32>, tensor<7x5xf32>, tensor<7x5xf32>) -> tensor<7x5xf32> {
// CHECK-NEXT: ^bb0(%[[ARG0]]: tensor<7x1xi32>, %[[ARG1:[^ :,)]+]]: tensor<7x5xf32>, %[[ARG2:[^ :,)]+]]: tensor<7x5xf32>):
// CHECK-NEXT: %[[V2]] = weft.gather_rows %[[ARG0]], %[[ARG2]] : tensor<7x1xi32>, tensor<7x5xf32> -> tensor<7x5xf32>
// CHECK-NEXT: %[[V3:[^ :,)]+]] = weft.mul %[[V2]], %[[ARG1]] : tensor<7x5xf32>, tensor<7x5xf32>
// CHECK-NEXT: weft.yield %[[V3]] : tensor<7x5xf32>
// CHECK-NEXT: }
// CHECK-NEXT: weft.set @f, %[[V1]] : tensor<7x5xf32>
// CHECK-NEXT: weft.return
weft.graph @own_table(%w: tensor<7x5xf32>, %i: tensor<7x1xi32>) {
  %0 = weft.exp %w : tensor<7x5xf32>
  %1 = weft.gather_rows %i, %0 : tensor<7x1xi32>, tensor<7x5xf32> -> tensor<7x5xf32>
  %2 = weft.mul %1, %0 : tensor<7x5xf32>, tensor<7x5xf32>
  weft.set @f, %2 : tensor<7x5xf32>
  weft.return
}

// A table that is also read row by row is two operands.
// CHECK-LABEL: weft.graph @table_twice(
// CHECK-SAME: %[[W:[^ :,)]+]]: tensor<7x5xf32>, %[[I:[^ :,)]+]]: tensor<7x1xi32>) {
// CHECK-NEXT: %[[V0:[^ :,)]+]] = weft.group(%[[I]], %[[W]], %[[W]]) : (tensor<7x1xi32>, tensor<7x5xf32>, tensor<7x5xf32>) -> tensor<7x5xf32> {
// CHECK-NEXT: ^bb0(%[[ARG0:[^ :,)]+]]: tensor<7x1xi32>, %[[ARG1:[^ :,)]+]]: tensor<7x5xf32>, %[[ARG2:[^ :,)]+]]: tensor<7x5xf32>):
// CHECK-NEXT: %[[V1:[^ :,)]+]] = weft.gather_rows %[[ARG0]], %[[ARG2]] : tensor<7x1xi32>, tensor<7x5xf32> -> tensor<7x5xf32>
// CHECK-NEXT: %[[V2:[^ :,)]+]] = weft.mul %[[V1]], %[[ARG1]] : tensor<7x5xf32>, tensor<7x5xf32>
// CHECK-NEXT: weft.yield %[[V2]] : tensor<7x5xf32>
// CHECK-NEXT: }
// CHECK-NEXT: weft.set @f, %[[V0]] : tensor<7x5xf32>
// CHECK-NEXT: weft.return
weft.graph @table_twice(%w: tensor<7x5xf32>, %i: tensor<7x1xi32>) {
  %0 = weft.gather_rows %i, %w : tensor<7x1xi32>, tensor<7x5xf32> -> tensor<7x5xf32>
  %1 = weft.mul %0, %w : tensor<7x5xf32>, tensor<7x5xf32>
  weft.set @f, %1 : tensor<7x5xf32>
  weft.return
}

// A sum over rows of one element would count it for every column of the others.
// CHECK-LABEL: weft.graph @one_column(
// CHECK-SAME: %[[X:[^ :,)]+]]: tensor<4x1xf32>, %[[Y:[^ :,)]+]]: tensor<4x5xf32>) {
// CHECK-NEXT: %[[V0:[^ :,)]+]] = weft.group(%[[X]]) : (tensor<4x1xf32>) -> tensor<4x1xf32> {
// CHECK-NEXT: ^bb0(%[[ARG0:[^ :,)]+]]: tensor<4x1xf32>):
// CHECK-NEXT: %[[V2:[^ :,)]+]] = weft.sum %[[ARG0]] axes [1] {keep_dims} : tensor<4x1xf32>
// CHECK-NEXT: weft.yield %[[V2]] : tensor<4x1xf32>
// CHECK-NEXT: }
// CHECK-NEXT: %[[V1:[^ :,)]+]] = weft.group(%[[Y]], %[[V0]]) : (tensor<4x5xf32>, tensor<4x1xf32>) -> tensor<4x5xf32> {
// CHECK-NEXT: ^bb0(%[[ARG0]]: tensor<4x5xf32>, %[[ARG1:[^ :,)]+]]: tensor<4x1xf32>):
// CHECK-NEXT: %[[V2]] = weft.mul %[[ARG0]], %[[ARG1]] : tensor<4x5xf32>, tensor<4x1xf32>
// CHECK-NEXT: weft.yield %[[V2]] : tensor<4x5xf32>
// CHECK-NEXT: }
// CHECK-NEXT: weft.set @a, %[[V1]] : tensor<4x5xf32>
// CHECK-NEXT: weft.return
weft.graph @one_column(%x: tensor<4x1xf32>, %y: tensor<4x5xf32>) {
  %0 = weft.sum %x axes [1] {keep_dims} : tensor<4x1xf32>
  %1 = weft.mul %y, %0 : tensor<4x5xf32>, tensor<4x1xf32>
  weft.set @a, %1 : tensor<4x5xf32>
  weft.return
}

// Forward and backward stay apart: a profile tells them apart.
// CHECK-LABEL: weft.graph @phases(
// CHECK-SAME: %[[X:[^ :,)]+]]: tensor<4x5xf32>) {
// CHECK-NEXT: %[[V0:[^ :,)]+]] = weft.group(%[[X]]) : (tensor<4x5xf32>) -> tensor<4x5xf32> {
// CHECK-NEXT: ^bb0(%[[ARG0:[^ :,)]+]]: tensor<4x5xf32>):
// CHECK-NEXT: %[[V2:[^ :,)]+]] = weft.exp %[[ARG0]] {phase = "forward"} : tensor<4x5xf32>
// CHECK-NEXT: weft.yield %[[V2]] : tensor<4x5xf32>
// CHECK-NEXT: } {phase = "forward"}
// CHECK-NEXT: %[[V1:[^ :,)]+]] = weft.group(%[[V0]]) : (tensor<4x5xf32>) -> tensor<4x5xf32> {
// CHECK-NEXT: ^bb0(%[[ARG0]]: tensor<4x5xf32>):
// CHECK-NEXT: %[[V2]] = weft.neg %[[ARG0]] {phase = "backward"} : tensor<4x5xf32>
// CHECK-NEXT: weft.yield %[[V2]] : tensor<4x5xf32>
// CHECK-NEXT: } {phase = "backward"}
// CHECK-NEXT: weft.set @a, %[[V1]] : tensor<4x5xf32>
// CHECK-NEXT: weft.return
weft.graph @phases(%x: tensor<4x5xf32>) {
  %0 = weft.exp %x {phase = "forward"} : tensor<4x5xf32>
  %1 = weft.neg %0 {phase = "backward"} : tensor<4x5xf32>
  weft.set @a, %1 : tensor<4x5xf32>
  weft.return
}
