// One pool for everything: LLVM's OpenMP runtime, to which oneDNN's GOMP calls bind as well.
#include "Device/CPU/ControlGroups.h"
#include "Device/CPU/LibraryWorkspace.h"
#include "Device/CPU/OpenBLAS.h"
#include "Device/CPU/Runtime.h"
#include "Device/CPU/ThreadVariables.h"

#include <algorithm>
#include <omp.h>

using namespace weft::rt;

namespace {

/// The CPUs of the affinity mask, and of those what the quota of time is worth.
int defaultThreads() {
  return static_cast<int>(std::min(static_cast<uint64_t>(omp_get_max_threads()), ControlGroups().cpus()));
}

} // namespace

int weft::rt::prepareThreads(int threads) {
  int requested = requestedThreads();
  omp_set_dynamic(0);
  if (threads == 0)
    threads = requested ? requested : defaultThreads();
  // oneDNN asks omp_get_max_threads(), and a region of one thread does not count as parallel: it
  // would open a region of its own. Our regions name their number of threads, so that one is right
  // for everybody else.
  omp_set_num_threads(1);
  reserveLibraryWorkspace(threads);
  reserveOpenBLASBuffer(); // on this thread first: an exception cannot leave a parallel region
#pragma omp parallel num_threads(threads)
  {
    LibraryCall claimWorkspace;
    reserveOpenBLASBuffer();
  }
  return threads;
}
