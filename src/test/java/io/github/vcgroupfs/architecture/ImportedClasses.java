package io.github.vcgroupfs.architecture;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.github.vcgroupfs.kernel.KernelProfile;
import java.net.URISyntaxException;
import java.nio.file.Path;

/** Our class files, read once for all tests that look at them: reading takes seconds. */
final class ImportedClasses {
  /** What the program is made of. */
  static final JavaClasses MAIN = classesBeside(KernelProfile.class);

  /**
   * What tests it. Classes of others that it uses are known by name alone, which is enough to see
   * what is called; their files need not be read.
   */
  static final JavaClasses TESTS =
      ArchConfiguration.withThreadLocalScope(
          configuration -> {
            configuration.setResolveMissingDependenciesFromClassPath(false);
            return classesBeside(ImportedClasses.class);
          });

  private ImportedClasses() {}

  /** All that was compiled into the same directory: build directories have many names here. */
  private static JavaClasses classesBeside(Class<?> type) {
    try {
      return new ClassFileImporter()
          .importPath(Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()));
    } catch (URISyntaxException strange) {
      throw new AssertionError(strange);
    }
  }
}
