// One warp copies rows of 32 words into two buffers, the other one sums them up, each row by its number. Run with 64 threads.
llvm.mlir.global external @weft_shared() {addr_space = 3 : i32, alignment = 1024 : i64} : !llvm.array<0 x i8>

llvm.func @pipeline(%in: !llvm.ptr<1>, %out: !llvm.ptr<1>) attributes {nvvm.kernel} {
  %c0 = arith.constant 0 : i32
  %c1 = arith.constant 1 : i32
  %c2 = arith.constant 2 : i32
  %c8 = arith.constant 8 : i32
  %c31 = arith.constant 31 : i32
  %c32 = arith.constant 32 : i32
  %true = arith.constant true
  %rounds = arith.constant 6 : i32
  %bytes = arith.constant 128 : i32
  %shared = llvm.mlir.addressof @weft_shared : !llvm.ptr<3>
  %full0 = llvm.getelementptr %shared[0] : (!llvm.ptr<3>) -> !llvm.ptr<3>, i8
  %empty0 = llvm.getelementptr %shared[16] : (!llvm.ptr<3>) -> !llvm.ptr<3>, i8
  %buffer0 = llvm.getelementptr %shared[128] : (!llvm.ptr<3>) -> !llvm.ptr<3>, i8
  %thread = nvvm.read.ptx.sreg.tid.x : i32
  %lane = arith.remui %thread, %c32 : i32
  %is_first = arith.cmpi eq, %thread, %c0 : i32
  scf.for %s = %c0 to %c2 step %c1 : i32 {
    %offset = arith.muli %s, %c8 : i32
    %full = llvm.getelementptr %full0[%offset] : (!llvm.ptr<3>, i32) -> !llvm.ptr<3>, i8
    %empty = llvm.getelementptr %empty0[%offset] : (!llvm.ptr<3>, i32) -> !llvm.ptr<3>, i8
    nvvm.mbarrier.init %full, %c32, predicate = %is_first : !llvm.ptr<3>, i32, i1 // init-full
    scf.if %is_first {
      nvvm.mbarrier.init %empty, %c32 : !llvm.ptr<3>, i32
    }
  }
  nvvm.barrier0 // barrier
  %copies = arith.cmpi ult, %thread, %c32 : i32
  %sum = scf.for %round = %c0 to %rounds step %c1 iter_args(%acc = %c0) -> (i32) : i32 {
    %stage = arith.remui %round, %c2 : i32
    %turn = arith.divui %round, %c2 : i32
    %parity = arith.remui %turn, %c2 : i32
    %before = arith.xori %parity, %c1 : i32
    %offset = arith.muli %stage, %c8 : i32
    %full = llvm.getelementptr %full0[%offset] : (!llvm.ptr<3>, i32) -> !llvm.ptr<3>, i8
    %empty = llvm.getelementptr %empty0[%offset] : (!llvm.ptr<3>, i32) -> !llvm.ptr<3>, i8
    %start = arith.muli %stage, %bytes : i32
    %buffer = llvm.getelementptr %buffer0[%start] : (!llvm.ptr<3>, i32) -> !llvm.ptr<3>, i8
    %next = scf.if %copies -> (i32) {
      nvvm.mbarrier.try_wait.parity %empty, %before, %bytes : !llvm.ptr<3>, i32, i32 // wait-empty
      %row = arith.muli %round, %c32 : i32
      %word = arith.addi %row, %lane : i32
      %from = llvm.getelementptr %in[%word] : (!llvm.ptr<1>, i32) -> !llvm.ptr<1>, i32
      %to = llvm.getelementptr %buffer[%lane] : (!llvm.ptr<3>, i32) -> !llvm.ptr<3>, i32
      nvvm.cp.async.shared.global %to, %from, 4, cache = ca : !llvm.ptr<3>, !llvm.ptr<1>
      nvvm.cp.async.mbarrier.arrive %full {noinc = true} : !llvm.ptr<3> // arrive-full
      scf.yield %c0 : i32
    } else {
      scf.while : () -> () { // wait-full
        %is_over = nvvm.mbarrier.try_wait %full, %parity : !llvm.ptr<3>, i32 -> i1 // wait-full
        %again = arith.xori %is_over, %true : i1 // wait-full
        scf.condition(%again) // wait-full
      } do { // wait-full
        scf.yield // wait-full
      } // wait-full
      %other = arith.subi %c31, %lane : i32
      %at = llvm.getelementptr %buffer[%other] : (!llvm.ptr<3>, i32) -> !llvm.ptr<3>, i32
      %value = llvm.load %at : !llvm.ptr<3> -> i32
      %token = nvvm.mbarrier.arrive %empty : !llvm.ptr<3> -> i64 // arrive-empty
      %number = arith.addi %round, %c1 : i32
      %scaled = arith.muli %value, %number : i32
      %more = arith.addi %acc, %scaled : i32
      scf.yield %more : i32
    }
    scf.yield %next : i32
  }
  %place = llvm.getelementptr %out[%lane] : (!llvm.ptr<1>, i32) -> !llvm.ptr<1>, i32
  scf.if %copies {
  } else {
    llvm.store %sum, %place : i32, !llvm.ptr<1>
  }
  llvm.return
}
