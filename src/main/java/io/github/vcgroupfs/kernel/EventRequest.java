package io.github.vcgroupfs.kernel;

/**
 * The text of a write to {@code cgroup.event_control}. Immutable.
 *
 * @param eventFd the caller's eventfd, an unsigned int
 * @param controlFd the caller's descriptor of the file to watch, an unsigned int
 * @param args all the rest; each kind of event reads it in its own way
 */
public record EventRequest(int eventFd, int controlFd, String args) {

  /**
   * Reads the text as {@code memcg_write_event_control} does ({@code cgroup_write_event_control}
   * until 3.13): two decimal numbers and exactly one blank behind each; no digits are 0, which is
   * how a second blank names descriptor 0; a number is cut to 32 bits without a word.
   *
   * @param written the bytes of the write; all after a NUL is ignored
   * @throws ErrnoException EINVAL if something else stands behind a number
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
