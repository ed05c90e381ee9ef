package io.github.vcgroupfs.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.vcgroupfs.cgroup.FakeMembership;
import io.github.vcgroupfs.cgroupfs.CgroupFs;
import io.github.vcgroupfs.cgroupfs.DirectoryEntry;
import io.github.vcgroupfs.cgroupfs.OpenFlags;
import io.github.vcgroupfs.cgroupfs.SizeMode;
import io.github.vcgroupfs.cgroupfs.fault.Faults;
import io.github.vcgroupfs.cgroupfs.inode.Attributes;
import io.github.vcgroupfs.cgroupfs.inode.FileType;
import io.github.vcgroupfs.controllers.ControlFiles;
import io.github.vcgroupfs.kernel.Caller;
import io.github.vcgroupfs.kernel.ErrnoException;
import io.github.vcgroupfs.kernel.KernelFeature;
import io.github.vcgroupfs.kernel.KernelProfile;
import io.github.vcgroupfs.kernel.Profiles;
import io.github.vcgroupfs.memcg.MemoryTree;
import io.github.vcgroupfs.memcg.ModelInvariants;
import io.github.vcgroupfs.rights.Sharing;
import io.github.vcgroupfs.traffic.Traffic;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;

/** The file system without FUSE: every system call is one or two calls of {@link CgroupFs}. */
final class MemoryMount implements CgroupMount {
  private static final Caller CALLER = new Caller(0, 0, 4711);
  private static final OpenFlags READ = new OpenFlags(false, false);
  private static final OpenFlags TRUNCATE = new OpenFlags(true, false);
  private static final int READ_BYTES = 4096;
  private static final int BEGINNING_CHARS = 80;

  /** Of {@link Cgroup}: what shells and the kernel ask all the time, in vain. */
  private static final Set<String> UNTOLD = Set.of("stat", "getXattr", "listXattr");

  private final FakeMembership membership = new FakeMembership();
  private final AtomicLong broken = new AtomicLong();
  private final MemoryTree tree;
  private final Traffic traffic;
  private final CgroupFs fs;

  MemoryMount(Options options) {
    KernelProfile strict = Profiles.byId(options.profile()).orElseThrow();
    this.tree =
        new MemoryTree(
            options.strict() ? strict : strict.relaxed(),
            membership,
            System::nanoTime,
            units -> broken.incrementAndGet());
    if (options.accountingAlways()) {
      tree.accountAlways();
    }
    this.traffic = Traffic.onWallClock(tree.tree(), Sharing.byDefault(CALLER), 20111206);
    this.fs =
        new CgroupFs(
            tree.tree(),
            ControlFiles.of(tree.tree(), traffic.files()),
            options.strict() ? SizeMode.ZERO : SizeMode.EXACT,
            Sharing.byDefault(CALLER),
            Clock.systemUTC(),
            new Faults(0, ms -> {}));
  }

  @Override
  public Cgroup root() {
    return told(Cgroup.class, new Group("/"));
  }

  /**
   * Each refusal of its methods must have its sentence in the journal. Those of stat and of looking
   * at extended attributes have none, on purpose.
   */
  private <T> T told(Class<T> type, T target) {
    if (!tree.profile().has(KernelFeature.SIM_FILES)) {
      return target;
    }
    InvocationHandler handler =
        (proxy, method, arguments) -> {
          try {
            Object result = method.invoke(target, arguments);
            if (result instanceof Cgroup group) {
              return told(Cgroup.class, group);
            }
            return result instanceof Cgroup.OpenControlFile file
                ? told(Cgroup.OpenControlFile.class, file)
                : result;
          } catch (InvocationTargetException e) {
            if (e.getCause() instanceof ErrnoException refusal
                && !UNTOLD.contains(method.getName())) {
              requireTold(refusal);
            }
            throw e.getCause();
          }
        };
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }

  private void requireTold(ErrnoException refusal) throws ErrnoException {
    long handle = fs.open(CALLER, "/sim.journal", READ);
    String journal = new String(fs.read(CALLER, handle, 0, 1 << 20), StandardCharsets.ISO_8859_1);
    fs.release(handle);
    String why = refusal.why();
    String beginning = why.substring(0, Math.min(BEGINNING_CHARS, why.length()));
    String line = journal.lines().reduce("", (before, last) -> last);
    assertThat(line)
        .as("the line of %s: %s in sim.journal", refusal.errno(), beginning)
        .contains(
            " "
                + refusal.errno()
                + ": "
                + beginning.split("[^ -~]|\\\\", 2)[0]); // what is not printable is escaped there
    assertThat(why)
        .as("names what was wrong, and then what would work")
        .matches(Pattern.compile(".{8,}[:;,.] .{4,}", Pattern.DOTALL));
  }

  @Override
  public int startProcess() {
    return membership.start(tree.tree().root());
  }

  @Override
  public void endProcess(int pid) {
    membership.end(pid);
  }

  @Override
  public void close() {
    traffic.close();
    ModelInvariants.check(tree);
    assertThat(fs.openHandles()).as("open handles").isZero();
    assertThat(broken).as("reports of more being uncharged than charged").hasValue(0);
  }

  private final class Group implements Cgroup {
    private final String path;

    Group(String path) {
      this.path = path;
    }

    private String at(String name) {
      if (name.equals(".")) {
        return path;
      }
      return path.equals("/") ? "/" + name : path + "/" + name;
    }

    @Override
    public String path() {
      return path;
    }

    @Override
    public Cgroup child(String name) {
      return new Group(at(name));
    }

    @Override
    public void mkdir(String name, int mode) throws ErrnoException {
      fs.mkdir(CALLER, at(name), mode);
    }

    @Override
    public void rmdir(String name) throws ErrnoException {
      fs.rmdir(CALLER, at(name));
    }

    @Override
    public void unlink(String name) throws ErrnoException {
      fs.refuse(CALLER, io.github.vcgroupfs.cgroupfs.call.FsCall.UNLINK, at(name));
    }

    @Override
    public void rename(String from, String to) throws ErrnoException {
      fs.rename(CALLER, at(from), at(to));
    }

    @Override
    public List<String> list() throws ErrnoException {
      long handle = fs.opendir(CALLER, path);
      try {
        return fs.readdir(handle).stream().map(DirectoryEntry::name).toList();
      } finally {
        fs.releasedir(handle);
      }
    }

    @Override
    public Stat stat(String name) throws ErrnoException {
      return statOf(fs.getattr(CALLER, at(name)));
    }

    @Override
    public String read(String file) throws ErrnoException {
      StringBuilder text = new StringBuilder();
      try (OpenControlFile open = open(file)) {
        String part = open.read(0, READ_BYTES);
        while (!part.isEmpty()) {
          text.append(part);
          part = open.read(text.length(), READ_BYTES);
        }
      }
      return text.toString();
    }

    @Override
    public void write(String file, byte[] bytes) throws ErrnoException {
      long handle = fs.open(CALLER, at(file), TRUNCATE);
      try {
        assertThat(fs.write(CALLER, handle, bytes)).isEqualTo(bytes.length);
      } finally {
        fs.release(handle);
      }
    }

    @Override
    public OpenControlFile open(String file) throws ErrnoException {
      long handle = fs.open(CALLER, at(file), READ);
      return new OpenControlFile() {
        @Override
        public String read(long offset, int sizeBytes) throws ErrnoException {
          return new String(
              fs.read(CALLER, handle, offset, sizeBytes), StandardCharsets.ISO_8859_1);
        }

        @Override
        public int write(String text) throws ErrnoException {
          return fs.write(CALLER, handle, text.getBytes(StandardCharsets.ISO_8859_1));
        }

        @Override
        public void close() {
          fs.release(handle);
        }
      };
    }

    @Override
    public void chmod(String name, int mode) throws ErrnoException {
      fs.chmod(CALLER, at(name), mode);
    }

    @Override
    public void chown(String name, int uid, int gid) throws ErrnoException {
      fs.chown(CALLER, at(name), uid, gid);
    }

    @Override
    public void setTimes(String name, long atimeNs, long mtimeNs) throws ErrnoException {
      fs.utimens(CALLER, at(name), atimeNs, mtimeNs);
    }

    @Override
    public void setXattr(String name, String attribute, byte[] value) throws ErrnoException {
      fs.setxattr(CALLER, at(name), attribute, value, 0);
    }

    @Override
    public byte[] getXattr(String name, String attribute) throws ErrnoException {
      return fs.getxattr(CALLER, at(name), attribute);
    }

    @Override
    public List<String> listXattr(String name) throws ErrnoException {
      return fs.listxattr(CALLER, at(name));
    }

    @Override
    public void removeXattr(String name, String attribute) throws ErrnoException {
      fs.removexattr(CALLER, at(name), attribute);
    }

    private Stat statOf(Attributes a) {
      return new Stat(
          a.ino(),
          a.type() == FileType.DIRECTORY,
          a.mode(),
          a.nlink(),
          a.sizeBytes(),
          a.uid(),
          a.gid(),
          a.times().atimeNs(),
          a.times().mtimeNs());
    }
  }
}
