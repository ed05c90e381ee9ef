"""What a v1 host shows of its hierarchies: /proc, mount tables, statfs, and the tools that print them."""

import os
import re

from harness import (
    CONTROLLERS, Failed, Group, Sleeper, Top, check, contains, equal, groups_of, hierarchy, lacks, read, run, sh, until, v1_mounts,
    words)

ROOT = '/sys/fs/cgroup'


def cgroup_lines(text):
    """The hierarchies of a mount table in the form of /proc/mounts: mount point → options."""
    found = {}
    for row in text.splitlines():
        _, point, kind, options = row.split(' ')[:4]
        if kind == 'cgroup':
            found[point] = set(options.split(','))
    return found


@check('proc/self/cgroup of a grandchild', user=True)
def own_groups():
    with Group('own', 'memory', 'pids') as group:
        direct = groups_of(sh(group.enter() + ' sh -c "cat /proc/self/cgroup; :"; :'))
        for name in 'memory', 'pids':
            equal('the group in ' + name, group.paths[name], direct[name][1])
        here = groups_of(read('/proc/self/cgroup'))
        for name in sorted(set(here) - {'memory', 'pids'}):
            at = groups_of(read('/proc/self/cgroup'))[name]
            if not {'memory', 'pids'} & {other for other, (number, _) in here.items() if number == at[0]}:
                equal('the group in ' + name, at, direct[name])


@check('proc/PID/cgroup of another process', user=True)
def groups_of_another():
    with Group('another', 'memory') as group, Sleeper(group.enter()) as sleeper:
        for place in '%d' % sleeper.pid, '%d/task/%d' % (sleeper.pid, sleeper.pid):
            other = groups_of(sh('cat /proc/%s/cgroup; :' % place))
            equal('its group', group.paths['memory'], other['memory'][1])
        mine = groups_of(sh('cat /proc/self/cgroup; :'))
        equal('the reader is elsewhere', hierarchy('memory').group, mine['memory'][1])


@check('proc/PID/cgroup follows its process', user=True)
def groups_follow():
    with Group('first', 'memory') as first, Group('second', 'memory') as second, Sleeper(first.enter()) as sleeper:
        sh('echo %d >%s/cgroup.procs' % (sleeper.pid, second['memory']))
        equal('its group', second.paths['memory'], groups_of(sh('cat /proc/%d/cgroup; :' % sleeper.pid))['memory'][1])
        equal('members', '%d\n' % sleeper.pid, sh('cat %s/cgroup.procs; :' % second['memory']))


@check('proc/self/mounts of a grandchild', user=True)
def own_mounts():
    wanted = {point for _, point in v1_mounts().values()}
    if not wanted:
        raise Failed('/proc/self/mountinfo lists no v1 hierarchy')
    with Sleeper() as sleeper:
        for file in 'self/mounts', 'mounts', 'thread-self/mounts', '%d/mounts' % sleeper.pid:
            table = cgroup_lines(sh('sh -c "cat /proc/%s; :"; :' % file))
            equal('hierarchies in /proc/' + file, wanted, set(table))
            contains('/proc/' + file, 'memory', table[hierarchy('memory').mount])
    equal('hierarchies in /etc/mtab', wanted, set(cgroup_lines(sh('cat /etc/mtab; :'))))


@check('proc by descriptor', user=True)
def by_descriptor():
    script = '''
import os
folder = os.open('/proc/self', os.O_RDONLY | os.O_DIRECTORY)
file = os.open('cgroup', os.O_RDONLY, dir_fd=folder)
print(os.read(file, 65536).decode(), end='')
'''
    equal('cgroup', sh('cat /proc/self/cgroup; :'), words('python3', '-c', script))


@check('the numbers agree', user=True)
def numbers_agree():
    """The hierarchy ids, and how many groups there are."""
    groups = groups_of(sh('cat /proc/self/cgroup; :'))
    points = v1_mounts()

    def differences():
        found = []
        table = sh('cat /proc/cgroups; :')
        for row in table.splitlines()[1:]:
            name, number, groups_there, enabled = row.split('\t')
            if name in points:
                if int(number) != groups[name][0]:
                    found.append('%s has id %s in /proc/cgroups, %d in /proc/self/cgroup' % (name, number, groups[name][0]))
                folders = sum(1 for _ in os.walk(points[name][1]))
                if int(groups_there) < folders:  # more: the kernel counts those that are gone and still have memory
                    found.append('%s has %s groups in /proc/cgroups, but %d folders' % (name, groups_there, folders))
                if enabled != '1':
                    found.append(name + ' is not enabled')
        for name in points:
            if name in CONTROLLERS and not re.search('^%s\t' % name, table, re.M):
                found.append(name + ' is not in /proc/cgroups')
        return found

    for _ in range(3):  # others make groups too
        found = differences()
        if not found:
            return
    raise Failed('; '.join(found))


@check('statfs', user=True)
def statfs():
    equal('stat -f ' + ROOT, 'tmpfs', sh('stat -f -c %%T %s' % ROOT).strip())
    for name, (_, point) in sorted(v1_mounts().items()):
        equal('stat -f ' + point, 'cgroupfs', sh('stat -f -c %%T %s; :' % point).strip())
        equal('stat -f of a file there', 'cgroupfs', sh('stat -f -c %%T %s/cgroup.procs; :' % point).strip())


@check('a pure v1 host', user=True, view=True)
def pure():
    mounts = sh('cat /proc/self/mountinfo; :')
    groups = sh('cat /proc/self/cgroup; :')
    lacks('mountinfo', 'cgroup2', mounts)
    lacks('mountinfo', 'fuse.vcgroupfs', mounts)
    lacks('/proc/self/cgroup', '0::', groups)
    lacks('/proc/self/cgroup', 'vcgroupfs', groups)
    if os.path.exists(ROOT + '/unified'):
        raise Failed(ROOT + '/unified is there')
    for name in sorted(groups_of(groups)):
        if name not in v1_mounts():
            raise Failed('%s is in /proc/self/cgroup, and not mounted' % name)


@check('mount -t cgroup')
def mount():
    with Group('mount', 'memory') as group:
        at = hierarchy('memory')
        inside = os.path.relpath(group['memory'], at.mount)
        script = '''
        mount -t tmpfs none /mnt; mkdir /mnt/here; mount -t cgroup -o memory none /mnt/here
        stat -f -c %%T /mnt/here; echo 7M >/mnt/here/%s/memory.limit_in_bytes; grep -c " /mnt/here cgroup " /proc/self/mounts
        umount /mnt/here; ls /mnt/here | wc -l'''
        said = words('unshare', '--mount', 'sh', '-euc', script % inside).split()
        equal('stat, mounts and what is left', ['cgroupfs', '1', '0'], said)
        equal('the limit in the hierarchy', '7340032\n', read(group['memory'] + '/memory.limit_in_bytes'))


@check('findmnt', needs=['findmnt'], user=True)
def findmnt():
    wanted = {point for _, point in v1_mounts().values()}
    equal('findmnt', wanted, set(words('findmnt', '-rn', '-t', 'cgroup', '-o', 'TARGET').split()))


@check('df', needs=['df'], user=True)
def df():
    for _, point in sorted(set(v1_mounts().values())):
        said = words('df', '-a', '--output=fstype,target', point).splitlines()[1].split()
        equal('df ' + point, ['cgroup', point], said)


@check('systemd-cgtop', needs=['systemd-cgtop'])
def cgtop():
    with Top('top', 'memory', 'pids', 'cpuacct', 'blkio', 'name=systemd') as group, Sleeper(group.enter()):
        path = group.paths['memory']

        def shown():
            status, text = run(['systemd-cgtop', '-b', '-n', '1', '--depth=6', '-P'])
            if status != 0:
                raise Failed('systemd-cgtop: %s: %s' % (status, text[-300:]))
            return [row for row in text.splitlines() if path in row.split()[:1]]

        row = until('systemd-cgtop shows %s' % path, shown)[0].split()
        equal('processes', '1', row[1])
        if row[3] == '-':
            raise Failed('systemd-cgtop shows no memory: %s' % row)
