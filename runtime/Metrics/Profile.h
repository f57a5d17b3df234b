// Time by launch and matrix product site (--profile).
#ifndef WEFT_RT_METRICS_PROFILE_H
#define WEFT_RT_METRICS_PROFILE_H

#include "weft-rt/ABI.h"

#include <cstdint>
#include <ctime>
#include <string>
#include <vector>

namespace weft::rt {

inline int64_t nowNanoseconds() {
  timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return int64_t(time.tv_sec) * 1000000000 + time.tv_nsec;
}

/// Sums times by site. All memory is taken at construction.
class Profile {
public:
  Profile();

  void add(const WeftLaunch *launch, int64_t nanoseconds) { add(launch, nullptr, nanoseconds); }
  void add(const WeftMatmul *matmul, int64_t nanoseconds) { add(nullptr, matmul, nanoseconds); }
  /// Forgets what was measured so far.
  void clear();

  /// The table by kernel name and by product shape, sorted by time; `steps` updates took
  /// `nanoseconds` in all.
  std::string report(int64_t steps, int64_t nanoseconds) const;

private:
  struct Site {
    const WeftLaunch *launch;
    const WeftMatmul *matmul;
    int64_t calls;
    int64_t nanoseconds;
  };
  void add(const WeftLaunch *launch, const WeftMatmul *matmul, int64_t nanoseconds);

  std::vector<Site> sites;     // in order of first use
  std::vector<uint32_t> table; // open addressing by address: site + 1, 0 is empty
};

/// Measures one call.
class ProfileScope {
public:
  ProfileScope(Profile *profile, const WeftLaunch *launch)
      : ProfileScope(profile, launch, nullptr) {}
  ProfileScope(Profile *profile, const WeftMatmul *matmul)
      : ProfileScope(profile, nullptr, matmul) {}
  ~ProfileScope() {
    if (!profile)
      return;
    if (launch)
      profile->add(launch, nowNanoseconds() - start);
    else
      profile->add(matmul, nowNanoseconds() - start);
  }

private:
  ProfileScope(Profile *profile, const WeftLaunch *launch, const WeftMatmul *matmul)
      : profile(profile), launch(launch), matmul(matmul), start(profile ? nowNanoseconds() : 0) {}

  Profile *profile;
  const WeftLaunch *launch;
  const WeftMatmul *matmul;
  int64_t start;
};

} // namespace weft::rt

#endif // WEFT_RT_METRICS_PROFILE_H
