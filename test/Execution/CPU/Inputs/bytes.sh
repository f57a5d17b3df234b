#!/bin/sh
# bytes.sh CORPUS COUNT FILE: the first bytes of the corpus, as tokens below 61.
gzip -dc "$1" > "$3.text" && head -c "$2" "$3.text" | tr '\075-\377' '\001-\074' > "$3" && rm "$3.text"
