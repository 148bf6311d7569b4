#!/bin/sh
# Draws every sample again for the gallery page, one of them in the other looks and one on sheets.
#   docs/gallery/draw.sh [PROGRAM]
set -eu
cd "$(dirname "$0")/../.."
program=${1:-build/release/bin/flowproof}
for flow in samples/*.flow.xml; do
  name=$(basename "$flow" .flow.xml)
  "$program" render --quiet --dpi 84 "$flow" -o "docs/gallery/$name.png"
done
for look in colour contrast; do
  "$program" render --quiet --dpi 72 --profile "templates/looks/$look.xml" samples/cafe-prepare.flow.xml \
    -o "docs/gallery/cafe-prepare-$look.png"
done
"$program" render --quiet --dpi 72 --pages samples/allowance.flow.xml -o docs/gallery/allowance-sheet.png
