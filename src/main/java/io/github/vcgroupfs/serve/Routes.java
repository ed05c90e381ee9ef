package io.github.vcgroupfs.serve;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What there is to ask for. Immutable. */
final class Routes {
  private final Map<String, Endpoint> exact = new HashMap<>();
  private final List<Endpoint> prefixes;

  /**
   * A table.
   *
   * @param endpoints paths that are asked for as they are
   * @param prefixes paths below which there are more, each ending with a slash
   */
  Routes(List<Endpoint> endpoints, List<Endpoint> prefixes) {
    endpoints.forEach(each -> exact.put(each.path(), each));
    this.prefixes = List.copyOf(prefixes);
  }

  /** What answers for a path. */
  Optional<Endpoint> find(String path) {
    Endpoint known = exact.get(path);
    return known != null
        ? Optional.of(known)
        : prefixes.stream().filter(each -> path.startsWith(each.path())).findFirst();
  }
}
