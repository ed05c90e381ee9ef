/** Tests of looks at a hierarchy from outside. */
@NullMarked
package io.github.vcgroupfs.watch;

import org.jspecify.annotations.NullMarked;
