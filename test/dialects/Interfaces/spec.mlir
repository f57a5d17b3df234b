// RUN: weft-opt %s -verify-roundtrip | FileCheck %s

// Numbers keep their bits, in as few digits as that takes.
// CHECK: weft.variable @a role(parameter) init(zeros) : tensor<2xf32>
weft.variable @a role(parameter) init(zeros) : tensor<2xf32>
// CHECK: weft.variable @b role(gradient) init(ones) : tensor<2xf32>
weft.variable @b role(gradient) init(ones) : tensor<2xf32>
// CHECK: weft.variable @c role(optimizer) init(constant, -3.5) : tensor<2xf64>
weft.variable @c role(optimizer) init(constant, -3.5) : tensor<2xf64>
// CHECK: weft.variable @d role(loss_sum) init(normal, 0.30000000000000004) : tensor<f64>
weft.variable @d role(loss_sum) init(normal, 0.30000000000000004) : tensor<f64>
// CHECK: weft.variable @e role(loss_weight) init(uniform, 1.0e-300) : tensor<f64>
weft.variable @e role(loss_weight) init(uniform, 1.0e-300) : tensor<f64>
// CHECK: weft.variable @f role(eval_sum) init(constant, 1.2345e+200) : tensor<f64>
weft.variable @f role(eval_sum) init(constant, 123.45e198) : tensor<f64>
// CHECK: weft.variable @g role(eval_weight) init(constant, -0.0) : tensor<f64>
weft.variable @g role(eval_weight) init(constant, -0.0) : tensor<f64>
// CHECK: weft.variable @h role(gradient_norm) init(constant, 0.0) : tensor<f64>
weft.variable @h role(gradient_norm) init(constant, 0.0) : tensor<f64>
// CHECK: weft.variable @i role(parameter) init(normal, 0.5, zero_row = 2) {padding_rows = array<i64: 0, 2>} : tensor<3x4xf32>
weft.variable @i role(parameter) init(normal, 0.5, zero_row = 2) {padding_rows = array<i64: 0, 2>} : tensor<3x4xf32>
// CHECK: weft.variable @j role(parameter) init(ones, zero_row = 0) : tensor<3xf32>
weft.variable @j role(parameter) init(ones, zero_row = 0) : tensor<3xf32>
// CHECK: module attributes {test.init = #spec.init<normal, 2.0>, test.rows = #spec.init<normal, 2.0, zero_row = 7>}
module attributes {test.init = #spec.init<normal, 2.0>, test.rows = #spec.init<normal, 2.0, zero_row = 7>} {}
