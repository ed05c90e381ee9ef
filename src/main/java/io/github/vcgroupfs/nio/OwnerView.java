package io.github.vcgroupfs.nio;

import java.io.IOException;
import java.nio.file.attribute.FileOwnerAttributeView;
import java.nio.file.attribute.UserPrincipal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The view {@code owner} of a file. Immutable. */
record OwnerView(ViewedFile file) implements FileOwnerAttributeView, DynamicView {
  private static final String OWNER = "owner";

  @Override
  public String name() {
    return OWNER;
  }

  @Override
  public UserPrincipal getOwner() throws IOException {
    return file.attributes().owner();
  }

  @Override
  public void setOwner(UserPrincipal owner) throws IOException {
    file.setIds(ViewedFile.uid(owner), -1);
  }

  @Override
  public void setAttribute(String attribute, @Nullable Object value) throws IOException {
    if (!attribute.equals(OWNER)) {
      throw DynamicView.unknown(this, attribute);
    }
    file.setIds(ViewedFile.uid((UserPrincipal) value), -1);
  }

  @Override
  public Map<String, Object> readAttributes(String requested) throws IOException {
    Map<String, Object> values = new HashMap<>();
    for (String name : List.of(requested.split(",", 0))) {
      if (!name.equals("*") && !name.equals(OWNER)) {
        throw DynamicView.unknown(this, name);
      }
      values.put(OWNER, getOwner());
    }
    return values;
  }
}
