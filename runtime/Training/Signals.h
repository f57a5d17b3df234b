// SIGINT and SIGTERM: finish the step, then stop.
#ifndef WEFT_RT_TRAINING_SIGNALS_H
#define WEFT_RT_TRAINING_SIGNALS_H

namespace weft::rt {

/// From now on the first SIGINT or SIGTERM only asks the loop to stop; a second one of the same
/// kind ends the process as usual.
void catchStopSignals();

/// A reader that went away, and a file size limit: left to the error of the write.
void ignoreWriteSignals();

bool stopRequested();

} // namespace weft::rt

#endif // WEFT_RT_TRAINING_SIGNALS_H
