package dev.partita.engine.transaction;

import static dev.partita.engine.transaction.SteppedGroups.key;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.partita.base.RandomSource;
import dev.partita.engine.partition.ItemEffect;
import dev.partita.engine.partition.ItemMutation;
import dev.partita.engine.partition.ObservedItem;
import dev.partita.engine.partition.Outcome;
import dev.partita.engine.partition.PartitionId;
import dev.partita.engine.partition.ReplicationGroupId;
import dev.partita.engine.partition.StoredItem;
import dev.partita.engine.partition.TransactionItem;
import dev.partita.model.AttributeValue;
import dev.partita.model.AttributeValue.NumberValue;
import dev.partita.model.DecimalNumber;
import dev.partita.model.Item;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Transfers between accounts in several groups, whose steps happen in an order that a seed decides,
 * with crashes. Whoever looks twice at all accounts and finds that they hold still must find the
 * sum that always was there. An account without money does not exist, so that items come and go.
 */
class TransactionSimulationTest {
  private static final int GROUPS = 3;
  private static final int ACCOUNTS_OF_GROUP = 2;
  private static final int MONEY = 2;
  private static final int ROUNDS = 40_000;
  private static final int UNDER_WAY_MAX = 4;
  private static final int READERS = 3;

  private final SteppedGroups groups = new SteppedGroups(GROUPS);
  private TransactionCoordinator coordinator = coordinator();
  private Random random = new Random(0);
  private final List<Outcome> outcomes = new ArrayList<>();
  private int begun;
  private int sumsSeen;
  private int looksInVain;

  private TransactionCoordinator coordinator() {
    return new TransactionCoordinator(
        groups,
        groups.scheduler(),
        RandomSource.SYSTEM,
        TransactionFaults.NONE,
        TransactionLimits.DEFAULT);
  }

  private record Account(int group, int number) {
    String name() {
      return "account" + number;
    }
  }

  private static List<Account> accounts() {
    List<Account> accounts = new ArrayList<>();
    for (int group = 1; group <= GROUPS; group++) {
      for (int number = 0; number < ACCOUNTS_OF_GROUP; number++) {
        accounts.add(new Account(group, number));
      }
    }
    return accounts;
  }

  private static ItemMutation adding(int money) {
    return current -> {
      int balance = balance(current) + money;
      if (balance < 0) {
        return new ItemEffect.ConditionFailed();
      }
      if (balance == 0) {
        return new ItemEffect.Delete();
      }
      Item item =
          Item.of(
              Map.<String, AttributeValue>of(
                  "n", new NumberValue(DecimalNumber.parse(Integer.toString(balance)))));
      return new ItemEffect.Put(item, item.size());
    };
  }

  private static int balance(@Nullable StoredItem item) {
    return item == null
        ? 0
        : assertInstanceOf(NumberValue.class, item.item().get("n"))
            .value()
            .toBigDecimal()
            .intValueExact();
  }

  private static PlannedAction action(Account account, ItemMutation mutation) {
    return new PlannedAction(
        new ReplicationGroupId(account.group),
        new TransactionItem(
            new PartitionId(account.group),
            account.group,
            1,
            key(account.group, account.name()),
            mutation),
        1);
  }

  /** Looks at all accounts, one group after another, twice; in between things happen. */
  private final class Reader {
    private final List<Map<Account, ObservedItem>> looks = new ArrayList<>();
    private final List<Integer> missing = new ArrayList<>();

    void step() {
      if (missing.isEmpty()) {
        if (looks.size() == 2) {
          compare();
          looks.removeFirst();
        }
        looks.add(new HashMap<>());
        for (int group = 1; group <= GROUPS; group++) {
          missing.add(random.nextInt(missing.size() + 1), group);
        }
      }
      int group = missing.removeLast();
      List<Account> here = accounts().stream().filter(a -> a.group == group).toList();
      List<ObservedItem> observed =
          groups
              .group(group)
              .observe(
                  here.stream().map(_ -> new PartitionId(group)).toList(),
                  here.stream().map(account -> key(group, account.name())).toList());
      for (int index = 0; index < here.size(); index++) {
        looks.getLast().put(here.get(index), observed.get(index));
      }
    }

    private void compare() {
      int sum = 0;
      for (Account account : accounts()) {
        ObservedItem now = looks.get(1).get(account);
        ObservedItem earlier = looks.get(0).get(account);
        if (now == null || earlier == null || !now.isSince(earlier)) {
          looksInVain++;
          return;
        }
        sum += balance(now.item());
      }
      sumsSeen++;
      assertEquals(accounts().size() * MONEY, sum);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void whoeverLooksTwiceSeesOneMoment(long seed) {
    random = new Random(seed);
    fill();
    List<Reader> readers = newReaders();
    watchAppliedEntries(readers);
    for (int round = 0; round < ROUNDS; round++) {
      int choice = random.nextInt(100);
      if (choice < 5 && begun - outcomes.size() < UNDER_WAY_MAX) {
        transfer();
      } else if (choice < 50) {
        readers.get(random.nextInt(READERS)).step();
      } else if (choice < 51) {
        groups.pass(20 + random.nextInt(80));
      } else if (choice == 51 && random.nextInt(10) == 0) {
        crash();
        readers.clear();
        readers.addAll(newReaders());
      } else {
        groups.step(random.nextInt(groups.queueCount()));
      }
    }
    finish();
    assertTrue(sumsSeen > 20, sumsSeen + " sums seen");
    assertTrue(looksInVain > 20, looksInVain + " looks in vain");
    assertTrue(outcomes.stream().anyMatch(Outcome.TransactionApplied.class::isInstance));
    assertTrue(outcomes.stream().anyMatch(Outcome.TransactionCanceled.class::isInstance));
  }

  private List<Reader> newReaders() {
    List<Reader> readers = new ArrayList<>();
    for (int count = 0; count < READERS; count++) {
      readers.add(new Reader());
    }
    return readers;
  }

  /** Readers may look just between the change of a store and the writer's knowing of it. */
  private void watchAppliedEntries(List<Reader> readers) {
    groups.logs.forEach(log ->
        log.whenApplied(() -> {
          while (random.nextInt(3) == 0) {
            readers.get(random.nextInt(READERS)).step();
          }
        }));
  }

  private void fill() {
    for (Account account : accounts()) {
      coordinator.write(
          new Transaction(List.of(action(account, adding(MONEY))), null), outcomes::add);
      begun++;
    }
    groups.run();
  }

  private void transfer() {
    List<Account> chosen = new ArrayList<>(accounts());
    Collections.shuffle(chosen, random);
    begun++;
    coordinator.write(
        new Transaction(
            List.of(action(chosen.get(0), adding(-1)), action(chosen.get(1), adding(1))), null),
        outcomes::add);
  }

  private void crash() {
    groups.crash();
    // Whatever was under way is never answered.
    begun = outcomes.size();
    coordinator = coordinator();
    new TransactionRecovery(coordinator, groups.clock).start();
  }

  /** After all that was begun: nothing is held, and the money is there. */
  private void finish() {
    groups.logs.forEach(log -> log.whenApplied(() -> {}));
    crash();
    groups.run();
    groups.pass(8_000);
    int sum = 0;
    for (Account account : accounts()) {
      sum += balance(groups.group(account.group).items().read(key(account.group, account.name())));
    }
    assertEquals(accounts().size() * MONEY, sum);
    for (ReplicationGroupId group : groups.ids()) {
      assertTrue(groups.pendingTransactions(group).isEmpty());
      assertTrue(groups.committedTransactions(group).isEmpty());
    }
  }
}
