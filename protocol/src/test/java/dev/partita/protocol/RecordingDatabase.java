package dev.partita.protocol;

import dev.partita.model.api.ApiCallback;
import dev.partita.model.api.ApiError;
import dev.partita.model.api.ApiRequest;
import dev.partita.model.api.ApiResponse;
import dev.partita.model.api.Database;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Keeps the requests it gets and answers with what it was told to, at once. */
final class RecordingDatabase implements Database {
  final List<ApiRequest> requests = new ArrayList<>();
  private @Nullable ApiResponse response;
  private @Nullable ApiError error;

  void answer(ApiResponse next) {
    response = next;
    error = null;
  }

  void fail(ApiError next) {
    response = null;
    error = next;
  }

  ApiRequest last() {
    return requests.getLast();
  }

  @Override
  public void execute(ApiRequest request, ApiCallback callback) {
    requests.add(request);
    if (error != null) {
      callback.failed(error);
    } else {
      callback.completed(Objects.requireNonNull(response, "no answer was prepared"));
    }
  }
}
