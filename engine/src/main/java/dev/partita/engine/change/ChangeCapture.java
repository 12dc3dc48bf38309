package dev.partita.engine.change;

/**
 * What a partition must record of its changes.
 *
 * @param globalIndexes whether global indexes follow the log; a long queue then throttles writes
 * @param streamId the stream that is open; 0 for none
 * @param oldImages whether anybody needs the item as it was
 * @param newImages whether anybody needs the item as it became
 */
public record ChangeCapture(
    boolean globalIndexes, long streamId, boolean oldImages, boolean newImages) {
  /** Nobody follows: nothing is recorded. */
  public static final ChangeCapture NONE = new ChangeCapture(false, 0, false, false);

  /** Whether changes are recorded. */
  public boolean isOn() {
    return globalIndexes || streamId != 0;
  }
}
