/**
 * The list of controllers. This is the only package that knows them all, and a new one is added
 * here.
 *
 * <p><b>Start here:</b> {@link io.github.vcgroupfs.controllers.ControlFiles}, all tables of files
 * together: those of every hierarchy, those of each controller, and our own.
 *
 * <p><b>Reading order:</b> {@code ControllerKind} (what is known of a controller before one is
 * made), {@code Controllers} (the list), {@code HierarchySpec} and {@code HierarchyList} (which
 * hierarchies a mount is to have), {@code ControlFiles}, {@code KnownFiles}.
 *
 * <p><b>Threading:</b> everything here is immutable.
 *
 * <p><b>Not here:</b> the tables themselves, which are with their owners ({@code cgroupfs.core},
 * {@code memcg.files}).
 */
@NullMarked
package io.github.vcgroupfs.controllers;

import org.jspecify.annotations.NullMarked;
