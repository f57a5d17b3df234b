// Words, products by expert, and gradients that are added in place.
// RUN: weft-opt %s -convert-weft-to-exec | FileCheck %s

weft.variable @w.gradient role(gradient) of "w" init(zeros) : tensor<4x5x3xf32>
tile.kernel @route(%i: memref<12xi32>, %o: memref<12xi32>, %s: memref<12xi32>, %f: memref<5xi32>) grid(1) outputs(3) {
  tile.return
}
tile.kernel @read(%k: memref<i32>, %n: memref<i32>, %y: memref<12x3xf32>) grid(1) outputs(1) {
  tile.return
}
tile.kernel @copy(%x: memref<4x5x3xf32>, %y: memref<4x5x3xf32>) grid(1) outputs(1) {
  tile.return
}
// CHECK-LABEL: exec.program @micro_step
// CHECK-DAG: %[[K:.*]] = exec.word -5 : memref<i32>
// CHECK-DAG: %[[N:.*]] = exec.step_ref sample_high : memref<i32>
// CHECK: exec.launch @read(%[[K]], %[[N]], %[[X:.*]])
// CHECK: exec.launch @route(%{{.*}}, %{{.*}}, %{{.*}}, %[[F:.*]]) {phase = "forward", scope = "h.0"}
// CHECK: exec.grouped_matmul rows %[[X]], %[[W:.*]], %[[H:.*]] by %[[F]] transpose_b overwrite block [128, 384] openblas {phase = "forward", scope = "h.0"}
// CHECK: exec.grouped_matmul rows %[[H]], %[[W]], %{{.*}} by %[[F]] overwrite block [128, 384] openblas
// CHECK: %[[G:.*]] = exec.state_ref @w.gradient
// CHECK: exec.grouped_matmul inner %[[H]], %[[X]], %[[G]] by %[[F]] add_by_step block [128, 384] openblas
// CHECK: %[[G2:.*]] = exec.state_ref @w.gradient
// CHECK: exec.grouped_matmul inner %[[H]], %[[X]], %[[G2]] by %[[F]] add block [128, 384] openblas
// CHECK-NOT: exec.launch @copy
weft.graph @micro_step(%ids: tensor<6x2xi32>, %w: tensor<4x5x3xf32>) {
  %k = weft.word -5
  %n = weft.step_value sample_high
  %x = weft.launch @read(%k, %n) : (tensor<i32>, tensor<i32>) -> tensor<12x3xf32>
  %r:3 = weft.launch @route(%ids) {scope = "h.0", phase = "forward"} : (tensor<6x2xi32>) -> (tensor<12xi32>, tensor<6x2xi32>, tensor<5xi32>)
  %h = weft.grouped_linear out_in %x, %w, %r#2 {scope = "h.0", phase = "forward"} : tensor<12x3xf32>, tensor<4x5x3xf32>, tensor<5xi32>
  %y = weft.grouped_linear in_out %h, %w, %r#2 : tensor<12x5xf32>, tensor<4x5x3xf32>, tensor<5xi32>
  %old = weft.get @w.gradient : tensor<4x5x3xf32>
  %flag = weft.step_value accumulate
  %a = weft.grouped_linear_backward %h, %x, %r#2 into %old : tensor<4x5x3xf32> if %flag : tensor<12x5xf32>, tensor<12x3xf32>, tensor<5xi32>
  %b = weft.grouped_linear_backward %h, %x, %r#2 into %a : tensor<4x5x3xf32> : tensor<12x5xf32>, tensor<12x3xf32>, tensor<5xi32>
  weft.set @w.gradient, %b {kernel = @copy} : tensor<4x5x3xf32>
  weft.return
}
