#ifndef WEFT_MEMORY_PASSES
#define WEFT_MEMORY_PASSES

include "mlir/Pass/PassBase.td"

def PlaceBuffers : Pass<"weft-place-buffers", "::mlir::ModuleOp"> {
  let summary = "give every state, input and buffer its place in memory";
  let description = [{
    States and inputs lie one after the other in their blocks. The buffers of all programs share one
    arena: each program uses it from its start, and two buffers share bytes unless some op uses
    memory while both are alive. A buffer lives from the first op that uses it, directly or through
    views, to the last. All places are multiples of 64 bytes. Writes the sizes of the three blocks,
    and `live`, the most bytes that are alive at once, on the `exec.module`, and checks its own work
    as `weft-verify-placement` does.
    ```mlir
    %a = exec.buffer : memref<16xf32>
    %b = exec.buffer : memref<16xf32>
    exec.launch @f(%x, %a) : ...
    exec.launch @f(%a, %b) : ...
    // becomes
    %a = exec.buffer at(0) : memref<16xf32>
    %b = exec.buffer at(64) : memref<16xf32>
    ```
    Places that were there before are replaced. Changes no values.
  }];
}

def VerifyPlacement : Pass<"weft-verify-placement", "::mlir::ModuleOp"> {
  let summary = "check that no two things that are alive at once share memory";
  let description = [{
    Refuses a module where a state, an input or a used buffer has no place, a place that is not a
    multiple of 64, or one outside its block; where two states, two inputs, or two buffers that are
    alive at the same op overlap; or where `live` is not the most bytes that are alive at once.
    Derives lifetimes on its own, apart from `weft-place-buffers`. Changes nothing.
  }];
}

def VerifyInitialization : Pass<"weft-verify-initialization", "::mlir::ModuleOp"> {
  let summary = "check that every buffer is written before it is read";
  let description = [{
    Refuses a program where a kernel or a library call reads a buffer of the arena that nothing before
    it has written to; a buffer counts as written once a part of it is. Kernels must not be lowered yet:
    they say which of their arguments they write.
    ```mlir
    %a = exec.buffer : memref<16xf32>
    %b = exec.buffer : memref<16xf32>
    exec.launch @copy(%a, %b) : ...   // error: reads operand 0 before anything is written to it
    ```
    Changes nothing.
  }];
}

def VerifyAliasing : Pass<"weft-verify-aliasing", "::mlir::ModuleOp"> {
  let summary = "check that no op overwrites what it still reads";
  let description = [{
    Refuses a program where a kernel or a library call writes an operand that shares memory with another of its operands, be it through
    views of another offset, shape or strides. The one exception is the very buffer of an input that the kernel lists as `in_place`
    with this output. Kernels must not be lowered yet: they say which of their arguments they write.
    ```mlir
    %t = exec.view %a offset(0) : memref<4x4xf32> to memref<4x4xf32, strided<[1, 4]>>
    exec.launch @sub(%a, %t, %a) : ...   // error: writes operand 2, which shares memory with operand 1
    ```
    Views count as apart where their ranges are, or where they are different parts of rows of one length. Knows nothing of
    `convert-weft-to-exec`, which decides what is done in place. (That buffers alive at once lie apart is for `weft-verify-placement`.)
    Changes nothing.
  }];
}

#endif // WEFT_MEMORY_PASSES
