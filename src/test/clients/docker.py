"""A dockerd of its own, without network: it manages the hierarchies that it finds."""

import os
import subprocess
import tempfile

from harness import (
    Failed, Once, PREFIX, Settings, at_end, check, contains, equal, folder, groups_of, limit, note, read, run, sh, until,
    v1_mounts, words)
from oci import rootfs

NEEDS = ['dockerd', 'docker', 'containerd', 'busybox', 'runc']


class Docker:
    """The daemon and its client. Its socket is in /tmp: such a path must be short."""

    def __init__(self):
        self._place = folder('docker')
        self._socket = tempfile.mkdtemp(prefix='vcgclients-docker-')
        self._env = dict(os.environ, DOCKER_HOST='unix://%s/sock' % self._socket, DOCKER_CONFIG=self._place)
        self._log = open(os.path.join(Settings.work, 'dockerd.log'), 'w')
        self.parent = '/%s-docker-%d' % (PREFIX, os.getpid())
        self._daemon = subprocess.Popen(
            ['dockerd', '--data-root', self._place + '/data', '--exec-root', self._socket + '/exec',
             '--pidfile', self._socket + '/pid', '--host', 'unix://%s/sock' % self._socket,
             '--iptables=false', '--ip6tables=false', '--bridge=none', '--ip-forward=false', '--storage-driver=vfs',
             '--cgroup-parent', self.parent],
            stdin=subprocess.DEVNULL, stdout=self._log, stderr=self._log)
        at_end(self.close)
        until('dockerd answers', self._answers, 30)
        root = rootfs(folder('docker-rootfs'))
        sh('tar -C %s -c . | docker import - box' % root, env=self._env)

    def _answers(self):
        if self._daemon.poll() is not None:
            lines = read(os.path.join(Settings.work, 'dockerd.log')).strip().splitlines()
            raise Failed('dockerd ended with status %s: %s' % (self._daemon.returncode, ' / '.join(lines[-2:])[-600:]))
        return run(['docker', 'version'], env=self._env)[0] == 0

    def does(self, *command):
        return words('docker', *command, env=self._env)

    def box(self, *options):
        """A container that is removed at its end; what it says."""
        return self.does('run', '--rm', '--network', 'none', *options)

    def start(self, name, *options):
        self.does('run', '-d', '--name', name, '--network', 'none', *options, 'box', '/bin/sleep', '3000')
        at_end(lambda: run(['docker', 'rm', '-f', name], env=self._env))

    def close(self):
        self._daemon.terminate()
        try:
            self._daemon.wait(limit(20))
        except subprocess.TimeoutExpired:
            self._daemon.kill()
            self._daemon.wait()
        note('dockerd: %s' % self._daemon.returncode)
        sh('grep " %s" /proc/self/mounts | cut -d" " -f2 | xargs -r umount -l; rm -rf %s' % (self._socket, self._socket))


def start_shared():
    docker = DOCKER.get()
    docker.start('shared', '-m', '64m', '--pids-limit', '33')
    return docker


DOCKER = Once(Docker)
SHARED = Once(start_shared)
LIMIT = '/sys/fs/cgroup/memory/memory.limit_in_bytes'


@check('docker info', needs=NEEDS)
def info():
    said = DOCKER.get().does('info')
    contains('docker info', 'Cgroup Version: 1\n', said)
    contains('docker info', 'Cgroup Driver: cgroupfs\n', said)
    for warning in 'No memory limit', 'No swap limit', 'No cpu', 'No pids limit', 'No blkio', 'No cpuset':
        if 'WARNING: ' + warning in said:
            raise Failed('docker info warns: ' + warning)


@check('docker run -m', needs=NEEDS)
def run_limited():
    equal('the limit inside', '67108864\n', DOCKER.get().box('-m', '64m', 'box', '/bin/cat', LIMIT))


@check('docker: its own group inside', needs=NEEDS)
def own():
    docker = DOCKER.get()
    said = docker.box('--cgroupns', 'host', '-m', '64m', 'box', '/bin/cat', '/proc/self/cgroup')
    for name in v1_mounts():
        contains('the group in ' + name, docker.parent + '/', groups_of(said)[name][1])


@check('docker run --cgroupns private', needs=NEEDS)
def private():
    script = 'cat %s /proc/self/cgroup; grep " - cgroup " /proc/self/mountinfo' % LIMIT
    said = DOCKER.get().box('--cgroupns', 'private', '-m', '64m', 'box', '/bin/sh', '-c', script).splitlines()
    equal('the limit inside', '67108864', said[0])
    groups = groups_of('\n'.join(row for row in said[1:] if ' - ' not in row))
    for name in v1_mounts():
        equal('the group in ' + name, '/', groups[name][1])
    equal('the roots', {'/'}, {row.split(' ')[3] for row in said if ' - ' in row})


@check('docker: its seccomp profile', needs=NEEDS)
def seccomp():
    script = 'grep Seccomp: /proc/self/status; cat /proc/self/cgroup; mkdir /tmp/x; mount -t tmpfs x /tmp/x || echo refused'
    said = DOCKER.get().box('--cgroupns', 'host', '-m', '64m', 'box', '/bin/sh', '-c', script + ' 2>&1')
    contains('its filter', 'Seccomp:\t2', said)
    contains('mount, which the profile refuses', 'refused', said)
    contains('its group', 'memory:' + DOCKER.get().parent, said)


@check('docker stats', needs=NEEDS)
def stats():
    said = SHARED.get().does('stats', '--no-stream', '--format', '{{.MemUsage}} {{.PIDs}}', 'shared').split()
    equal('the limit', '64MiB', said[2])
    equal('processes', '1', said[3])


@check('docker update', needs=NEEDS)
def update():
    docker = SHARED.get()
    docker.does('update', '--memory', '96m', '--memory-swap', '96m', '--cpu-shares', '256', 'shared')
    said = docker.does('exec', 'shared', '/bin/cat', LIMIT, '/sys/fs/cgroup/cpu/cpu.shares').split()
    equal('memory, shares', ['100663296', '256'], said)
    said = docker.does('stats', '--no-stream', '--format', '{{.MemUsage}}', 'shared')
    equal('the limit in docker stats', '96MiB', said.split()[2])


@check('docker pause', needs=NEEDS)
def pause():
    docker = SHARED.get()
    docker.does('pause', 'shared')
    try:
        equal('state', 'paused', docker.does('inspect', '-f', '{{.State.Status}}', 'shared').strip())
    finally:
        docker.does('unpause', 'shared')
    equal('state', 'running', docker.does('inspect', '-f', '{{.State.Status}}', 'shared').strip())


@check('docker top', needs=NEEDS)
def top():
    contains('docker top', 'sleep 3000', SHARED.get().does('top', 'shared'))
