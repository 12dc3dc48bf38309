package dev.partita.model.api;

/**
 * Which semantic errors AWS counts: since 2026 it puts {@code 1 validation error detected: } before
 * some of them, as it always did before violations of the API model.
 *
 * <ul>
 *   <li>PutItem, UpdateItem and DeleteItem: empty or duplicate sets, {@code NULL} that is false,
 *       numbers that break the rules, syntax and misuse of expressions and of Expected, unused or
 *       empty names or values, overlapping paths, a bad ReturnValues. These go through {@link
 *       #error}.
 *   <li>Query: what does not fit Select. These go through {@link #selectError}.
 *   <li>Everything else stays bare: other operations, key types and missing keys, item sizes, empty
 *       attribute values, paths that do not fit the item.
 * </ul>
 *
 * <p>Source: other implementations' captures on AWS, 2026.
 */
public final class SemanticErrorPrefix {
  private static final String COUNTED = "1 validation error detected: ";

  private SemanticErrorPrefix() {}

  /** What goes before an error of the counted families of {@code request}; may be empty. */
  public static String of(ApiRequest request) {
    boolean counted =
        request instanceof PutItemRequest
            || request instanceof UpdateItemRequest
            || request instanceof DeleteItemRequest;
    return counted ? COUNTED : "";
  }

  /** A ValidationException of a counted family. */
  public static ApiException error(ApiRequest request, String message) {
    return ApiException.validation(of(request) + message);
  }

  /** A ValidationException about Select. */
  public static ApiException selectError(ApiRequest request, String message) {
    return ApiException.validation(request instanceof QueryRequest ? COUNTED + message : message);
  }
}
