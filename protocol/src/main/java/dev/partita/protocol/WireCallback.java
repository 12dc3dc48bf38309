package dev.partita.protocol;

/** Takes the one answer to a {@link WireRequest}: called once, on any thread. */
public interface WireCallback {

  /** The answer is there. */
  void respond(WireResponseSource source);
}
