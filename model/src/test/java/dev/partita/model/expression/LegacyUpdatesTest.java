package dev.partita.model.expression;

import static dev.partita.model.Values.b;
import static dev.partita.model.Values.bool;
import static dev.partita.model.Values.item;
import static dev.partita.model.Values.l;
import static dev.partita.model.Values.m;
import static dev.partita.model.Values.n;
import static dev.partita.model.Values.ns;
import static dev.partita.model.Values.nul;
import static dev.partita.model.Values.s;
import static dev.partita.model.Values.ss;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.partita.model.AttributeValue;
import dev.partita.model.Item;
import dev.partita.model.api.AttributeAction;
import dev.partita.model.api.AttributeValueUpdate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LegacyUpdatesTest {
  private static final String INVALID = "One or more parameter values were invalid: ";

  private static Update update(@Nullable AttributeAction action, @Nullable AttributeValue value) {
    return LegacyUpdates.of(Map.of("a", new AttributeValueUpdate(value, action)));
  }

  private static void assertUpdated(Item expected, Item old, Update update) {
    assertEquals(expected, update.apply(old, item()).newItem());
  }

  @Test
  void putReplaces() {
    assertUpdated(item("a", n(1)), item("a", s("x")), update(AttributeAction.PUT, n(1)));
    assertUpdated(item("a", n(1)), item(), update(null, n(1)));
    Update dotted = LegacyUpdates.of(Map.of("a.b", new AttributeValueUpdate(n(1), null)));
    assertUpdated(item("a.b", n(1)), item(), dotted);
  }

  @Test
  void addAddsToNumbersSetsAndLists() {
    assertUpdated(item("a", n(3)), item("a", n(1)), update(AttributeAction.ADD, n(2)));
    assertUpdated(item("a", n(2)), item(), update(AttributeAction.ADD, n(2)));
    assertUpdated(
        item("a", ns("1", "2")), item("a", ns("1")), update(AttributeAction.ADD, ns("2")));
    assertUpdated(
        item("a", l(n(1), s("x"))), item("a", l(n(1))), update(AttributeAction.ADD, l(s("x"))));
    assertUpdated(item("a", l(s("x"))), item(), update(AttributeAction.ADD, l(s("x"))));
    for (AttributeValue other : List.of(s("x"), ss("x"), ns("1"), l())) {
      Expressions.assertFault(
          "Type mismatch for attribute to update",
          () -> update(AttributeAction.ADD, n(1)).apply(item("a", other), item()));
    }
    for (AttributeValue value : List.of(s("x"), b(1), bool(true), nul(), m())) {
      Expressions.assertFault(
          INVALID + "ADD action is not supported for the type " + value.type(),
          () -> update(AttributeAction.ADD, value));
    }
  }

  @Test
  void deleteRemovesTheAttributeOrElements() {
    assertUpdated(item(), item("a", n(1)), update(AttributeAction.DELETE, null));
    assertUpdated(item(), item(), update(AttributeAction.DELETE, null));
    assertUpdated(
        item("a", ss("x")), item("a", ss("x", "y")), update(AttributeAction.DELETE, ss("y", "z")));
    assertUpdated(item(), item("a", ss("y")), update(AttributeAction.DELETE, ss("y")));
    assertUpdated(item(), item(), update(AttributeAction.DELETE, ss("y")));
    Expressions.assertFault(
        "Type mismatch for attribute to update",
        () -> update(AttributeAction.DELETE, ss("y")).apply(item("a", ns("1")), item()));
    for (AttributeValue value : List.of(s("x"), n(1), l(), m())) {
      Expressions.assertFault(
          INVALID + "DELETE action with value is not supported for the type " + value.type(),
          () -> update(AttributeAction.DELETE, value));
    }
  }

  @Test
  void aValueIsNeededExceptToDelete() {
    for (AttributeAction action :
        new AttributeAction[] {AttributeAction.PUT, AttributeAction.ADD}) {
      Expressions.assertFault(
          INVALID + "Only DELETE action is allowed when no attribute value is specified",
          () -> update(action, null));
    }
  }

  @Test
  void onlyPutAndAddMakeAnItem() {
    assertTrue(update(AttributeAction.PUT, n(1)).createsItem());
    assertTrue(update(AttributeAction.ADD, n(1)).createsItem());
    assertFalse(update(AttributeAction.DELETE, null).createsItem());
    assertFalse(update(AttributeAction.DELETE, ss("x")).createsItem());
    assertTrue(LegacyUpdates.of(Map.of()).createsItem());
  }
}
