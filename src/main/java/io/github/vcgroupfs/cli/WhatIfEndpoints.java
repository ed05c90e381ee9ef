package io.github.vcgroupfs.cli;

import io.github.vcgroupfs.kernel.Profiles;
import io.github.vcgroupfs.serve.Answer;
import io.github.vcgroupfs.serve.Endpoint;
import io.github.vcgroupfs.serve.Need;
import io.github.vcgroupfs.serve.Request;
import io.github.vcgroupfs.whatif.Reply;
import io.github.vcgroupfs.whatif.WhatIf;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Where the page of {@code serve} asks "what if". */
final class WhatIfEndpoints {
  private static final int WRONG = 400;
  private static final int OUTDATED = 409;
  private static final int BUSY = 503;

  private final WhatIf whatIf;

  private WhatIfEndpoints(WhatIf whatIf) {
    this.whatIf = whatIf;
  }

  /** Two endpoints. They change no group, so they need no token of those that write. */
  static List<Endpoint> all() {
    int threads = Runtime.getRuntime().availableProcessors();
    WhatIfEndpoints endpoints = new WhatIfEndpoints(new WhatIf(Profiles.all(), threads));
    return List.of(
        new Endpoint("/api/what-if", Need.COMPUTE, endpoints::answer),
        new Endpoint("/api/what-if/warm-up", Need.COMPUTE, endpoints::warmUp));
  }

  private Answer answer(Request request) throws InterruptedException {
    Reply reply = whatIf.answer(request.text());
    Answer answer = Answer.jsonText(reply.json().getBytes(StandardCharsets.UTF_8));
    return switch (reply.kind()) {
      case ANSWERED -> answer;
      case WRONG -> answer.withStatus(WRONG);
      case OUTDATED -> answer.withStatus(OUTDATED);
      case BUSY -> answer.withStatus(BUSY);
    };
  }

  private Answer warmUp(Request request) {
    whatIf.warmUp();
    return Answer.json(Map.of());
  }
}
