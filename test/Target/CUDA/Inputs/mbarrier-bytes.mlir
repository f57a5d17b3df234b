// Each thread of two warps writes a word and says of four bytes that they will come, and that they have; it reads the next
// thread's word when all have. A third warp destroys the barrier. Run with 96 threads.
llvm.mlir.global external @weft_shared() {addr_space = 3 : i32, alignment = 1024 : i64} : !llvm.array<0 x i8>

llvm.func @bytes(%in: !llvm.ptr<1>, %out: !llvm.ptr<1>) attributes {nvvm.kernel} {
  %c0 = arith.constant 0 : i32
  %c1 = arith.constant 1 : i32
  %c64 = arith.constant 64 : i32
  %expected = arith.constant 4 : i32 // as many
  %come = arith.constant 4 : i32
  %true = arith.constant true
  %mbarrier = llvm.mlir.addressof @weft_shared : !llvm.ptr<3>
  %words = llvm.getelementptr %mbarrier[128] : (!llvm.ptr<3>) -> !llvm.ptr<3>, i8
  %thread = nvvm.read.ptx.sreg.tid.x : i32
  %is_first = arith.cmpi eq, %thread, %c0 : i32
  scf.if %is_first {
    nvvm.mbarrier.init %mbarrier, %c64 : !llvm.ptr<3>, i32
    // twice nvvm.mbarrier.init %mbarrier, %c64 : !llvm.ptr<3>, i32
  }
  nvvm.barrier0
  %works = arith.cmpi ult, %thread, %c64 : i32
  %is_last = arith.cmpi eq, %thread, %c64 : i32
  scf.if %works {
    %own = llvm.getelementptr %words[%thread] : (!llvm.ptr<3>, i32) -> !llvm.ptr<3>, i32
    llvm.store %thread, %own : i32, !llvm.ptr<3>
    // many %many = arith.constant 65 : i32
    // many %early = nvvm.mbarrier.arrive %mbarrier, %many : !llvm.ptr<3> -> i64
    // word llvm.store %thread, %mbarrier : i32, !llvm.ptr<3>
    // early %early = nvvm.mbarrier.arrive.nocomplete %mbarrier, %c64 : !llvm.ptr<3>, i32 -> i64
    %token = nvvm.mbarrier.arrive.expect_tx %mbarrier, %expected : !llvm.ptr<3>, i32 -> i64
    nvvm.mbarrier.complete_tx %mbarrier, %come : !llvm.ptr<3>, i32
    scf.while : () -> () { // wait
      %is_over = nvvm.mbarrier.test.wait %mbarrier, %token : !llvm.ptr<3>, i64 -> i1 // wait
      %again = arith.xori %is_over, %true : i1 // wait
      scf.condition(%again) // wait
    } do { // wait
      scf.yield // wait
    } // wait
    %more = arith.addi %thread, %c1 : i32
    %next = arith.remui %more, %c64 : i32
    %other = llvm.getelementptr %words[%next] : (!llvm.ptr<3>, i32) -> !llvm.ptr<3>, i32
    %value = llvm.load %other : !llvm.ptr<3> -> i32
    %place = llvm.getelementptr %out[%thread] : (!llvm.ptr<1>, i32) -> !llvm.ptr<1>, i32
    llvm.store %value, %place : i32, !llvm.ptr<1>
  }
  nvvm.barrier0 // barrier
  scf.if %is_last {
    nvvm.mbarrier.inval %mbarrier : !llvm.ptr<3>
    // again nvvm.mbarrier.inval %mbarrier : !llvm.ptr<3>
  }
  llvm.return
}
