package dev.partita.protocol.binding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.partita.base.InvariantBrokenException;
import dev.partita.model.api.DescribeTableRequest;
import dev.partita.protocol.shape.ApiModel;
import dev.partita.protocol.shape.StructureShape;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Walks the API model with {@link MemberRequests}: each member of each implemented operation,
 * however deep, is sent with two values, and must make two different typed requests or be refused
 * by name.
 */
class MemberCoverageTest {
  private final ApiModel model = ApiModel.load();
  private final RequestBindings bindings = new RequestBindings(model);
  private final MemberRequests requests = new MemberRequests();

  @Test
  void everyMemberIsHonouredOrRefusedByName() {
    int members = 0;
    for (String name : new TreeSet<>(bindings.names())) {
      RequestBindings.Operation operation = Objects.requireNonNull(bindings.operation(name));
      for (List<StructureShape.Member> path : MemberRequests.paths(operation.input())) {
        members++;
        MemberRequests.Outcome first = requests.send(operation, path, 1);
        MemberRequests.Outcome second = requests.send(operation, path, 2);
        String place = name + "." + path.stream().map(StructureShape.Member::name).toList();
        if (first.refused() || second.refused()) {
          Object message = first.refused() ? first.requestOrMessage() : second.requestOrMessage();
          assertTrue(
              message.toString().contains("Partita does not support " + path.getFirst().name()),
              place + ": " + message);
        } else if (MemberRequests.hasOneValue(path.getLast().shape())) {
          assertTrue(
              first.requestOrMessage().toString().contains("type=CHILD_SHARDS"),
              place + " is dropped");
        } else {
          assertTrue(
              !first.requestOrMessage().equals(second.requestOrMessage()), place + " is dropped");
        }
      }
    }
    assertTrue(members > 330, "members: " + members);
  }

  @Test
  void aBindingThatLeavesAMemberOutDoesNotStart() {
    StructureShape input = Objects.requireNonNull(model.input("DescribeTable"));
    InvariantBrokenException broken =
        assertThrows(
            InvariantBrokenException.class,
            () ->
                Slots.bindRequest(
                    input, slots -> (value, names) -> new DescribeTableRequest("abc")));
    assertEquals("Neither honoured nor refused: DescribeTableInput.TableName", broken.getMessage());
  }

  @Test
  void aBindingOfAnotherTypeDoesNotStart() {
    StructureShape input = Objects.requireNonNull(model.input("ListTables"));
    assertThrows(
        InvariantBrokenException.class,
        () ->
            Slots.bindRequest(
                input,
                slots -> {
                  slots.bool("Limit");
                  return (value, names) -> new DescribeTableRequest("abc");
                }));
  }

  @Test
  void theImplementedOperationsAreInTheModel() {
    assertEquals(30, bindings.names().size());
    assertTrue(model.operations().containsAll(bindings.names()));
    assertEquals(62, model.operations().size());
    assertTrue(model.operations().containsAll(Set.of("GetRecords", "SearchVectors")));
  }
}
