package io.github.vcgroupfs.conformance;

import com.google.errorprone.annotations.CheckReturnValue;
import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.Assertions;

/**
 * Assertions that read like a shell session: {@code assertThat(group).file("tasks").reads("")},
 * {@code assertThat(group).write("memory.limit_in_bytes", "4096").failsWith(EBUSY)}.
 */
public final class CgroupAssert extends AbstractAssert<CgroupAssert, Cgroup> {

  private CgroupAssert(Cgroup actual) {
    super(actual, CgroupAssert.class);
  }

  /** The entry point. */
  public static CgroupAssert assertThat(Cgroup group) {
    return new CgroupAssert(group);
  }

  /** An operation whose outcome is asserted. */
  @CheckReturnValue
  public static CallAssert assertCall(Call call) {
    return new CallAssert("the call", call);
  }

  /** A control file of the group. */
  @CheckReturnValue
  public FileAssert file(String name) {
    isNotNull();
    return new FileAssert(actual, name);
  }

  /** {@code echo -n TEXT > FILE}. */
  @CheckReturnValue
  public CallAssert write(String file, String text) {
    return file(file).write(text);
  }

  /** {@code mkdir NAME}. */
  @CheckReturnValue
  public CallAssert mkdir(String name) {
    return call("mkdir " + name, () -> actual.mkdir(name, 0755));
  }

  /** {@code rmdir NAME}. */
  @CheckReturnValue
  public CallAssert rmdir(String name) {
    return call("rmdir " + name, () -> actual.rmdir(name));
  }

  /** {@code mv -T FROM TO}. */
  @CheckReturnValue
  public CallAssert rename(String from, String to) {
    return call("mv " + from + " " + to, () -> actual.rename(from, to));
  }

  /** {@code memory.usage_in_bytes} reads that many bytes. */
  public CgroupAssert hasUsage(long bytes) {
    return reads("memory.usage_in_bytes", bytes);
  }

  /** {@code memory.kmem.usage_in_bytes} reads that many bytes. */
  public CgroupAssert hasKmemUsage(long bytes) {
    return reads("memory.kmem.usage_in_bytes", bytes);
  }

  /** {@code memory.failcnt} reads that. */
  public CgroupAssert hasFailcnt(long count) {
    return reads("memory.failcnt", count);
  }

  /** A number file reads that number and a newline. */
  public CgroupAssert reads(String file, long number) {
    file(file).reads(Long.toUnsignedString(number) + "\n");
    return this;
  }

  /** The directory lists that name. */
  public CgroupAssert has(String name) {
    Assertions.assertThat(names()).as("ls %s", actual.path()).contains(name);
    return this;
  }

  /** The directory does not list that name, and it cannot be stat'ed. */
  public CgroupAssert lacks(String name) {
    Assertions.assertThat(names()).as("ls %s", actual.path()).doesNotContain(name);
    call("stat " + name, () -> actual.stat(name)).failsWith(Errno.ENOENT);
    return this;
  }

  private Collection<String> names() {
    isNotNull();
    try {
      return actual.list();
    } catch (ErrnoException refusal) {
      throw failure("ls %s: %s", actual.path(), refusal);
    }
  }

  private CallAssert call(String label, Call call) {
    isNotNull();
    return new CallAssert(actual.path() + "$ " + label, call);
  }

  /** What may fail with an errno. */
  @FunctionalInterface
  public interface Call {
    /** Makes the call. */
    void run() throws ErrnoException;
  }

  /** A file and what can be said of it. */
  public static final class FileAssert {
    private final Cgroup group;
    private final String name;

    FileAssert(Cgroup group, String name) {
      this.group = group;
      this.name = name;
    }

    /** {@code cat} prints exactly that. */
    public FileAssert reads(String text) {
      Assertions.assertThat(text()).as("cat %s of %s", name, group.path()).isEqualTo(text);
      return this;
    }

    /** {@code cat} prints something that has this in it. */
    public FileAssert contains(String part) {
      Assertions.assertThat(text()).as("cat %s of %s", name, group.path()).contains(part);
      return this;
    }

    /** {@code cat} fails. */
    public FileAssert readFailsWith(Errno errno) {
      new CallAssert(group.path() + "$ cat " + name, () -> group.read(name)).failsWith(errno);
      return this;
    }

    /** The permission bits. */
    public FileAssert hasMode(int mode) {
      try {
        Assertions.assertThat(Integer.toOctalString(group.stat(name).mode()))
            .as("mode of %s in %s", name, group.path())
            .isEqualTo(Integer.toOctalString(mode));
      } catch (ErrnoException refusal) {
        throw new AssertionError("stat " + name + ": " + refusal, refusal);
      }
      return this;
    }

    /** {@code printf TEXT > FILE}. */
    @CheckReturnValue
    public CallAssert write(String text) {
      return new CallAssert(
          "%s$ printf '%s' > %s".formatted(group.path(), text, name),
          () -> group.write(name, text.getBytes(StandardCharsets.ISO_8859_1)));
    }

    private String text() {
      try {
        return group.read(name);
      } catch (ErrnoException refusal) {
        throw new AssertionError(
            "cat %s of %s: %s".formatted(name, group.path(), refusal), refusal);
      }
    }
  }

  /** How a call went. The call is made by the assertion. */
  public static final class CallAssert {
    private final String label;
    private final Call call;

    CallAssert(String label, Call call) {
      this.label = label;
      this.call = call;
    }

    /** It returns without an error. */
    public void succeeds() {
      try {
        call.run();
      } catch (ErrnoException refusal) {
        throw new AssertionError("%s: %s".formatted(label, refusal), refusal);
      }
    }

    /** It returns that error. */
    public void failsWith(Errno errno) {
      try {
        call.run();
      } catch (ErrnoException refusal) {
        Assertions.assertThat(refusal.errno()).as("%s: %s", label, refusal.why()).isEqualTo(errno);
        return;
      }
      throw new AssertionError("%s: expected %s, but it succeeded".formatted(label, errno));
    }
  }
}
