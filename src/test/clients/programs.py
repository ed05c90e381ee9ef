"""Programs that look for a limit, libcgroup's tools, and those that start others: strace, bubblewrap."""

import os
import re

from harness import (
    Failed, Group, PREFIX, Skipped, Sleeper, Top, check, contains, equal, groups_of, hierarchy, read, run, sh, v1_mounts, words,
    write)

GIB = 1 << 30


@check('jvm', needs=['java'], user=True)
def jvm():
    with Group('jvm', 'memory') as group:
        write(group['memory'] + '/memory.limit_in_bytes', GIB)
        said = sh(group.enter() + ' java -XX:+PrintFlagsFinal -version; :', seconds=30)
        heap = [row.split()[3] for row in said.splitlines() if ' MaxHeapSize ' in row]
        equal('MaxHeapSize, a quarter of 1 GiB', [str(GIB // 4)], heap)


@check('node', needs=['node'], user=True)
def node():
    with Group('node', 'memory') as group:
        write(group['memory'] + '/memory.limit_in_bytes', GIB)
        said = sh(group.enter() + ' node -p "process.constrainedMemory()"; :', seconds=30)
        equal('constrainedMemory', str(GIB), said.strip())


def libcgroup(*tools):
    return ['cgcreate', 'cgdelete'] + list(tools)


class Made(Top):
    """A group that cgcreate has made."""

    def make(self):
        words('cgcreate', '-g', self.spec)
        for name in self.controllers:
            if not os.path.isdir(self[name]):
                raise Failed('cgcreate has made no group in ' + name)


@check('cgcreate, cgset, cgget', needs=libcgroup('cgset', 'cgget'), user=True)
def cgcreate():
    with Made('create', 'memory', 'cpu', 'pids') as made:
        words('cgset', '-r', 'memory.limit_in_bytes=64M', '-r', 'cpu.shares=512', made.name)
        equal('the limit', '67108864\n', read(made['memory'] + '/memory.limit_in_bytes'))
        equal('cgget -r', '67108864\n', words('cgget', '-n', '-v', '-r', 'memory.limit_in_bytes', made.name))
        said = words('cgget', '-n', '-g', 'cpu', '-g', 'pids', made.name)
        contains('cgget -g', 'cpu.shares: 512\n', said)
        contains('cgget -g', 'pids.max: max\n', said)
        for name in made.controllers:
            words('cgdelete', '-g', '%s:%s' % (name, made.name))  # all in one: libcgroup 2 forgets some, on any host
            if os.path.exists(made[name]):
                raise Failed('cgdelete has left the group in ' + name)


@check('cgexec', needs=libcgroup('cgexec'), user=True)
def cgexec():
    with Made('exec', 'memory', 'cpu') as made:
        groups = groups_of(words('cgexec', '-g', made.spec, 'sh', '-c', 'cat /proc/self/cgroup; :'))
        for name in made.controllers:
            equal('the group in ' + name, '/' + made.name, groups[name][1])


@check('cgclassify', needs=libcgroup('cgclassify'), user=True)
def cgclassify():
    with Made('classify', 'memory', 'pids') as made, Sleeper() as sleeper:
        words('cgclassify', '-g', made.spec, str(sleeper.pid))
        groups = groups_of(read('/proc/%d/cgroup' % sleeper.pid))
        for name in made.controllers:
            equal('members in ' + name, '%d\n' % sleeper.pid, read(made[name] + '/cgroup.procs'))
            equal('the group in ' + name, '/' + made.name, groups[name][1])


@check('lscgroup', needs=libcgroup('lscgroup'), user=True)
def lscgroup():
    with Made('list', 'memory', 'cpu') as made:
        said = [re.sub('/+', '/', row) for row in words('lscgroup').splitlines()]  # libcgroup 3 prints memory://name
        for name in made.controllers:
            rows = [row for row in said if row.endswith(':/' + made.name) and name in row.partition(':')[0].split(',')]
            equal('rows of %s in %s' % (made.name, name), 1, len(rows))


@check('lssubsys', needs=['lssubsys'], user=True)
def lssubsys():
    nowhere = [row.split('\t')[0] for row in read('/proc/cgroups').splitlines()[1:] if row.split('\t')[1] == '0']
    if nowhere and run(['lssubsys', '-m'])[1] == '':
        raise Skipped('libcgroup 2 says nothing where a controller is in no hierarchy: ' + ', '.join(nowhere))
    listed = {}
    for row in words('lssubsys', '-m').splitlines():
        names, point = row.split()[:2]
        for name in names.split(','):
            listed[name] = point
    wanted = {name: point for name, (_, point) in v1_mounts().items() if not name.startswith('name=')}
    equal('lssubsys -m', wanted, listed)


@check('strace -f', needs=['strace'], user=True)
def strace():
    with Group('strace', 'memory') as group:
        trace = os.path.join('/tmp', '%s-%d.trace' % (PREFIX, os.getpid()))
        try:
            command = group.enter() + ' strace -f -o %s sh -c "sh -c \'cat /proc/self/cgroup; :\'; :"; :' % trace
            groups = groups_of(sh(command))
            equal('the group', group.paths['memory'], groups['memory'][1])
            contains('the trace', '"/proc/self/cgroup", O_RDONLY', read(trace))
        finally:
            if os.path.exists(trace):
                os.remove(trace)


@check('bubblewrap', needs=['bwrap'], user=True)
def bubblewrap():
    with Group('bwrap', 'memory') as group:
        write(group['memory'] + '/memory.limit_in_bytes', '64M')
        inner = 'cat %s/memory.limit_in_bytes /proc/self/cgroup; stat -f -c %%T %s; :' % (group['memory'], group['memory'])
        said = sh(group.enter() + ' bwrap --dev-bind / / --unshare-pid --proc /proc sh -c "%s"; :' % inner).splitlines()
        equal('the limit', '67108864', said[0])
        equal('the group', group.paths['memory'], groups_of('\n'.join(said[1:-1]))['memory'][1])
        equal('statfs', 'cgroupfs', said[-1])
