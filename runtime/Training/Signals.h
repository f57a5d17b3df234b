// Signals that ask a run to end: it finishes the step, then stops.
#ifndef WEFT_RT_TRAINING_SIGNALS_H
#define WEFT_RT_TRAINING_SIGNALS_H

namespace weft::rt {

/// From now on the first SIGINT, SIGTERM, SIGUSR1, SIGUSR2 or SIGHUP only asks the loop to stop; a
/// second one of the same kind ends the process as usual. Not so SIGHUP: a terminal that goes away
/// sends it more than once; and what nohup had ignored stays ignored.
void catchStopSignals();

/// A reader that went away, and a file size limit: left to the error of the write.
void ignoreWriteSignals();

bool stopRequested();

} // namespace weft::rt

#endif // WEFT_RT_TRAINING_SIGNALS_H
