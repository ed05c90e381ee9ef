package io.github.vcgroupfs.nio;

import java.io.IOException;
import java.nio.file.attribute.FileAttributeView;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A view whose attributes are named by strings. */
interface DynamicView extends FileAttributeView {
  /** Sets an attribute. */
  void setAttribute(String attribute, @Nullable Object value) throws IOException;

  /** The values of names with commas between them; {@code *} stands for all. */
  Map<String, Object> readAttributes(String requested) throws IOException;

  /** Says that a view has no such attribute. */
  static IllegalArgumentException unknown(FileAttributeView view, String attribute) {
    return new IllegalArgumentException("'" + view.name() + ":" + attribute + "' not recognized");
  }
}
