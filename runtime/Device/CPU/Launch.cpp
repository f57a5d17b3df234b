#include "Device/CPU/Runtime.h"
#include "Device/Commands.h"
#include "Metrics/Profile.h"

#include <omp.h>

using namespace weft::rt;

void weft_rt_launch(WeftContext *context, const WeftLaunch *launch, void *const *args) {
  const Runtime &runtime = runtimeOf(context);
  if (runtime.commands)
    return runtime.commands->launch(*launch, args);
  ProfileScope scope(runtime.profile, launch);
  WeftKernelFn run = launch->kernel->run;
  int64_t grid = launch->grid;
  // A grid point is a tile of work, a fork and join of the pool costs about as much as one.
  if (runtime.threads == 1 || grid < 2)
    return run(args, 0, grid);
  // Always the whole pool, even if the grid is smaller: changing the team's size is what costs.
#pragma omp parallel num_threads(runtime.threads)
  {
    int64_t thread = omp_get_thread_num(), threads = omp_get_num_threads();
    int64_t begin = grid * thread / threads, end = grid * (thread + 1) / threads;
    if (begin < end)
      run(args, begin, end);
  }
}
