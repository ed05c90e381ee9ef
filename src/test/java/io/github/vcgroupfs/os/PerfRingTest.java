package io.github.vcgroupfs.os;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Records as the kernel lays them out. */
class PerfRingTest {
  private static final int PAGE = 4096;
  private static final int RING = 4096;

  private final NativeMemory memory = NativeMemory.allocate(PAGE + RING);
  private final PerfRing ring = new PerfRing(memory, PAGE, RING);
  private final List<String> told = new ArrayList<>();
  private long head;

  private final TaskEvents.Sink sink =
      new TaskEvents.Sink() {
        @Override
        public void forked(int forker, int pid, int tid) {
          told.add("fork " + forker + " " + pid + " " + tid);
        }

        @Override
        public void exited(int tid) {
          told.add("exit " + tid);
        }

        @Override
        public void execed(int pid) {
          told.add("exec " + pid);
        }

        @Override
        public void lost() {
          told.add("lost");
        }
      };

  private void int32(int value) {
    memory.putInt(PAGE + head % RING, value);
    head += 4;
  }

  private void int64(long value) {
    memory.putLong(PAGE + head % RING, value);
    head += 8;
  }

  private void header(int type, int misc, int size) {
    int32(type);
    int32(size << 16 | misc);
  }

  private void task(int type, int pid, int ppid, int tid, int ptid, long time) {
    header(type, 0, 40);
    int32(pid);
    int32(ppid);
    int32(tid);
    int32(ptid);
    int64(time);
    int64(time);
  }

  private void comm(int misc, int pid, long time) {
    header(PerfRing.COMM, misc, 32);
    int32(pid);
    int32(pid);
    int64(0x6873); // sh
    int64(time);
  }

  private void lostRecord(int type, long time) {
    boolean samples = type == PerfRing.LOST_SAMPLES;
    header(type, 0, samples ? 24 : 32);
    if (!samples) {
      int64(7);
    }
    int64(3);
    int64(time);
  }

  private void publish() {
    memory.putLong(PerfRing.DATA_HEAD, head);
    ring.look();
  }

  private void deliverAll() {
    while (!ring.isEmpty()) {
      ring.deliverNext(sink);
    }
    ring.release();
  }

  @Test
  void eachKindOfRecord() {
    task(PerfRing.FORK, 30, 10, 31, 11, 100);
    task(PerfRing.EXIT, 30, 1, 31, 1, 101);
    comm(PerfRing.MISC_COMM_EXEC, 30, 102);
    comm(0, 30, 103); // a name that prctl(2) has set
    lostRecord(PerfRing.LOST, 104);
    lostRecord(PerfRing.LOST_SAMPLES, 105);
    header(5, 0, 24); // THROTTLE
    int64(1);
    int64(106);
    assertThat(ring.isEmpty()).isTrue();
    publish();
    assertThat(ring.nextTime()).isEqualTo(100);
    assertThat(ring.lastTime()).isEqualTo(106);
    deliverAll();
    assertThat(told).containsExactly("fork 11 30 31", "exit 31", "exec 30", "lost", "lost");
    assertThat(memory.getLong(PerfRing.DATA_TAIL)).isEqualTo(head);
  }

  @Test
  void recordsGoOnAtTheBeginningOfTheRing() {
    List<String> expected = new ArrayList<>();
    for (int i = 1; i <= 1000; i++) {
      task(PerfRing.EXIT, i, 1, i, 1, i);
      expected.add("exit " + i);
      if (i % 70 == 0) {
        publish();
        assertThat(ring.lastTime()).isEqualTo(i);
        deliverAll();
      }
    }
    publish();
    deliverAll();
    assertThat(told).isEqualTo(expected);
  }

  @Test
  void whatCameAfterTheLookIsNotSeen() {
    task(PerfRing.EXIT, 1, 1, 1, 1, 1);
    publish();
    task(PerfRing.EXIT, 2, 1, 2, 1, 2);
    memory.putLong(PerfRing.DATA_HEAD, head);
    assertThat(ring.lastTime()).isEqualTo(1);
    deliverAll();
    assertThat(told).containsExactly("exit 1");
    ring.look();
    deliverAll();
    assertThat(told).containsExactly("exit 1", "exit 2");
  }

  @Test
  void aRingWithoutRoomIsFull() {
    for (int i = 0; i < 50; i++) {
      task(PerfRing.EXIT, 1, 1, 1, 1, i);
    }
    publish();
    assertThat(ring.isFull()).isFalse();
    for (int i = 0; i < 52; i++) {
      task(PerfRing.EXIT, 1, 1, 1, 1, i);
    }
    publish();
    assertThat(ring.isFull()).isTrue();
    deliverAll();
    ring.look();
    assertThat(ring.isFull()).isFalse();
  }

  @Test
  void aRecordThatCannotBeOneIsNotSkipped() {
    header(PerfRing.EXIT, 0, 0);
    publish();
    assertThatThrownBy(ring::nextTime).hasMessageContaining("0 bytes");
  }
}
