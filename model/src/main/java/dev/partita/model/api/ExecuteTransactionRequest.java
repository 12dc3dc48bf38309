package dev.partita.model.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** ExecuteTransaction: 1 to 100 statements, all or none. */
public record ExecuteTransactionRequest(
    List<ParameterizedStatement> transactStatements,
    @Nullable String clientRequestToken,
    @Nullable ReturnConsumedCapacity returnConsumedCapacity)
    implements ApiRequest {}
