#include "Training/Signals.h"

#include <csignal>
#include <initializer_list>

namespace {

volatile std::sig_atomic_t stop = 0;

void requestStop(int) { stop = 1; }

void catchSignal(int number, int flags) {
  struct sigaction action = {};
  action.sa_handler = requestStop;
  action.sa_flags = flags | static_cast<int>(SA_RESTART);
  sigaction(number, &action, nullptr);
}

} // namespace

void weft::rt::catchStopSignals() {
  stop = 0;
  for (int number : {SIGINT, SIGTERM, SIGUSR1, SIGUSR2})
    catchSignal(number, static_cast<int>(SA_RESETHAND));
  struct sigaction hangup = {};
  sigaction(SIGHUP, nullptr, &hangup);
  if (hangup.sa_handler != SIG_IGN)
    catchSignal(SIGHUP, 0);
}

void weft::rt::ignoreWriteSignals() {
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);
}

bool weft::rt::stopRequested() { return stop != 0; }
