package dev.partita.protocol.binding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.partita.protocol.shape.ApiModel;
import dev.partita.protocol.shape.StructureShape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Holds docs/compatibility.md to the API model and to the bindings: every operation and every
 * member of an implemented operation is there, and is called refused if and only if it is.
 */
class CompatibilityPageTest {
  private static final Pattern ROW = Pattern.compile("\\| `(\\w+)` \\| ([^|]+) \\|.*\\|");
  private static final String REFUSED = "refused";
  private static final Set<String> MEMBER_STANDINGS =
      Set.of("honoured", "stored", "no effect", REFUSED);
  private static final Set<String> BOUND_STANDINGS = Set.of("implemented", "fixed answer");

  /** What the bindings pass on and the operations themselves refuse, whatever its value. */
  private static final Set<String> REFUSED_BY_OPERATION = Set.of("ListTagsOfResource.NextToken");

  private final ApiModel model = ApiModel.load();
  private final RequestBindings bindings = new RequestBindings(model);
  private final MemberRequests requests = new MemberRequests();

  /** The standings by name in each section; a chapter's heading stands before a section's. */
  private final Map<String, Map<String, String>> sections = sections(page());

  private static List<String> page() {
    Path directory = Path.of("").toAbsolutePath();
    while (!Files.exists(directory.resolve("docs/compatibility.md"))) {
      directory =
          Objects.requireNonNull(directory.getParent(), "docs/compatibility.md is nowhere above");
    }
    try {
      return Files.readAllLines(directory.resolve("docs/compatibility.md"));
    } catch (IOException failed) {
      throw new IllegalStateException(failed);
    }
  }

  private static Map<String, Map<String, String>> sections(List<String> lines) {
    Map<String, Map<String, String>> sections = new LinkedHashMap<>();
    String chapter = "";
    String section = "";
    for (String line : lines) {
      if (line.startsWith("## ")) {
        chapter = line.substring(3);
        section = chapter;
      } else if (line.startsWith("### ")) {
        section = chapter + "/" + line.substring(4);
        assertEquals(
            null, sections.put(section, new LinkedHashMap<>()), section + " is there twice");
      }
      Matcher row = ROW.matcher(line);
      if (row.matches()) {
        Map<String, String> rows = sections.computeIfAbsent(section, _ -> new LinkedHashMap<>());
        String before = rows.put(row.group(1), row.group(2));
        assertEquals(null, before, section + " has " + row.group(1) + " twice");
      }
    }
    return sections;
  }

  @Test
  void everyOperationOfTheModelHasItsStanding() {
    Map<String, String> operations = rows("Operations");
    assertEquals(model.operations(), new TreeSet<>(operations.keySet()));
    operations.forEach((name, standing) ->
        assertTrue(
            BOUND_STANDINGS.contains(standing) || standing.equals("not implemented"),
            name + ": " + standing));
    Set<String> bound =
        operations.entrySet().stream()
            .filter(row -> BOUND_STANDINGS.contains(row.getValue()))
            .map(Map.Entry::getKey)
            .collect(Collectors.toSet());
    assertEquals(bindings.names(), bound);
  }

  @Test
  void everyMemberOfAnImplementedOperationHasItsStanding() {
    Set<String> expected = new TreeSet<>();
    for (String name : bindings.names()) {
      expected.add("Members/" + name);
      StructureShape input = operation(name).input();
      assertMembers("Members/" + name, input);
      for (StructureShape.Member member : input.members()) {
        boolean refused =
            REFUSED_BY_OPERATION.contains(name + "." + member.name())
                || refuses(operation(name), List.of(member));
        assertRefused("Members/" + name, member.name(), refused);
      }
    }
    assertEquals(expected, sectionsOf("Members"));
  }

  @Test
  void everyStructureWithinAnAcceptedMemberIsThere() {
    Map<String, StructureShape> structures = new TreeMap<>();
    for (String name : bindings.names()) {
      RequestBindings.Operation operation = operation(name);
      for (List<StructureShape.Member> path : MemberRequests.paths(operation.input())) {
        StructureShape nested = MemberRequests.nested(path.getLast().shape());
        if (nested != null && !refuses(operation, path.subList(0, 1))) {
          structures.put(nested.name(), nested);
        }
        StructureShape parent = parent(path);
        if (parent != null && !refuses(operation, path.subList(0, 1))) {
          assertRefused(
              "Structures within requests/" + parent.name(),
              path.getLast().name(),
              refuses(operation, path));
        }
      }
    }
    structures.forEach((name, shape) -> assertMembers("Structures within requests/" + name, shape));
    Set<String> expected =
        structures.keySet().stream()
            .map(name -> "Structures within requests/" + name)
            .collect(Collectors.toSet());
    assertEquals(expected, sectionsOf("Structures within requests"));
  }

  /** The structure that the last member of {@code path} is in; null for the request itself. */
  private static @Nullable StructureShape parent(List<StructureShape.Member> path) {
    return path.size() == 1 ? null : MemberRequests.nested(path.get(path.size() - 2).shape());
  }

  private RequestBindings.Operation operation(String name) {
    return Objects.requireNonNull(bindings.operation(name));
  }

  private boolean refuses(RequestBindings.Operation operation, List<StructureShape.Member> path) {
    return requests.send(operation, path, 1).refused()
        || requests.send(operation, path, 2).refused();
  }

  private Set<String> sectionsOf(String chapter) {
    return sections.keySet().stream()
        .filter(section -> section.startsWith(chapter + "/"))
        .collect(Collectors.toSet());
  }

  private Map<String, String> rows(String section) {
    return Objects.requireNonNull(sections.get(section), () -> "The page lacks " + section);
  }

  private void assertMembers(String section, StructureShape shape) {
    Set<String> names =
        shape.members().stream().map(StructureShape.Member::name).collect(Collectors.toSet());
    assertEquals(names, rows(section).keySet(), section);
    rows(section)
        .forEach((name, standing) ->
            assertTrue(
                MEMBER_STANDINGS.contains(standing), section + "." + name + ": " + standing));
  }

  private void assertRefused(String section, String member, boolean refused) {
    String standing = rows(section).get(member);
    assertEquals(
        refused, REFUSED.equals(standing), section + "." + member + " is said to be " + standing);
  }
}
