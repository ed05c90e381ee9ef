/** Tests of the server behind the page: its gate without a socket, itself with one. */
package io.github.vcgroupfs.serve;
