package dev.partita.engine.transaction;

import dev.partita.base.Bytes;
import dev.partita.engine.partition.CommittedTransaction;
import dev.partita.engine.partition.GroupCommand;
import dev.partita.engine.partition.PendingTransaction;
import dev.partita.engine.partition.ReplicationGroup;
import dev.partita.engine.partition.ReplicationGroupId;
import dev.partita.storage.format.ItemKeyFormat;
import java.util.List;

/** The groups that transactions reach. */
public interface TransactionGroups {

  /** All of them. */
  List<ReplicationGroupId> ids();

  /** Hands a command to a group's writer. Never blocks. */
  void submit(ReplicationGroupId group, GroupCommand command);

  /** The transactions that hold items of a group. */
  List<PendingTransaction> pendingTransactions(ReplicationGroupId group);

  /** The transactions that a group has committed and not forgotten. */
  List<CommittedTransaction> committedTransactions(ReplicationGroupId group);

  /** The group that keeps a token: always the same for the same name. */
  default ReplicationGroupId ledgerOf(Bytes tokenName) {
    List<ReplicationGroupId> ids = ids();
    long hash = ItemKeyFormat.hash(tokenName.array());
    return ids.get((int) Long.remainderUnsigned(hash, ids.size()));
  }

  /** The groups of this node, group 1 first. */
  static TransactionGroups of(List<ReplicationGroup> groups) {
    List<ReplicationGroupId> ids = groups.stream().map(ReplicationGroup::id).toList();
    return new TransactionGroups() {
      @Override
      public List<ReplicationGroupId> ids() {
        return ids;
      }

      @Override
      public void submit(ReplicationGroupId group, GroupCommand command) {
        find(group).submit(command);
      }

      @Override
      public List<PendingTransaction> pendingTransactions(ReplicationGroupId group) {
        return find(group).pendingTransactions();
      }

      @Override
      public List<CommittedTransaction> committedTransactions(ReplicationGroupId group) {
        return find(group).committedTransactions();
      }

      private ReplicationGroup find(ReplicationGroupId group) {
        return groups.get(group.value() - 1);
      }
    };
  }
}
