package dev.partita.protocol.shape;

import dev.partita.base.InvariantBrokenException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The operations of the APIs of DynamoDB and its streams, and the shapes of their requests. */
public final class ApiModel {
  private static final String RESOURCE = "/dev/partita/protocol/model/dynamodb.model";

  private final String version;
  private final Map<String, Operation> operations;

  /**
   * One operation.
   *
   * @param target what a request for it has in the header {@code X-Amz-Target}
   * @param input what its requests are made of
   */
  public record Operation(String target, StructureShape input) {}

  ApiModel(String version, Map<String, Operation> operations) {
    this.version = version;
    this.operations = Collections.unmodifiableMap(new TreeMap<>(operations));
  }

  /** Reads the model that the build made; some milliseconds. */
  public static ApiModel load() {
    try (InputStream source = ApiModel.class.getResourceAsStream(RESOURCE)) {
      if (source == null) {
        throw new InvariantBrokenException("The API model is not on the class path");
      }
      return new ModelText(new String(source.readAllBytes(), StandardCharsets.UTF_8)).model();
    } catch (IOException failure) {
      throw new InvariantBrokenException("The API model cannot be read", failure);
    }
  }

  /** The version of the artifact that the model was reduced from. */
  public String version() {
    return version;
  }

  /** The names of all operations, sorted. */
  public Set<String> operations() {
    return operations.keySet();
  }

  /** The operation called {@code name}, or null if there is no such operation. */
  public @Nullable Operation operation(String name) {
    return operations.get(name);
  }

  /** What requests of {@code operation} are made of, or null if there is no such operation. */
  public @Nullable StructureShape input(String operation) {
    Operation known = operations.get(operation);
    return known == null ? null : known.input();
  }
}
