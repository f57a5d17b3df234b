#!/bin/sh
# single-passes.sh IN OUT PIPELINE...: runs each pass of the pipelines in a process of its own, from text to
# text, and prints the passes.
set -e
in=$1 out=$2
shift 2
cp "$in" "$out"
for pipeline; do
  # One pass a line; a pass nested in an op spans three lines and becomes one again.
  printf 'module {}\n' | weft-opt "-$pipeline" -dump-pass-pipeline -o /dev/null 2>&1 |
    sed '1,/^builtin\.module(/d;/^)/,$d;s/^ *//' |
    awk '/\($/ { open = $0; next } open != "" && /^\),?$/ { print open inner ")"; open = inner = ""; next }
         open != "" { inner = inner $0; next } { sub(/,$/, ""); print }' > "$out.passes"
  while read -r pass; do
    echo "$pass"
    weft-opt "$out" "--pass-pipeline=builtin.module($pass)" -o "$out.next" < /dev/null
    mv "$out.next" "$out"
  done < "$out.passes"
  rm "$out.passes"
done
