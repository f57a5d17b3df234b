#!/bin/sh
# fuzz.sh FUZZER WORK SECONDS [SEEDS...]: runs a fuzzer for that long, from the files in the folders SEEDS.
# Fails, with the end of its log and the input, where it finds something, or where it hardly ran.
set -e
fuzzer=$1 work=$2 seconds=$3
shift 3
rm -rf "$work" && mkdir -p "$work/corpus" && cd "$work"
ASAN_OPTIONS=quarantine_size_mb=16 "$fuzzer" corpus "$@" -seed=1 -max_total_time="$seconds" -max_len=8192 -timeout=60 \
  -rss_limit_mb=2560 -malloc_limit_mb=1024 -print_final_stats=1 > log 2>&1 || {
  grep -v '^INFO\|^#' log | tail -60
  for input in crash-* timeout-* oom-*; do
    [ ! -f "$input" ] || { echo "== $work/$input"; head -c 4000 "$input"; }
  done
  exit 1
}
runs=$(sed -n 's/^stat::number_of_executed_units: *//p' log)
echo "$runs inputs"
[ "$runs" -ge 100 ]
