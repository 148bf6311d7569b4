#!/bin/sh
# Draws every sample again for the gallery page.
#   docs/gallery/draw.sh [PROGRAM]
set -eu
cd "$(dirname "$0")/../.."
program=${1:-build/release/bin/flowproof}
for flow in samples/*.flow.xml; do
  name=$(basename "$flow" .flow.xml)
  "$program" render --quiet --dpi 96 "$flow" -o "docs/gallery/$name.png"
done
