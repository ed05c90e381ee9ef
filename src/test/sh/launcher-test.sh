#!/bin/bash
# The launcher and the mount(8) helper against a fake Java and a fake Maven: no FUSE, no build, no network. Takes some seconds.
# Usage: launcher-test.sh [PATTERN [SHELL…]]     only the cases whose name matches the pattern; more shells than the usual three
set -euo pipefail

here=$(cd -P -- "${BASH_SOURCE[0]%/*}" && pwd)
scripts=$here/../../../mount-scripts
pattern=${1:-*}
shift $(($# > 0))
work=$(mktemp -d "${TMPDIR:-/tmp}/vcgroupfs-launcher-test.XXXXXX")
passed=0 failed=() skipped=0

# Called by the trap.
# shellcheck disable=SC2317
clean_up() {
  local status=$?
  trap - EXIT
  stop_daemons
  rm -rf "$work"
  exit "$status"
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

stop_daemons() { # every fake Java notes its pid here
  local pid
  [[ -e $work/pids ]] || return 0
  while read -r pid; do
    if tr '\0' '\n' 2>/dev/null <"/proc/$pid/environ" | grep -qxF "FAKE_WORK=$work"; then
      kill -KILL "$pid" 2>/dev/null || true
    fi
  done <"$work/pids"
  rm -f "$work/pids"
}

# ---------------------------------------------------------------- the fakes

# A repository with spaces in its path, for the quotes' sake.
repo="$work/a repo"
launcher=$repo/mount-scripts/vcgroupfs
jar=$repo/target/vcgroupfs.jar
bin=$work/bin        # only what the launcher may need
mkdir -p "$repo/mount-scripts" "$repo/target" "$repo/src/main/java/p" "$bin" "$work/tmp" "$work/home"
cp "$scripts/vcgroupfs" "$scripts/mount.fuse.vcgroupfs" "$repo/mount-scripts/"
: >"$repo/pom.xml"
: >"$repo/src/main/java/p/A.java"
for tool in sh cat cp env find flock grep head id ldconfig ls mkdir mkfifo mktemp mv printf readlink rm rmdir sed setsid sleep timeout touch tr; do
  path=$(type -P "$tool") && ln -s "$path" "$bin/$tool"
done

make_java() { # FOLDER VERSION
  mkdir -p "$1/bin"
  printf 'IMPLEMENTOR="Fake"\nJAVA_RUNTIME_VERSION="%s+1"\nJAVA_VERSION="%s"\n' "$2" "$2" >"$1/release"
  cp "$work/java" "$1/bin/java"
  : >"$1/bin/javac"
  chmod +x "$1/bin/javac"
}

cat >"$work/java" <<'FAKE'
#!/bin/sh
case " $* " in
  *' -Xshare:dump '*)
    for argument; do
      case $argument in
        -XX:SharedClassListFile=*) list=${argument#*=} ;;
        -XX:SharedArchiveFile=*) cp "$list" "${argument#*=}" ;;
      esac
    done
    exit
    ;;
  *' --archive-training '*)
    echo "$0" >>"$FAKE_WORK/trainings"
    for argument; do
      case $argument in
        -XX:DumpLoadedClassList=* | -XX:AOTCacheOutput=*) [ "${FAKE_TRAINING:-0}" != 0 ] || echo archive >"${argument#*=}" ;;
      esac
    done
    exit "${FAKE_TRAINING:-0}"
    ;;
esac
echo $$ >>"$FAKE_WORK/pids"
{
  printf '%s\n' "$0"
  printf '[%s]\n' "$@"
} >"$FAKE_WORK/arguments"
pwd >"$FAKE_WORK/cwd"
printf '%s\n' "${LC_ALL-unset}" >"$FAKE_WORK/lc_all"
ls -l /proc/$$/fd >"$FAKE_WORK/fds"
case " $* " in
  *.Main\ mount\ *) ;;
  *) FAKE=${FAKE:-0} ;;
esac
case ${FAKE:-ready} in
  ready)
    echo 'starting' >&2
    echo 'mounted here'
    exec >/dev/null 2>&1
    exec sleep 60
    ;;
  slow) exec sleep 60 ;;
  mute)
    exec >/dev/null 2>&1
    exec sleep 60
    ;;
  noise)
    echo 'a word on standard output'
    echo 'the reason' >&2
    exit 1
    ;;
  crash) kill -SEGV $$ ;;
  help) echo 'help text' ;;
  input) cat ;;
  0) ;;
  *)
    echo 'the reason' >&2
    exit "$FAKE"
    ;;
esac
FAKE
chmod +x "$work/java"
make_java "$work/java-17" 17.0.15
make_java "$work/java-25" 25.0.3
make_java "$work/java-11" 11.0.2

cat >"$bin/mvn" <<'FAKE'
#!/bin/sh
{
  pwd
  printf '%s\n' "$JAVA_HOME" "$*"
} >>"$FAKE_WORK/mvn"
echo "Maven's words"
echo "[INFO] --- compiler:3.16.0:compile (default-compile) @ vcgroupfs ---"
sleep "${FAKE_MVN_SECONDS:-0}"
[ "${FAKE_MVN:-0}" = 0 ] || exit "$FAKE_MVN"
sleep 0.2
mkdir -p target && echo jar >target/vcgroupfs.jar
FAKE
chmod +x "$bin/mvn"

reset() {
  stop_daemons
  rm -rf "$repo/target" "$work/mvn" "$work/trainings" "$work/arguments" "$work/fds"
  mkdir -p "$repo/target"
  touch "$jar"
  touch "$repo/target/vcgroupfs-17.0.15+1.jsa" "$repo/target/vcgroupfs-25.0.3+1.aot"
}

# Runs the launcher in a clean environment; sets status, out and err.
run() { # [NAME=VALUE…] COMMAND…
  status=0
  (cd "${cwd:-$work/home}" && exec timeout --foreground 10 env -i FAKE_WORK="$work" TMPDIR="$work/tmp" PATH="$bin" HOME="$work/home" \
    LANG=C.UTF-8 JAVA_HOME="$work/java-17" VCGROUPFS_NO_SETUP=1 "$@") >"$work/out" 2>"$work/err" </dev/null || status=$?
  out=$(<"$work/out")
  err=$(<"$work/err")
}

expect() { # WHAT ACTUAL WANTED
  [[ $2 == "$3" ]] && return 0
  printf '  %s: %q instead of %q\n' "$1" "$2" "$3" >>"$work/why"
}
expect_match() { # WHAT ACTUAL PATTERN
  # shellcheck disable=SC2053 # a pattern
  [[ $2 == $3 ]] && return 0
  printf '  %s: %q does not match %q\n' "$1" "$2" "$3" >>"$work/why"
}
has_argument() { grep -qxF -- "[$1]" "$work/arguments" || printf '  no Java argument %q\n' "$1" >>"$work/why"; }
has_no_argument() { ! grep -qF -- "$1" "$work/arguments" || printf '  a Java argument with %q\n' "$1" >>"$work/why"; }
daemon_pid() { tail -n 1 "$work/pids"; }
alive() { [[ -e /proc/$1 && $(sed 's/.*) //; s/ .*//' "/proc/$1/stat" 2>/dev/null || echo X) != [ZX] ]]; }

test_case() { # NAME FUNCTION ARGUMENT…
  local name=$1 why
  shift
  # shellcheck disable=SC2053 # a pattern
  [[ $name == $pattern ]] || return 0
  reset
  : >"$work/why"
  "$@" || printf '  stopped with exit status %s\n' "$?" >>"$work/why"
  [[ -z $(ls -A "$work/tmp") ]] || printf '  left in TMPDIR: %s\n' "$(ls -A "$work/tmp")" >>"$work/why"
  rm -rf "$work/tmp" && mkdir "$work/tmp"
  why=$(<"$work/why")
  if [[ $why == skip* ]]; then
    skipped=$((skipped + 1))
    printf 'skip  %s (%s)\n' "$name" "${why#skip }"
  elif [[ -z $why ]]; then
    passed=$((passed + 1))
  else
    failed+=("$name")
    printf 'FAIL  %s\n%s\n  standard error: %s\n' "$name" "$why" "$(<"$work/err")"
  fi
}

# ---------------------------------------------------------------- cases run by every shell there is

readiness() { # SHELL…
  local pid others
  run "$@" "$launcher" mount /tmp/x
  expect status "$status" 0
  expect 'standard output' "$out" 'mounted here'
  expect 'standard error' "$err" 'starting'
  pid=$(daemon_pid)
  alive "$pid" || echo '  the daemon is gone' >>"$work/why"
  expect 'session of the daemon' "$(sed 's/.*) //' "/proc/$pid/stat" | cut -d ' ' -f 4)" "$pid"
  expect 'working folder of the daemon' "$(readlink "/proc/$pid/cwd")" /
  printf '%s\n' "$launcher" >"$work/launcher"
  others=$(grep -lsaF -f "$work/launcher" /proc/[0-9]*/cmdline | grep -vF "/proc/$pid/" || true)
  expect 'processes left behind' "$others" ''
}

failing() { # STATUS SHELL…
  local wanted=$1
  shift
  run FAKE="$wanted" "$@" "$launcher" mount /tmp/x
  expect status "$status" "$wanted"
  expect 'standard output' "$out" ''
  expect 'standard error' "$err" 'the reason'
}

crashing() { # SHELL…
  run FAKE=crash "$@" "$launcher" mount /tmp/x
  expect status "$status" 1
  expect_match 'standard error' "$err" '*the daemon died with status 139 before the mount was ready'
}

noise() { # a VM that says something on standard output and then fails is not ready
  run FAKE=noise "$@" "$launcher" mount /tmp/x
  expect status "$status" 1
  expect 'standard output' "$out" ''
  expect_match 'standard error' "$err" '*the reason*a word on standard output*'
}

mute() {
  run FAKE=mute "$@" "$launcher" mount /tmp/x
  expect status "$status" 1
  expect 'standard error' "$err" 'vcgroupfs: the daemon closed its output without a word'
  ! alive "$(daemon_pid)" || echo '  the daemon lives on' >>"$work/why"
}

arguments() { # SHELL…
  # shellcheck disable=SC2016
  local odd=('a b' '*' '' "it's" '$HOME' '\n' $'two\nlines' '--log' $'\xe9\xff' '/tmp/mount point')
  run "$@" "$launcher" mount "${odd[@]}"
  expect status "$status" 0
  printf '[%s]\n' io.github.vcgroupfs.cli.Main mount "${odd[@]}" >"$work/wanted"
  tail -n "$(wc -l <"$work/wanted")" "$work/arguments" | cmp -s - "$work/wanted" ||
    printf '  the end of the command line:\n%s\n' "$(tail -n 14 "$work/arguments")" >>"$work/why"
}

interrupted() { # SIGNAL STATUS SHELL…
  local signal=$1 wanted=$2 pid job tries
  shift 2
  set -m # else INT would be ignored in what follows
  # And where whoever started us ignores it (a job in the background of a script), no shell can trap it again.
  (cd "$work/home" && exec env --default-signal=INT,TERM,HUP -i FAKE=slow FAKE_WORK="$work" TMPDIR="$work/tmp" PATH="$bin" JAVA_HOME="$work/java-17" \
    VCGROUPFS_NO_SETUP=1 "$@" "$launcher" mount /tmp/x) >"$work/out" 2>"$work/err" </dev/null &
  job=$!
  set +m
  for ((tries = 0; tries < 200; tries++)); do
    [[ -s $work/fds ]] && break
    sleep 0.02
  done
  sleep 0.1
  pid=$(daemon_pid)
  kill -"$signal" "$job"
  status=0
  wait "$job" 2>/dev/null || status=$?
  expect status "$status" "$wanted"
  ! alive "$pid" || echo '  the daemon lives on' >>"$work/why"
}

# A tree as it is unpacked: with a blank in its path, a Java of its own, and an archive of classes for that.
tree="$work/a tree"
make_tree() {
  rm -rf "$tree" "$work/cache" "$work/home/.cache" "$work/home/link"
  mkdir -p "$tree/bin" "$tree/lib/vcgroupfs/jni"
  cp "$scripts/vcgroupfs" "$scripts/mount.fuse.vcgroupfs" "$tree/bin/"
  make_java "$tree/lib/vcgroupfs/runtime" 25.0.3
  echo 0.1.0-abc >"$tree/lib/vcgroupfs/build"
  : >"$tree/lib/vcgroupfs/vcgroupfs-25.0.3+1.aot"
  : >"$tree/lib/vcgroupfs/vcgroupfs.jar" # newer than the archive, which says nothing: tar sets all times
}
in_tree() { find "$tree" -printf '%p %s %T@\n' | sort; }

unpacked() { # SHELL…
  local before
  make_tree
  before=$(in_tree)
  ln -s "../a tree/bin/vcgroupfs" "$work/home/link"
  run "$@" "$work/home/link" mount /tmp/x
  expect status "$status" 0
  expect 'standard output' "$out" 'mounted here'
  expect Java "$(head -n 1 "$work/arguments")" "$tree/lib/vcgroupfs/runtime/bin/java"
  has_argument "$tree/lib/vcgroupfs/vcgroupfs.jar"
  has_argument "-XX:AOTCache=$tree/lib/vcgroupfs/vcgroupfs-25.0.3+1.aot"
  has_argument "-Djffi.boot.library.path=$tree/lib/vcgroupfs/jni"
  has_argument "-Dvcgroupfs.launcher=$tree/bin/vcgroupfs"
  run FAKE=crash "$@" "$work/home/link" mount /tmp/x
  expect 'status of a crash' "$status" 1
  expect 'the tree afterwards' "$(in_tree)" "$before"
  [[ ! -e $work/mvn && ! -e $work/trainings && ! -e $work/home/.cache ]] || echo '  something was built or made' >>"$work/why"
}

# ---------------------------------------------------------------- cases for one shell

java_options() {
  run VCGROUPFS_JAVA_OPTS='-Xmx99m -Done=*' "$launcher" mount --profile linux-5.10 /tmp/x
  expect status "$status" 0
  has_argument -Xmx99m
  has_argument '-Done=*'
  has_argument -Dfile.encoding=ISO-8859-1
  has_argument "-Dvcgroupfs.launcher=$launcher"
  has_argument "-Dvcgroupfs.cwd=$work/home"
  has_argument "-Djava.io.tmpdir=$work/tmp"
  has_argument "-XX:SharedArchiveFile=$repo/target/vcgroupfs-17.0.15+1.jsa"
  has_argument -Xmn16m
  has_argument "$jar"
  has_no_argument TieredStopAtLevel
  has_no_argument native-access
  expect 'last argument' "$(tail -n 1 "$work/arguments")" '[/tmp/x]'
}

crash_report() { # never where others can plant a link: the working folder and the folder of temporary files
  local report
  report=/var/log/vcgroupfs
  [[ -w /var/log ]] || report=$work/home/.local/state/vcgroupfs
  run "$launcher" mount /tmp/x
  has_argument "-XX:ErrorFile=$report/hs_err_%p.log"
  has_argument -XX:-DumpReplayDataOnError
  run "$launcher" mount --foreground /tmp/x
  has_argument "-XX:ErrorFile=$report/hs_err_%p.log"
}

newest_java_options() {
  run JAVA_HOME="$work/java-25" "$launcher" doctor
  has_argument --enable-native-access=ALL-UNNAMED
  has_argument --sun-misc-unsafe-memory-access=allow
}

# shellcheck disable=SC2016
foreground() { # the launcher becomes Java: standard streams, folder, status
  run FAKE=7 "$launcher" umount /tmp/x
  expect status "$status" 7
  expect 'standard error' "$err" 'the reason'
  expect folder "$(<"$work/cwd")" "$work/home"
  has_argument -XX:TieredStopAtLevel=1
  run FAKE=input sh -c 'echo hello | "$0" simulate' "$launcher"
  expect 'standard output' "$out" hello
  has_no_argument TieredStopAtLevel
  run FAKE=5 "$launcher" mount --foreground /tmp/x
  expect 'status of mount --foreground' "$status" 5
  expect 'folder of mount --foreground' "$(<"$work/cwd")" "$work/home"
  run FAKE=help "$launcher" mount --help
  expect 'standard output of mount --help' "$out" 'help text'
}

links() {
  ln -s "$launcher" "$work/bin/absolute-link"
  ln -s ../bin/absolute-link "$work/home/link to link"
  run "$work/home/link to link" doctor
  has_argument "$jar"
  run "./link to link" doctor
  has_argument "$jar"
  run absolute-link doctor
  has_argument "$jar"
  cwd=$repo/mount-scripts run sh vcgroupfs doctor
  has_argument "$jar"
  ln -s "$repo" "$work/home/linked-repo"
  run linked-repo/mount-scripts/../mount-scripts/vcgroupfs doctor
  has_argument "$jar"
  has_argument "-Dvcgroupfs.cwd=$work/home"
  rm "$work/bin/absolute-link" "$work/home/link to link" "$work/home/linked-repo"
}

which_java() {
  ln -s "$work/java-25/bin/java" "$bin/java"
  run JAVA_HOME="$work/java-11" "$launcher" doctor
  expect 'with an old JAVA_HOME' "$(head -n 1 "$work/arguments")" "$work/java-25/bin/java"
  run JAVA_HOME= "$launcher" doctor
  expect 'without JAVA_HOME' "$(head -n 1 "$work/arguments")" "$work/java-25/bin/java"
  rm "$bin/java"
}

# shellcheck disable=SC2016
no_java() {
  if ! unshare --mount true 2>/dev/null; then
    echo 'skip needs unshare --mount' >"$work/why"
    return
  fi
  local unshare mount
  unshare=$(type -P unshare) mount=$(type -P mount)
  run "$unshare" --mount sh -c '
    for folder in /usr/lib/jvm /usr/lib64/jvm /usr/java /opt/java; do
      [ ! -d "$folder" ] || "$1" -t tmpfs none "$folder" || exit 99
    done
    JAVA_HOME="$2" exec "$3" mount /tmp/x' - "$mount" "$work/java-11" "$launcher"
  expect status "$status" 3
  expect 'standard output' "$out" ''
  expect_match 'standard error' "$err" 'vcgroupfs: needs Java 17 or newer: *apt-get install -y openjdk-17-jdk-headless*'
}

locale() {
  run LANG=C "$launcher" umount /tmp/x
  expect 'LC_ALL of umount' "$(<"$work/lc_all")" C.UTF-8
  run "$launcher" umount /tmp/x
  expect 'LC_ALL in a UTF-8 locale' "$(<"$work/lc_all")" unset
  run LANG=C FAKE=0 "$launcher" run -- true
  expect 'LC_ALL of run' "$(<"$work/lc_all")" unset
}

# shellcheck disable=SC2016
descriptors() { # what the caller has open is not kept open by the daemon
  run sh -c 'exec 5>"$FAKE_WORK/five" 9>"$FAKE_WORK/nine"; "$0" mount /tmp/x' "$launcher"
  expect status "$status" 0
  ! grep -E 'five|nine' "$work/fds" >>"$work/why" || true
  run sh -c '"$0" mount /tmp/x >&-' "$launcher"
  expect 'status without standard output' "$status" 0
  run sh -c '"$0" run -- true <&- >&- 2>&-' "$launcher"
  expect 'status without any standard file' "$status" 0
  # the fake looks at them by way of its own, which is 1
  expect 'closed standard files' "$(sed -n 's/.* \([02] -> .*\)/\1/p' "$work/fds")" $'0 -> /dev/null\n2 -> /dev/null'
}

builds() {
  rm -f "$jar"
  run "$launcher" doctor
  expect_match 'standard error' "$err" 'vcgroupfs: building, first use*'
  expect 'lines on standard error' "$(wc -l <"$work/err")" 1
  expect Maven "$(<"$work/mvn")" "$repo"$'\n'"$work/java-17"$'\n''-q -B -ntp -Dvcgroupfs.quick -Dmaven.test.skip=true package'
  expect trainings "$(wc -l <"$work/trainings")" 1
  run "$launcher" doctor
  expect 'builds when nothing changed' "$(grep -c test.skip "$work/mvn")" 1
  sleep 0.02
  touch "$repo/src/main/java/p/A.java"
  run "$launcher" doctor
  expect 'builds after a change' "$(grep -c test.skip "$work/mvn")" 2
  expect 'trainings after a change' "$(wc -l <"$work/trainings")" 2
  : >"$repo/src/main/java/p/B.java"
  run "$launcher" doctor
  rm "$repo/src/main/java/p/B.java"
  run "$launcher" doctor
  expect 'builds after a file came and went' "$(grep -c test.skip "$work/mvn")" 4
}

build_fails() {
  rm -f "$jar"
  run FAKE_MVN=4 "$launcher" mount /tmp/x
  expect status "$status" 1
  expect 'standard output' "$out" ''
  expect_match 'standard error' "$err" "*Maven's words*vcgroupfs: the build failed, see above; all that Maven said is in $repo/target/vcgroupfs-build.log"
  [[ $err != *INFO* ]] || echo '  it shows what Maven does, not only what is wrong' >>"$work/why"
  [[ ! -e $work/arguments ]] || echo '  Java was started all the same' >>"$work/why"
}

# As run, but on a terminal: out is all that it shows there.
run_on_terminal() { # [NAME=VALUE…] COMMAND…
  local words
  printf -v words '%q ' env -i FAKE_WORK="$work" TMPDIR="$work/tmp" PATH="$bin" HOME="$work/home" TERM=xterm LANG=C.UTF-8 \
    JAVA_HOME="$work/java-17" VCGROUPFS_NO_SETUP=1 "$@"
  status=0
  SHELL=$(type -P bash) timeout --foreground 20 script -qefc "cd ${work@Q}/home && exec $words" /dev/null \
    >"$work/out" 2>"$work/err" </dev/null || status=$?
  out=$(<"$work/out")
}

build_on_terminal() {
  type -P script >/dev/null || {
    echo 'skip there is no script(1)' >>"$work/why"
    return 0
  }
  rm -f "$jar"
  run_on_terminal FAKE_MVN_SECONDS=1.5 "$launcher" doctor
  expect status "$status" 0
  expect_match 'on the terminal' "$out" $'*building, first use*\r\e[[]?7lvcgroupfs: compiler: compile, 1 s\e[[]K\e[[]?7h\r\e[[]?7h\e[[]K*'
  expect 'words of Maven on the terminal' "$(grep -c -e "Maven's" -e INFO "$work/out")" 0
  rm -f "$jar"
  run_on_terminal FAKE_MVN=4 FAKE_MVN_SECONDS=1.5 "$launcher" doctor
  expect 'status of a build that fails' "$status" 1
  expect_match 'on the terminal' "$out" "*compiler: compile, 1 s*Maven's words*the build failed, see above*"
  rm -f "$jar"
  run_on_terminal NO_PROGRESS=1 FAKE_MVN_SECONDS=1.5 "$launcher" doctor
  expect 'status with NO_PROGRESS' "$status" 0
  [[ $out != *compiler* ]] || echo '  progress is shown in spite of NO_PROGRESS' >>"$work/why"
}

no_maven() {
  mv "$bin/mvn" "$work/mvn.away"
  rm -f "$jar"
  run "$launcher" mount /tmp/x
  mv "$work/mvn.away" "$bin/mvn"
  expect status "$status" 3
  expect_match 'standard error' "$err" 'vcgroupfs: building needs Maven: *apt-get install -y maven'
}

concurrent_builds() { # with or without flock
  local pids=() pid i
  rm -f "$jar"
  for i in 1 2 3; do
    (run "$launcher" umount "/tmp/$i" && exit "$status") &
    pids+=($!)
  done
  for pid in "${pids[@]}"; do
    status=0
    wait "$pid" || status=$?
    expect "status of one" "$status" 0
  done
  expect builds "$(grep -c test.skip "$work/mvn")" 1
}

# shellcheck disable=SC2016
without_daemon() { # whoever has the name of the mount among its words has ended, as grep itself does
  local first=$work/first
  mkdir "$first" # not in $bin: there grep is a link to the real one
  printf '%s\n' '#!/bin/sh' 'case "$*" in' \
    '*mountinfo*) echo "36 35 0:39 / /tmp/x rw,nosuid - fuse.cgroup vcgroupfs rw" ;;' '*) echo /proc/self/gone ;;' 'esac' >"$first/grep"
  printf '%s\n' '#!/bin/sh' 'exit 1' >"$first/fusermount"
  chmod +x "$first"/*
  run FAKE=7 PATH="$first:$bin" "$launcher" umount /tmp/x
  expect status "$status" 7
  expect 'standard error' "$err" 'the reason'
}

without_flock() {
  mv "$bin/flock" "$work/flock.away"
  concurrent_builds
  mkdir "$repo/target/vcgroupfs.lock.d" # left by one that was killed
  echo 4194999 >"$repo/target/vcgroupfs.lock.d/pid"
  rm -f "$jar"
  run "$launcher" doctor
  mv "$work/flock.away" "$bin/flock"
  expect 'status with a stale lock' "$status" 0
}

archive_is_made_in_two_steps() { # a training that lists the classes, and a dump of them, up to Java 23
  rm -f "$repo"/target/*.jsa "$repo"/target/*.aot
  run "$launcher" doctor
  expect status "$status" 0
  expect trainings "$(wc -l <"$work/trainings")" 1
  has_argument "-XX:SharedArchiveFile=$repo/target/vcgroupfs-17.0.15+1.jsa"
  expect archive "$(cat "$repo/target/vcgroupfs-17.0.15+1.jsa")" archive
  expect 'what is left' "$(cd "$repo/target" && echo vcgroupfs-*)" vcgroupfs-17.0.15+1.jsa
}

archive_fails() {
  rm -f "$repo"/target/*.jsa "$repo"/target/*.aot
  run FAKE_TRAINING=1 "$launcher" doctor
  expect status "$status" 0
  has_no_argument SharedArchiveFile
  run "$launcher" doctor
  expect trainings "$(wc -l <"$work/trainings")" 1
}

unpacked_without_archive() { # as for another architecture, or with another Java: each user has one
  local name=0.1.0-abc-${tree#/} runtime=$tree/lib/vcgroupfs/runtime archive
  make_tree
  rm "$tree/lib/vcgroupfs/vcgroupfs-25.0.3+1.aot"
  name=${name//\//-}-lib-vcgroupfs
  archive=$work/home/.cache/vcgroupfs/$name-vcgroupfs-25.0.3+1.aot
  run "$tree/bin/vcgroupfs" doctor
  expect 'status of the first start' "$status:$err" 0:
  has_argument "-XX:AOTCache=$archive"
  [[ -s $archive ]] || echo "  no $archive" >>"$work/why"
  run "$tree/bin/vcgroupfs" doctor
  expect 'trainings of two starts' "$(wc -l <"$work/trainings")" 1
  echo 0.1.1-def >"$tree/lib/vcgroupfs/build"
  run "$tree/bin/vcgroupfs" doctor
  expect 'trainings after another build' "$(wc -l <"$work/trainings")" 2
  run XDG_CACHE_HOME="$work/cache" "$tree/bin/vcgroupfs" doctor
  has_argument "-XX:AOTCache=$work/cache/vcgroupfs/${name/0.1.0-abc/0.1.1-def}-vcgroupfs-25.0.3+1.aot"
  if [[ $(id -u) == 0 ]]; then
    chown 65534 "$work/cache"
    run XDG_CACHE_HOME="$work/cache" "$tree/bin/vcgroupfs" doctor
    expect "status with another user's cache" "$status:$err" 0:
    has_no_argument AOTCache
  fi
  run HOME=/nonexistent "$tree/bin/vcgroupfs" doctor
  expect 'status without a home' "$status:$err" 0:
  rm -r "$runtime"
  run "$tree/bin/vcgroupfs" doctor
  expect 'without a Java of its own' "$(head -n 1 "$work/arguments")" "$work/java-17/bin/java"
  has_argument "-XX:SharedArchiveFile=$work/home/.cache/vcgroupfs/${name/0.1.0-abc/0.1.1-def}-vcgroupfs-17.0.15+1.jsa"
}

archive_into_a_folder() { # what a package does when it is installed
  make_tree
  rm "$tree/lib/vcgroupfs/vcgroupfs-25.0.3+1.aot"
  run "$tree/bin/vcgroupfs" --archive
  expect_match 'without a folder' "$status:$err" '2:*--archive needs the folder*'
  run FAKE_TRAINING=1 "$tree/bin/vcgroupfs" --archive "$work/cache"
  expect_match 'a training that fails' "$status:$err" "1:*made no archive; what it said is in $work/cache/*.log"
  run "$tree/bin/vcgroupfs" --archive "$work/cache"
  expect 'status after that' "$status:$err" 0:
  expect 'what is made' "$(find "$work/cache" -name '*.aot' | wc -l)" 1
  run "$tree/bin/vcgroupfs" --archive "$tree/lib/vcgroupfs"
  expect 'in the tree itself' "$status:$(find "$tree" -name '*.aot')" "0:$tree/lib/vcgroupfs/vcgroupfs-25.0.3+1.aot"
}

half_a_tree() {
  make_tree
  rm "$tree/lib/vcgroupfs/vcgroupfs.jar"
  run "$tree/bin/vcgroupfs" doctor
  expect status "$status" 1
  expect 'standard error' "$err" "vcgroupfs: there is neither $tree/lib/vcgroupfs/vcgroupfs.jar nor $tree/pom.xml: unpack the whole archive"
  [[ ! -e $tree/target ]] || echo '  it has made a folder target' >>"$work/why"
}

helper() {
  printf '#!/bin/sh\nprintf "[%%s]" "$@"\n' >"$repo/mount-scripts/vcgroupfs"
  ln -s "$repo/mount-scripts/mount.fuse.vcgroupfs" "$work/home/mount.fuse.vcgroupfs"
  local mount=$work/home/mount.fuse.vcgroupfs
  run "$mount" none '/a b' -o 'rw,nofail,x-systemd.automount,profile=linux-5.10,strict,size=zero,allow_other,_netdev,log=/var/l og'
  expect status "$status" 0
  expect arguments "$out" '[mount][--profile][linux-5.10][--strict][--size][zero][--allow-other][--log][/var/l og][/a b]'
  run "$mount" none /a -n -v -o rw -t fuse.vcgroupfs
  expect 'without options of ours' "$out" '[mount][/a]'
  run "$mount" none /a -o 'controllers=memory pids,freezer=off,fuse-threads=2,quota=relays=1,quota=groups=2'
  expect 'lists' "$out" '[mount][--controllers][memory pids][--freezer][off][--fuse-threads][2][--quota][relays=1][--quota][groups=2][/a]'
  run "$mount" none /a -o rw,nonsense=1
  expect 'status with an unknown option' "$status" 1
  expect 'unknown option' "$err" 'mount.fuse.vcgroupfs: unknown option nonsense=1'
  run "$mount" none /a -sn -o 'rw,nonsense=1,seed=3'
  expect 'sloppy' "$out" '[mount][--seed][3][/a]'
  run "$mount" none /a -f -o rw
  expect 'fake' "$status/$out" 0/
  run "$mount" none
  expect 'status without a folder' "$status" 1
  # as the Debian package has them
  mkdir -p "$work/usr/bin" "$work/usr/sbin"
  cp "$repo/mount-scripts/vcgroupfs" "$work/usr/bin/"
  cp "$repo/mount-scripts/mount.fuse.vcgroupfs" "$work/usr/sbin/"
  run "$work/usr/sbin/mount.fuse.vcgroupfs" none /a
  expect 'sbin and bin' "$out" '[mount][/a]'
  cp "$scripts/vcgroupfs" "$launcher"
}

# src/build/commit, in each place where a build can be.
commits() {
  local git=(env GIT_AUTHOR_DATE=@1700000000Z GIT_COMMITTER_DATE=@1700000000Z GIT_CONFIG_GLOBAL=/dev/null git -c user.name=a -c user.email=a@b)
  local top=$work/commits id
  mkdir -p "$top/one/src/build"
  cp "$here/../../build/commit" "$here/../../build/archived" "$here/../../build/.gitattributes" "$top/one/src/build/"
  "${git[@]}" init -q "$top"
  "${git[@]}" -C "$top" commit -q --allow-empty -m 'a repository around ours'
  run env PATH="$PATH" sh "$top/one/src/build/commit"
  expect 'without a repository of its own' "$status:$out$err" 0:
  mkdir "$top/one/.git"
  run env PATH="$PATH" sh "$top/one/src/build/commit"
  expect 'with a repository that is none' "$status:$out$err" 0:
  "${git[@]}" init -q "$top/one"
  run env PATH="$PATH" sh "$top/one/src/build/commit"
  expect 'before the first commit' "$status:$out$err" 0:
  "${git[@]}" -C "$top/one" add .
  "${git[@]}" -C "$top/one" commit -q -m one
  id=$("${git[@]}" -C "$top/one" rev-parse HEAD)
  : >"$top/one/unknown-to-git"
  run env PATH="$PATH" GIT_DIR="$top/.git" sh "$top/one/src/build/commit"
  expect 'in a clone, with the variables of a hook' "$out" "$id 1700000000"
  "${git[@]}" clone -q --depth 1 "file://$top/one" "$top/shallow"
  run env PATH="$PATH" sh "$top/shallow/src/build/commit"
  expect 'in a shallow clone' "$out" "$id 1700000000"
  mkdir "$top/archive"
  "${git[@]}" -C "$top/one" archive HEAD | tar -xf - -C "$top/archive"
  run env PATH="$PATH" sh "$top/archive/src/build/commit"
  expect 'in an archive' "$out" "$id 1700000000"
  run sh "$top/one/src/build/commit"
  expect 'without git' "$status:$out" 0:
  if [[ $(id -u) == 0 ]]; then
    chown -R 65534 "$top/shallow"
    run env PATH="$PATH" sh "$top/shallow/src/build/commit"
    expect "root in a user's clone" "$out" "$id 1700000000"
  fi
  "${git[@]}" -C "$top/one" worktree add -q -b other "$top/worktree"
  : >"$top/worktree/new"
  "${git[@]}" -C "$top/worktree" add new
  run env PATH="$PATH" sh "$top/worktree/src/build/commit"
  expect 'with a change' "$out" "$id-dirty 1700000000"
  "${git[@]}" -C "$top/worktree" commit -q -m two
  run env PATH="$PATH" sh "$top/worktree/src/build/commit"
  expect 'in a worktree' "$out" "$("${git[@]}" -C "$top/worktree" rev-parse HEAD) 1700000000"
}

# ---------------------------------------------------------------- all of it

for shell in dash 'bash --posix' 'busybox sh' "$@"; do
  read -r -a words <<<"$shell"
  words[0]=$(type -P "${words[0]}") || continue
  test_case "$shell: readiness" readiness "${words[@]}"
  test_case "$shell: the daemon fails with 3" failing 3 "${words[@]}"
  test_case "$shell: the daemon crashes" crashing "${words[@]}"
  test_case "$shell: noise before the failure" noise "${words[@]}"
  test_case "$shell: no word" mute "${words[@]}"
  test_case "$shell: arguments" arguments "${words[@]}"
  test_case "$shell: Ctrl-C" interrupted INT 130 "${words[@]}"
  test_case "$shell: TERM" interrupted TERM 143 "${words[@]}"
  test_case "$shell: unpacked" unpacked "${words[@]}"
done
for number in 1 2; do
  test_case "the daemon fails with $number" failing "$number" sh
done
test_case 'Java options' java_options
test_case 'report of a crash' crash_report
test_case 'options of the newest Java' newest_java_options
test_case 'commands in the foreground' foreground
test_case 'umount of a mount without its daemon' without_daemon
test_case 'links, folders and PATH' links
test_case 'which Java' which_java
test_case 'no Java' no_java
test_case 'locale' locale
test_case 'descriptors' descriptors
test_case 'builds' builds
test_case 'the build fails' build_fails
test_case 'the build on a terminal' build_on_terminal
test_case 'no Maven' no_maven
test_case 'concurrent first starts' concurrent_builds
test_case 'concurrent first starts without flock' without_flock
test_case 'the archive is made in two steps' archive_is_made_in_two_steps
test_case 'the archive fails' archive_fails
test_case 'unpacked, without an archive of classes' unpacked_without_archive
test_case 'an archive of classes in a folder' archive_into_a_folder
test_case 'half a tree' half_a_tree
test_case 'helper of mount(8)' helper
if type -P git >/dev/null; then
  test_case 'the commit that is built' commits
fi

summary="$passed passed, ${#failed[@]} failed"
((skipped == 0)) || summary+=", $skipped skipped"
printf '%s\n' "$summary"
((${#failed[@]} == 0 && passed > 0))
