/**
 * The house rules that a machine can hold: who may import whom, what a package may do at all, and
 * what stands in the sources once. The rules are those of the style anchors, sections 10 to 12;
 * each test names its rule.
 */
package io.github.vcgroupfs.architecture;
