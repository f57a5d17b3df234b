// What a kernel is run with: described by types for the compiler's tests, and by a line of text where there is no compiler.
#ifndef WEFT_TEST_TARGET_CUDA_KERNELCASE_H
#define WEFT_TEST_TARGET_CUDA_KERNELCASE_H

#include "Support/Half.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <random>
#include <span>
#include <string>
#include <vector>

namespace weft::test {

/// One buffer of a case.
struct CaseBuffer {
  std::string element; // bf16, f16, f32, f64 or i32
  size_t bytes;
  int64_t alignment;
  bool isScalar, isPositive, isWhole; // whole: a result of which every byte is written
  size_t source;                      // whose memory it is: its own number, or that of an input
  int32_t ascendsTo = -1;             // a list that begins with 0 and ends with this; -1: it is none

  /// Numbers of both signs; only positive ones where roots and logarithms are taken of what may be any. Integers
  /// are rows of any table. A single double is a step's number.
  void fill(std::span<char> memory, std::mt19937 &draw) const {
    if (ascendsTo >= 0)
      return fillAscending(memory, draw);
    std::normal_distribution<double> distribution(0, 1);
    auto normal = [&] {
      double x = distribution(draw);
      return isPositive ? std::abs(x) + 0.1 : x;
    };
    auto repeat = [&](auto value) {
      for (size_t at = 0; at + sizeof(value()) <= memory.size(); at += sizeof(value())) {
        auto x = value();
        std::memcpy(memory.data() + at, &x, sizeof x);
      }
    };
    if (element == "i32")
      repeat([&] { return static_cast<int32_t>(draw() % 2); });
    else if (element == "f64")
      repeat([&] { return isScalar ? 1.0 : normal(); });
    else if (element == "bf16")
      repeat([&] { return rt::BFloat::from(normal()); });
    else if (element == "f16")
      repeat([&] { return rt::Half::from(normal()); });
    else
      repeat([&] { return static_cast<float>(normal()); });
  }

  /// Of several steps some are 0: of two that draw the same number, one has nothing.
  void fillAscending(std::span<char> memory, std::mt19937 &draw) const {
    std::vector<int32_t> list(memory.size() / sizeof(int32_t));
    for (size_t i = 0; i < list.size(); ++i)
      list[i] = i % 3 == 2 ? list[i - 1] : static_cast<int32_t>(draw() % (ascendsTo + 1));
    list.front() = 0, list.back() = ascendsTo;
    std::ranges::sort(list);
    std::memcpy(memory.data(), list.data(), memory.size());
  }
};

/// A line of text a kernel: name, grid, threads, bytes of shared memory, and its buffers.
struct KernelCase {
  std::string name;
  uint32_t grid, threads;
  size_t sharedBytes;
  std::vector<CaseBuffer> buffers;
};

} // namespace weft::test

#endif // WEFT_TEST_TARGET_CUDA_KERNELCASE_H
