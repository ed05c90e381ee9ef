/**
 * The library on the module path: the two packages of its public API, and what they need. It is
 * compiled by itself, after the packages, which know nothing of modules; the program, which needs
 * libraries that are no modules, runs from the class path.
 */
module io.github.vcgroupfs {
  requires org.slf4j;
  requires org.snakeyaml.engine;
  requires static org.jspecify;
  requires static org.junit.jupiter.api;
  requires static org.junit.jupiter.params;

  exports io.github.vcgroupfs.nio;
  exports io.github.vcgroupfs.junit;

  // JUnit makes the extension, which only an annotation names
  opens io.github.vcgroupfs.junit to
      org.junit.platform.commons;

  provides java.nio.file.spi.FileSystemProvider with
      io.github.vcgroupfs.nio.VirtualCgroupFileSystemProvider;
}
