"""runc and crun as they are: containers with limits, and all that is done to one while it runs."""

import json
import os
import shutil
import subprocess

from harness import (
    Failed, Once, PREFIX, Settings, at_end, check, contains, equal, folder, groups_of, hierarchy, read, sh, until, v1_mounts,
    words)

MIB = 1 << 20
APPLETS = 'sh cat ls sleep grep stat mkdir rmdir mount umount id true ps wc'.split()


def rootfs(path):
    """A root file system of busybox, which must be linked statically."""
    for name in 'bin', 'proc', 'sys', 'dev', 'tmp', 'etc', 'run':
        os.makedirs(os.path.join(path, name))
    shutil.copy(shutil.which('busybox'), os.path.join(path, 'bin/busybox'))
    for name in APPLETS:
        os.symlink('busybox', os.path.join(path, 'bin', name))
    return path


class Container:
    """A container that sleeps, of one of the two runtimes."""

    def __init__(self, runtime, name, change=None):
        self.runtime = runtime
        self.name = '%s-%s' % (runtime, name)
        self.path = '/%s-%s-%d' % (PREFIX, self.name, os.getpid())
        self.bundle = folder(self.name)
        self._state = os.path.join(Settings.work, runtime + '-state')
        rootfs(os.path.join(self.bundle, 'rootfs'))
        words(runtime, 'spec', cwd=self.bundle)
        config = json.loads(read(os.path.join(self.bundle, 'config.json')))
        config['process'].update(terminal=False, args=['/bin/sleep', '3000'])
        config['process'].pop('rlimits', None)
        config['root']['readonly'] = False
        config['linux'].update(cgroupsPath=self.path, resources={
            'devices': [{'allow': False, 'access': 'rwm'}, {'allow': True, 'type': 'c', 'major': 1, 'minor': 3, 'access': 'rw'}],
            'memory': {'limit': 64 * MIB},
            'cpu': {'shares': 512, 'quota': 50000, 'period': 100000},
            'pids': {'limit': 33}})
        if change:
            change(config)
        with open(os.path.join(self.bundle, 'config.json'), 'w') as file:
            json.dump(config, file)
        at_end(lambda: subprocess.call(
            [runtime, '--root', self._state, 'delete', '--force', self.name], stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL))
        self.does('run', '-d', '--bundle', self.bundle)
        self.pid = self.state()['pid']

    def does(self, verb, *options, behind=()):
        return words(self.runtime, '--root', self._state, verb, *options, self.name, *behind)

    def execute(self, *command):
        return self.does('exec', behind=command)

    def state(self):
        return json.loads(self.does('state'))

    def folder(self, controller):
        return hierarchy(controller).mount + self.path

    def gone(self):
        for name in v1_mounts():
            if os.path.exists(self.folder(name)):
                raise Failed('its group in %s is left' % name)


def inside(file):
    return '/sys/fs/cgroup/%s/%s' % (file.partition('.')[0], file)


def add(runtime):
    """Registers the checks of one runtime. They share a container, but for those that end one."""
    shared = Once(lambda: Container(runtime, 'shared'))

    def about(name, needs=()):
        return check('%s: %s' % (runtime, name), needs=[runtime, 'busybox'] + list(needs))

    @about('limits, read inside')
    def limits():
        got = shared.get().execute(
            '/bin/cat', *map(inside, ['memory.limit_in_bytes', 'cpu.shares', 'cpu.cfs_quota_us', 'pids.max'])).split()
        equal('memory, shares, quota, pids', [str(64 * MIB), '512', '50000', '33'], got)
        equal('the limit from outside', '%d\n' % (64 * MIB), read(shared.get().folder('memory') + '/memory.limit_in_bytes'))

    @about('its own group inside')
    def own():
        container = shared.get()
        for where, text in (('an exec', container.execute('/bin/cat', '/proc/self/cgroup')),
                            ('its init, from inside', container.execute('/bin/cat', '/proc/1/cgroup')),
                            ('its init, from outside', read('/proc/%d/cgroup' % container.pid))):
            groups = groups_of(text)
            for name in v1_mounts():
                equal('the group in %s of %s' % (name, where), container.path, groups[name][1])
        members = read(container.folder('memory') + '/cgroup.procs').split()
        contains('the members', str(container.pid), members)

    @about('its own mounts inside')
    def mounts():
        container = shared.get()
        table = container.execute('/bin/cat', '/proc/self/mountinfo')
        rows = [row for row in table.splitlines() if ' - cgroup ' in row and row.split(' ')[4] == '/sys/fs/cgroup/memory']
        equal('rows of memory in mountinfo', 1, len(rows))
        equal('its root', container.path, rows[0].split(' ')[3])
        equal('statfs', 'cgroupfs\n', kind_of(container))

    @about('exec joins its group')
    def joins():
        container = shared.get()
        script = 'echo "$(cat /proc/self/cgroup)"'
        equal('the groups', groups_of(read('/proc/%d/cgroup' % container.pid)),
              groups_of(container.execute('/bin/sh', '-c', script)))

    @about('update')
    def update():
        container = shared.get()
        container.does('update', '--memory', str(96 * MIB), '--pids-limit', '44', '--cpu-share', '256')
        got = container.execute('/bin/cat', *map(inside, ['memory.limit_in_bytes', 'cpu.shares', 'pids.max'])).split()
        equal('memory, shares, pids', [str(96 * MIB), '256', '44'], got)
        container.does('update', '--memory', str(64 * MIB))
        equal('memory', str(64 * MIB), container.execute('/bin/cat', inside('memory.limit_in_bytes')).strip())

    @about('pause, resume')
    def pause():
        container = shared.get()
        container.does('pause')
        try:
            equal('status', 'paused', container.state()['status'])
            equal('freezer.state', 'FROZEN\n', read(container.folder('freezer') + '/freezer.state'))
        finally:
            container.does('resume')
        equal('status', 'running', container.state()['status'])
        equal('freezer.state', 'THAWED\n', read(container.folder('freezer') + '/freezer.state'))

    @about('ps', needs=['ps'])
    def processes():
        container = shared.get()
        said = container.does('ps') if runtime == 'runc' else container.does('ps', '-f', 'json')
        contains('its processes', str(container.pid), said)

    if runtime == 'runc':
        @about('events --stats')
        def events():
            container = shared.get()
            data = json.loads(container.does('events', '--stats'))['data']
            equal('memory limit', int(read(container.folder('memory') + '/memory.limit_in_bytes')), data['memory']['usage']['limit'])
            equal('pids limit', int(read(container.folder('pids') + '/pids.max')), data['pids']['limit'])
            equal('pids', 1, data['pids']['current'])

    @about('a cgroup namespace')
    def namespace():
        def change(config):
            config['linux']['namespaces'].append({'type': 'cgroup'})
        container = Container(runtime, 'ns', change)
        for name, (_, path) in groups_of(container.execute('/bin/cat', '/proc/self/cgroup')).items():
            equal('the group in ' + name, '/', path)
        equal('memory', str(64 * MIB), container.execute('/bin/cat', inside('memory.limit_in_bytes')).strip())
        table = container.execute('/bin/grep', ' - cgroup ', '/proc/self/mountinfo')
        for row in table.splitlines():
            equal('the root of ' + row.split(' ')[4], '/', row.split(' ')[3])
        equal('its group from outside', container.path, groups_of(read('/proc/%d/cgroup' % container.pid))['memory'][1])
        container.does('delete', '--force')
        container.gone()

    @about('delete --force with groups made inside')
    def delete():
        def change(config):
            for mount in config['mounts']:
                if mount['type'] == 'cgroup':
                    mount['options'] = [option for option in mount['options'] if option != 'ro']
        container = Container(runtime, 'deep', change)
        script = ('for c in memory pids freezer devices; do d=/sys/fs/cgroup/$c/deep/deeper; mkdir -p $d; done;'
                  'echo $$ >/sys/fs/cgroup/memory/deep/deeper/cgroup.procs; exec sleep 3000')
        container.does('exec', '-d', behind=('/bin/sh', '-c', script))
        deep = container.folder('memory') + '/deep/deeper/cgroup.procs'
        until('a member of a group made inside', lambda: os.path.exists(deep) and read(deep))
        container.does('delete', '--force')
        container.gone()

    @about('a device that is not allowed')
    def devices():
        listed = read(shared.get().folder('devices') + '/devices.list')
        contains('devices.list', 'c 1:3 rw', listed)
        if 'a *:* rwm' in listed:
            raise Failed('devices.list allows everything: %r' % listed)


def kind_of(container):
    """busybox's stat may not know the name of the file system's number; so ask with the host's, from outside."""
    return sh('stat -f -c %%T /proc/%d/root/sys/fs/cgroup/memory; :' % container.pid)


add('runc')
add('crun')
