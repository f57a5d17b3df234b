// What the environment says of threads, before OpenMP's library reads it.
#ifndef WEFT_RT_DEVICE_CPU_THREADVARIABLES_H
#define WEFT_RT_DEVICE_CPU_THREADVARIABLES_H

namespace weft::rt {

/// The number of threads that the user asks for with OMP_NUM_THREADS, the first of a list for
/// levels of nesting; 0 for none, which an empty variable is too (a script's
/// `OMP_NUM_THREADS=$UNSET`). Fails with an Error that names the variable for what is no number of
/// threads, and for stacks (OMP_STACKSIZE) that do not fit.
///
/// OpenMP's libraries read these when they are loaded, before main(), and abort for what they do
/// not understand. So an OMP_NUM_THREADS that is none, and all empty variables of theirs, are taken
/// out of the environment before that.
int requestedThreads();

} // namespace weft::rt

#endif // WEFT_RT_DEVICE_CPU_THREADVARIABLES_H
