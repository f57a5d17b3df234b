#include "dialects/Tile/Layout.h"

#include "mlir/IR/Builders.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace weft::tile;

using Bases = SmallVector<Coordinates>;

// ---- the attribute

static Bases unflatten(ArrayRef<int32_t> numbers, int64_t rank) {
  Bases bases;
  for (; !numbers.empty(); numbers = numbers.drop_front(rank))
    bases.emplace_back(numbers.take_front(rank));
  return bases;
}

static SmallVector<int32_t> flatten(const Bases &bases) {
  SmallVector<int32_t> numbers;
  for (const Coordinates &basis : bases)
    llvm::append_range(numbers, basis);
  return numbers;
}

Layout Layout::of(LayoutAttr attr) {
  return {attr.getRank(), unflatten(attr.getRegisters(), attr.getRank()),
          unflatten(attr.getLanes(), attr.getRank()), unflatten(attr.getWarps(), attr.getRank())};
}

Layout Layout::of(Type type) { return of(getLayout(type)); }

LayoutAttr Layout::attr(MLIRContext *context) const {
  return LayoutAttr::get(context, rank, flatten(registers), flatten(lanes), flatten(warps));
}

LayoutAttr weft::tile::getLayout(Type type) {
  auto tile = dyn_cast<RankedTensorType>(type);
  return tile ? dyn_cast_or_null<LayoutAttr>(tile.getEncoding()) : LayoutAttr();
}

RankedTensorType weft::tile::withLayout(Type type, LayoutAttr layout) {
  auto tile = cast<RankedTensorType>(type);
  return RankedTensorType::get(tile.getShape(), tile.getElementType(), layout);
}

void LayoutAttr::print(AsmPrinter &printer) const {
  auto list = [&](StringRef name, ArrayRef<int32_t> numbers) {
    printer << ", " << name << " [";
    llvm::interleaveComma(unflatten(numbers, getRank()), printer, [&](const Coordinates &basis) {
      printer << '[';
      llvm::interleaveComma(basis, printer);
      printer << ']';
    });
    printer << ']';
  };
  printer << "<rank " << getRank();
  list("registers", getRegisters());
  list("lanes", getLanes());
  list("warps", getWarps());
  printer << '>';
}

Attribute LayoutAttr::parse(AsmParser &parser, Type) {
  int64_t rank = 0;
  if (parser.parseLess() || parser.parseKeyword("rank") || parser.parseInteger(rank))
    return Attribute();
  if (rank != 1 && rank != 2) {
    parser.emitError(parser.getCurrentLocation(), "expected rank 1 or 2, got: ") << rank;
    return Attribute();
  }
  auto list = [&](StringRef name, SmallVector<int32_t> &numbers) -> ParseResult {
    auto number = [&]() -> ParseResult { return parser.parseInteger(numbers.emplace_back()); };
    auto basis = [&]() -> ParseResult {
      size_t before = numbers.size();
      if (parser.parseCommaSeparatedList(AsmParser::Delimiter::Square, number))
        return failure();
      if (static_cast<int64_t>(numbers.size() - before) != rank)
        return parser.emitError(parser.getCurrentLocation(), "expected bases of ")
               << rank << " coordinates";
      return success();
    };
    return failure(parser.parseComma() || parser.parseKeyword(name) ||
                   parser.parseCommaSeparatedList(AsmParser::Delimiter::Square, basis));
  };
  SmallVector<int32_t> registers, lanes, warps;
  if (list("registers", registers) || list("lanes", lanes) || list("warps", warps) ||
      parser.parseGreater())
    return Attribute();
  return get(parser.getContext(), rank, registers, lanes, warps);
}

// Proves: the tile's rank; bases inside the tile; five lane bases; every element is held.
LogicalResult LayoutAttr::verifyEncoding(ArrayRef<int64_t> shape, Type,
                                         function_ref<InFlightDiagnostic()> emitError) const {
  if (static_cast<int64_t>(shape.size()) != getRank())
    return emitError() << "expected a layout of rank " << shape.size() << ", got: " << *this;
  Layout layout = Layout::of(*this);
  if (layout.lanes.size() != 5)
    return emitError() << "expected a layout of 5 lane bases, got: " << layout.lanes.size();
  // Bases as numbers, whose span must be all of the tile: Gaussian elimination.
  SmallVector<uint64_t> span;
  for (const Coordinates &basis :
       llvm::concat<const Coordinates>(layout.registers, layout.lanes, layout.warps)) {
    uint64_t number = 0;
    for (auto [coordinate, extent] : llvm::zip(basis, shape)) {
      if (coordinate < 0 || coordinate >= extent)
        return emitError() << "expected bases inside the tile, got: " << *this;
      number = number * extent + coordinate;
    }
    for (uint64_t other : span)
      number = std::min(number, number ^ other);
    if (number)
      span.push_back(number);
  }
  int64_t bits = 0;
  for (int64_t extent : shape)
    bits += llvm::Log2_64(extent);
  if (static_cast<int64_t>(span.size()) != bits)
    return emitError() << "expected a layout that holds every element, got: " << *this;
  return success();
}

// ---- coordinates

Coordinates Layout::ofRegister(int64_t number) const {
  Coordinates result(rank, 0);
  for (auto [bit, basis] : llvm::enumerate(registers))
    if (number >> bit & 1)
      for (int64_t d = 0; d < rank; ++d)
        result[d] ^= basis[d];
  return result;
}

int64_t Layout::registerAt(ArrayRef<int32_t> coordinates) const {
  for (int64_t r = 0; r < numRegisters(); ++r)
    if (ArrayRef<int32_t>(ofRegister(r)) == coordinates)
      return r;
  llvm_unreachable("no register holds these coordinates");
}

int64_t Layout::run() const {
  int64_t result = 1;
  for (const Coordinates &basis : registers) {
    Coordinates next(rank, 0);
    next[rank - 1] = result;
    if (basis != next)
      break;
    result *= 2;
  }
  // Where another bit counts along too, neighbours are not in order.
  for (const Coordinates &basis : llvm::concat<const Coordinates>(
           ArrayRef(registers).drop_front(llvm::Log2_64(result)), lanes, warps))
    while (basis.back() & (result - 1))
      result /= 2;
  return result;
}

// ---- layouts made of layouts

static bool isZero(const Coordinates &basis) {
  return llvm::all_of(basis, [](int32_t x) { return x == 0; });
}

/// Changes every basis; registers that then hold the same as others go.
static Layout mapped(const Layout &layout, int64_t rank,
                     function_ref<Coordinates(const Coordinates &)> change) {
  Layout result;
  result.rank = rank;
  for (const Coordinates &basis : layout.registers)
    if (Coordinates changed = change(basis); !isZero(changed))
      result.registers.push_back(changed);
  for (const Coordinates &basis : layout.lanes)
    result.lanes.push_back(change(basis));
  for (const Coordinates &basis : layout.warps)
    result.warps.push_back(change(basis));
  return result;
}

Layout Layout::sliced(int64_t axis) const {
  return mapped(*this, rank - 1, [&](Coordinates basis) {
    basis.erase(basis.begin() + axis);
    return basis;
  });
}

Layout Layout::transposed() const {
  return mapped(*this, rank, [&](Coordinates basis) {
    std::reverse(basis.begin(), basis.end());
    return basis;
  });
}

Layout Layout::piece(int64_t extent) const {
  return mapped(*this, rank, [&](Coordinates basis) {
    basis.back() &= extent - 1;
    return basis;
  });
}

Layout Layout::without(int64_t dim) const {
  return mapped(*this, rank, [&](Coordinates basis) {
    basis[dim] = 0;
    return basis;
  });
}

// ---- layouts of their own

namespace {

/// Gives out the bits of a tile's coordinates, lowest first.
struct Bits {
  explicit Bits(ArrayRef<int64_t> shape) : shape(shape), next(shape.size(), 1) {}

  bool has(int64_t dim) const { return next[dim] < shape[dim]; }
  /// The next bit of the first of `dims` that has one; zeros if none has.
  Coordinates take(ArrayRef<int64_t> dims) {
    Coordinates basis(shape.size(), 0);
    for (int64_t dim : dims)
      if (has(dim)) {
        basis[dim] = next[dim];
        next[dim] *= 2;
        break;
      }
    return basis;
  }

  ArrayRef<int64_t> shape;
  SmallVector<int32_t, 2> next;
};

} // namespace

static void takeRest(Bits &bits, ArrayRef<int64_t> dims, Bases &registers) {
  for (int64_t dim : dims)
    while (bits.has(dim))
      registers.push_back(bits.take(dim));
}

Layout Layout::blocked(ArrayRef<int64_t> shape, int64_t warps, int64_t run) {
  Layout layout;
  layout.rank = shape.size();
  Bits bits(shape);
  run = std::min({run, shape.back(), ShapedType::getNumElements(shape) / (32 * warps)});
  for (int64_t i = 1; i < run; i *= 2)
    layout.registers.push_back(bits.take({layout.rank - 1}));
  SmallVector<int64_t, 2> lastFirst = {layout.rank - 1}, firstFirst = {0};
  if (layout.rank == 2)
    lastFirst.push_back(0), firstFirst.push_back(1);
  for (int i = 0; i < 5; ++i)
    layout.lanes.push_back(bits.take(lastFirst));
  for (int64_t w = 1; w < warps; w *= 2)
    layout.warps.push_back(bits.take(firstFirst));
  takeRest(bits, lastFirst, layout.registers);
  return layout;
}

Layout Layout::perWarp(ArrayRef<int64_t> shape, int64_t warps) {
  Layout layout = blocked(shape, 1);
  for (int64_t w = 1; w < warps; w *= 2)
    layout.warps.emplace_back(shape.size(), 0);
  return layout;
}

Layout Layout::ofProduct(ArrayRef<int64_t> shape, int64_t warps, int64_t rows, int64_t columns) {
  Layout layout;
  layout.rank = 2;
  Bits bits(shape);
  for (int64_t i = 1; i < std::min(columns, shape[1] / 8); i *= 2)
    layout.registers.push_back(bits.take({1}));
  for (int64_t i = 1; i < std::min(rows, shape[0] / (4 * warps)); i *= 2)
    layout.registers.push_back(bits.take({0}));
  for (int i = 0; i < 5; ++i)
    layout.lanes.push_back(i < 3 ? bits.take({1, 0}) : bits.take({0, 1}));
  for (int64_t w = 1; w < warps; w *= 2)
    layout.warps.push_back(bits.take({0, 1}));
  takeRest(bits, {1, 0}, layout.registers);
  return layout;
}

// ---- shared memory

int64_t weft::tile::getSharedOffset(MemRefType type, ArrayRef<int32_t> coordinates) {
  constexpr int64_t chunk = 16, banks = 128; // bytes: of a chunk, and of all banks
  int64_t element = type.getElementTypeBitWidth() / 8;
  int64_t rowBytes = type.getShape().back() * element;
  int64_t row = coordinates.size() == 2 ? coordinates.front() : 0;
  int64_t column = coordinates.back() * element;
  if (coordinates.size() != 2 || rowBytes < 2 * chunk)
    return row * rowBytes + column;
  int64_t rowsOfBanks = std::max<int64_t>(1, banks / rowBytes);
  int64_t chunks = std::min(rowBytes, banks) / chunk;
  return row * rowBytes + (column ^ (row / rowsOfBanks % chunks * chunk));
}

std::optional<uint64_t> weft::tile::getSwizzleMode(int64_t rowBytes) {
  constexpr int64_t swizzles[] = {128, 64, 32};
  const int64_t *found = llvm::find(swizzles, rowBytes);
  return found == std::end(swizzles) ? std::nullopt : std::optional<uint64_t>(found - swizzles + 1);
}
