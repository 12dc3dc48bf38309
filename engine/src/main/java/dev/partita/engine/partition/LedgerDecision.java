package dev.partita.engine.partition;

import dev.partita.base.InvariantBrokenException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * What the ledger says of a transaction over several groups: committed or cancelled (1), time (8),
 * number of participants (2), each (4).
 *
 * <p>A commit is remembered until all participants have finished; a cancellation, which is only
 * noted when the coordinator is gone, until a late step of that coordinator cannot come any more.
 */
sealed interface LedgerDecision {

  /**
   * The transaction is committed.
   *
   * @param participants the groups that have to be told, without the ledger group
   */
  record Committed(long time, List<ReplicationGroupId> participants) implements LedgerDecision {}

  /**
   * The transaction is cancelled.
   *
   * @param expires when this is forgotten, milliseconds since 1970
   */
  record Canceled(long expires) implements LedgerDecision {}

  /** The outcome that tells of this decision. */
  default Outcome.TransactionDecided outcome() {
    return switch (this) {
      case Committed committed -> new Outcome.TransactionDecided(true, committed.time());
      case Canceled _ -> new Outcome.TransactionDecided(false, 0);
    };
  }

  /** The value to store under {@code key}. */
  default byte[] encode(byte[] key) {
    List<ReplicationGroupId> participants =
        switch (this) {
          case Committed committed -> committed.participants();
          case Canceled _ -> List.of();
        };
    int bytes = 1 + Long.BYTES + Short.BYTES + Integer.BYTES * participants.size();
    return SealedRecord.seal(
        key,
        bytes,
        out -> {
          switch (this) {
            case Committed committed -> out.put((byte) 1).putLong(committed.time());
            case Canceled canceled -> out.put((byte) 2).putLong(canceled.expires());
          }
          out.putShort((short) participants.size());
          participants.forEach(participant -> out.putInt(participant.value()));
        });
  }

  /** Reads what {@link #encode} made. */
  static LedgerDecision decode(byte[] key, byte[] value) {
    ByteBuffer in = SealedRecord.open(key, value);
    byte kind = in.get();
    long time = in.getLong();
    int count = in.getShort();
    List<ReplicationGroupId> participants = new ArrayList<>(count);
    for (int index = 0; index < count; index++) {
      participants.add(new ReplicationGroupId(in.getInt()));
    }
    return switch (kind) {
      case 1 -> new Committed(time, participants);
      case 2 -> new Canceled(time);
      default -> throw new InvariantBrokenException("decision of unknown kind " + kind);
    };
  }
}
