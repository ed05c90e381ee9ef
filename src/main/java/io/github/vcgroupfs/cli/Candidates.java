package io.github.vcgroupfs.cli;

import io.github.vcgroupfs.controllers.ControllerKind;
import io.github.vcgroupfs.controllers.Controllers;
import io.github.vcgroupfs.controllers.HierarchyList;
import io.github.vcgroupfs.fixture.Presets;
import io.github.vcgroupfs.kernel.KernelProfile;
import io.github.vcgroupfs.kernel.Profiles;
import io.github.vcgroupfs.rights.Quota;
import io.github.vcgroupfs.rights.Subnet;
import io.github.vcgroupfs.top.TopOptions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/** The words that options can have, for the help and for what completes command lines. */
final class Candidates {
  private Candidates() {}

  /** The kernels. */
  static final class ProfileIds implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Profiles.all().stream().map(KernelProfile::id).iterator();
    }
  }

  /** The known incidents. */
  static final class PresetNames implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Presets.names().iterator();
    }
  }

  /** What a list of hierarchies is made of. */
  static final class Hierarchies implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      List<String> words = new ArrayList<>(List.of(HierarchyList.ALL));
      Controllers.ALL.stream().map(ControllerKind::name).forEach(words::add);
      words.add(HierarchyList.FOR_SYSTEMD);
      return words.iterator();
    }
  }

  /** What users can be given some of, each with the sign that a number stands behind. */
  static final class Quotas implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Arrays.stream(Quota.values()).map(quota -> quota.word() + "=").iterator();
    }
  }

  /** Networks that relays keep away from. */
  static final class Subnets implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      List<String> words = new ArrayList<>(List.of(Subnet.NONE));
      words.addAll(List.of(Subnet.LINK_LOCAL.split(",")));
      return words.iterator();
    }
  }

  /** By what {@code top} can sort. */
  static final class SortKeys implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return TopOptions.sortWords().iterator();
    }
  }
}
