package io.github.vcgroupfs.serve;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;

/**
 * Libraries of the page, which lie where a WebJar has its files: {@code /webjars/NAME/FILE}. Which
 * there are, and where, is in {@code webjars.properties}. Immutable.
 */
final class Webjars implements Route {
  static final String PREFIX = "/webjars/";

  private static final String LIST = "webjars.properties";

  private final Map<String, Assets> jars = new HashMap<>();

  Webjars() {
    Properties list = new Properties();
    try (InputStream in = Webjars.class.getResourceAsStream(LIST)) {
      list.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    list.forEach((name, folder) -> jars.put((String) name, assets((String) name, "/" + folder)));
  }

  private static Assets assets(String name, String folder) {
    return new Assets(PREFIX + name + "/", file -> folder + file);
  }

  @Override
  public Answer answer(Request request) throws BadRequestException, IOException {
    String rest = request.path().substring(PREFIX.length());
    int slash = rest.indexOf('/');
    Assets jar = slash < 0 ? null : jars.get(rest.substring(0, slash));
    if (jar == null) {
      throw new BadRequestException(
          Answer.NOT_FOUND,
          "there is no %s; there are %s".formatted(request.path(), jars.keySet()));
    }
    return jar.answer(request);
  }
}
