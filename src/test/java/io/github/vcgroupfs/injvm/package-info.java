/** Tests of the mount in the JVM. */
@NullMarked
package io.github.vcgroupfs.injvm;

import org.jspecify.annotations.NullMarked;
