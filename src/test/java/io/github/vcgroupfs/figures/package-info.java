/**
 * Makes the pictures of the documents: the page of {@code serve} in a browser, and {@code top} in a
 * terminal. {@code mount-scripts/figures} runs it, and a test, so that no picture is of yesterday's
 * program without anybody noticing that it cannot be made any more.
 */
package io.github.vcgroupfs.figures;
