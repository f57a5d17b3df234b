// Sums, a maximum and a product of small integers by many blocks; in each block counts in shared memory, and a word that one warp
// hands to the other one by a flag. Run with 64 threads.
llvm.mlir.global external @weft_shared() {addr_space = 3 : i32, alignment = 1024 : i64} : !llvm.array<0 x i8>

llvm.func @atomics(%in: !llvm.ptr<1>, %out: !llvm.ptr<1>) attributes {nvvm.kernel} {
  %c0 = arith.constant 0 : i32
  %c1 = arith.constant 1 : i32
  %c4 = arith.constant 4 : i32
  %c7 = arith.constant 7 : i32
  %c32 = arith.constant 32 : i32
  %true = arith.constant true
  %half = arith.constant 0.5 : f32
  %counts = llvm.mlir.addressof @weft_shared : !llvm.ptr<3>
  %flag = llvm.getelementptr %counts[64] : (!llvm.ptr<3>) -> !llvm.ptr<3>, i8
  %word = llvm.getelementptr %counts[128] : (!llvm.ptr<3>) -> !llvm.ptr<3>, i8
  %thread = nvvm.read.ptx.sreg.tid.x : i32
  %is_few = arith.cmpi ult, %thread, %c4 : i32
  %is_first = arith.cmpi eq, %thread, %c0 : i32
  %is_other = arith.cmpi eq, %thread, %c32 : i32
  %own = llvm.getelementptr %counts[%thread] : (!llvm.ptr<3>, i32) -> !llvm.ptr<3>, i32
  scf.if %is_few {
    llvm.store %c0, %own : i32, !llvm.ptr<3>
  }
  scf.if %is_first {
    llvm.store %c0, %flag : i32, !llvm.ptr<3>
  }
  nvvm.barrier0
  %sum = llvm.atomicrmw add %out, %thread syncscope("device") monotonic : !llvm.ptr<1>, i32
  %at1 = llvm.getelementptr %out[1] : (!llvm.ptr<1>) -> !llvm.ptr<1>, i32
  %halves = llvm.atomicrmw fadd %at1, %half syncscope("device") acq_rel : !llvm.ptr<1>, f32
  %at2 = llvm.getelementptr %out[2] : (!llvm.ptr<1>) -> !llvm.ptr<1>, i32
  %most = llvm.atomicrmw umax %at2, %thread syncscope("device") monotonic : !llvm.ptr<1>, i32
  %kind = arith.remui %thread, %c4 : i32
  %count = llvm.getelementptr %counts[%kind] : (!llvm.ptr<3>, i32) -> !llvm.ptr<3>, i32
  %counted = llvm.atomicrmw add %count, %c1 syncscope("block") monotonic : !llvm.ptr<3>, i32
  // plain llvm.store %c1, %count : i32, !llvm.ptr<3>
  scf.if %is_first {
    llvm.store %c7, %word : i32, !llvm.ptr<3>
    %was = llvm.atomicrmw xchg %flag, %c1 syncscope("block") release : !llvm.ptr<3>, i32
  }
  scf.if %is_other {
    scf.while : () -> () {
      %pair = llvm.cmpxchg %flag, %c1, %c4 syncscope("block") acquire monotonic : !llvm.ptr<3>, i32
      %is_set = llvm.extractvalue %pair[1] : !llvm.struct<(i32, i1)>
      %again = arith.xori %is_set, %true : i1
      scf.condition(%again)
    } do {
      scf.yield
    }
    %handed = llvm.load %word : !llvm.ptr<3> -> i32
    %at3 = llvm.getelementptr %out[3] : (!llvm.ptr<1>) -> !llvm.ptr<1>, i32
    %all = llvm.atomicrmw add %at3, %handed syncscope("device") monotonic : !llvm.ptr<1>, i32
  }
  nvvm.barrier0 // barrier
  scf.if %is_few {
    %value = llvm.load %own : !llvm.ptr<3> -> i32
    %place = arith.addi %thread, %c4 : i32
    %to = llvm.getelementptr %out[%place] : (!llvm.ptr<1>, i32) -> !llvm.ptr<1>, i32
    %added = llvm.atomicrmw add %to, %value syncscope("device") monotonic : !llvm.ptr<1>, i32
  }
  llvm.return
}
