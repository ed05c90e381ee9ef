/**
 * The net_prio controller: the priority of what the processes of a group send, for each network
 * interface.
 *
 * <p>Priorities are kept and shown. They are given to nothing, because a program like this one does
 * not send what other processes send. The interfaces are those of the machine.
 *
 * <p><b>Start here:</b> {@link io.github.vcgroupfs.netprio.NetPrioFiles}, the table of files;
 * {@link io.github.vcgroupfs.netprio.NetPrioController}, the controller.
 *
 * <p><b>Threading:</b> any thread. Priorities are written under the hierarchy's lock; reads take
 * none.
 *
 * <p><b>Source:</b> {@code net/core/netprio_cgroup.c}.
 */
@NullMarked
package io.github.vcgroupfs.netprio;

import org.jspecify.annotations.NullMarked;
