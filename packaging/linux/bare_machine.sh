#!/usr/bin/env bash
# Has the built program test itself and do the demonstration where there is nothing else: no Python,
# no shell, no library but C's own, zlib and those of a screen. What it lacks of its own shows only
# here, for elsewhere the system's copy is taken in its place.
#
# usage, as root: bare_machine.sh FOLDER
set -euo pipefail

needed=(libc.so.6 libm.so.6 libdl.so.2 libpthread.so.0 librt.so.1 libutil.so.1 libresolv.so.2)
needed+=(libz.so.1 libxcb.so.1 libGL.so.1 libEGL.so.1)

root=$(mktemp -d)
trap 'rm -rf --one-file-system "$root"' EXIT
mkdir -p "$root"/{dev/shm,tmp,opt}
cp -a "$1" "$root/opt/Mein Ordner für 订单"
for name in "${needed[@]}"; do
    library=$(ldconfig -p | awk -v name="$name" '$1 == name && !found { print $NF; found = 1 }')
    { echo "$library"; ldd "$library" | grep -oE '/[^ ]+'; } | while read -r file; do
        install -D "$file" "$root$file"
    done
done
# No device: not every root may make one, nor does every /tmp take one.
: >"$root/dev/null"

run() {
    env -i HOME=/tmp LANG=C.UTF-8 "$(command -v chroot)" "$root" \
        "/opt/Mein Ordner für 订单/cancel-desk" "$@"
}
run --self-test
run demo --results /tmp/results.xlsx >"$root/tmp/told.txt" || {
    cat "$root/tmp/told.txt"
    exit 1
}
echo "On a bare machine: ok"
