// How large groups may become.
// RUN: weft-opt %s -weft-group-kernels=max-members=1 | FileCheck %s --check-prefix=ONE
// RUN: weft-opt %s -weft-group-kernels=max-members=2 | FileCheck %s --check-prefix=TWO
// RUN: not weft-opt %s -weft-group-kernels=max-members=0 2>&1 | FileCheck %s --check-prefix=NONE

weft.variable @a role(parameter) init(zeros) : tensor<4x5xf32>
weft.variable @b role(parameter) init(zeros) : tensor<5xf32>

// ONE: weft.group(
// ONE: weft.exp
// ONE: weft.group(
// ONE: weft.tanh
// ONE: weft.group(
// ONE: weft.neg
// ONE: weft.group(
// ONE: weft.sum

// TWO: weft.group(
// TWO: weft.exp
// TWO-NEXT: weft.tanh
// TWO: weft.group(
// TWO: weft.neg
// TWO: weft.group(
// TWO: weft.sum

// NONE: error: max-members must be at least 1, got: 0
weft.graph @apply(%x: tensor<4x5xf32>) {
  %0 = weft.exp %x : tensor<4x5xf32>
  %1 = weft.tanh %0 : tensor<4x5xf32>
  %2 = weft.neg %1 : tensor<4x5xf32>
  %3 = weft.sum %2 axes [0] : tensor<4x5xf32>
  weft.set @a, %2 : tensor<4x5xf32>
  weft.set @b, %3 : tensor<5xf32>
  weft.return
}
