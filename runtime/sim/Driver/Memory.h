// The simulated GPU's memory. It begins as bytes 0xFF, which are NaN, and the host cannot touch it: reading or writing it other
// than by copies ends the process, as it does with a GPU.
#ifndef WEFT_SIM_DRIVER_MEMORY_H
#define WEFT_SIM_DRIVER_MEMORY_H

#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <vector>

namespace weft::sim {

class DeviceMemory {
public:
  static DeviceMemory &get();

  /// Null if so much is not free.
  char *allocate(size_t bytes);
  bool release(char *begin);
  /// Whether all of it lies in one allocation.
  bool contains(const char *begin, size_t bytes) const;
  std::vector<std::span<char>> allocations() const;
  size_t total() const; // WEFT_SIM_MEMORY, or 8 GiB
  size_t free() const { return total() - taken; }

  /// While one lives, the memory can be touched.
  class Use {
  public:
    Use() { get().enter(); }
    ~Use() { get().leave(); }
    Use(const Use &) = delete;
    Use &operator=(const Use &) = delete;
  };

private:
  void enter();
  void leave();
  void protect(int access);

  std::map<char *, size_t> regions; // by address
  size_t taken = 0;
  int depth = 0;
};

} // namespace weft::sim

#endif // WEFT_SIM_DRIVER_MEMORY_H
