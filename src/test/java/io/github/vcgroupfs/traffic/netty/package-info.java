/** An application that embeds Netty and charges its channels. */
@NullMarked
package io.github.vcgroupfs.traffic.netty;

import org.jspecify.annotations.NullMarked;
