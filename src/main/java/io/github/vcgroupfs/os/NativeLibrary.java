package io.github.vcgroupfs.os;

import com.kenai.jffi.Library;
import com.kenai.jffi.Platform;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A shared library whose functions are called with numbers alone: {@link NativeFunction}. jnr-ffi
 * would make a class of machine code out of an interface instead, which reads better and takes a
 * start 20 to 100 ms an interface (benchmarks.md, Where a start goes). Immutable.
 */
public final class NativeLibrary {
  /** The name of jffi's native part, which is that of its first interface. */
  private static final String JFFI = "jffi-1.2";

  private final Library library;

  private NativeLibrary(Library library) {
    this.library = library;
  }

  /**
   * Loads a library, or finds that it is loaded.
   *
   * @param name as dlopen(3) has it
   * @throws UnsatisfiedLinkError if there is none, with the words of the loader
   */
  public static NativeLibrary load(String name) {
    Library library = Library.getCachedInstance(name, Library.LAZY);
    if (library == null) {
      throw new UnsatisfiedLinkError(Library.getLastError());
    }
    return new NativeLibrary(library);
  }

  /**
   * A function of it.
   *
   * @throws UnsatisfiedLinkError if it has none of that name
   */
  public NativeFunction function(String name) {
    long address = library.getSymbolAddress(name);
    if (address == 0) {
      throw new UnsatisfiedLinkError(Library.getLastError());
    }
    return new NativeFunction(address);
  }

  /**
   * Unpacks the native part of jffi to where jffi looks for it first: the folder that its property
   * {@code jffi.boot.library.path} names. Else it does so itself at every start, into a temporary
   * file. Does nothing without that property. To be called before anything is loaded.
   */
  public static void unpackJffi() throws IOException {
    String folder = System.getProperty("jffi.boot.library.path");
    if (folder == null) {
      return;
    }
    String name =
        Platform.getPlatform().getName() + "/" + System.mapLibraryName(JFFI); // x86_64-Linux
    Path file = Path.of(folder, name);
    try (InputStream packed = Library.class.getResourceAsStream("/jni/" + name)) {
      if (packed != null) {
        Files.createDirectories(file.getParent());
        Path made = Files.createTempFile(file.getParent(), "jffi", ".tmp");
        Files.copy(packed, made, StandardCopyOption.REPLACE_EXISTING);
        Files.move(made, file, StandardCopyOption.ATOMIC_MOVE); // daemons that run have the old one
      }
    }
  }

  /** Whether it has a function of that name. */
  boolean has(String name) {
    return library.getSymbolAddress(name) != 0;
  }
}
