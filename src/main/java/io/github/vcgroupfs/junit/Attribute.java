package io.github.vcgroupfs.junit;

import org.junit.jupiter.api.extension.ExtensionConfigurationException;

/**
 * What an annotation says of one attribute.
 *
 * @param name the attribute
 * @param value what was written there
 * @param place the element that the annotation stands on
 */
record Attribute<T>(String name, T value, String place) {
  /** The value cannot be used. */
  ExtensionConfigurationException wrong(String why) {
    return new ExtensionConfigurationException("%s: %s".formatted(this, why));
  }

  @Override
  public String toString() {
    String shown = value instanceof String ? "\"" + value + "\"" : String.valueOf(value);
    return "@VirtualCgroup(%s = %s) on %s".formatted(name, shown, place);
  }
}
