"""LXC's tools on a container of busybox."""

import os

from harness import Once, PREFIX, at_end, check, contains, equal, folder, groups_of, hierarchy, read, run, until, words, write
from oci import rootfs

CONFIG = '''
lxc.rootfs.path = dir:%(place)s/box/rootfs
lxc.uts.name = box
lxc.net.0.type = empty
lxc.mount.auto = proc:mixed sys:ro cgroup:mixed:force
lxc.cgroup.memory.limit_in_bytes = 64M
lxc.cgroup.pids.max = 33
lxc.cgroup.dir = %(group)s
lxc.init.cmd = /bin/sleep 3000
lxc.apparmor.profile = unconfined
'''


class Lxc:
    def __init__(self):
        self._place = folder('lxc')
        self.group = '%s-lxc-%d' % (PREFIX, os.getpid())
        os.mkdir(self._place + '/box')
        rootfs(self._place + '/box/rootfs')
        write(self._place + '/box/config', CONFIG % {'place': self._place, 'group': self.group})
        at_end(lambda: run(['lxc-stop', '-P', self._place, '-n', 'box', '-k']))
        self.does('lxc-start', '--logfile', self._place + '/log', '--logpriority', 'DEBUG')
        self.pid = int(self.does('lxc-info', '-p', '-H'))

    def does(self, tool, *options):
        return words(tool, '-P', self._place, '-n', 'box', *options)

    def inside(self, *command):
        return self.does('lxc-attach', '--', *command)


LXC = Once(Lxc)
NEEDS = ['lxc-start', 'lxc-info', 'lxc-cgroup', 'lxc-attach', 'busybox']


@check('lxc: a limit in its configuration', needs=NEEDS)
def configured():
    said = LXC.get().inside('/bin/cat', '/sys/fs/cgroup/memory/memory.limit_in_bytes', '/sys/fs/cgroup/pids/pids.max').split()
    equal('memory, pids', ['67108864', '33'], said)


@check('lxc: its own group', needs=NEEDS)
def own():
    lxc = LXC.get()
    path = groups_of(read('/proc/%d/cgroup' % lxc.pid))['memory'][1]
    contains('from outside', lxc.group + '/', path)
    equal('the limit there', '67108864\n', read(hierarchy('memory').mount + path + '/memory.limit_in_bytes'))
    equal('from inside', '/', groups_of(lxc.inside('/bin/cat', '/proc/1/cgroup'))['memory'][1])


@check('lxc-cgroup', needs=NEEDS)
def cgroup():
    lxc = LXC.get()
    equal('the limit', '67108864', lxc.does('lxc-cgroup', 'memory.limit_in_bytes').strip())
    lxc.does('lxc-cgroup', 'memory.limit_in_bytes', '96M')
    try:
        equal('the limit', '100663296', lxc.does('lxc-cgroup', 'memory.limit_in_bytes').strip())
    finally:
        lxc.does('lxc-cgroup', 'memory.limit_in_bytes', '64M')


@check('lxc-info', needs=NEEDS)
def information():
    said = LXC.get().does('lxc-info')
    contains('lxc-info', 'RUNNING', said)
    contains('lxc-info', 'Memory use:', said)


@check('lxc-freeze', needs=NEEDS + ['lxc-freeze', 'lxc-unfreeze'])
def freeze():
    lxc = LXC.get()
    lxc.does('lxc-freeze')
    try:
        until('FROZEN', lambda: 'FROZEN' in lxc.does('lxc-info', '-s'))
    finally:
        lxc.does('lxc-unfreeze')
    until('RUNNING', lambda: 'RUNNING' in lxc.does('lxc-info', '-s'))
