/** Tests of what a terminal shows of things that take long. */
@NullMarked
package io.github.vcgroupfs.progress;

import org.jspecify.annotations.NullMarked;
