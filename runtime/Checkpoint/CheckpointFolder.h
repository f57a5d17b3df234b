// A directory of checkpoints, one folder a step: step-000200/, and `latest`, a link to the newest.
#ifndef WEFT_RT_CHECKPOINT_CHECKPOINTFOLDER_H
#define WEFT_RT_CHECKPOINT_CHECKPOINTFOLDER_H

#include "Support/FixedText.h"

#include <climits>
#include <cstdint>
#include <string>
#include <vector>

namespace weft::rt {

/// The files of a checkpoint. run.json is written last and holds hashes of the first two. The empty
/// evaluation-due is there until the evaluation that follows the step is done.
inline constexpr const char *modelFile = "model.safetensors",
                            *optimizerFile = "optimizer.safetensors",
                            *describeFile = "describe.json", *dueFile = "evaluation-due",
                            *runFile = "run.json";
inline constexpr const char *checkpointFiles[] = {modelFile, optimizerFile, describeFile, dueFile,
                                                  runFile};

using Path = FixedText<PATH_MAX>;

/// "directory/step-000200"; with "." and ".tmp" around it, the folder beside that it is written
/// into.
Path checkpointPath(const std::string &directory, int64_t step, const char *before = "",
                    const char *after = "");
Path fileIn(const Path &folder, const char *name);

/// The steps that there is a folder of, ascending. Whether they are whole is another question.
std::vector<int64_t> listCheckpoints(const std::string &directory);

/// Removes what a killed run left half-written or half-removed.
void removeLeftovers(const std::string &directory);

/// Removes the files of a checkpoint, then its folder unless the user has put more into it.
/// Allocates nothing; what cannot be removed stays.
void removeCheckpoint(const Path &folder);

} // namespace weft::rt

#endif // WEFT_RT_CHECKPOINT_CHECKPOINTFOLDER_H
