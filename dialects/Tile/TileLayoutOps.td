// Below the choice of threads: which thread holds what of a tile, and memory that the threads of a program share.
#ifndef WEFT_TILE_LAYOUT_OPS
#define WEFT_TILE_LAYOUT_OPS

def Tile_LayoutAttr : AttrDef<Tile_Dialect, "Layout", [DeclareAttrInterfaceMethods<VerifiableTensorEncoding>]> {
  let mnemonic = "layout";
  let summary = "which register of which thread holds which element of a tile";
  let description = [{
    The encoding of a tile's type: a linear map over GF(2). Register r of lane l in warp w holds the element
    whose coordinates are the exclusive or of one basis for each bit that is 1 in r, l and w. A basis of
    zeros means that registers, lanes or warps hold the same.
    ```mlir
    #tile.layout<rank 2, registers [[0, 32]], lanes [[0, 1], [0, 2], [0, 4], [0, 8], [0, 16]], warps [[1, 0]]>
    ```
    **Constraints:** `rank` coordinates a basis, inside the tile; five lane bases; every element is held.
  }];
  let parameters = (ins "int64_t":$rank, ArrayRefParameter<"int32_t">:$registers, ArrayRefParameter<"int32_t">:$lanes,
                        ArrayRefParameter<"int32_t">:$warps);
  let hasCustomAssemblyFormat = 1;
  let genMnemonicAlias = 1;
}

def Tile_SharedAttr : AttrDef<Tile_Dialect, "Shared"> {
  let mnemonic = "shared";
  let summary = "the memory space that the threads of a program share";
  let description = [{
    Rows of at least 32 bytes are swizzled: chunks of 16 bytes of a row are exclusive-ored with the row's
    number, so that threads that read one column of several rows touch different banks.
  }];
  let parameters = (ins);
  let assemblyFormat = "";
}

def Tile_ConvertLayoutOp : Tile_Op<"convert_layout", [Pure]> {
  let summary = "the same tile, held by other registers or threads";
  let description = [{
    ```mlir
    %b = tile.convert_layout %a : tensor<64xf32, #l0> -> tensor<64xf32, #l1>
    ```
    **Constraints:** types that differ in their layouts alone.
  }];
  let arguments = (ins Tile_Tile:$value);
  let results = (outs Tile_Tile:$result);
  let assemblyFormat = "$value attr-dict `:` type($value) `->` type($result)";
  let hasVerifier = 1;
}

def Tile_AllocSharedOp : Tile_Op<"alloc_shared", [MemoryEffects<[MemAlloc]>]> {
  let summary = "shared memory for one tile, at an offset once that is decided";
  let description = "```mlir\n%s = tile.alloc_shared at(1024) : memref<64x64xf32, #tile.shared>\n```";
  let arguments = (ins OptionalAttr<I64Attr>:$offset);
  let results = (outs Tile_Buffer:$result);
  let assemblyFormat = "(`at` `(` $offset^ `)`)? attr-dict `:` type($result)";
}

def Tile_LocalLoadOp : Tile_Op<"local_load", [MemoryEffects<[MemRead]>]> {
  let summary = "a tile, or a part of one, from shared memory";
  let description = [{
    The tile spans the last dimensions of the buffer. With indices it begins there: in its own dimensions they are
    multiples of its extents, before them they say which of several tiles it is.
    ```mlir
    %a = tile.local_load %s[%slot, %c0, %k] : memref<2x64x64xf32, #tile.shared> -> tensor<64x8xf32, #l>
    ```
    **Constraints:** element types agree; no indices and ranks agree, or one index a dimension; at most one dimension more than
    the tile has.
  }];
  let arguments = (ins Arg<Tile_Buffer, "", [MemRead]>:$source, Variadic<Index>:$indices);
  let results = (outs Tile_Tile:$result);
  let assemblyFormat = "$source (`[` $indices^ `]`)? attr-dict `:` type($source) `->` type($result)";
  let hasVerifier = 1;
}

def Tile_LocalStoreOp : Tile_Op<"local_store", [MemoryEffects<[MemWrite]>]> {
  let summary = "puts a tile into shared memory";
  let description = "```mlir\ntile.local_store %t, %s : tensor<64x64xf32, #l>, memref<64x64xf32, #tile.shared>\n```";
  let arguments = (ins Tile_Tile:$value, Arg<Tile_Buffer, "", [MemWrite]>:$dest);
  let assemblyFormat = "$value `,` $dest attr-dict `:` type($value) `,` type($dest)";
}

// ---- copies that run beside their thread

def Tile_AsyncCopyOp : Tile_Op<"async_copy", [AttrSizedOperandSegments]> {
  let summary = "begins to copy a tile of a buffer to shared memory";
  let description = [{
    What is copied is what `tile.load` would load. It is there, for the thread that copied it, once a `tile.wait`
    says so, and for others after a barrier behind that. `layout` says which thread copies what. With indices of the
    shared buffer, one for each of its dimensions, the tile goes to one of several places.
    ```mlir
    tile.async_copy %k[%head, %i, %c0] to %s[%slot, %c0, %c0] layout(#l) {alignment = 16 : i64, in_bounds}
        : memref<12x1024x64xf32> to memref<2x64x64xf32, #tile.shared>
    ```
    **Constraints:** one index a dimension of the source; no indices, or one a dimension, of the shared buffer, which has at
    most one dimension more than the layout; element types agree; an alignment as in `tile.load`, and of at least 4; `rows`
    goes with a layout of rank 2.
  }];
  let arguments = (ins Arg<Tile_Buffer, "", [MemRead]>:$source, Variadic<Index>:$indices, Optional<Index>:$end,
                       Arg<Tile_Buffer, "", [MemWrite]>:$dest, Variadic<Index>:$dest_indices,
                       Tile_LayoutAttr:$layout, UnitAttr:$in_bounds, OptionalAttr<I64Attr>:$alignment);
  let assemblyFormat = [{
    $source `[` $indices `]` (`rows` `(` $end^ `)`)? `to` $dest (`[` $dest_indices^ `]`)? `layout` `(` $layout `)` attr-dict
    `:` type($source) `to` type($dest)
  }];
  let hasVerifier = 1;
}

def Tile_CommitOp : Tile_Op<"commit", [MemoryEffects<[MemRead, MemWrite]>]> {
  let summary = "makes a group of the copies that this thread began since the last one";
  let description = "```mlir\ntile.commit\n```";
  let assemblyFormat = "attr-dict";
}

def Tile_WaitOp : Tile_Op<"wait", [MemoryEffects<[MemRead, MemWrite]>]> {
  let summary = "waits until at most so many groups of this thread's copies are on their way";
  let description = [{
    ```mlir
    tile.wait 1   // all but the youngest group are there
    ```
    **Constraints:** the number is not negative.
  }];
  let arguments = (ins ConfinedAttr<I64Attr, [IntNonNegative]>:$pending);
  let assemblyFormat = "$pending attr-dict";
}

def Tile_BarrierOp : Tile_Op<"barrier", [MemoryEffects<[MemRead, MemWrite]>]> {
  let summary = "every thread of the program waits here for all others";
  let description = "What they wrote to shared memory before is seen by all after.\n```mlir\ntile.barrier\n```";
  let assemblyFormat = "attr-dict";
}

// ---- products of a warpgroup, which run beside their threads

def Tile_WarpgroupDotOp : Tile_Op<"warpgroup_dot", [AttrSizedOperandSegments, AllTypesMatch<["acc", "result"]>]> {
  let summary = "begins a tile.dot of four warps, which read b, and a too if it lies there, from shared memory";
  let description = [{
    Its result may be used by a `tile.warpgroup_wait`, or be the `acc` of another one. A slot says which of several tiles of a
    buffer it is. `transpose_a`: a is [k, i]; `transpose_b`: b is [j, k].
    ```mlir
    %s = tile.warpgroup_dot %q, %k[%slot], %zero {transpose_b} : tensor<64x64xbf16, #a>, memref<2x64x64xbf16, #tile.shared>, tensor<64x64xf32, #c>
    ```
    **Constraints:** a is a tile, not transposed, or a shared buffer; a and b are of bf16 or f16, acc of f32; sizes fit; 64 rows or a multiple
    of it, 8 to 256 columns, sums over a multiple of 16; rows in shared memory of 32, 64 or 128 bytes; a slot where a buffer has
    three dimensions.
  }];
  let arguments = (ins AnyTypeOf<[Tile_Tile, Tile_Buffer]>:$a, Optional<Index>:$a_slot, Arg<Tile_Buffer, "", [MemRead]>:$b,
                       Optional<Index>:$b_slot, 2DTensorOf<[F32]>:$acc, UnitAttr:$transpose_a, UnitAttr:$transpose_b);
  let results = (outs 2DTensorOf<[F32]>:$result);
  let assemblyFormat = [{
    $a (`[` $a_slot^ `]`)? `,` $b (`[` $b_slot^ `]`)? `,` $acc attr-dict `:` type($a) `,` type($b) `,` type($acc)
  }];
  let hasVerifier = 1;
  let extraClassDeclaration = [{
    /// How many are summed over.
    int64_t getInner() {
      return ::llvm::cast<::mlir::ShapedType>(getB().getType()).getShape().take_back(2)[getTransposeB()];
    }
  }];
}

def Tile_WarpgroupWaitOp : Tile_Op<"warpgroup_wait", [MemoryEffects<[MemRead, MemWrite]>,
    RangedTypesMatchWith<"results are what is waited for", "values", "results", "$_self">]> {
  let summary = "waits for all products of the warpgroup, and gives their results";
  let description = "```mlir\n%s, %t = tile.warpgroup_wait %x, %y : tensor<64x64xf32, #c>, tensor<64x64xf32, #c>\n```";
  let arguments = (ins Variadic<Tile_Tile>:$values);
  let results = (outs Variadic<Tile_Tile>:$results);
  let assemblyFormat = "$values attr-dict `:` type($values)";
}

#endif // WEFT_TILE_LAYOUT_OPS
