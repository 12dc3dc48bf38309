package dev.partita.engine.partition;

import dev.partita.storage.WriteSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a batch of commands came to: one write set, and an answer for each once it is durable. */
final class EvaluatedBatch {

  /** A command and what to tell it if the batch is applied. */
  record Answer(GroupCommand command, Outcome outcome) {}

  final WriteSet writeSet;
  final List<Answer> answers = new ArrayList<>();
  final Map<PartitionId, PartitionCounters> counters = new HashMap<>();

  /** How the partitions change once the batch is applied. */
  Runnable stateChange = () -> {};

  EvaluatedBatch(WriteSet writeSet) {
    this.writeSet = writeSet;
  }

  void answer(GroupCommand command, Outcome outcome) {
    answers.add(new Answer(command, outcome));
  }
}
