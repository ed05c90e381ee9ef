package io.github.vcgroupfs.fuse;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;
import io.github.vcgroupfs.os.NativeMemory;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The protocol of getxattr(2): ask for the length, then for the value. */
class XattrTest {
  private final NativeMemory buffer = NativeMemory.allocate(16);

  @Test
  void sizeZeroAsksForTheLength() throws Exception {
    assertThat(Xattr.answer(buffer, 0, new byte[1000])).isEqualTo(1000);
    assertThat(Xattr.answer(buffer, 0, new byte[0])).isZero();
  }

  @Test
  void theValueMustFit() throws Exception {
    byte[] value = "value".getBytes(ISO_8859_1);
    assertThat(Xattr.answer(buffer, 5, value)).isEqualTo(5);
    assertThat(buffer.bytes(5)).isEqualTo(value);
    ErrnoException refusal =
        catchThrowableOfType(ErrnoException.class, () -> Xattr.answer(buffer, 4, value));
    assertThat(refusal.errno()).isEqualTo(Errno.ERANGE);
  }

  @Test
  void namesHaveANulBehindThem() {
    assertThat(Xattr.joined(List.of())).isEmpty();
    assertThat(Xattr.joined(List.of("user.a", "user.\u00e9")))
        .isEqualTo("user.a\0user.\u00e9\0".getBytes(ISO_8859_1));
  }
}
