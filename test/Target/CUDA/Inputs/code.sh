#!/bin/sh
# Runs a kernel of the LLVM and NVVM dialects, changed by an edit of sed, on the simulated GPU in every schedule; prints what it
# says and the exit code. Usage: code.sh PREFIX FILE.mlir EDIT FLAGS...
prefix=$1 file=$2 edit=$3
shift 3
sed "$edit" "$file" > "$prefix.mlir"
if [ -n "$edit" ] && cmp -s "$file" "$prefix.mlir"; then
  echo "code.sh: '$edit' changes nothing"
  exit 1
fi
mlir-opt "$prefix.mlir" --convert-scf-to-cf --convert-to-llvm --convert-nvvm-to-llvm --reconcile-unrealized-casts -o "$prefix.llvm.mlir" &&
  mlir-translate --mlir-to-llvmir "$prefix.llvm.mlir" -o "$prefix.code.ll" || exit 1
for schedule in round-robin random skewed lazy; do
  SimulatedCode "$prefix.code.ll" "$@" --schedule=$schedule 2>&1
  echo "$schedule: exit code $?"
done
