/**
 * Which controllers there are: the one place that knows them all, and where a new one is added.
 *
 * <p><b>Start here:</b> {@link io.github.vcgroupfs.controllers.ControlFiles}, the door to the
 * tables of files: those of every hierarchy, those of each controller, and ours.
 *
 * <p><b>Reading order:</b> {@code ControllerKind} (what is known of a controller before there is
 * one), {@code Controllers} (the list), {@code HierarchySpec} and {@code HierarchyList} (which
 * hierarchies a mount shall have), {@code ControlFiles}, {@code KnownFiles}.
 *
 * <p><b>Threading:</b> all is immutable.
 *
 * <p><b>Not here:</b> the tables themselves, which are with their owners ({@code cgroupfs.core},
 * {@code memcg.files}).
 */
@NullMarked
package io.github.vcgroupfs.controllers;

import org.jspecify.annotations.NullMarked;
