package dev.partita.engine.simulation;

import dev.partita.engine.partition.GroupLimits;
import dev.partita.engine.stream.UpkeepSettings;
import java.time.Duration;

/**
 * How a run is: everything that its seed decides before it begins.
 *
 * @param groups how many data groups the node has
 * @param clients how many work at once
 * @param operations how many requests they send together
 * @param crashes of a million steps, after which the node crashes
 * @param lostAnswers of a million requests, whose answers do not reach the client
 * @param shardRolls of a million steps, after which the shards of a table are rolled
 * @param indexChanges how many indexes are added and deleted
 * @param disorderPercent how often the next step is not the first that was due
 */
record Profile(
    int groups,
    int clients,
    int operations,
    LogFaults faults,
    int crashes,
    int lostAnswers,
    int shardRolls,
    int indexChanges,
    int disorderPercent,
    GroupLimits limits,
    UpkeepSettings upkeep) {
  private static final int DELAY_MICROS_MAX = 8_000;

  static Profile of(Dice dice) {
    boolean quiet = dice.percent(8);
    LogFaults faults =
        quiet
            ? LogFaults.none(1 + dice.below(DELAY_MICROS_MAX))
            : new LogFaults(
                1 + dice.below(DELAY_MICROS_MAX),
                dice.below(20_000),
                dice.below(5_000),
                dice.below(6_000),
                dice.below(6_000),
                dice.below(6_000),
                dice.below(300_000));
    return new Profile(
        dice.between(1, 4),
        dice.between(3, 9),
        dice.between(250, 500),
        faults,
        quiet ? 0 : dice.below(1_000),
        quiet ? 0 : dice.below(30_000),
        dice.below(1_500),
        dice.below(3),
        dice.below(100),
        new GroupLimits(
            64 << 20, dice.percent(30) ? dice.between(5, 40) : 50_000, 256 << 20, 10L << 30),
        new UpkeepSettings(
            Duration.ofSeconds(1),
            Duration.ofHours(24),
            dice.percent(50) ? Duration.ofHours(4) : Duration.ofMillis(dice.between(500, 3_000))));
  }

  /** Whether nothing goes wrong, so that every request must succeed. */
  boolean isQuiet() {
    return faults.equals(LogFaults.none(faults.delayMicrosMax())) && crashes == 0;
  }
}
