#!/bin/bash
# Does a fresh machine with only a JDK, Maven and git get from a clone to a used mount with one command, and to passed tests
# with another? Each run works in a bare Debian root made by debootstrap, without libfuse, fusermount or /dev/fuse.
set -euo pipefail

usage() {
  cat <<'TEXT'
Usage: fresh-machine.sh [options] [REPOSITORY]
  REPOSITORY        what to clone (default: the repository this script is in)
  --no-verify       leave out the second command, mount-scripts/verify
  --set-up-only     of the second command, only what it installs, and that all tests compile
  --worktree        take the files of the work tree as they are, not the last commit
  --base-only       only make the cached base, then stop
  --rebuild-base    make the cached base anew
  --suite NAME      Debian release (default: bookworm)
  --jdk PACKAGE     JDK package (default: openjdk-17-jdk-headless)
  --keep            keep the root folder of the run, say where it is
The base lies in ${TMPDIR:-/tmp}/vcgroupfs-fresh-base. Package mirror, certificates, name lookup, proxy variables and Maven
settings are those of this machine. Needs root. Time limits in seconds: VCGROUPFS_FRESH_MOUNT_SECONDS (900),
VCGROUPFS_FRESH_VERIFY_SECONDS (3600).
Exit status: 0 all passed, 1 something failed, 2 wrong usage, 3 a prerequisite is missing.
TEXT
}

log() { printf '[fresh-machine] %s\n' "$*" >&2; }
die() { local status=$1; shift; printf 'fresh-machine.sh: %s\n' "$*" >&2; exit "$status"; }

readonly BASE_SECONDS=1200
readonly MOUNT_SECONDS=${VCGROUPFS_FRESH_MOUNT_SECONDS:-900}
readonly VERIFY_SECONDS=${VCGROUPFS_FRESH_VERIFY_SECONDS:-3600}

# ---------------------------------------------------------------- inside the private namespaces (see enter below)

mount_system_folders() { # ROOT
  local root=$1 name minor
  mount -t proc proc "$root/proc"
  mount --rbind /sys "$root/sys"
  mount --make-rslave "$root/sys"
  mount -t tmpfs -o mode=1777 tmp "$root/tmp"
  mount -t tmpfs -o mode=755 dev "$root/dev"
  while read -r name minor; do
    mknod -m 666 "$root/dev/$name" c 1 "$minor"
  done <<<$'null 3\nzero 5\nfull 7\nrandom 8\nurandom 9'
  mknod -m 666 "$root/dev/tty" c 5 0
  mkdir "$root/dev/pts" "$root/dev/shm"
  chmod 1777 "$root/dev/shm"
  mount -t devpts -o newinstance,ptmxmode=0666,mode=620 devpts "$root/dev/pts"
  ln -s pts/ptmx "$root/dev/ptmx"
  ln -s /proc/self/fd "$root/dev/fd"
  ln -s /proc/self/fd/0 "$root/dev/stdin"
  ln -s /proc/self/fd/1 "$root/dev/stdout"
  ln -s /proc/self/fd/2 "$root/dev/stderr"
}

# What this machine's apt, git and Java rely on to reach their registries.
carry_in() { # ROOT
  local root=$1 certificate
  cp -L /etc/resolv.conf "$root/etc/resolv.conf"
  cp -L /etc/hosts "$root/etc/hosts"
  apt-config dump | grep -E '^Acquire::(Check-|Retries|https?::)' >"$root/etc/apt/apt.conf.d/90host" || true
  mkdir -p "$root/usr/local/share/ca-certificates"
  for certificate in /usr/local/share/ca-certificates/*.crt; do
    [[ -e $certificate ]] && cp -L "$certificate" "$root/usr/local/share/ca-certificates/"
  done
  if [[ -x $root/usr/sbin/update-ca-certificates ]]; then
    in_root "$root" update-ca-certificates >/dev/null 2>&1 || true
  fi
}

# Maven's settings may hold passwords: only into the root of a run, never into the cached base.
carry_in_maven_settings() { # ROOT
  local root=$1
  [[ -e /etc/maven/settings.xml ]] && cp -L /etc/maven/settings.xml "$root/etc/maven/settings.xml"
  if [[ -e ${HOME:-/root}/.m2/settings.xml ]]; then
    mkdir -p "$root/root/.m2"
    cp -L "${HOME:-/root}/.m2/settings.xml" "$root/root/.m2/settings.xml"
  fi
  return 0
}

in_root() { # ROOT COMMAND…
  local root=$1 name variables=()
  shift
  for name in http_proxy https_proxy no_proxy HTTP_PROXY HTTPS_PROXY NO_PROXY MAVEN_OPTS MAVEN_ARGS; do
    [[ -n ${!name:-} ]] && variables+=("$name=${!name}")
  done
  env -i "${variables[@]}" PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root USER=root TERM=dumb \
    LANG=C.UTF-8 DEBIAN_FRONTEND=noninteractive CI="${CI:-}" chroot "$root" "$@"
}

stage_base() { # ROOT JDK
  local root=$1 jdk=$2
  mount_system_folders "$root"
  carry_in "$root"
  in_root "$root" apt-get -q update
  in_root "$root" apt-get -q install -y --no-install-recommends ca-certificates "$jdk" maven git
  in_root "$root" apt-get clean
  if in_root "$root" sh -c 'command -v fusermount || command -v fusermount3 || ldconfig -p | grep libfuse'; then
    log "the base is not bare: it has FUSE"
    return 1
  fi
  rm -rf "$root"/var/lib/apt/lists/* "$root/etc/apt/apt.conf.d/90host"
}

passed=0 failed=()
check() { # NAME SECONDS COMMAND…: runs the command, its output goes to stderr
  local name=$1 seconds=$2 start=$SECONDS status=0
  shift 2
  log "$name …"
  timeout --foreground --kill-after=10 "$seconds" "$0" --in-root "$@" >&2 || status=$?
  if ((status == 0)); then
    passed=$((passed + 1))
    printf 'ok    %s (%d s)\n' "$name" $((SECONDS - start))
  else
    failed+=("$name")
    printf 'FAIL  %s (exit status %d after %d s)\n' "$name" "$status" $((SECONDS - start))
    return 1
  fi
}

# The commands below are run by the shell of the fresh machine.
# shellcheck disable=SC2016
stage_run() { # ROOT SOURCE HOW VERIFY
  local root=$1 source=$2 how=$3 verify=$4
  mount_system_folders "$root"
  carry_in "$root"
  carry_in_maven_settings "$root"
  mkdir -p "$root/mnt/source"
  mount --bind "$source" "$root/mnt/source"
  mount -o remount,bind,ro "$root/mnt/source"

  local got=yes
  if [[ $how == clone ]]; then
    check 'git clone' 300 "$root" git -c safe.directory='*' clone -q file:///mnt/source /root/vcgroupfs || got=no
  else
    check 'copy of the work tree' 300 "$root" sh -ec '
      mkdir /root/vcgroupfs
      cd /mnt/source
      git -c safe.directory="*" ls-files -z -co --exclude-standard >/tmp/files
      tar -c --null --ignore-failed-read -T /tmp/files | tar -x -C /root/vcgroupfs' || got=no
  fi
  if [[ $got == yes ]]; then
    check 'without rights: says the command to run' 60 "$root" sh -ec '
      cd /tmp
      status=0
      setpriv --reuid=65534 --regid=65534 --clear-groups sh /mnt/source/mount-scripts/vcgroupfs --setup 2>/tmp/said || status=$?
      cat /tmp/said
      [ "$status" = 3 ]
      grep -q "apt-get install -y .*libfuse2" /tmp/said' || true
    if check 'first command: mount' "$MOUNT_SECONDS" "$root" sh -ec '
      cd /root/vcgroupfs
      mount-scripts/vcgroupfs mount /tmp/vcgroup >/tmp/printed
      cat /tmp/printed
      [ "$(wc -l </tmp/printed)" = 1 ]'; then
      check 'the main job: mkdir, echo, cat' 60 "$root" sh -ec '
        mkdir /tmp/vcgroup/group
        echo 64K >/tmp/vcgroup/group/kmem.tcp.limit_in_bytes
        [ "$(cat /tmp/vcgroup/group/kmem.tcp.limit_in_bytes)" = 65536 ]' || true
      check 'umount' 60 "$root" sh -ec '
        /root/vcgroupfs/mount-scripts/vcgroupfs umount /tmp/vcgroup
        ! grep " /tmp/vcgroup " /proc/self/mounts' || true
      check 'mount and umount again, all set up' 60 "$root" sh -ec '
        cd /
        /root/vcgroupfs/mount-scripts/vcgroupfs mount /tmp/vcgroup
        /root/vcgroupfs/mount-scripts/vcgroupfs umount /tmp/vcgroup' || true
      check 'mount(8), with its helper' 60 "$root" sh -ec '
        ln -s /root/vcgroupfs/mount-scripts/mount.fuse.vcgroupfs /sbin/
        mkdir /tmp/by-mount
        mount -t fuse.vcgroupfs vcgroupfs /tmp/by-mount -o nofail,seed=1
        grep "^vcgroupfs /tmp/by-mount fuse.cgroup " /proc/self/mounts
        umount /tmp/by-mount' || true
    fi
    if [[ $verify == set-up ]]; then
      check 'second command, its set-up: verify --setup' "$VERIFY_SECONDS" "$root" sh -ec 'cd /root/vcgroupfs && mount-scripts/verify --setup' || true
      check 'all programs of the tests are there' 60 "$root" sh -ec '
        for program in python3 curl runc crun bwrap node strace ld openssl nginx chromium promtool tmux; do
          PATH=$PATH:/usr/sbin command -v "$program"
        done'
      check 'second command, the tests compile' "$MOUNT_SECONDS" "$root" sh -ec '
        cd /root/vcgroupfs
        mvn -B -ntp -q -Dvcgroupfs.quick test-compile
        ls target/quick/test-classes/io/github/vcgroupfs/docs/PagesTest.class' || true
    elif [[ $verify == yes ]]; then
      check 'second command: verify' "$VERIFY_SECONDS" "$root" sh -ec 'cd /root/vcgroupfs && mount-scripts/verify' || true
    fi
  fi

  printf '%d passed, %d failed\n' "$passed" "${#failed[@]}"
  if ((${#failed[@]} > 0)); then
    printf 'failed: %s\n' "${failed[@]}"
    return 1
  fi
}

case ${1-} in
  --in-root)
    shift
    in_root "$@"
    exit
    ;;
  --stage-base | --stage-run) # with the root laid over the base; mounts and processes go with the namespaces
    stage=${1#--} base=$2 work=$3
    shift 3
    if [[ $stage == stage-run ]]; then
      root=$work/root
      mkdir -p "$root" "$work/upper" "$work/overlay"
      if ! mount -t overlay -o "lowerdir=$base,upperdir=$work/upper,workdir=$work/overlay" overlay "$root" 2>/dev/null; then
        log 'no overlay here: copying the base'
        cp -a "$base/." "$root"
      fi
      stage_run "$root" "$@"
    else
      stage_base "$base" "$@"
    fi
    exit
    ;;
esac

# ---------------------------------------------------------------- outside

repository='' verify=yes how=clone base_only=no rebuild=no suite=bookworm jdk=openjdk-17-jdk-headless keep=no
while (($# > 0)); do
  case $1 in
    --no-verify) verify=no ;;
    --set-up-only) verify=set-up ;;
    --worktree) how=worktree ;;
    --base-only) base_only=yes ;;
    --rebuild-base) rebuild=yes ;;
    --keep) keep=yes ;;
    --suite | --jdk)
      (($# > 1)) || die 2 "$1 needs a value"
      if [[ $1 == --suite ]]; then suite=$2; else jdk=$2; fi
      shift
      ;;
    -h | --help)
      usage
      exit 0
      ;;
    -*) usage >&2; die 2 "unknown option $1" ;;
    *)
      [[ -z $repository ]] || die 2 "one repository only"
      repository=$1
      ;;
  esac
  shift
done

self=$(readlink -f "$0")
here=${self%/*}
((EUID == 0)) || die 3 'needs root (chroot and mount)'
command -v unshare >/dev/null || die 3 'needs unshare: apt-get install -y util-linux'
command -v apt-get >/dev/null || die 3 'needs a Debian or Ubuntu machine, whose package mirror it uses'

work='' making='' inside=''
# Called by the trap.
# shellcheck disable=SC2317
clean_up() {
  local status=$?
  trap - EXIT
  if [[ -n $inside ]]; then
    kill -KILL "$inside" 2>/dev/null || true # unshare heeds no other signal; what is inside ends with it
    wait "$inside" 2>/dev/null || true
  fi
  [[ -z $making ]] || rm -rf --one-file-system "$making"
  if [[ -n $work && $keep == yes ]]; then
    log "kept: $work"
  elif [[ -n $work ]]; then
    rm -rf --one-file-system "$work"
  fi
  exit "$status"
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# Everything that is mounted or started below ends with these namespaces.
enter() { # waits in a way that a signal can end
  local status=0
  unshare --mount --propagation private --pid --fork --kill-child "$self" "$@" </dev/null &
  inside=$!
  wait "$inside" || status=$?
  inside=''
  return "$status"
}

cache=${TMPDIR:-/tmp}/vcgroupfs-fresh-base
base=$cache/$suite-$jdk
mkdir -p "$cache"
exec 8>"$cache/lock"
flock -w "$BASE_SECONDS" 8 || die 1 "another run is making the base (lock: $cache/lock)"
[[ $rebuild == no ]] || rm -rf --one-file-system "$base"
if [[ ! -d $base ]]; then
  command -v debootstrap >/dev/null || {
    log 'installing debootstrap with apt-get …'
    apt-get -q update >&2 8>&-
    apt-get -q install -y --no-install-recommends debootstrap >&2 8>&-
  }
  # The mirror is the one of this machine's own apt sources; its updates and security suites come along.
  # shellcheck disable=SC2016
  mapfile -t sources < <(apt-get indextargets --format '$(REPO_URI) $(RELEASE) $(COMPONENT)' 'Created-By: Packages' | sort -u |
    grep -E ' bookworm[^ ]* main$|-security main$|-updates main$' || true)
  mirror=''
  for line in "${sources[@]}"; do
    read -r uri release _ <<<"$line"
    [[ $release =~ ^[a-z]+$ && -z $mirror ]] && mirror=$uri
  done
  [[ -n $mirror ]] || die 3 "apt's sources on this machine name no Debian release: $suite cannot be fetched"
  log "making the base: Debian $suite with $jdk, maven and git (once, some minutes) …"
  making=$(mktemp -d "$cache/making.XXXXXX")
  timeout --foreground "$BASE_SECONDS" debootstrap --variant=minbase "$suite" "$making" "$mirror" >"$cache/$suite.log" 2>&1 8>&- || {
    tail -20 "$cache/$suite.log" >&2
    die 1 "debootstrap failed (log: $cache/$suite.log)"
  }
  for line in "${sources[@]}"; do
    read -r uri release component <<<"$line"
    printf 'deb %s %s %s\n' "$uri" "${release/bookworm/$suite}" "$component"
  done >"$making/etc/apt/sources.list"
  enter --stage-base "$making" '' "$jdk" >>"$cache/$suite.log" 2>&1 8>&- || {
    tail -20 "$cache/$suite.log" >&2
    die 1 "the base could not be made (log: $cache/$suite.log)"
  }
  mv "$making" "$base"
  making=''
fi
flock -u 8
exec 8>&-
log "base: $base"
[[ $base_only == no ]] || exit 0

repository=$(cd -- "${repository:-$here/../../..}" && pwd -P)
if [[ $how == clone ]] && ! git -c safe.directory='*' -C "$repository" rev-parse -q --verify HEAD >/dev/null 2>&1; then
  log 'no commit yet: taking the work tree'
  how=worktree
fi
work=$(mktemp -d "${TMPDIR:-/tmp}/vcgroupfs-fresh.XXXXXX")
enter --stage-run "$base" "$work" "$repository" "$how" "$verify"
