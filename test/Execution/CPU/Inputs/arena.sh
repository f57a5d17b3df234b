#!/bin/sh
# arena.sh WORK PRESET...: is the arena of each at most 1.05 times what is live at once?
work=$1 bad=0
shift
for preset in "$@"; do
  weft-import --preset "$preset" -o "$work.mlir" && weftc --report=json "$work.mlir" > "$work.json" || exit 1
  arena=$(sed -n 's/.*"peak_arena_bytes": \([0-9]*\).*/\1/p' "$work.json")
  live=$(sed -n 's/.*"activation_bytes": \([0-9]*\).*/\1/p' "$work.json")
  verdict=good
  [ "$live" -gt 0 ] && [ $((arena * 100)) -le $((live * 105)) ] || { verdict=bad; bad=1; }
  echo "$preset: arena $arena, live $live: $verdict"
done
exit $bad
