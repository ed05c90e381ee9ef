package io.github.vcgroupfs.artefacts;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.objectweb.asm.ClassReader;

/**
 * The names of classes in the constants of one class file, with slashes. Immutable.
 *
 * @param linked those of types: superclasses, calls, signatures, annotations
 * @param written texts that look like a name, which reflection may look up
 * @param looksUp whether it calls {@code Class.forName} or {@code ClassLoader.loadClass}
 */
record ClassNames(Set<String> linked, Set<String> written, boolean looksUp) {
  private static final int UTF8 = 1;
  private static final int CLASS = 7;
  private static final int STRING = 8;
  private static final int METHOD = 10;
  private static final Pattern IN_DESCRIPTOR = Pattern.compile("L([\\w/$]+)[;<]");
  private static final Pattern WRITTEN = Pattern.compile("\\w+(?:[./]\\w+)+[./][A-Z][\\w$]*");

  static ClassNames of(byte[] classFile) {
    ClassReader reader = new ClassReader(classFile);
    char[] buffer = new char[reader.getMaxStringLength()];
    Set<String> linked = new HashSet<>();
    Set<String> written = new HashSet<>();
    boolean looksUp = false;
    for (int item = 1; item < reader.getItemCount(); item++) {
      int at = reader.getItem(item); // just behind the tag
      if (at == 0) {
        continue; // the second half of a long
      }
      switch (reader.readByte(at - 1)) {
        case CLASS -> addTypes(reader.readUTF8(at, buffer), linked);
        case STRING -> addWritten(reader.readUTF8(at, buffer), written);
        case UTF8 -> addDescriptor(reader, at, linked);
        case METHOD -> looksUp |= isLookup(reader, at, buffer);
        default -> {}
      }
    }
    return new ClassNames(linked, written, looksUp);
  }

  private static boolean isLookup(ClassReader reader, int at, char[] buffer) {
    String owner = reader.readClass(at, buffer);
    String name = reader.readUTF8(reader.getItem(reader.readUnsignedShort(at + 2)), buffer);
    return (owner.equals("java/lang/Class") && name.equals("forName"))
        || (owner.equals("java/lang/ClassLoader") && name.equals("loadClass"));
  }

  private static void addTypes(String name, Set<String> linked) {
    if (name.startsWith("[")) {
      addDescribed(name, linked);
    } else {
      linked.add(name);
    }
  }

  private static void addDescribed(String descriptor, Set<String> linked) {
    Matcher matcher = IN_DESCRIPTOR.matcher(descriptor);
    while (matcher.find()) {
      linked.add(matcher.group(1));
    }
  }

  private static void addWritten(String text, Set<String> written) {
    if (WRITTEN.matcher(text).matches()) {
      written.add(text.replace('.', '/'));
    }
  }

  /** Descriptors and signatures are plain texts. A text that only looks so is taken, too. */
  private static void addDescriptor(ClassReader reader, int at, Set<String> linked) {
    int length = reader.readUnsignedShort(at);
    StringBuilder text = new StringBuilder(length);
    for (int index = 0; index < length; index++) {
      text.append((char) (reader.readByte(at + 2 + index) & 0xff));
    }
    addDescribed(text.toString(), linked);
  }
}
