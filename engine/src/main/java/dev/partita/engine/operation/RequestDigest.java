package dev.partita.engine.operation;

import dev.partita.base.Bytes;
import dev.partita.engine.partition.TokenClaim;
import dev.partita.model.AttributeValue;
import dev.partita.model.Item;
import dev.partita.model.api.ParameterizedStatement;
import dev.partita.model.api.ReturnValuesOnConditionCheckFailure;
import dev.partita.model.api.TransactWriteItem;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A digest of what a request asks for, so that a token cannot stand for two requests. The order of
 * attributes, placeholders and set elements does not matter. Every part is preceded by its kind and
 * length, so that different requests never look alike.
 */
final class RequestDigest {
  private final MessageDigest digest;

  RequestDigest() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }

  /**
   * The claim of a TransactWriteItems on its token. What is asked to be returned is no part of the
   * digest: AWS answers a repeated request as that one asks.
   */
  static TokenClaim claim(String token, List<TransactWriteItem> actions) {
    RequestDigest digest = new RequestDigest();
    for (TransactWriteItem action : actions) {
      digest.add(action);
    }
    return digest.claim("TransactWriteItems", token);
  }

  /** The claim of an ExecuteTransaction on its token, which is none of TransactWriteItems. */
  static TokenClaim ofStatements(String token, List<ParameterizedStatement> statements) {
    RequestDigest digest = new RequestDigest();
    for (ParameterizedStatement statement : statements) {
      digest.add(statement);
    }
    return digest.claim("ExecuteTransaction", token);
  }

  private void add(ParameterizedStatement statement) {
    text(statement.statement());
    if (statement.parameters() != null) {
      length(statement.parameters().size());
      statement.parameters().forEach(this::value);
    }
    returned(statement.returnValuesOnConditionCheckFailure());
  }

  private void returned(@Nullable ReturnValuesOnConditionCheckFailure asked) {
    text(asked == null ? null : asked.name());
  }

  /** The claim on a token of a kind of operation; ends the digest. */
  TokenClaim claim(String operation, String token) {
    return new TokenClaim(
        Bytes.wrap((operation + "/" + token).getBytes(StandardCharsets.UTF_8)),
        Bytes.wrap(Arrays.copyOf(digest.digest(), TokenClaim.DIGEST_BYTES)));
  }

  private void add(TransactWriteItem action) {
    switch (action) {
      case TransactWriteItem.Put put -> {
        mark('P');
        item(put.item());
      }
      case TransactWriteItem.Update update -> {
        mark('U');
        item(update.key());
        text(update.updateExpression());
      }
      case TransactWriteItem.Delete delete -> {
        mark('D');
        item(delete.key());
      }
      case TransactWriteItem.ConditionCheck check -> {
        mark('C');
        item(check.key());
      }
    }
    text(action.tableName());
    text(action.conditionExpression());
    if (action.expressionAttributeNames() != null) {
      mark('n');
      length(action.expressionAttributeNames().size());
      action.expressionAttributeNames().entrySet().stream()
          .sorted(Map.Entry.comparingByKey())
          .forEach(name -> {
            text(name.getKey());
            text(name.getValue());
          });
    }
    if (action.expressionAttributeValues() != null) {
      map(action.expressionAttributeValues());
    }
    returned(action.returnValuesOnConditionCheckFailure());
  }

  /** Adds an item. */
  void item(Item item) {
    map(item.attributes());
  }

  /** Adds a value. */
  void value(AttributeValue value) {
    switch (value) {
      case AttributeValue.StringValue(String text) -> {
        mark('S');
        text(text);
      }
      case AttributeValue.NumberValue number -> {
        mark('N');
        text(number.value().toString());
      }
      case AttributeValue.BinaryValue(Bytes bytes) -> {
        mark('B');
        bytes(bytes.array());
      }
      case AttributeValue.BooleanValue bool -> mark(bool.value() ? 'T' : 'F');
      case AttributeValue.NullValue _ -> mark('0');
      case AttributeValue.ListValue list -> {
        mark('L');
        length(list.values().size());
        list.values().forEach(this::value);
      }
      case AttributeValue.MapValue map -> map(map.values());
      case AttributeValue.StringSetValue set -> {
        mark('s');
        sorted(set.values());
      }
      case AttributeValue.NumberSetValue set -> {
        mark('m');
        sorted(set.values().stream().map(Object::toString).toList());
      }
      case AttributeValue.BinarySetValue set -> {
        mark('b');
        List<Bytes> elements = new ArrayList<>(set.values());
        elements.sort(null);
        length(elements.size());
        elements.forEach(element -> bytes(element.array()));
      }
    }
  }

  private void map(Map<String, AttributeValue> attributes) {
    mark('M');
    length(attributes.size());
    new TreeMap<>(attributes)
        .forEach((name, value) -> {
          text(name);
          value(value);
        });
  }

  private void sorted(Collection<String> texts) {
    length(texts.size());
    texts.stream().sorted().forEach(this::text);
  }

  /** Adds a text, or that there is none. */
  void text(@Nullable String text) {
    if (text == null) {
      mark('-');
    } else {
      bytes(text.getBytes(StandardCharsets.UTF_8));
    }
  }

  private void bytes(byte[] bytes) {
    length(bytes.length);
    digest.update(bytes);
  }

  private void mark(char kind) {
    digest.update((byte) kind);
  }

  private void length(int length) {
    mark('#');
    for (int shift = 24; shift >= 0; shift -= 8) {
      digest.update((byte) (length >>> shift));
    }
  }
}
