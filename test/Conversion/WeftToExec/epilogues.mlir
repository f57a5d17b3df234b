// Where the biases, second results and accumulators of products with epilogues lie.
// RUN: weft-opt %s -weft-set-target=backend=cuda -convert-weft-to-exec | FileCheck %s

module @m {
  weft.variable @w role(parameter) init(zeros) : tensor<4x8xf32>
  weft.variable @b role(parameter) init(zeros) : tensor<8xf32>
  weft.variable @g role(gradient) init(zeros) : tensor<4x8xf32>
  weft.variable @s role(gradient) init(zeros) : tensor<8xf32>
  tile.kernel @take(%x: memref<6x8xf32>, %y: memref<6x8xf32>) grid(1) outputs(1) in_place([[0, 0]]) { tile.return }
  tile.kernel @accumulate(%x: memref<8xf32>, %y: memref<8xf32>, %z: memref<8xf32>) grid(1) outputs(1) in_place([[0, 0], [0, 1]]) { tile.return }

  // The result whole, of a GPU's library.
  // CHECK: exec.program @forward {
  // CHECK-DAG: %[[X:.*]] = exec.input_ref @x
  // CHECK-DAG: %[[W:.*]] = exec.state_ref @w
  // CHECK-DAG: %[[B:.*]] = exec.state_ref @b
  // CHECK-DAG: %[[AUX:.*]] = exec.buffer : memref<6x8xf32>
  // CHECK-DAG: %[[Y:.*]] = exec.buffer : memref<6x8xf32>
  // CHECK: exec.matmul %[[X]], %[[W]], %{{.*}} overwrite block [6, 8] cublaslt workspace(%{{.*}} : memref<{{[0-9]+}}xi32>) epilogue gelu bias(%[[B]] : memref<8xf32>) aux(%{{.*}} : memref<6x8xf32>) {phase = "forward", scope = "h.0"}
  weft.graph @forward(%x: tensor<6x4xf32>) {
    %w = weft.get @w : tensor<4x8xf32>
    %b = weft.get @b : tensor<8xf32>
    %y, %u = weft.matmul_epilogue gelu %x, %w with %b {phase = "forward", scope = "h.0"} : (tensor<6x4xf32>, tensor<4x8xf32>, tensor<8xf32>) -> (tensor<6x8xf32>, tensor<6x8xf32>)
    %t = weft.launch @take(%y) : (tensor<6x8xf32>) -> tensor<6x8xf32>
    %v = weft.launch @take(%u) : (tensor<6x8xf32>) -> tensor<6x8xf32>
    weft.return
  }

  // A gradient is added to in place; the sums, which the library overwrites, have a buffer of their own.
  // CHECK: exec.program @backward {
  // CHECK: %[[SUMS:.*]] = exec.buffer : memref<8xf32>
  // CHECK: %[[G:.*]] = exec.state_ref @g
  // CHECK: exec.matmul %{{.*}}, %{{.*}}, %[[G]] transpose_a add_by_step block [4, 8] cublaslt workspace(%{{.*}} : memref<{{[0-9]+}}xi32>) epilogue sum_b bias(%[[SUMS]] : memref<8xf32>) :
  // CHECK: %[[OLD:.*]] = exec.state_ref @s
  // CHECK: %[[NEW:.*]] = exec.state_ref @s
  // CHECK: exec.launch @accumulate(%[[OLD]], %[[SUMS]], %[[NEW]])
  weft.graph @backward(%x: tensor<6x4xf32>, %d: tensor<6x8xf32>) {
    %f = weft.step_value accumulate
    %g = weft.get @g : tensor<4x8xf32>
    %n, %c = weft.matmul_epilogue sum_b %x, %d onto %g if %f {transpose_a} : (tensor<6x4xf32>, tensor<6x8xf32>, tensor<4x8xf32>, tensor<f64>) -> (tensor<4x8xf32>, tensor<8xf32>)
    weft.set @g, %n {kernel = @take} : tensor<4x8xf32>
    %s = weft.get @s : tensor<8xf32>
    %a = weft.launch @accumulate(%s, %c) : (tensor<8xf32>, tensor<8xf32>) -> tensor<8xf32>
    weft.set @s, %a {kernel = @take} : tensor<8xf32>
    weft.return
  }
}
