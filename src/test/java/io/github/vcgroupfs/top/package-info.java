/** Tests of the view in a terminal: of pictures and keys without one, and in a real one. */
package io.github.vcgroupfs.top;
