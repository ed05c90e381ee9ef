package io.github.vcgroupfs.kernel;

/**
 * The text of a write to {@code cgroup.event_control}, taken apart. Immutable.
 *
 * @param eventFd the caller's eventfd, an unsigned int
 * @param controlFd the caller's descriptor of the file to watch, an unsigned int
 * @param args the rest of the line; each kind of event reads it in its own way
 */
public record EventRequest(int eventFd, int controlFd, String args) {

  /**
   * Reads the text as {@code memcg_write_event_control} does ({@code cgroup_write_event_control}
   * until 3.13): two decimal numbers with exactly one blank after each. If there are no digits, the
   * number is 0; so with a second blank, descriptor 0 is meant. A number is silently cut to 32
   * bits.
   *
   * @param written the bytes of the write; everything after a NUL is ignored
   * @throws ErrnoException EINVAL if anything else follows a number
   */
  public static EventRequest parse(byte[] written) throws ErrnoException {
    String text = KernelText.strip(KernelText.of(written));
    Memparse event = Memparse.decimal(text, 0);
    if (event.end() == text.length() || text.charAt(event.end()) != ' ') {
      throw invalid(text);
    }
    Memparse control = Memparse.decimal(text, event.end() + 1);
    if (control.end() == text.length()) {
      return new EventRequest((int) event.value(), (int) control.value(), "");
    }
    if (text.charAt(control.end()) != ' ') {
      throw invalid(text);
    }
    return new EventRequest(
        (int) event.value(), (int) control.value(), text.substring(control.end() + 1));
  }

  private static ErrnoException invalid(String text) {
    return new ErrnoException(
        Errno.EINVAL,
        "\"%s\" is no registration: write \"EVENT-FD CONTROL-FD ARGS\", decimal, one space between"
            .formatted(text));
  }
}
