/** Tests of the static key on keys of their own: nothing here touches a JVM-wide one. */
package io.github.vcgroupfs.statickey;
