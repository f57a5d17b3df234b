#!/bin/sh
# close.sh A B BOUND: do two logs of metrics agree in loss and gradient norm, relative to BOUND, at each step?
numbers() { sed 's/.*"step": \([^,]*\), "loss": \([^,]*\),.*"grad_norm": \([^,}]*\).*/\1 \2 \3/' "$1"; }
numbers "$1" > "$1.numbers" && numbers "$2" > "$2.numbers" || exit 1
paste -d ' ' "$1.numbers" "$2.numbers" | awk -v bound="$3" '
  function off(a, b) { d = a - b; return (d < 0 ? -d : d) > bound * (a < 0 ? -a : a) }
  NF != 6 || $1 != $4 || off($2, $5) || off($3, $6) { print "differs: " $0; bad = 1 }
  END { exit bad || NR == 0 }'
