"""podman with cgroupfs as its manager, with each of the two runtimes."""

import os

from harness import (
    Once, PREFIX, Settings, at_end, check, contains, equal, folder, groups_of, hierarchy, read, run, sh, v1_mounts, words)
from oci import rootfs

LIMIT = '/sys/fs/cgroup/memory/memory.limit_in_bytes'


class Podman:
    """A storage of its own, an image of busybox, and a container that sleeps."""

    def __init__(self, runtime):
        place = folder('podman-' + runtime)
        self._base = ['podman', '--root', place + '/root', '--runroot', place + '/run', '--tmpdir', place + '/tmp',
                      '--storage-driver', 'vfs', '--events-backend', 'file', '--cgroup-manager', 'cgroupfs', '--runtime', runtime]
        # podman 5 says of every v1 host that it will not do for long.
        self._env = dict(os.environ, PODMAN_IGNORE_CGROUPSV1_WARNING='1')
        self.parent = '/%s-podman-%d' % (PREFIX, os.getpid())
        root = rootfs(folder('podman-rootfs'))
        sh('tar -C %s -cf %s/box.tar .' % (root, place))
        self.does('import', place + '/box.tar', 'box')
        at_end(self.close)
        # The limits of open files and processes: those that podman would ask for may be more than this machine allows.
        self.does('run', '-d', '--name', 'shared', '--cgroup-parent', self.parent, '--network', 'none', '--ulimit',
                  'nofile=1024:1024', '--ulimit', 'nproc=1024:1024', '-m', '64m', '--pids-limit', '33', 'box', '/bin/sleep', '3000')

    def does(self, *command):
        return words(*self._base, *command, env=self._env)

    def execute(self, *command):
        return self.does('exec', 'shared', *command)

    def close(self):
        run(self._base + ['rm', '-f', '-t', '0', 'shared'], env=self._env)
        sh('grep " %s/podman-" /proc/self/mounts | cut -d" " -f2 | xargs -r umount -l' % Settings.work)


def add(runtime):
    shared = Once(lambda: Podman(runtime))

    def about(name):
        return check('podman with %s: %s' % (runtime, name), needs=['podman', 'conmon', runtime, 'busybox'])

    @about('run -m')
    def limits():
        said = shared.get().execute('/bin/cat', LIMIT, '/sys/fs/cgroup/pids/pids.max').split()
        equal('memory, pids', ['67108864', '33'], said)
        contains('podman info', 'cgroupVersion: v1', shared.get().does('info'))

    @about('its own group')
    def own():
        podman = shared.get()
        pid = int(podman.does('inspect', '-f', '{{.State.Pid}}', 'shared'))
        groups = groups_of(read('/proc/%d/cgroup' % pid))
        for name in v1_mounts():
            contains('the group in ' + name, podman.parent + '/', groups[name][1])
        limit = hierarchy('memory').mount + groups['memory'][1] + '/memory.limit_in_bytes'
        equal('the limit from outside', '67108864\n', read(limit))

    @about('stats')
    def stats():
        said = shared.get().does('stats', '--no-stream', '--format', '{{.MemUsage}} {{.PIDs}}', 'shared').split()
        equal('the limit', '67.11MB', said[2])
        equal('processes', '1', said[3])

    @about('update')
    def update():
        podman = shared.get()
        podman.does('update', '--memory', '96m', 'shared')
        equal('the limit', '100663296\n', podman.execute('/bin/cat', LIMIT))

    @about('pause')
    def pause():
        podman = shared.get()
        podman.does('pause', 'shared')
        try:
            equal('state', 'paused', podman.does('inspect', '-f', '{{.State.Status}}', 'shared').strip())
        finally:
            podman.does('unpause', 'shared')
        equal('state', 'running', podman.does('inspect', '-f', '{{.State.Status}}', 'shared').strip())


add('runc')
add('crun')
