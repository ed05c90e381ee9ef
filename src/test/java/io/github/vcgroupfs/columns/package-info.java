/** Tests of the columns and the table of groups. */
@NullMarked
package io.github.vcgroupfs.columns;

import org.jspecify.annotations.NullMarked;
