# Shared by quickstart and check: installs what a bare Debian 12 lacks, configures the build tree.
# Sourced, not run. Sets `root` (the checkout) and `build`.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
build=$root/build

say() { printf '\n== %s\n' "$*"; }
fail() { printf 'error: %s\n' "$*" >&2; exit 2; }

build_packages="clang-22 lld-22 llvm-22-dev libmlir-22-dev mlir-22-tools libomp-22-dev cmake ninja-build
libdnnl-dev libopenblas-serial-dev nlohmann-json3-dev libcli11-dev"
test_packages="llvm-22-tools libclang-rt-22-dev libgtest-dev python3 binutils file patch"

# Installs the packages among its arguments that are not there yet.
install_packages() {
  local missing=() package
  for package in "$@"; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
  done
  [ ${#missing[@]} -eq 0 ] && return
  local sudo=
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || fail "these packages are missing and need root or sudo: ${missing[*]}"
    sudo=sudo
  fi
  say "installing ${missing[*]}"
  $sudo apt-get update -q
  $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "${missing[@]}"
}

# Configures $build; arguments go to CMake.
configure() {
  say "configuring $build"
  cmake -S "$root" -B "$build" -G Ninja --log-level=WARNING -DCMAKE_BUILD_TYPE=Release \
    -DCMAKE_C_COMPILER=clang-22 -DCMAKE_CXX_COMPILER=clang++-22 -DLLVM_USE_LINKER=lld \
    -DMLIR_DIR=/usr/lib/llvm-22/lib/cmake/mlir -DLLVM_EXTERNAL_LIT=/usr/lib/llvm-22/bin/lit "$@"
}

# Prints where NVIDIA's assembler and device library are: where CUDA_HOME says, in the build tree, or in
# /usr/local/cuda. Fetches them from PyPI where they are nowhere.
cuda_toolkit() {
  local folder
  for folder in ${CUDA_HOME:-"$build/cuda" /usr/local/cuda}; do
    [ -x "$folder/bin/ptxas" ] && [ -f "$folder/nvvm/libdevice/libdevice.10.bc" ] && { echo "$folder"; return; }
  done
  [ -z "${CUDA_HOME:-}" ] || fail "expected bin/ptxas and nvvm/libdevice/libdevice.10.bc in CUDA_HOME ($CUDA_HOME)"
  say "fetching ptxas and libdevice from PyPI" >&2
  install_packages python3-pip >&2
  rm -rf "$build/cuda.part"
  mkdir -p "$build/cuda.part"
  python3 -m pip download -q --no-deps --dest "$build/cuda.part" nvidia-cuda-nvcc==13.0.88 nvidia-nvvm==13.0.88 >&2 ||
    fail "cannot fetch nvidia-cuda-nvcc and nvidia-nvvm from PyPI; install the CUDA toolkit and set CUDA_HOME"
  for wheel in "$build"/cuda.part/*.whl; do python3 -m zipfile -e "$wheel" "$build/cuda.part"; done
  chmod +x "$build/cuda.part/nvidia/cu13/bin/ptxas"
  rm -rf "$build/cuda"
  mv "$build/cuda.part/nvidia/cu13" "$build/cuda"
  rm -rf "$build/cuda.part"
  echo "$build/cuda"
}
