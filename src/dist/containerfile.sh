#!/bin/sh
# Called by mount-scripts/dist, which sets what is in capitals: the recipe of the image, for who downloads it with the archive. It
# knows which version it belongs to.
set -eu

sed -e "s/^ARG VERSION=.*/ARG VERSION=$VERSION/" -e "s/^ARG REVISION=.*/ARG REVISION=$REVISION/" \
  src/dist/Containerfile >"$OUT/Containerfile.part"
touch -d "@$SOURCE_DATE_EPOCH" "$OUT/Containerfile.part"
mv "$OUT/Containerfile.part" "$OUT/Containerfile"
