// The writers of the model families.
#ifndef WEFT_LIB_IMPORT_FAMILIES_H
#define WEFT_LIB_IMPORT_FAMILIES_H

#include "ModelWriter.h"

#include <memory>

namespace weft {

/// Radford et al., "Language Models are Unsupervised Multitask Learners", 2019.
std::unique_ptr<ModelWriter> makeGpt2Writer(llvm::raw_ostream &os, const ModelConfig &config);

/// Llama (Touvron et al., 2023) and what descends from it: RMS norms, rotary positions, gated MLPs.
std::unique_ptr<ModelWriter> makeDecoderWriter(llvm::raw_ostream &os, const ModelConfig &config);

} // namespace weft

#endif // WEFT_LIB_IMPORT_FAMILIES_H
