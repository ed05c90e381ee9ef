package io.github.vcgroupfs.seccomp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.github.vcgroupfs.os.SeccompCalls;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** An array of C strings with a null pointer at its end. Strings have one char for each byte. */
final class NativeStrings {
  private final List<ByteBuffer> strings = new ArrayList<>();
  private final ByteBuffer pointers;
  private final long address;

  NativeStrings(List<String> texts) {
    pointers = SeccompCalls.memory((texts.size() + 1) * Long.BYTES);
    address = SeccompCalls.address(pointers);
    for (String each : texts) {
      ByteBuffer string = string(each);
      pointers.putLong(strings.size() * Long.BYTES, SeccompCalls.address(string));
      strings.add(string);
    }
  }

  /** One C string. */
  static ByteBuffer string(String text) {
    byte[] bytes = text.getBytes(ISO_8859_1);
    return SeccompCalls.memory(bytes.length + 1).put(0, bytes);
  }

  long address() {
    return address;
  }
}
