#!/bin/sh
# chroot.sh ROOT FOLDER: a tree that holds the files of libc6, and FOLDER as /bundle.
root=$1
rm -rf "$root"
mkdir -p "$root" || exit 1
dpkg -L libc6 | while read -r file; do
  [ -f "$file" ] && { cp -L --parents "$file" "$root" || exit 1; }
done
cp -a "$2" "$root/bundle"
