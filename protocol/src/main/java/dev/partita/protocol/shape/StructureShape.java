package dev.partita.protocol.shape;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A JSON object with known members. */
public final class StructureShape implements Shape {
  private final String name;
  private final List<Member> members;
  private final Map<String, Member> byName;
  private final boolean stopAtFirst;
  private final boolean constrained;

  StructureShape(String name, List<Member> members, boolean stopAtFirst) {
    this.name = name;
    this.members = List.copyOf(members);
    this.byName = new HashMap<>();
    for (Member member : members) {
      byName.put(member.name(), member);
    }
    this.stopAtFirst = stopAtFirst;
    this.constrained =
        members.stream().anyMatch(member -> member.required() || member.shape().constrained());
  }

  /**
   * One member.
   *
   * @param index its place in a {@code StructureValue}
   * @param path its name in messages, with a small first letter
   * @param required whether it must not be null
   * @param alone whether its violations are reported without those of other members
   * @param parameter whether AWS words its absence and its length as a parameter's
   * @param valueOmitted whether AWS leaves its value out and writes the name as it is
   */
  public record Member(
      String name,
      int index,
      String path,
      Shape shape,
      boolean required,
      boolean alone,
      boolean parameter,
      boolean valueOmitted) {

    Member(String name, int index, Shape shape, boolean required, List<String> marks) {
      this(
          name,
          index,
          lowerFirst(name),
          shape,
          required,
          marks.contains("alone"),
          marks.contains("parameter"),
          marks.contains("value-omitted"));
    }

    private static String lowerFirst(String name) {
      return Character.toLowerCase(name.charAt(0)) + name.substring(1);
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public boolean constrained() {
    return constrained;
  }

  /** The members in the order in which AWS reports violations. */
  public List<Member> members() {
    return members;
  }

  /** The member called {@code memberName}, or null. */
  public @Nullable Member member(String memberName) {
    return byName.get(memberName);
  }

  /** Whether only the first member that violates a constraint is reported. */
  public boolean stopAtFirst() {
    return stopAtFirst;
  }
}
