#!/bin/sh
# Called by tree.sh: makes the archive of classes in TREE, which takes more than half of each start away. It is the same bytes in
# each build of the same commit with the same JDK, and works wherever TREE is moved to: decision 36.
#
# Only for JDK 25 and newer. With an older one the launcher makes an archive for each user, at the first start.
set -eu

if [ "$FEATURE" -lt 25 ]; then
  echo "dist: no archive of classes for Java $FEATURE, only from 25 on: the launcher makes one at the first start" >&2
  exit 0
fi

lib=$TREE/lib/vcgroupfs
java=$lib/runtime/bin/java
work=$(mktemp -d /tmp/vcgroupfs-dist.XXXXXX)
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

# What the launcher gives Java: it is asked by way of a Java that only writes that down. What is about classes, memory and the
# compiler counts; where things lie does not.
mkdir -p "$work/bin" "$work/lib/vcgroupfs/runtime/bin"
cp "$TREE/bin/vcgroupfs" "$work/bin/"
cp "$lib/runtime/release" "$work/lib/vcgroupfs/runtime/"
: >"$work/lib/vcgroupfs/vcgroupfs.jar"
# shellcheck disable=SC2016 # for the script that is written
printf '#!/bin/sh\nprintf "%%s\\n" "$@"\n' >"$work/lib/vcgroupfs/runtime/bin/java"
chmod +x "$work/lib/vcgroupfs/runtime/bin/java"
HOME=$work XDG_CACHE_HOME='' VCGROUPFS_JAVA_OPTS='' VCGROUPFS_NO_SETUP=1 "$work/bin/vcgroupfs" mount --help |
  grep -E '^(-XX:|--|-Dfile\.encoding=)' |
  grep -Ev '^(-XX:(AOTCache|SharedArchiveFile|ErrorFile|TieredStopAtLevel)|--help)' >"$work/options"

# The classes of a mount and of a run. Which thread comes first differs from time to time, and with it what is linked: what most of
# several trainings have is taken. Of what the JDK does by itself, in threads, no links are kept.
# In a folder whose name has no blank and the like: to decode one takes other classes.
cp -Rp "$lib/vcgroupfs.jar" "$lib/jni" "$work/"
cd "$work"
trainings=5
for number in $(seq "$trainings"); do
  "$java" "@$work/options" -Djffi.boot.library.path="$work/jni" -Xlog:disable -Xshare:off \
    -XX:DumpLoadedClassList="$work/list.$number" -cp ./vcgroupfs.jar io.github.vcgroupfs.cli.Main --archive-training run -- true
done
# "NAME id: 7", "@cp NAME 3 9 …", "@lambda-proxy …", "@lambda-form-invoker …"
sed -e '/^#/d' -e 's/ id: .*//' "$work"/list.* |
  awk -v most=$((trainings / 2 + 1)) '
    $1 == "@cp" {
      if ($2 !~ "^(java/util/concurrent|jdk/internal)/")
        for (i = 3; i <= NF; i++) links[$2 " " $i]++
      next
    }
    { lines[$0]++ }
    END {
      for (line in lines) if (lines[line] >= most) print (line ~ /^@/ ? "2 " : "1 ") line
      for (link in links) if (links[link] >= most) print "3 " link
    }' | sort -k 1,2 -k 3,3n |
  awk '$1 != 3 { print substr($0, 3); next }
    $2 != class { if (class) print line; class = $2; line = "@cp " class }
    { line = line " " $3 }
    END { if (class) print line }' >"$work/classes"

grep -qx io/github/vcgroupfs/fuse/FuseSession "$work/classes" ||
  echo 'dist: nothing can be mounted here (root and FUSE are needed): some classes that a mount needs are not in the archive' >&2

# Found by ./ so that Java takes the folder of the jar for what may differ later. -Xmx: the archive notes the size of the heap,
# which would else depend on the memory of the machine.
dump() { # FILE
  "$java" "@$work/options" -Xmx512m -Xshare:dump -XX:SharedClassListFile="$work/classes" -XX:SharedArchiveFile="$1" \
    -XX:+AOTClassLinking -cp ./vcgroupfs.jar >"$work/log" 2>&1 || {
    cat "$work/log" >&2
    exit 1
  }
}
dump "$work/first"
dump "$work/again"
"$HOST_JDK/bin/java" "$ROOT/src/dist/java/io/github/vcgroupfs/archive/SameArchive.java" "$work/first" "$work/again" ||
  echo 'dist: so the archive of classes, and what it is in, will be other bytes in each build' >&2
cp "$work/first" "$lib/vcgroupfs-$(sed -n 's/^JAVA_RUNTIME_VERSION="\(.*\)"$/\1/p' "$lib/runtime/release").aot"
