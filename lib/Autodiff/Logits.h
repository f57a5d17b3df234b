// The logits of a model: what its one cross entropy reads.
#ifndef WEFT_LIB_AUTODIFF_LOGITS_H
#define WEFT_LIB_AUTODIFF_LOGITS_H

#include "dialects/Weft/Weft.h"

namespace weft {

/// Logits of which a host can ask for the row of any position.
struct Logits {
  mlir::Value value;       // [..., vocabulary], a row for each element of the ids
  mlir::BlockArgument ids; // [sequences, length], the only argument that they depend on
};

/// Those of the model's one cross entropy; none where there are several, or where they depend on
/// anything but one argument of ids, or have not one row for each id.
std::optional<Logits> findLogits(ModelOp model);

/// The row of `value` whose number, over all dimensions but the last, is in `row` (tensor<1xi32>),
/// as tensor<1xN>. Products and elementwise ops that end in `value` are built again for that row
/// alone: the row is picked where it enters the last product.
mlir::Value selectRow(mlir::OpBuilder &builder, mlir::Value value, mlir::Value row);

} // namespace weft

#endif // WEFT_LIB_AUTODIFF_LOGITS_H
