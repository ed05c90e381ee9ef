/** Many scenarios at once: what varies, who runs what, and what is made of the answers. */
package io.github.vcgroupfs.sweep;
