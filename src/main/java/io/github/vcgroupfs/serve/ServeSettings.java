package io.github.vcgroupfs.serve;

import org.jspecify.annotations.Nullable;

/**
 * What a server was asked to do. Immutable.
 *
 * @param listen where it listens
 * @param writable whether groups may be changed through it
 * @param token who may: null if nobody needs one
 * @param looksNeedToken whether looking takes the token as well
 * @param tellsToken whether the link has the token in it; else people know it from elsewhere
 * @param version of this program
 */
public record ServeSettings(
    ListenAddress listen,
    boolean writable,
    @Nullable Token token,
    boolean looksNeedToken,
    boolean tellsToken,
    String version) {}
