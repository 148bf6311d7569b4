#!/bin/sh
# First command for a fresh Debian 12 machine: installs what is needed, builds, checks a right and a
# wrong sample and draws the right one.
set -eu
cd "$(dirname "$0")"
cmake/install-packages.sh
cmake --preset release -DBUILD_TESTING=OFF -B build/try >/dev/null
cmake --build build/try

flowproof=build/try/bin/flowproof
drawn=build/try/drawn
mkdir -p "$drawn"

echo
echo "== $flowproof check samples/food.flow.xml"
"$flowproof" check samples/food.flow.xml
echo
echo "== $flowproof check samples/wrong/limits.flow.xml"
code=0
"$flowproof" check samples/wrong/limits.flow.xml || code=$?
[ "$code" -eq 1 ] || { echo "expected exit code 1 (findings), got $code" >&2; exit 3; }

"$flowproof" render samples/food.flow.xml -o "$drawn/food.svg"
"$flowproof" render samples/food.flow.xml -o "$drawn/food.pdf"
echo
echo "== drawn"
echo "$PWD/$drawn/food.svg"
echo "$PWD/$drawn/food.pdf"
