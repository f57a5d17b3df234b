# change.sh CONFIG KEY JSON: the config with that key set, on standard output.
set -e
key=$(printf '%s' "$2" | sed 's/[.[\*^$/]/\\&/g')
grep -v "^  \"$key\":" "$1" | sed "1s|.*|{\n  \"$2\": $3,|"
