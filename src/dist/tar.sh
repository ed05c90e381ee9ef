#!/bin/sh
# Called by mount-scripts/dist, which sets what is in capitals: packs TREE into an archive that is the same bytes each time.
# gzip, since that can be unpacked everywhere; -n: without a time.
set -eu

tar -C "$OUT" --format=gnu --sort=name --owner=0 --group=0 --numeric-owner --mtime="@$SOURCE_DATE_EPOCH" -cf - "$NAME" |
  gzip -9n >"$OUT/$NAME.tar.gz.part"
mv "$OUT/$NAME.tar.gz.part" "$OUT/$NAME.tar.gz"
