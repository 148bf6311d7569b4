#!/bin/sh
# Second command for a fresh Debian 12 machine: installs what is needed, builds and runs every test.
#   ./test.sh [PRESET...]    release if none is named; dev has address and undefined behaviour sanitizers
set -eu
cd "$(dirname "$0")"
cmake/install-packages.sh
[ $# -gt 0 ] || set -- release
for preset; do
  cmake --preset "$preset" >/dev/null
  cmake --build --preset "$preset"
  ctest --preset "$preset" -j "$(nproc)"
done
