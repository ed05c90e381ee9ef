#!/bin/sh
# Called by mount-scripts/dist, which sets what is in capitals: builds the image from the archive and the Containerfile in OUT, as
# anybody would who has downloaded the two. It stays in the store of podman or buildah, as localhost/vcgroupfs:VERSION and :latest.
#
# Environment: CONTAINER_TOOL  podman (the default), buildah, or the path of something like them
#              IMAGE_BASE      the base, in place of docker.io/library/debian:13-slim
#              IMAGE_PACKAGES  what is installed, in place of "libfuse2t64 fuse3 tini"
#
# The same archive, base and Debian packages give the same layers, bit for bit, with the same configuration and history: --timestamp
# sets all times. The id of the image is another one each time: this format notes the container that built it. --format docker all
# the same, since the format of OCI has no health check; every tool runs both.
set -eu

die() { # STATUS MESSAGE
  status=$1
  shift
  printf 'dist: %s\n' "$*" >&2
  exit "$status"
}

tool=${CONTAINER_TOOL-}
for each in podman buildah; do
  [ "$tool" ] || ! command -v "$each" >/dev/null || tool=$each
done
[ "$tool" ] || die 3 "an image is built by podman or buildah, which are missing: apt-get install -y podman"
[ "$ARCH" = "$(uname -m)" ] ||
  die 3 "an image for $ARCH is built on a machine of that kind, from the archive and the Containerfile in $OUT"

case " $FORMS " in
  *' tar '*) ;;
  *) sh src/dist/tar.sh ;;
esac
sh src/dist/containerfile.sh

set -- --build-arg "ARCHIVE=$NAME.tar.gz"
[ -z "${IMAGE_BASE-}" ] || set -- "$@" --build-arg "BASE=$IMAGE_BASE"
[ -z "${IMAGE_PACKAGES-}" ] || set -- "$@" --build-arg "PACKAGES=$IMAGE_PACKAGES"
source=$(sed -n 's,^  <url>\(.*\)</url>$,\1,p' pom.xml)
[ -z "$source" ] || set -- "$@" --label "org.opencontainers.image.source=$source"

log=$BUILD/image.log
"$tool" build --layers=false --format docker --timestamp "$SOURCE_DATE_EPOCH" "$@" --tag "localhost/vcgroupfs:$VERSION" \
  --tag localhost/vcgroupfs:latest --file "$OUT/Containerfile" "$OUT" >"$log" 2>&1 || {
  tail -n 20 "$log" >&2
  die 1 "the image was not built, see $log"
}
printf 'dist: the image localhost/vcgroupfs:%s is in the store of %s\n' "$VERSION" "${tool##*/}" >&2
