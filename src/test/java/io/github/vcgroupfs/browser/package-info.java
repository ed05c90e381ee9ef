/**
 * A real browser in tests: Debian's chromium without a window, driven by its own chromedriver.
 * Start with {@link io.github.vcgroupfs.browser.Browser}.
 *
 * <p>Not here: what the page of {@code serve} must do, which its tests in package {@code serve}
 * say.
 */
package io.github.vcgroupfs.browser;
