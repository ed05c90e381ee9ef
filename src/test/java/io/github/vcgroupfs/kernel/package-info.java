/** Unit and property tests of the facts about Linux. No state, no clock, no files. */
package io.github.vcgroupfs.kernel;
