package dev.partita.protocol.json;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with the attribute values of one request, by the request's member and the key in it
 * (an attribute's name, a placeholder, a table); the first problem of each. Nearly always empty. At
 * most {@value #PROBLEMS_MAX} are kept.
 */
public final class AttributeProblems {
  private static final int PROBLEMS_MAX = 100;

  private List<Problem> found = List.of();
  private String member = "";
  private @Nullable String key;

  /**
   * One problem.
   *
   * @param member the request's member, such as {@code Item}
   * @param key the key in that member, or null if the member is no map
   * @param message AWS's text
   * @param prefixed whether some operations put the count of errors before it
   * @param aboutNumber whether a number breaks the rules, which AWS says without naming its place
   */
  public record Problem(
      String member, @Nullable String key, String message, boolean prefixed, boolean aboutNumber) {}

  void enterMember(String name) {
    member = name;
    key = null;
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
    Problem problem = new Problem(member, key, message, prefixed, aboutNumber);
    if (found.size() < PROBLEMS_MAX && find(member, key) == null) {
      found.add(problem);
    }
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

  /** The problem at {@code wantedKey} of the request's member {@code name}, or null. */
  public @Nullable Problem find(String name, @Nullable String wantedKey) {
    for (Problem problem : found) {
      if (problem.member().equals(name)
          && (wantedKey == null ? problem.key() == null : wantedKey.equals(problem.key()))) {
        return problem;
      }
    }
    return null;
  }
}
