/** Tests of the answers to "what if". */
@NullMarked
package io.github.vcgroupfs.whatif;

import org.jspecify.annotations.NullMarked;
