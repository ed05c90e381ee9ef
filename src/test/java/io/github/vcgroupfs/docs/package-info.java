/** Tests of the documents: what they show is replayed. */
@NullMarked
package io.github.vcgroupfs.docs;

import org.jspecify.annotations.NullMarked;
