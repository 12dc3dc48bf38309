package dev.partita.protocol.json;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with the attribute values of one request, by their place; the first problem of
 * each. Nearly always empty. At most {@value #PROBLEMS_MAX} are kept.
 *
 * <p>A place is the request's member; if that is a list, the element in it and the member of the
 * structure there; and the key in the member (an attribute's name, a placeholder, a table).
 */
public final class AttributeProblems {
  private static final int PROBLEMS_MAX = 100;

  private static final int NO_ELEMENT = -1;

  private List<Problem> found = List.of();
  private String member = "";
  private int element = NO_ELEMENT;
  private String nested = "";
  private @Nullable String key;

  /**
   * One problem.
   *
   * @param member the request's member, such as {@code Item}
   * @param element the element from 0 in that member if it is a list, otherwise negative
   * @param nested the member of the structure within that element; empty if there is none
   * @param key the key in that member, or null if the member is no map
   * @param message AWS's text
   * @param prefixed whether some operations put the count of errors before it
   * @param aboutNumber whether a number breaks the rules, which AWS says without naming its place
   */
  public record Problem(
      String member,
      int element,
      String nested,
      @Nullable String key,
      String message,
      boolean prefixed,
      boolean aboutNumber) {}

  void enterMember(String name) {
    member = name;
    element = NO_ELEMENT;
    nested = "";
    key = null;
  }

  /** The next element of the request's member, which is a list. */
  void enterElement() {
    element++;
    nested = "";
    key = null;
  }

  boolean isInElement() {
    return element != NO_ELEMENT;
  }

  /** A member of the innermost structure; the key is that of a map in it. */
  void enterNested(String name) {
    if (isInElement()) {
      nested = name;
      key = null;
    }
  }

  void enterKey(String name) {
    key = name;
  }

  void add(String message, boolean prefixed) {
    add(message, prefixed, false);
  }

  void addNumber(String message) {
    add(message, true, true);
  }

  private void add(String message, boolean prefixed, boolean aboutNumber) {
    if (found.isEmpty()) {
      found = new ArrayList<>();
    }
    if (found.size() < PROBLEMS_MAX && !isKnownHere()) {
      found.add(new Problem(member, element, nested, key, message, prefixed, aboutNumber));
    }
  }

  private boolean isKnownHere() {
    for (Problem problem : found) {
      if (problem.element() == element
          && problem.member().equals(member)
          && problem.nested().equals(nested)
          && Objects.equals(problem.key(), key)) {
        return true;
      }
    }
    return false;
  }

  /** Whether every attribute value is right. */
  public boolean isEmpty() {
    return found.isEmpty();
  }

  /** All problems in the order of the request. */
  public List<Problem> all() {
    return found;
  }

  /** The first problem in the request's member {@code name}, or null. */
  public @Nullable Problem firstIn(String name) {
    for (Problem problem : found) {
      if (problem.member().equals(name)) {
        return problem;
      }
    }
    return null;
  }

  /** The first problem in the element {@code index} of the request's list {@code name}, or null. */
  public @Nullable Problem firstIn(String name, int index) {
    for (Problem problem : found) {
      if (problem.element() == index && problem.member().equals(name)) {
        return problem;
      }
    }
    return null;
  }

  /** As {@link #firstIn(String, int)}, in the member {@code within} of a structure there. */
  public @Nullable Problem firstIn(String name, int index, String within) {
    for (Problem problem : found) {
      if (problem.element() == index
          && problem.member().equals(name)
          && problem.nested().equals(within)) {
        return problem;
      }
    }
    return null;
  }

  /** The problem at {@code wantedKey} of the request's member {@code name}, or null. */
  public @Nullable Problem find(String name, @Nullable String wantedKey) {
    for (Problem problem : found) {
      if (problem.member().equals(name) && Objects.equals(problem.key(), wantedKey)) {
        return problem;
      }
    }
    return null;
  }
}
