package dev.partita.engine.partition;

/** Is told when change logs have grown, so that those who follow them need not ask. */
@FunctionalInterface
public interface ChangeListener {
  /** Nobody listens. */
  ChangeListener NONE = _ -> {};

  /** New records of a partition can be read. Runs on the group's writer: it must not block. */
  void recorded(PartitionDescriptor partition);
}
