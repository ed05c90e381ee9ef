package io.github.vcgroupfs.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelOption;
import io.netty.channel.DefaultChannelConfig;
import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.Test;

class RelayLinkTest {
  /** A channel that refuses every option, after something was done. */
  private static final class Refusing extends EmbeddedChannel {
    private final Runnable before;

    Refusing(Runnable before) {
      this.before = before;
    }

    @Override
    public ChannelConfig config() {
      return new DefaultChannelConfig(this) {
        @Override
        public <T> boolean setOption(ChannelOption<T> option, T value) {
          before.run();
          throw new ChannelException("Socket is closed");
        }
      };
    }
  }

  @Test
  void aConnectionMayEndWhileItIsReset() {
    EmbeddedChannel[] channel = new EmbeddedChannel[1];
    channel[0] = new Refusing(() -> channel[0].close().syncUninterruptibly());
    RelayLink.reset(channel[0]);
    assertThat(channel[0].isOpen()).isFalse();
  }

  @Test
  void anOptionThatAnOpenConnectionRefusesIsTold() {
    EmbeddedChannel channel = new Refusing(() -> {});
    assertThatThrownBy(() -> RelayLink.reset(channel)).isInstanceOf(ChannelException.class);
    channel.close().syncUninterruptibly();
  }
}
