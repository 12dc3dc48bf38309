package dev.partita.model.expression;

import dev.partita.model.AttributeType;
import dev.partita.model.AttributeValue;
import dev.partita.model.api.AttributeAction;
import dev.partita.model.api.AttributeValueUpdate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Updates in the form of before expressions.
 *
 * <p>Source: AWS, "Legacy conditional parameters", AttributeUpdates.
 */
public final class LegacyUpdates {
  private static final String INVALID = "One or more parameter values were invalid: ";

  private LegacyUpdates() {}

  /**
   * AttributeUpdates of UpdateItem; names are whole top-level attributes, even with dots in them.
   *
   * @throws ExpressionException with AWS's text if an action does not fit its value
   */
  public static Update of(Map<String, AttributeValueUpdate> updates) {
    List<Path> paths = new ArrayList<>(updates.size());
    List<UpdateAction> actions = new ArrayList<>(updates.size());
    for (Map.Entry<String, AttributeValueUpdate> update : updates.entrySet()) {
      paths.add(new Path(update.getKey(), List.of()));
      AttributeAction action = update.getValue().action();
      actions.add(action(action == null ? AttributeAction.PUT : action, update.getValue().value()));
    }
    return Update.of(PathTree.of(ExpressionKind.UPDATE, paths, actions), actions);
  }

  private static UpdateAction action(AttributeAction action, @Nullable AttributeValue value) {
    if (value == null) {
      if (action != AttributeAction.DELETE) {
        throw new ExpressionException(
            INVALID + "Only DELETE action is allowed when no attribute value is specified");
      }
      return new UpdateAction.Remove();
    }
    return switch (action) {
      case PUT -> new UpdateAction.Put(ExpressionKind.UPDATE, new UpdateValue.Literal(value), 1);
      case DELETE -> {
        if (!isSet(value.type())) {
          throw new ExpressionException(
              INVALID + "DELETE action with value is not supported for the type " + value.type());
        }
        yield new UpdateAction.Delete(value, true);
      }
      case ADD -> {
        if (!isSet(value.type())
            && value.type() != AttributeType.N
            && value.type() != AttributeType.L) {
          throw new ExpressionException(
              INVALID + "ADD action is not supported for the type " + value.type());
        }
        yield new UpdateAction.Add(value, true);
      }
    };
  }

  private static boolean isSet(AttributeType type) {
    return type == AttributeType.SS || type == AttributeType.NS || type == AttributeType.BS;
  }
}
