#!/bin/sh
# First command for a fresh Debian 12 machine: installs what is needed, builds, checks a right and a
# wrong sample and draws the right one.
set -eu
cd "$(dirname "$0")"
cmake/install-packages.sh
cmake --preset release >/dev/null
cmake --build --preset release --target flowproof_program

flowproof=build/release/bin/flowproof
drawn=build/drawn
mkdir -p "$drawn"

echo
echo "== $flowproof check samples/food.flow.xml"
"$flowproof" check samples/food.flow.xml
echo
echo "== $flowproof check samples/wrong/facility.flow.xml"
code=0
"$flowproof" check samples/wrong/facility.flow.xml || code=$?
[ "$code" -eq 1 ] || { echo "expected exit code 1 (findings), got $code" >&2; exit 3; }

"$flowproof" render samples/food.flow.xml -o "$drawn/food.svg"
"$flowproof" render samples/food.flow.xml -o "$drawn/food.pdf"
echo
echo "== drawn"
echo "$PWD/$drawn/food.svg"
echo "$PWD/$drawn/food.pdf"
