/** Tests of the command line; {@code *IT} start the program, some with a real mount. */
package io.github.vcgroupfs.cli;
