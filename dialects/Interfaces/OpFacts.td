// What is true of an op and asked by several passes: each op that it holds for says so itself.
#ifndef WEFT_INTERFACES_OPFACTS
#define WEFT_INTERFACES_OPFACTS

include "mlir/IR/OpBase.td"

class OpFact<string name> : NativeOpTrait<name> {
  let cppNamespace = "::weft::facts";
}

// Its results are elements of its operands, or constants, each rounded at most: it computes nothing that could want more bits.
def MovesElements : OpFact<"MovesElements">;

// A product of matrices, 2mnk FLOP, which a library computes where the target has one for its element type.
def MatrixProduct : OpFact<"MatrixProduct">;

// Products of matrices by group of rows.
def GroupedProduct : OpFact<"GroupedProduct">;

// Takes operands of 16 bits as they are, and computes sums and exponentials of them in f32.
def WidensItself : OpFact<"WidensItself">;

// An element of its result depends on where it stands, or on other elements of its row than that of the same column.
def ReadsCoordinates : OpFact<"ReadsCoordinates">;

// Of these, what needs a kernel that walks row by row, where rows and columns are still apart.
def WalksRows : OpFact<"WalksRows">;

// Its result is memory that is there before the program runs: of a variable, of the step block, of a constant.
def NamesMemory : OpFact<"NamesMemory">;

// Adds to its operand `old`, in whose memory the result can lie.
def AddsToOld : OpFact<"AddsToOld">;

#endif // WEFT_INTERFACES_OPFACTS
