package dev.partita.protocol;

import dev.partita.model.api.ApiCallback;
import dev.partita.model.api.ApiError;
import dev.partita.model.api.ApiException;
import dev.partita.model.api.ApiRequest;
import dev.partita.model.api.ApiResponse;
import dev.partita.model.api.Database;
import dev.partita.model.api.ErrorType;
import dev.partita.protocol.binding.RequestBindings;
import dev.partita.protocol.binding.TableNames;
import dev.partita.protocol.encoding.ErrorEncoder;
import dev.partita.protocol.encoding.ResponseEncoder;
import dev.partita.protocol.encoding.RetainedBytes;
import dev.partita.protocol.json.RequestReader;
import dev.partita.protocol.shape.ApiModel;
import dev.partita.protocol.validation.ConstraintChecker;
import dev.partita.protocol.validation.RequestChecks;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves {@link WireRequest}s from a {@link Database}. Thread-safe. */
public final class JsonProtocol {
  private static final Logger LOG = LoggerFactory.getLogger(JsonProtocol.class);
  private static final String JSON_1_0 = "application/x-amz-json-1.0";
  private static final String PLAIN_JSON = "application/json";

  /** What AWS answers where no service is listening, whatever the Accept header. */
  private static final byte[] NOT_FOUND =
      "<UnknownOperationException/>\n".getBytes(StandardCharsets.US_ASCII);

  private final Database database;
  private final RequestReader reader = new RequestReader();
  private final Map<String, RequestBindings.Operation> operationsByTarget = new HashMap<>();

  /** Operations of the API that Partita does not have, by target. */
  private final Map<String, String> unsupportedByTarget = new HashMap<>();

  /** Loads the API model; some milliseconds. */
  public JsonProtocol(Database database) {
    this.database = database;
    ApiModel model = ApiModel.load();
    RequestBindings bindings = new RequestBindings(model);
    for (String name : model.operations()) {
      String target = Objects.requireNonNull(model.operation(name)).target();
      RequestBindings.Operation operation = bindings.operation(name);
      if (operation == null) {
        unsupportedByTarget.put(target, name);
      } else {
        operationsByTarget.put(target, operation);
      }
    }
  }

  /** An error found before a request could be read, such as one of the transport. */
  public WireResponse error(ApiError error) {
    return encoded(error, JSON_1_0);
  }

  private static WireResponse encoded(ApiError error, String contentType) {
    return new WireResponse(error.type().status(), contentType, ErrorEncoder.encode(error));
  }

  /**
   * Reads and checks {@code request} and hands it to the database. Does not block and never throws;
   * {@code callback} may be called before the return.
   */
  public void handle(WireRequest request, WireCallback callback) {
    String contentType = answerType(request);
    if (contentType == null) {
      callback.respond(() -> new WireResponse(404, "text/plain", NOT_FOUND));
      return;
    }
    TableNames names = new TableNames();
    Answer answer = new Answer(callback, contentType, names);
    try {
      database.execute(read(request, names), answer);
    } catch (ApiException refused) {
      answer.failed(refused.error());
    } catch (RuntimeException defect) {
      LOG.error("Request failed target={}", request.target(), defect);
      answer.failed(internalError());
    }
  }

  private ApiRequest read(WireRequest request, TableNames names) {
    String target = request.target();
    RequestBindings.Operation operation = target == null ? null : operationsByTarget.get(target);
    if (operation == null) {
      throw unknownOperation(target, request.body());
    }
    RequestReader.Result result = reader.read(request.body(), operation.input());
    ConstraintChecker.check(result.input());
    ApiRequest typed = operation.binding().bind(result.input(), names);
    return RequestChecks.check(typed, names, result.problems());
  }

  /** AWS looks at the JSON first, and says nothing of what it does not know. */
  private ApiException unknownOperation(@Nullable String target, byte[] body) {
    if (body.length > 0 && !reader.isJson(body)) {
      return new ApiException(new ApiError(ErrorType.SERIALIZATION, ""));
    }
    String name = target == null ? null : unsupportedByTarget.get(target);
    return new ApiException(
        new ApiError(
            ErrorType.UNKNOWN_OPERATION,
            name == null ? "" : "Partita does not support " + name + " yet"));
  }

  /** The content type of the answer, or null if the request's is none of ours. */
  private static @Nullable String answerType(WireRequest request) {
    String sent = request.contentType();
    if (sent == null) {
      return request.body().length == 0 ? PLAIN_JSON : null;
    }
    if (sent.equals(JSON_1_0)) {
      return JSON_1_0;
    }
    int parameters = sent.indexOf(';');
    String type = (parameters < 0 ? sent : sent.substring(0, parameters)).strip();
    return switch (type.toLowerCase(Locale.ROOT)) {
      case JSON_1_0 -> JSON_1_0;
      case PLAIN_JSON -> PLAIN_JSON;
      default -> null;
    };
  }

  private static ApiError internalError() {
    return new ApiError(ErrorType.INTERNAL_SERVER_ERROR, "Internal server error");
  }

  /** The answer to one request, from the database to the callback; encoded later. */
  private static final class Answer implements ApiCallback, WireResponseSource {
    private final WireCallback callback;
    private final String contentType;
    private final TableNames names;
    private @Nullable ApiResponse response;
    private ApiError error = internalError();
    private final AtomicBoolean answered = new AtomicBoolean();

    Answer(WireCallback callback, String contentType, TableNames names) {
      this.callback = callback;
      this.contentType = contentType;
      this.names = names;
    }

    @Override
    public void completed(ApiResponse completed) {
      if (isFirst()) {
        response = completed;
        callback.respond(this);
      }
    }

    @Override
    public void failed(ApiError failure) {
      if (isFirst()) {
        error = failure;
        callback.respond(this);
      }
    }

    /** A database that answers twice is broken; the client gets the first answer. */
    private boolean isFirst() {
      boolean first = answered.compareAndSet(false, true);
      if (!first) {
        LOG.error("A request was answered twice");
      }
      return first;
    }

    @Override
    public long retainedBytes() {
      ApiResponse completed = response;
      return completed == null ? 0 : RetainedBytes.of(completed);
    }

    @Override
    public WireResponse encode() {
      ApiResponse completed = response;
      try {
        return completed == null
            ? encoded(error, contentType)
            : new WireResponse(200, contentType, ResponseEncoder.encode(completed, names));
      } catch (RuntimeException defect) {
        LOG.error("Answer cannot be encoded", defect);
        return encoded(internalError(), contentType);
      }
    }
  }
}
