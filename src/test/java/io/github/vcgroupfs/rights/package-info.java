/** Tests of what users of a mount may have the daemon do; {@code *IT} have real users. */
package io.github.vcgroupfs.rights;
