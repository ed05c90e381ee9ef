package com.example.limits;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.vcgroupfs.junit.VirtualCgroup;
import io.github.vcgroupfs.nio.Cgroups;
import io.github.vcgroupfs.nio.Counter;
import io.github.vcgroupfs.nio.Flow;
import io.github.vcgroupfs.nio.Group;
import java.io.IOException;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The story of the article "Per-cgroup TCP buffer limits": twelve seconds, in virtual time. The
 * rows are those of {@code vcgroupfs simulate}: usage, limit, pressure, window, sent, received and
 * dropped.
 */
@VirtualCgroup(profile = "lwn-2011")
class ArticleTest {
  @Test
  @Timeout(60)
  void aGroupAtItsLimitRecoversWhenTheLimitIsRaised(Cgroups cgroups) throws IOException {
    Group web = cgroups.create("/web");
    Group db = cgroups.create("/db");
    web.write("kmem.tcp.limit_in_bytes", "256K");
    db.write("kmem.tcp.limit_in_bytes", "64M");

    db.addFlow("query connections=4 chunk=8K send=500K/s read=max");
    cgroups.advance(Duration.ofSeconds(1));
    web.addFlow("upload connections=8 chunk=16K send=max read=200K/s");
    cgroups.advance(Duration.ofSeconds(3));
    long window = window(web);
    cgroups.advance(Duration.ofMillis(1_900));
    assertTrue(window(web) <= window, "its windows do not grow any more");
    assertEquals(
        """
        | 5.9 s | web | 286720 | 262144 | 1 | 262144 | 4620288 | 4390912 | 162 |
        | 5.9 s | db | 98304 | 67108864 | 0 | 131072 | 12091392 | 12091392 | 0 |
        """,
        row("5.9 s", web) + row("5.9 s", db));

    cgroups.advance(Duration.ofMillis(100));
    web.write("kmem.tcp.limit_in_bytes", "64M");
    cgroups.advance(Duration.ofSeconds(6));
    assertEquals(
        """
        | the end | web | 5435392 | 67108864 | 0 | 37632 | 19136512 | 14188544 | 164 |
        | the end | db | 98304 | 67108864 | 0 | 131072 | 24608768 | 24608768 | 0 |
        """,
        row("the end", web) + row("the end", db));
  }

  private static long window(Group group) {
    return group.flows().get(0).windowBytes();
  }

  private static String row(String when, Group group) throws IOException {
    Flow flow = group.flows().get(0);
    return "| %s | %s | %d | %d | %d | %d | %d | %d | %d |\n"
        .formatted(
            when,
            group.name().substring(1),
            group.usage(Counter.TCP),
            group.limit(Counter.TCP),
            entry(group, "pressure"),
            flow.windowBytes(),
            flow.sentBytes(),
            flow.receivedBytes(),
            entry(group, "rcvq_dropped"));
  }

  private static long entry(Group group, String word) throws IOException {
    Pattern line = Pattern.compile("^" + word + " ([0-9]+)$", Pattern.MULTILINE);
    Matcher matcher = line.matcher(group.read("sim.tcp.stat"));
    return matcher.find() ? Long.parseLong(matcher.group(1)) : -1;
  }
}
