/**
 * The house rules that a machine can hold: who may import whom, what a package may do at all, and
 * what stands in the sources once. The rules are on the page style.md; each test names its rule.
 */
package io.github.vcgroupfs.architecture;
