// RUN: weft-opt %s -weft-exec-to-llvm | FileCheck %s
// RUN: weft-opt %s -weft-exec-to-llvm | FileCheck %s --check-prefix=TABLES --implicit-check-not=exec.

llvm.func @exp(%args: !llvm.ptr, %begin: i64, %end: i64) {
  llvm.return
}

exec.module @m arena(8589934656) live(8589934656) state(128) input(64)
    attributes {text_hash = 42 : i64} {
  exec.state @w : memref<4x4xf32> at(0) role(parameter) of "w.weight" init(normal, 0.5) key 7
  exec.state @loss : memref<f64> at(64) role(loss_sum) init(zeros)
  exec.input @x : memref<4x4xf32> at(0)
  exec.program @init {
    exec.initialize @w
    exec.initialize @loss
  }
  exec.program @step {
    %w = exec.state_ref @w : memref<4x4xf32>
    %loss = exec.state_ref @loss : memref<f64>
    %x = exec.input_ref @x : memref<4x4xf32>
    %lr = exec.step_ref learning_rate : memref<f64>
    %acc = exec.step_ref accumulate : memref<f64>
    %far = exec.buffer at(8589934592) : memref<4x4xf32>
    %v = exec.view %w offset(2) : memref<4x4xf32> to memref<2x2xf32, strided<[4, 1]>>
    %u = exec.view %v offset(4) : memref<2x2xf32, strided<[4, 1]>> to memref<2xf32>
    exec.matmul %w, %x, %far overwrite block [4, 4] openblas {scope = "h.0", phase = "forward"} : memref<4x4xf32>, memref<4x4xf32>, memref<4x4xf32>
    exec.launch @exp(%far, %u, %lr, %acc, %loss) {scope = "h.0", phase = "forward", grid = 3 : i64} : memref<4x4xf32>, memref<2xf32>, memref<f64>, memref<f64>, memref<f64>
    exec.launch @exp(%far, %u, %lr, %acc, %loss) {scope = "h.0", phase = "forward", grid = 3 : i64} : memref<4x4xf32>, memref<2xf32>, memref<f64>, memref<f64>, memref<f64>
    exec.launch @exp(%far, %u, %lr, %acc, %loss) {scope = "h.1", phase = "forward", grid = 3 : i64} : memref<4x4xf32>, memref<2xf32>, memref<f64>, memref<f64>, memref<f64>
  }
}

// Equal launch sites share a record, equal strings their text; the runtime's functions are declared once.

// TABLES-DAG: llvm.func @weft_rt_launch(!llvm.ptr, !llvm.ptr, !llvm.ptr)
// TABLES-DAG: llvm.func @weft_rt_matmul(!llvm.ptr, !llvm.ptr, !llvm.ptr, !llvm.ptr, !llvm.ptr)
// TABLES-DAG: llvm.func @weft_rt_initialize(!llvm.ptr, !llvm.ptr)
// TABLES-DAG: llvm.mlir.global private constant @{{.*}}("h.0\00")
// TABLES-DAG: llvm.mlir.global private constant @weft_launch_1()
// TABLES-DAG: llvm.mlir.global private constant @weft_launch_2()
// TABLES-DAG: llvm.mlir.global external constant @weft_module()
// TABLES-NOT: llvm.mlir.global private constant @weft_launch_3()

// CHECK: llvm.func internal @weft_kernel_exp(

// CHECK-LABEL: llvm.func internal @weft_program_init(%arg0: !llvm.ptr)
// CHECK-SAME: no_inline, optimize_none
// CHECK: %[[STATES:.*]] = llvm.mlir.addressof @weft_states
// CHECK: llvm.call @weft_rt_initialize(%arg0, %[[STATES]])
// CHECK: %[[NEXT:.*]] = llvm.mlir.constant(104 : i64)
// CHECK: %[[LOSS:.*]] = llvm.getelementptr %{{.*}}[%[[NEXT]]] : (!llvm.ptr, i64) -> !llvm.ptr, i8
// CHECK: llvm.call @weft_rt_initialize(%arg0, %[[LOSS]])

// CHECK-LABEL: llvm.func internal @weft_program_step(%arg0: !llvm.ptr)
// CHECK: %[[STATE:.*]] = llvm.load %arg0
// CHECK: %[[C8:.*]] = llvm.mlir.constant(8 : i64)
// CHECK: llvm.getelementptr %arg0[%[[C8]]]
// CHECK: %[[ARENA:.*]] = llvm.load
// CHECK: %[[INPUT:.*]] = llvm.load
// CHECK: %[[STEP:.*]] = llvm.load
// CHECK: %[[FIVE:.*]] = llvm.mlir.constant(5 : i64)
// CHECK: %[[ARGS:.*]] = llvm.alloca %[[FIVE]] x !llvm.ptr
// CHECK-NOT: llvm.alloca
// CHECK: llvm.mlir.addressof @weft_matmul_1
// CHECK: llvm.mlir.constant(8589934592 : i64)
// CHECK: %[[FAR:.*]] = llvm.getelementptr %[[ARENA]]
// CHECK: llvm.call @weft_rt_matmul(%arg0, %{{.*}}, %[[STATE]], %[[INPUT]], %[[FAR]])
// The view of the view: 6 elements of 4 bytes.
// CHECK: llvm.store %{{.*}}, %[[ARGS]]
// CHECK: %[[C24:.*]] = llvm.mlir.constant(24 : i64)
// CHECK: llvm.getelementptr %[[STATE]][%[[C24]]]
// CHECK: llvm.store %[[STEP]]
// CHECK: %[[C16:.*]] = llvm.mlir.constant(16 : i64)
// CHECK: llvm.getelementptr %[[STEP]][%[[C16]]]
// CHECK: %[[L1:.*]] = llvm.mlir.addressof @weft_launch_1
// CHECK: llvm.call @weft_rt_launch(%arg0, %[[L1]], %[[ARGS]])
// CHECK: %[[AGAIN:.*]] = llvm.mlir.addressof @weft_launch_1
// CHECK: llvm.call @weft_rt_launch(%arg0, %[[AGAIN]], %[[ARGS]])
// CHECK: %[[L2:.*]] = llvm.mlir.addressof @weft_launch_2
// CHECK: llvm.call @weft_rt_launch(%arg0, %[[L2]], %[[ARGS]])
