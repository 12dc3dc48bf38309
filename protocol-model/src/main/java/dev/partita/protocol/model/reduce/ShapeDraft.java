package dev.partita.protocol.model.reduce;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One shape while it is being reduced: the overlay changes it, then it is written out. */
final class ShapeDraft {
  final String name;
  String kind;
  @Nullable Long min;
  @Nullable Long max;
  @Nullable String pattern;

  /** The shape of a list's elements or a map's values. */
  @Nullable String element;

  /** The shape of a map's keys. */
  @Nullable String key;

  List<String> values = new ArrayList<>();
  List<MemberDraft> members = new ArrayList<>();
  final List<String> marks = new ArrayList<>();

  ShapeDraft(String name, String kind) {
    this.name = name;
    this.kind = kind;
  }

  /** A member of a structure or union. */
  static final class MemberDraft {
    final String name;
    String target;
    boolean required;
    final List<String> marks = new ArrayList<>();

    MemberDraft(String name, String target, boolean required) {
      this.name = name;
      this.target = target;
      this.required = required;
    }
  }

  /** The names of the shapes that this one refers to. */
  List<String> targets() {
    List<String> targets = new ArrayList<>();
    if (element != null) {
      targets.add(element);
    }
    if (key != null) {
      targets.add(key);
    }
    for (MemberDraft member : members) {
      targets.add(member.target);
    }
    return targets;
  }

  /** The member {@code memberName}; fails if there is none. */
  MemberDraft member(String memberName) {
    for (MemberDraft member : members) {
      if (member.name.equals(memberName)) {
        return member;
      }
    }
    throw new IllegalArgumentException("no member " + memberName + " in " + name);
  }

  /** Appends the lines of this shape, fields separated by tabs, {@code -} for none. */
  void write(StringBuilder out) {
    List<String> fields = new ArrayList<>(List.of(kind, name));
    switch (kind) {
      case "string", "table-name" -> {
        fields.addAll(List.of(text(min), text(max), pattern == null ? "-" : pattern));
      }
      case "integer", "long", "double" -> fields.addAll(List.of(text(min), text(max)));
      case "list" -> fields.addAll(List.of(text(element), text(min), text(max)));
      case "map" -> fields.addAll(List.of(text(key), text(element), text(min), text(max)));
      case "enum" -> fields.addAll(values);
      case "boolean", "blob", "timestamp" -> {}
      case "structure", "union" -> fields.addAll(marks);
      default -> throw new IllegalArgumentException("unknown kind " + kind + " of " + name);
    }
    out.append(String.join("\t", fields)).append('\n');
    for (MemberDraft member : members) {
      out.append("member\t").append(member.name).append('\t').append(member.target).append('\t');
      out.append(member.required ? "required" : "optional");
      for (String mark : member.marks) {
        out.append('\t').append(mark);
      }
      out.append('\n');
    }
  }

  private static String text(@Nullable Object value) {
    return value == null ? "-" : value.toString();
  }
}
