#!/bin/sh
# Called by mount-scripts/dist, which sets what is in capitals: makes the folder TREE that the archive, the package and the image
# are made of.
#
#   bin/        launcher and helper of mount(8), the same scripts as in mount-scripts
#   lib/vcgroupfs/vcgroupfs.jar    the program
#   lib/vcgroupfs/build            one line: which build that is
#   lib/vcgroupfs/jni/             the native part of jffi, which else would be unpacked at every start
#   lib/vcgroupfs/runtime/         a Java of just the modules that are needed
#   lib/vcgroupfs/vcgroupfs-VERSION.aot or .jsa    the archive of classes (archive.sh), unless this is another machine's tree
#   share/      man pages, completions, licences: what Maven and the others have left in PARTS
set -eu

lib=$TREE/lib/vcgroupfs
rm -rf "$TREE"
mkdir -p "$TREE/bin" "$lib"

cp mount-scripts/vcgroupfs mount-scripts/mount.fuse.vcgroupfs "$TREE/bin/"
cp "$BUILD/vcgroupfs.jar" "$lib/"
printf '%s\n' "$BUILD_ID" >"$lib/build"

(cd "$lib" && "$HOST_JDK/bin/jar" xf vcgroupfs.jar "jni/$ARCH-Linux")

# What jdeps finds in the jar. Classes that our libraries can do without (of other logging, of native images) are not in it.
modules=$("$HOST_JDK/bin/jdeps" --ignore-missing-deps --multi-release "$FEATURE" --print-module-deps "$BUILD/vcgroupfs.jar")

# Uncompressed: a start reads it as it is, and the archive is packed anyway. Not the JDK's line numbers, its C headers, its pages.
set -- --add-modules "$modules" --strip-java-debug-attributes --no-man-pages --no-header-files --output "$lib/runtime"
# A JDK that can link from its own image (24 and newer) has no jmods, but cannot link for another machine without.
[ ! -d "$JDK/jmods" ] || set -- --module-path "$JDK/jmods" "$@"
"$HOST_JDK/bin/jlink" "$@"
# What is started by hand only, and is another program: keytool, rmiregistry, …
find "$lib/runtime/bin" -type f ! -name java -exec rm {} +
# What it is made of. The launcher reads JAVA_RUNTIME_VERSION.
grep -E '^(IMPLEMENTOR|IMPLEMENTOR_VERSION|JAVA_RUNTIME_VERSION|LIBC|OS_ARCH|OS_NAME|SOURCE)=' "$JDK/release" >"$lib/release.more"
sort -o "$lib/runtime/release" "$lib/runtime/release" "$lib/release.more"
rm "$lib/release.more"

share=$TREE/share
doc=$share/doc/vcgroupfs
mkdir -p "$doc"
cp README.md LICENSE src/site/markdown/CHANGELOG.md "$doc/"
[ ! -d "$PARTS/man" ] || (cd "$PARTS/man" && find . -name '*.[1-9]' | while read -r page; do
  section=man${page##*.}
  mkdir -p "$share/man/$section"
  cp "$page" "$share/man/$section/"
done)
put() { # FILE FOLDER
  [ ! -e "$PARTS/$1" ] || { mkdir -p "$share/$2" && cp "$PARTS/$1" "$share/$2/"; }
}
put completions/vcgroupfs bash-completion/completions
put completions/_vcgroupfs zsh/site-functions
put completions/vcgroupfs.fish fish/vendor_completions.d
[ ! -d "$PARTS/licenses" ] || cp -R "$PARTS/licenses" "$doc/licenses"
# What Maven has listed, and what it does not know: this Java, the file from npm, the licences that were chosen.
bom=vcgroupfs-$VERSION.cdx.json
if [ -e "$PARTS/sbom/$bom" ]; then
  cp "$PARTS/sbom/$bom" "$doc/"
  "$HOST_JDK/bin/java" -cp "$lib/vcgroupfs.jar" src/dist/FinishBom.java "$doc/$bom" "$lib/runtime"
  cp "$doc/$bom" "$OUT/"
fi
[ ! -d src/dist/systemd ] || { mkdir -p "$TREE/lib/systemd/system" && cp src/dist/systemd/*.service "$TREE/lib/systemd/system/"; }

# One time for all, before the archive of classes is made: it notes that of the jar.
find "$TREE" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +
if [ "$ARCH" = "$(uname -m)" ]; then
  sh src/dist/archive.sh
fi

# Modes do not depend on who made it.
find "$TREE" -type d -exec chmod 755 {} + -o -type f -perm -u+x -exec chmod 755 {} + -o -type f -exec chmod 644 {} +
find "$TREE" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +
