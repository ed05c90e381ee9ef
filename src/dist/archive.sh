#!/bin/sh
# Called by tree.sh: makes the archive of classes of TREE.
set -eu

env -u JAVA_HOME VCGROUPFS_NO_SETUP=1 "$TREE/bin/vcgroupfs" --archive "$TREE/lib/vcgroupfs"
rm -f "$TREE/lib/vcgroupfs/vcgroupfs.lock"
