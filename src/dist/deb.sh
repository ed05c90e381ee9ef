#!/bin/sh
# Called by mount-scripts/dist, which sets what is in capitals: makes the Debian package OUT/vcgroupfs_VERSION_all.deb out of TREE.
#
# It has no Java of its own and nothing that is made for one machine: it depends on Debian's JRE, and makes the archive of
# classes when it is installed. jdeb, a Maven plugin, writes the package (profile `deb` of the POM), so no program of Debian is
# needed here. What only Debian has lies in src/dist/debian. The same tree makes the same bytes.
# Environment, for tests: DEBVERSION, another version.
set -eu
umask 022

# Debian sorts what stands behind ~ before the version itself; jdeb writes it so.
version=${DEBVERSION:-$(printf '%s' "$VERSION" | sed 's/-SNAPSHOT/~snapshot/')}
deb=$OUT/vcgroupfs_${version}_all.deb
here=src/dist

work=$OUT/.deb
rm -rf "$work"
mkdir -p "$work"
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
new=$work/root

into() { # MODE FILE PLACE
  mkdir -p "$new/${3%/*}"
  cp "$2" "$new/$3"
  chmod "$1" "$new/$3"
}

# gzip as Debian wants it: smallest, and with neither name nor time.
zipped() { # FILE PLACE
  mkdir -p "$new/${2%/*}"
  gzip -9n <"$1" >"$new/$2"
  chmod 644 "$new/$2"
}

into 755 "$TREE/bin/vcgroupfs" usr/bin/vcgroupfs
into 755 "$TREE/bin/mount.fuse.vcgroupfs" usr/sbin/mount.fuse.vcgroupfs
into 644 "$TREE/lib/vcgroupfs/vcgroupfs.jar" usr/lib/vcgroupfs/vcgroupfs.jar
into 644 "$TREE/lib/vcgroupfs/build" usr/lib/vcgroupfs/build
into 644 "$here/systemd/vcgroupfs@.service" usr/lib/systemd/system/vcgroupfs@.service
into 644 "$here/debian/default" etc/default/vcgroupfs
into 644 "$here/debian/lintian-overrides" usr/share/lintian/overrides/vcgroupfs

# Manual pages and completions: what the tree has of them.
for page in "$TREE"/share/man/man*/*; do
  [ ! -f "$page" ] || zipped "$page" "usr/share/man/${page#"$TREE"/share/man/}.gz"
done
for file in bash-completion/completions zsh/site-functions fish/vendor_completions.d; do
  for completion in "$TREE/share/$file"/*; do
    [ -f "$completion" ] || continue
    case $file in
      # Debian's zsh looks there.
      zsh/*) into 644 "$completion" "usr/share/zsh/vendor-completions/${completion##*/}" ;;
      *) into 644 "$completion" "usr/share/$file/${completion##*/}" ;;
    esac
  done
done

documents=usr/share/doc/vcgroupfs
# The licence that Debian does not have in common-licenses goes to the end, as text of the last paragraph.
{
  cat "$here/debian/copyright"
  sed 's/^ *$/./; s/^/ /' "$here/licenses/EPL-2.0.txt"
} >"$work/copyright"
into 644 "$work/copyright" "$documents/copyright"
for text in "$TREE"/share/doc/vcgroupfs/licenses/*; do
  case ${text##*/} in
    Apache-2.0.txt) ;; # Debian has it
    *) [ ! -f "$text" ] || into 644 "$text" "$documents/licenses/${text##*/}" ;;
  esac
done
zipped "src/site/markdown/CHANGELOG.md" "$documents/NEWS.gz"
# The list of materials of the tree names the Java that is in the tree; this package has none.
list=vcgroupfs-$VERSION.cdx.json
if [ -f "$PARTS/sbom/$list" ]; then
  cp "$PARTS/sbom/$list" "$work/$list"
  "$HOST_JDK/bin/java" -cp "$TREE/lib/vcgroupfs/vcgroupfs.jar" src/dist/FinishBom.java "$work/$list"
  zipped "$work/$list" "$documents/$list.gz"
fi
cat >"$work/changelog" <<CHANGES
vcgroupfs ($version) unstable; urgency=medium

  * What is new in this version: see NEWS.gz beside this file.

 -- $(sed -n 's/^Maintainer: //p' "$here/debian/control")  $(date -u -R -d "@$SOURCE_DATE_EPOCH")
CHANGES
zipped "$work/changelog" "$documents/changelog.gz"

# The order and the owners of files are fixed here; jdeb keeps them.
tar -C "$new" --sort=name --format=gnu --owner=0 --group=0 --numeric-owner --mtime="@$SOURCE_DATE_EPOCH" \
  -cf "$work/data.tar" .
mkdir "$work/control"
for part in control conffiles triggers postinst prerm postrm; do
  cp "$here/debian/$part" "$work/control/$part"
done
rm -f "$deb"
"${MVN:-mvn}" -q -B -ntp -Pdeb "-Dvcgroupfs.build.dir=$BUILD" "-Dvcgroupfs.deb=$deb" \
  "-Dvcgroupfs.deb.data=$work/data.tar" "-Dvcgroupfs.deb.control=$work/control" jdeb:jdeb@deb >"$work/log" 2>&1 || {
  cat "$work/log" >&2
  exit 1
}
[ -f "$deb" ] || { echo "deb: jdeb made no $deb" >&2; exit 1; }
