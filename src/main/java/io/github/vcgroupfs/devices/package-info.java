/**
 * The devices controller: which device files the members of a group may read, write and make. A
 * device is a type ({@code c} or {@code b}), a major and a minor number.
 *
 * <p>What is written is kept, checked against the parent, passed on to the groups below, and shown.
 * It stops nobody: a program like this one is not asked when a process opens a device.
 *
 * <p><b>Start here:</b> {@link io.github.vcgroupfs.devices.DevicesFiles}, the table of files;
 * {@link io.github.vcgroupfs.devices.DevicesController}, the controller.
 *
 * <p><b>Reading order:</b> {@code ExceptionItem} (one entry of a list), {@code DevicesGroup} (what
 * is kept of a group), {@code AccessText} (what may be written), {@code AccessRules} with its two
 * implementations: {@code Whitelist} for kernels before 3.7, {@code Exceptions} for later ones.
 *
 * <p><b>Threading:</b> any thread. Writes run under the hierarchy's lock; reads take none.
 *
 * <p><b>Not here:</b> who may write at all ({@code rights}).
 *
 * <p><b>Source:</b> {@code security/device_cgroup.c}.
 */
@NullMarked
package io.github.vcgroupfs.devices;

import org.jspecify.annotations.NullMarked;
