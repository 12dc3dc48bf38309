package dev.partita.protocol.validation;

import dev.partita.model.api.ApiException;
import dev.partita.model.api.CreateTableRequest;
import dev.partita.model.api.GlobalSecondaryIndexUpdate;
import dev.partita.model.api.UpdateTableRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rules of the lists of indexes themselves; what is in them is judged with the table. */
final class TableChecks {
  private static final String INVALID = "One or more parameter values were invalid: ";
  private static final String UPDATE_MEMBERS =
      "GlobalSecondaryIndexUpdate.Update, GlobalSecondaryIndexUpdate.Create,"
          + " GlobalSecondaryIndexUpdate.Delete";

  private TableChecks() {}

  static void check(CreateTableRequest create) {
    checkNotEmpty("LocalSecondaryIndexes", create.localSecondaryIndexes());
    checkNotEmpty("GlobalSecondaryIndexes", create.globalSecondaryIndexes());
  }

  static void check(UpdateTableRequest update) {
    List<GlobalSecondaryIndexUpdate> changes = update.globalSecondaryIndexUpdates();
    if (changes == null) {
      return;
    }
    for (GlobalSecondaryIndexUpdate change : changes) {
      int members =
          (change.update() == null ? 0 : 1)
              + (change.create() == null ? 0 : 1)
              + (change.delete() == null ? 0 : 1);
      if (members == 0) {
        throw ApiException.validation(INVALID + "One of " + UPDATE_MEMBERS + " must not be null");
      }
      if (members > 1) {
        throw ApiException.validation(
            INVALID + "Only one of " + UPDATE_MEMBERS + " can be specified");
      }
    }
  }

  private static void checkNotEmpty(String name, @Nullable List<?> indexes) {
    if (indexes != null && indexes.isEmpty()) {
      throw ApiException.validation(INVALID + "List of " + name + " is empty");
    }
  }
}
