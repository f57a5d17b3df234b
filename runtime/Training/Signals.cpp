#include "Training/Signals.h"

#include <csignal>

namespace {

volatile std::sig_atomic_t stop = 0;

void requestStop(int) { stop = 1; }

} // namespace

void weft::rt::catchStopSignals() {
  stop = 0;
  struct sigaction action = {};
  action.sa_handler = requestStop;
  action.sa_flags = static_cast<int>(SA_RESETHAND | SA_RESTART);
  sigaction(SIGINT, &action, nullptr);
  sigaction(SIGTERM, &action, nullptr);
}

void weft::rt::ignoreWriteSignals() {
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);
}

bool weft::rt::stopRequested() { return stop != 0; }
