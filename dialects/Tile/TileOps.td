// The tile dialect: one kernel, tile by tile. Launch, memory and structure only; arith, math, scf and
// tensor.splat do the rest on builtin tensors, whose extents are powers of two.
#ifndef WEFT_TILE_OPS
#define WEFT_TILE_OPS

include "mlir/IR/AttrTypeBase.td"
include "mlir/IR/OpAsmInterface.td"
include "mlir/IR/OpBase.td"
include "mlir/IR/SymbolInterfaces.td"
include "mlir/IR/TensorEncoding.td"
include "mlir/Interfaces/ControlFlowInterfaces.td"
include "mlir/Interfaces/FunctionInterfaces.td"
include "mlir/Interfaces/SideEffectInterfaces.td"
include "dialects/Tile/TileEnums.td"

def Tile_Dialect : Dialect {
  let name = "tile";
  let cppNamespace = "::weft::tile";
  let summary = "how one kernel computes its result, tile by tile";
  let dependentDialects = ["::weft::spec::SpecDialect"];
  let useDefaultAttributePrinterParser = 1;
}
def Tile_ReductionKindAttr : EnumAttr<Tile_Dialect, Tile_ReductionKind, "reduction">;

class Tile_Op<string mnemonic, list<Trait> traits = []> : Op<Tile_Dialect, mnemonic, traits>;

// What is computed with, and what else is stored: floats of 16 bits are loaded, stored, converted and multiplied.
defvar Tile_Numbers = [F32, F64, I32];
defvar Tile_Elements = !listconcat([BF16, F16], Tile_Numbers);

def Tile_Buffer : StaticShapeMemRefOf<Tile_Elements>;
def Tile_Tile : AnyTypeOf<[1DTensorOf<Tile_Elements>, 2DTensorOf<Tile_Elements>], "tile">;
def Tile_NumberTile : AnyTypeOf<[1DTensorOf<Tile_Numbers>, 2DTensorOf<Tile_Numbers>], "tile of f32, f64 or i32">;

def Tile_KernelOp : Tile_Op<"kernel", [AffineScope, AutomaticAllocationScope, IsolatedFromAbove, Symbol,
    FunctionOpInterface, HasParent<"::mlir::ModuleOp">, SingleBlock]> {
  let summary = "a kernel over a grid of independent programs";
  let description = [{
    The body is one program; `tile.program_id` tells which. Arguments are buffers of static shape and
    strides: first the inputs, then `outputs` buffers that it stores to. `in_place` lists pairs
    [output, argument]: that output may be given the very buffer of that argument, because each
    element of it is read, by the program that replaces it, before it is stored.
    ```mlir
    tile.kernel @double(%x: memref<256xf32>, %y: memref<256xf32>) grid(4) outputs(1) in_place([[0, 0]]) {
      %p = tile.program_id
      %c64 = arith.constant 64 : index
      %i = arith.muli %p, %c64 : index
      %t = tile.load %x[%i] {in_bounds} : memref<256xf32> -> tensor<64xf32>
      %d = arith.addf %t, %t : tensor<64xf32>
      tile.store %d, %y[%i] {in_bounds} : tensor<64xf32>, memref<256xf32>
      tile.return
    }
    ```
    **Constraints:** grid > 0; arguments are memrefs of bf16, f16, f32, f64 or i32 with static shape and
    strides, strides not negative, no offset; 0 <= outputs <= arguments; `in_place` pairs an output with an
    input of the same type.
  }];
  let arguments = (ins SymbolNameAttr:$sym_name, TypeAttrOf<FunctionType>:$function_type, I64Attr:$grid,
                       I64Attr:$outputs, OptionalAttr<ArrayAttr>:$in_place,
                       OptionalAttr<DictArrayAttr>:$arg_attrs, OptionalAttr<DictArrayAttr>:$res_attrs);
  let regions = (region SizedRegion<1>:$body);
  let hasCustomAssemblyFormat = 1;
  let hasVerifier = 1;
  let extraClassDeclaration = [{
    ::llvm::ArrayRef<::mlir::Type> getArgumentTypes() { return getFunctionType().getInputs(); }
    ::llvm::ArrayRef<::mlir::Type> getResultTypes() { return getFunctionType().getResults(); }
    ::mlir::Region *getCallableRegion() { return &getBody(); }
    int64_t getNumInputs() { return getArgumentTypes().size() - getOutputs(); }
  }];
}

def Tile_ReturnOp : Tile_Op<"return", [Pure, ReturnLike, Terminator, HasParent<"KernelOp">]> {
  let summary = "the end of a kernel";
  let assemblyFormat = "attr-dict";
}

def Tile_ProgramIdOp : Tile_Op<"program_id", [Pure]> {
  let summary = "which program of the grid this is, from 0";
  let results = (outs Index:$result);
  let assemblyFormat = "attr-dict";
}

def Tile_LoadOp : Tile_Op<"load", [AttrSizedOperandSegments, MemoryEffects<[MemRead]>]> {
  let summary = "a tile of a buffer";
  let description = [{
    The tile spans the last dimensions of the buffer, from the given element on; indices in the
    dimensions before must lie inside. What sticks out at the end of the dimensions that it spans is
    not touched and reads as 0. `in_bounds` promises that nothing does. `alignment` promises, in bytes, that
    rows of the tile start at such addresses, and that so many bytes of a row are inside or outside as a whole.
    ```mlir
    %t = tile.load %x[%row, %column] {alignment = 16 : i64} : memref<256x768xf32> -> tensor<64xf32>
    ```
    With `rows`, the rows of the buffer end at that index instead, which data may say: one of several lists of rows
    that lie one behind the other. It is at most their number; `in_bounds` then speaks of the columns alone.
    ```mlir
    %u = tile.load %x[%row, %column] rows(%end) {in_bounds} : memref<256x768xf32> -> tensor<32x64xf32>
    ```
    **Constraints:** one index a dimension; the tile's rank is at most the buffer's; extents are powers
    of two; element types agree; an alignment is a power of two from the element's size to 16; `rows` goes with a tile
    of rank 2.
  }];
  let arguments = (ins Arg<Tile_Buffer, "", [MemRead]>:$source, Variadic<Index>:$indices, Optional<Index>:$end,
                       UnitAttr:$in_bounds, OptionalAttr<I64Attr>:$alignment);
  let results = (outs Tile_Tile:$result);
  let assemblyFormat = [{
    $source `[` $indices `]` (`rows` `(` $end^ `)`)? attr-dict `:` type($source) `->` type($result)
  }];
  let builders = [OpBuilder<(ins "::mlir::Type":$result, "::mlir::Value":$source, "::mlir::ValueRange":$indices, "bool":$in_bounds),
                            [{ build($_builder, $_state, result, source, indices, ::mlir::Value(), in_bounds, ::mlir::IntegerAttr()); }]>];
  let hasVerifier = 1;
}

def Tile_StoreOp : Tile_Op<"store", [AttrSizedOperandSegments, MemoryEffects<[MemWrite]>]> {
  let summary = "writes a tile to a buffer";
  let description = [{
    As in `tile.load`; what sticks out at the end of a dimension, or lies behind `rows`, is dropped.
    ```mlir
    tile.store %t, %y[%row, %column] : tensor<64xf32>, memref<256x768xf32>
    tile.store %u, %y[%row, %column] rows(%end) : tensor<32x64xf32>, memref<256x768xf32>
    ```
    **Constraints:** those of `tile.load`.
  }];
  let arguments = (ins Tile_Tile:$value, Arg<Tile_Buffer, "", [MemWrite]>:$dest, Variadic<Index>:$indices, Optional<Index>:$end,
                       UnitAttr:$in_bounds, OptionalAttr<I64Attr>:$alignment);
  let assemblyFormat = [{
    $value `,` $dest `[` $indices `]` (`rows` `(` $end^ `)`)? attr-dict `:` type($value) `,` type($dest)
  }];
  let builders = [OpBuilder<(ins "::mlir::Value":$value, "::mlir::Value":$dest, "::mlir::ValueRange":$indices, "bool":$in_bounds),
                            [{ build($_builder, $_state, value, dest, indices, ::mlir::Value(), in_bounds, ::mlir::IntegerAttr()); }]>];
  let hasVerifier = 1;
}

def Tile_IotaOp : Tile_Op<"iota", [Pure]> {
  let summary = "the number of each lane: 0, 1, 2, ...";
  let description = "```mlir\n%i = tile.iota : tensor<64xi32>\n```\n**Constraints:** rank 1, a power of two.";
  let results = (outs 1DTensorOf<[I32]>:$result);
  let assemblyFormat = "attr-dict `:` type($result)";
  let hasVerifier = 1;
}

def Tile_ConcatOp : Tile_Op<"concat", [Pure]> {
  let summary = "tiles side by side";
  let description = [{
    ```mlir
    %t = tile.concat %a, %b : tensor<16xi32>, tensor<16xi32> -> tensor<32xi32>
    %u = tile.concat %c, %d : tensor<8x16xf32>, tensor<8x16xf32> -> tensor<8x32xf32>
    ```
    **Constraints:** at least one tile; all of one type; the result has their last extents together, a
    power of two.
  }];
  let arguments = (ins Variadic<Tile_Tile>:$tiles);
  let results = (outs Tile_Tile:$result);
  let assemblyFormat = "$tiles attr-dict `:` type($tiles) `->` type($result)";
  let hasVerifier = 1;
}

def Tile_ReduceOp : Tile_Op<"reduce", [Pure]> {
  let summary = "combines the elements of a tile along one axis, in a fixed order";
  let description = [{
    In a tile of rank 1 the upper half is combined with the lower half until one is left, so that the
    bits are the same on every target. Along an axis of a tile of rank 2 the order is the target's, the
    same in every run. `max` of floats is NaN if an element is; i32 is signed. Sums of bf16 and f16 are
    taken in f32: `arith.extf` comes before.
    ```mlir
    %s = tile.reduce add %t axis(0) : tensor<64xf32> -> f32
    ```
    **Constraints:** f32, f64 or i32; axis in range; the result is the tile without that axis (a scalar
    for rank 1).
  }];
  let arguments = (ins Tile_ReductionKindAttr:$kind, Tile_NumberTile:$value, I64Attr:$axis);
  let results = (outs AnyType:$result);
  let assemblyFormat = "custom<Keyword>($kind) $value `axis` `(` $axis `)` attr-dict `:` type($value) `->` type($result)";
  let hasVerifier = 1;
}

def Tile_BroadcastOp : Tile_Op<"broadcast", [Pure]> {
  let summary = "repeats a tile of rank 1 along a new axis";
  let description = [{
    With axis 1 every column is the operand, with axis 0 every row.
    ```mlir
    %t = tile.broadcast %v axis(1) : tensor<64xf32> -> tensor<64x32xf32>   // t[i, j] = v[i]
    ```
    **Constraints:** the result without that axis is the operand; extents are powers of two.
  }];
  let arguments = (ins 1DTensorOf<Tile_Elements>:$value, I64Attr:$axis);
  let results = (outs 2DTensorOf<Tile_Elements>:$result);
  let assemblyFormat = "$value `axis` `(` $axis `)` attr-dict `:` type($value) `->` type($result)";
  let hasVerifier = 1;
}

def Tile_TransposeOp : Tile_Op<"transpose", [Pure]> {
  let summary = "swaps rows and columns";
  let description = [{
    ```mlir
    %t = tile.transpose %x : tensor<64x16xf32> -> tensor<16x64xf32>
    ```
    **Constraints:** the result has the operand's extents the other way round.
  }];
  let arguments = (ins 2DTensorOf<Tile_Elements>:$value);
  let results = (outs 2DTensorOf<Tile_Elements>:$result);
  let assemblyFormat = "$value attr-dict `:` type($value) `->` type($result)";
  let hasVerifier = 1;
}

def Tile_DotOp : Tile_Op<"dot", [Pure, AllTypesMatch<["acc", "result"]>]> {
  let summary = "a tile plus the matrix product of two";
  let description = [{
    acc[i, j] + sum over k of a[i, k] * b[k, j]; `transpose_a`: a is [k, i]; `transpose_b`: b is [j, k].
    Each element is one chain of multiply-adds that begins with acc; in which order k is taken is the
    target's choice, the same in every run. Products of bf16 and f16 are exact in f32, in which they are
    summed: that is what a GPU's tensor cores do, which may round each sum otherwise than to the nearest.
    `tf32` lets a target round f32 operands to 11 bits, so that tensor cores can take them too.
    ```mlir
    %s = tile.dot %q, %k, %zero {transpose_b} : tensor<64x32xf32>, tensor<64x32xf32>, tensor<64x64xf32>
    %t = tile.dot %p, %v, %acc : tensor<64x64xbf16>, tensor<64x32xbf16>, tensor<64x32xf32>
    ```
    **Constraints:** a and b of one element type: that of acc, or bf16 or f16 with acc of f32; `tf32` goes
    with f32; sizes fit; extents are powers of two.
  }];
  let arguments = (ins 2DTensorOf<[BF16, F16, F32, F64]>:$a, 2DTensorOf<[BF16, F16, F32, F64]>:$b,
                       2DTensorOf<[F32, F64]>:$acc, UnitAttr:$transpose_a, UnitAttr:$transpose_b, UnitAttr:$tf32);
  let results = (outs 2DTensorOf<[F32, F64]>:$result);
  let assemblyFormat = "$a `,` $b `,` $acc attr-dict `:` type($a) `,` type($b) `,` type($acc)";
  let hasVerifier = 1;
  let extraClassDeclaration = [{
    /// How many are summed over.
    int64_t getInner() {
      return ::llvm::cast<::mlir::RankedTensorType>(getA().getType()).getDimSize(!getTransposeA());
    }
  }];
}

include "dialects/Tile/TileLayoutOps.td"

#endif // WEFT_TILE_OPS
