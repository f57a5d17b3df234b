#!/bin/sh
# plan.sh MODEL OUTPUT: did the run that printed OUTPUT allocate what the compiler plans for MODEL?
planned=$(weftc --report=json "$1" | sed -n 's/.*"total_bytes": \([0-9]*\).*/\1/p')
allocated=$(sed -n 's/^memory: .* = \([0-9]*\) bytes;.*/\1/p' "$2")
echo "planned $planned bytes, allocated $allocated bytes"
[ -n "$planned" ] && [ "$planned" = "$allocated" ]
