// One pool for everything: LLVM's OpenMP runtime, to which oneDNN's GOMP calls bind as well.
#include "Device/CPU/LibraryWorkspace.h"
#include "Device/CPU/OpenBLAS.h"
#include "Device/CPU/Runtime.h"

#include <omp.h>

int weft::rt::prepareThreads(int threads) {
  omp_set_dynamic(0);
  if (threads == 0)
    threads = omp_get_max_threads();
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
