/**
 * Tests of what is installed and downloaded. What a user's project gets is counted by that project:
 * {@code src/it/consumer}.
 */
@NullMarked
package io.github.vcgroupfs.artefacts;

import org.jspecify.annotations.NullMarked;
