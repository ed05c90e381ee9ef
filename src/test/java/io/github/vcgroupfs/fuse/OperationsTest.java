package io.github.vcgroupfs.fuse;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import jnr.ffi.Runtime;
import jnr.ffi.Struct;
import org.junit.jupiter.api.Test;
import ru.serce.jnrfuse.struct.FuseOperations;

/** The table of operations is the one of libfuse: jnr-fuse has it from {@code fuse.h}, too. */
class OperationsTest {
  private final FuseOperations theirs = new FuseOperations(Runtime.getSystemRuntime());

  @Test
  void everyOperationIsAtItsPlace() throws Exception {
    Map<String, Long> expected = new TreeMap<>();
    for (String name : Operations.places().keySet()) {
      Object member = FuseOperations.class.getField(name.toLowerCase(Locale.ROOT)).get(theirs);
      Method offset = member.getClass().getMethod("offset");
      offset.setAccessible(true); // of a protected class
      expected.put(name, (Long) offset.invoke(member));
    }
    assertThat(new TreeMap<>(Operations.places())).isEqualTo(expected);
  }

  @Test
  void theTableIsAsLong() {
    assertThat(Operations.tableBytes()).isEqualTo(Struct.size(theirs));
  }
}
