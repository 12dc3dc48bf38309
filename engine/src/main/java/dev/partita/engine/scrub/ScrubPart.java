package dev.partita.engine.scrub;

/** A part of a check, which goes on in steps; one at a time runs. */
interface ScrubPart extends AutoCloseable {
  /** What is left of it. */
  enum Progress {
    /** Go on. */
    MORE,
    /** Go on after a while: something has to happen first. */
    WAIT,
    /** Nothing. */
    DONE
  }

  /** Does a bounded piece of the work. */
  Progress step();

  /** Lets go of what it holds, finished or not. */
  @Override
  void close();
}
