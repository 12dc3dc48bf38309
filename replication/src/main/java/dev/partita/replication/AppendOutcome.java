package dev.partita.replication;

/** What became of an entry. */
public sealed interface AppendOutcome {

  /** Durable and applied; {@code position} is the entry's. */
  record Applied(LogPosition position) implements AppendOutcome {}

  /** Certainly nothing was applied, and nothing will be: safe to try again, perhaps elsewhere. */
  record NotAppended(Reason reason) implements AppendOutcome {}

  /**
   * May or may not be applied, now or after a restart or a change of leader. The log takes nothing
   * more before it is opened again.
   */
  record Unknown() implements AppendOutcome {}

  /** Why nothing was appended. */
  enum Reason {
    /** Free space is below the watermark, or the disk was full since the store was opened. */
    DISK_FULL("the disk is full"),
    /** Another replica leads the group. */
    NOT_LEADER("another replica leads the group"),
    /** The log is closed or has failed. */
    CLOSED("the server is stopping");

    private final String text;

    Reason(String text) {
      this.text = text;
    }

    /** In words for whoever sent the request. */
    public String text() {
      return text;
    }
  }
}
