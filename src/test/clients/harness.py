"""What the checks of real programs share: how one is named and run, how it fails, and scratch groups to work in."""

import collections
import os
import shutil
import signal
import subprocess
import tempfile
import time

# Every group that a check makes, directly or through a program, begins with this; nothing else is ever removed.
PREFIX = 'vcgclients'

# How a controller's name is told from an option, among the options of a mount.
CONTROLLERS = frozenset(
    'memory cpu cpuacct cpuset blkio devices freezer pids hugetlb net_cls net_prio perf_event rdma misc'.split())

Check = collections.namedtuple('Check', 'name function needs user view')
Hierarchy = collections.namedtuple('Hierarchy', 'id names root mount group')

CHECKS = []
_closers = []


class Failed(Exception):
    """What was seen is not what a v1 host shows."""


class Skipped(Exception):
    """It cannot be asked here."""


class Settings:
    """Of this run, set once at the start."""

    work = ''
    factor = 1.0
    log = None


def check(name, needs=(), user=False, view=False):
    """Registers a check. needs: programs; user: also asked without root; view: not a question for a plain v1 host."""

    def register(function):
        CHECKS.append(Check(name, function, tuple(needs), user, view))
        return function

    return register


def limit(seconds):
    """A time limit for this machine; an emulated one is slower."""
    return seconds * Settings.factor


def note(text):
    if Settings.log:
        Settings.log.write(text.rstrip('\n') + '\n')
        Settings.log.flush()


def run(words, seconds=60, env=None, cwd=None):
    """Runs a program to its end; returns its status and all that it said. Files, not pipes: daemons keep them open."""
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(
            words, stdin=subprocess.DEVNULL, stdout=said, stderr=said, env=env, cwd=cwd, start_new_session=True)
        try:
            status = process.wait(limit(seconds))
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            status = 'no end within %d s' % limit(seconds)
        said.seek(0)
        text = said.read().decode('utf-8', 'replace')
    note('$ %s\n%s[%s]' % (' '.join(words), text, status))
    return status, text


def words(*command, seconds=60, env=None, cwd=None):
    """What a program says; it must succeed."""
    status, text = run(list(command), seconds, env, cwd)
    if status != 0:
        tail = ' / '.join(text.strip().splitlines()[-3:])
        raise Failed('%s: %s: %s' % (' '.join(command)[:200], status, tail[-600:]))
    return text


def sh(script, **options):
    """What a shell script says; it must succeed."""
    return words('sh', '-euc', script, **options)


def equal(what, wanted, got):
    if wanted != got:
        raise Failed('%s: wanted %r, got %r' % (what, wanted, got))


def contains(what, part, text):
    if part not in text:
        raise Failed('%s: no %r in %r' % (what, part, text[-600:]))


def lacks(what, part, text):
    if part in text:
        lines = [line for line in text.splitlines() if part in line]
        raise Failed('%s: %r is in it: %r' % (what, part, lines[:3]))


def until(what, question, seconds=20):
    """Waits until the question is answered with something true, and returns that."""
    end = time.monotonic() + limit(seconds)
    while True:
        answer = question()
        if answer:
            return answer
        if time.monotonic() > end:
            raise Failed('%s: not within %d s' % (what, limit(seconds)))
        time.sleep(0.1)


def read(path):
    with open(path) as file:
        return file.read()


def write(path, text):
    with open(path, 'w') as file:
        file.write(str(text))


class Once:
    """Something that several checks need and that is made for the first; if that fails, it fails for each."""

    def __init__(self, make):
        self._make = make
        self._made = None

    def get(self):
        if self._made is None:
            try:
                self._made = (self._make(), None)
            except Failed as refused:
                self._made = (None, refused)
        value, refused = self._made
        if refused:
            raise Failed(str(refused))
        return value


def at_end(close):
    """To be called when all checks are done, the newest first."""
    _closers.append(close)


def close_all():
    while _closers:
        close = _closers.pop()
        try:
            close()
        except (Failed, OSError, subprocess.SubprocessError) as failed:
            note('at the end: %s' % failed)


def folder(name):
    """A fresh folder below the work folder."""
    path = os.path.join(Settings.work, name)
    shutil.rmtree(path, ignore_errors=True)
    os.makedirs(path)
    return path


# ---------------------------------------------------------------- hierarchies and groups


def unescape(text):
    """A path of a mount table: blanks and the like are octal there."""
    return text.encode().decode('unicode_escape') if '\\' in text else text


def groups_of(text):
    """The lines of a /proc/PID/cgroup: a set of names (memory, cpu, name=systemd) → (id, path)."""
    found = {}
    for line in text.splitlines():
        number, names, path = line.split(':', 2)
        for name in names.split(','):
            found[name] = (int(number), path)
    return found


def hierarchy(name):
    """Where the hierarchy of a controller is mounted, and which of its groups this process is in."""
    points = v1_mounts()
    if name not in points:
        raise Failed('no v1 hierarchy of %s is mounted; there are %s' % (name, sorted(points) or 'none'))
    groups = groups_of(read('/proc/self/cgroup'))
    if name not in groups:
        raise Failed('/proc/self/cgroup has no line of %s: %r' % (name, read('/proc/self/cgroup')))
    root, point = points[name]
    number, group = groups[name]
    return Hierarchy(number, name, root, point, group)


def v1_mounts():
    """name → (root, mount point) for every v1 hierarchy that the mount table lists."""
    found = {}
    for line in read('/proc/self/mountinfo').splitlines():
        fields, _, rest = line.partition(' - ')
        kind, _, options = rest.split(' ', 2)
        if kind != 'cgroup':
            continue
        root, point = (unescape(field) for field in fields.split(' ')[3:5])
        for name in options.split(','):
            if name in CONTROLLERS or name.startswith('name='):
                found.setdefault(name, (root, point))
    return found


class Group:
    """A scratch group below this process's own, in the hierarchies of some controllers; gone at the end of the block."""

    def __init__(self, name, *controllers):
        self.name = '%s-%s-%d' % (PREFIX, name, os.getpid())
        self.controllers = controllers
        self.paths = {}
        self.folders = {}

    def __enter__(self):
        for controller in self.controllers:
            self.paths[controller], self.folders[controller] = self.place(hierarchy(controller))
        self.make()
        return self

    def place(self, at):
        """Its path, and its folder."""
        inside = os.path.relpath(at.group, at.root)
        return os.path.join(at.group, self.name), os.path.normpath(os.path.join(at.mount, inside, self.name))

    def make(self):
        for path in self.folders.values():
            os.makedirs(path, exist_ok=True)

    def __exit__(self, *failure):
        for path in self.folders.values():
            remove_group(path)

    def __getitem__(self, controller):
        return self.folders[controller]

    def enter(self):
        """Shell words that put the shell into these groups."""
        return ' '.join('echo $$ >%s/cgroup.procs;' % path for path in self.folders.values())


class Top(Group):
    """The same, below the root of the hierarchies."""

    def __init__(self, name, *controllers):
        super().__init__(name, *controllers)
        self.spec = '%s:%s' % (','.join(controllers), self.name)

    def place(self, at):
        return '/' + self.name, os.path.join(at.mount, self.name)


def remove_group(path):
    """Removes a group of ours and those below it; what is still in them is ended first."""
    if not os.path.basename(path).startswith(PREFIX):
        raise ValueError('%s is not one of our groups' % path)
    end = time.monotonic() + limit(5)
    for parent, _, _ in list(os.walk(path, topdown=False)):
        while True:
            try:
                os.rmdir(parent)
                break
            except FileNotFoundError:
                break
            except OSError:
                if time.monotonic() > end:
                    note('%s cannot be removed' % parent)
                    return
                kill_members(parent)
                time.sleep(0.1)


def kill_members(path):
    try:
        members = read(os.path.join(path, 'cgroup.procs')).split()
    except OSError:
        return
    for pid in members:
        try:
            os.kill(int(pid), signal.SIGKILL)
        except ProcessLookupError:
            pass


def remove_groups():
    """Removes every group of ours, wherever a program has made it."""
    try:
        places = {(at.mount, os.path.normpath(os.path.join(at.mount, os.path.relpath(at.group, at.root))))
                  for at in map(hierarchy, v1_mounts())}
    except (Failed, OSError):
        return
    v2 = {unescape(row.split(' ')[1]) for row in read('/proc/self/mounts').splitlines() if row.split(' ')[2] == 'cgroup2'}
    for place in v2.union(*places):  # what is told of v2 makes its groups there
        try:
            names = os.listdir(place)
        except OSError:
            continue
        for name in names:
            if name.startswith(PREFIX):
                remove_group(os.path.join(place, name))


class Sleeper:
    """A process that does nothing, for as long as the block."""

    def __init__(self, enter=''):
        self._enter = enter

    def __enter__(self):
        self._process = subprocess.Popen(
            ['sh', '-c', self._enter + ' exec sleep 3000'], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        self.pid = self._process.pid
        until('sleep %d' % self.pid, lambda: read('/proc/%d/comm' % self.pid) == 'sleep\n')
        return self

    def __exit__(self, *failure):
        self._process.kill()
        self._process.wait()
