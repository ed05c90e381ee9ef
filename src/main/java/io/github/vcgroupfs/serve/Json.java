package io.github.vcgroupfs.serve;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/** JSON, in UTF-8 both ways. Has no state. */
final class Json {
  private static final JSON WRITER = JSON.std.with(JSON.Feature.WRITE_NULL_PROPERTIES);

  private Json() {}

  /** Maps, lists, texts and numbers as JSON. */
  static byte[] bytes(Object value) {
    try {
      return WRITER.asBytes(value);
    } catch (IOException impossible) { // nothing is read or written but memory
      throw new UncheckedIOException(impossible);
    }
  }

  /** The fields of an object. */
  static Map<String, Object> object(byte[] text) throws BadRequestException {
    try {
      Map<String, Object> fields =
          JSON.std.with(JSON.Feature.FAIL_ON_DUPLICATE_MAP_KEYS).mapFrom(text);
      if (fields != null) { // the word null is no error to the library
        return fields;
      }
    } catch (IOException bad) {
      throw noObject();
    }
    throw noObject();
  }

  private static BadRequestException noObject() {
    return new BadRequestException(
        "the body is no JSON object: write one such as {\"group\":\"/web\"}");
  }

  /** A field that is a text. */
  static String text(Map<String, Object> fields, String key) throws BadRequestException {
    if (fields.get(key) instanceof String text) {
      return text;
    }
    throw new BadRequestException(
        "the field \"%s\" is missing or no text: {\"%s\":\"…\"}".formatted(key, key));
  }
}
