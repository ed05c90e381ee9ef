package io.github.vcgroupfs.os;

import com.kenai.jffi.Library;

/**
 * A shared library whose functions are called with numbers alone: {@link NativeFunction}. jnr-ffi
 * would make a class of machine code out of an interface instead, which reads better and takes a
 * start 20 to 100 ms an interface (benchmarks.md, Where a start goes). Immutable.
 */
public final class NativeLibrary {
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

  /** Whether it has a function of that name. */
  boolean has(String name) {
    return library.getSymbolAddress(name) != 0;
  }
}
