package io.github.vcgroupfs.serve;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * The files of the page, from the class path. A name has no slash and begins with a letter or a
 * digit, so that it leads to no other place; what is escaped in it is not decoded. Thread-safe.
 */
final class Assets implements Route {
  private static final Pattern NAME =
      Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]*(?:\\.[A-Za-z0-9_-]+)*\\.([a-z0-9]+)");

  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "json", "application/json; charset=utf-8",
          "txt", "text/plain; charset=utf-8",
          "svg", "image/svg+xml",
          "png", "image/png",
          "ico", "image/x-icon");

  private static final int TAG_BYTES = 12;

  private final String prefix;
  private final UnaryOperator<String> resources;
  private final Map<String, Asset> read = new ConcurrentHashMap<>();

  /**
   * Some files.
   *
   * @param prefix what stands before a name in a path
   * @param resources what a name is called on the class path
   */
  Assets(String prefix, UnaryOperator<String> resources) {
    this.prefix = prefix;
    this.resources = resources;
  }

  private record Asset(Answer answer, String tag) {}

  @Override
  public Answer answer(Request request) throws BadRequestException, IOException {
    return answer(request, request.path().substring(prefix.length()));
  }

  /** The page itself. */
  Answer index(Request request) throws BadRequestException, IOException {
    return answer(request, "index.html");
  }

  private Answer answer(Request request, String name) throws BadRequestException, IOException {
    Asset asset = asset(name);
    Answer answer =
        request.headers("if-none-match").contains(asset.tag)
            ? Answer.empty(Answer.NOT_MODIFIED)
            : asset.answer;
    return answer.with("ETag", asset.tag).with("Cache-Control", "no-cache");
  }

  private Asset asset(String name) throws BadRequestException, IOException {
    Asset known = read.get(name);
    if (known != null) {
      return known;
    }
    Asset asset = load(name);
    read.put(name, asset); // only names that exist, so it does not grow
    return asset;
  }

  private Asset load(String name) throws BadRequestException, IOException {
    var parts = NAME.matcher(name);
    String type = parts.matches() ? TYPES.get(parts.group(1)) : null;
    if (type == null) {
      throw absent(name);
    }
    try (InputStream in = Assets.class.getResourceAsStream(resources.apply(name))) {
      if (in == null) {
        throw absent(name);
      }
      byte[] bytes = in.readAllBytes();
      return new Asset(Answer.of(type, bytes), tag(bytes));
    }
  }

  private BadRequestException absent(String name) {
    return new BadRequestException(
        Answer.NOT_FOUND, "the page has no file %s%s".formatted(prefix, name));
  }

  private static String tag(byte[] bytes) throws IOException {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
      return '"' + HexFormat.of().formatHex(hash, 0, TAG_BYTES) + '"';
    } catch (NoSuchAlgorithmException impossible) { // every Java has it
      throw new IOException(impossible);
    }
  }
}
