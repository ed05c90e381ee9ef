/**
 * A hierarchy as a web page: the server behind {@code vcgroupfs serve}.
 *
 * <p><b>Start here:</b> {@link io.github.vcgroupfs.serve.WebServer}.
 *
 * <p><b>Reading order:</b> {@code WebServer}, {@code Front} (one request from its arrival to its
 * answer), {@code Gate} (who is answered), {@code Routes} (what there is to ask for), {@link
 * io.github.vcgroupfs.serve.Route} (what answers one path; others bring theirs), {@code Live} (the
 * groups, read once for all viewers), {@code Events} and {@code PageViewer} (who looks on), {@code
 * Edits} (what changes something).
 *
 * <p><b>Threading:</b> a thread for each request that is being answered, bounded in number, each
 * viewer having one for as long as he looks. One thread reads the groups. A thread that writes to
 * somebody who does not read is interrupted.
 *
 * <p><b>Lock order:</b> {@code Live}, then a {@code PageViewer}; both are leaves beside that.
 *
 * <p><b>Not here:</b> how groups are read ({@code watch}), the page itself (files beside this
 * package).
 *
 * <p><b>Source:</b> nothing of the kernel's.
 */
@NullMarked
package io.github.vcgroupfs.serve;

import org.jspecify.annotations.NullMarked;
