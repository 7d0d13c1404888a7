package dev.postern.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.approval.GroupReading;
import dev.postern.approval.GroupReading.Member;
import dev.postern.approval.GroupReadings;
import dev.postern.approval.Refusal;
import dev.postern.mail.EmailAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Who is in user groups, as all replicas know it, on any store. */
abstract class GroupReadingContract extends OnAWorld {
  private static final String GROUP = "S0MAILOPS";

  private GroupReadings rows() {
    return world.store().groups();
  }

  private static GroupReading reading(Instant at, String... users) {
    List<Member> members =
        List.of(users).stream()
            .map(user -> new Member(user, Optional.empty(), Optional.empty()))
            .toList();
    return new GroupReading(GROUP, "T0CORP0001", at, members);
  }

  @Test
  void aReadingComesBackAsItWasKept() {
    GroupReading kept =
        new GroupReading(
            GROUP,
            "T0CORP0001",
            world.now,
            List.of(
                new Member("U1", Optional.empty(), EmailAddress.parse("kim@corp.example")),
                new Member("U2", Optional.of(Refusal.GUEST), Optional.empty())));
    rows().keep(kept);

    assertThat(rows().last(GROUP)).contains(kept);
    assertThat(rows().last("S0OTHER")).isEmpty();
  }

  @Test
  void aGroupMayHaveAnIdAsLongAsTeamsGivesThem() {
    String group = "19:" + "x".repeat(200) + "@thread.tacv2";
    rows().keep(new GroupReading(group, "T0CORP0001", world.now, List.of()));

    assertThat(rows().last(group)).isPresent();
  }

  @Test
  void theNewestReadingStaysWhoeverWritesLast() throws Exception {
    atOnce(
        8,
        number -> {
          rows().keep(reading(world.now.plusSeconds(number), "U" + number));
          return number;
        });
    rows().keep(reading(world.now, "U0"));

    assertThat(rows().last(GROUP)).contains(reading(world.now.plusSeconds(7), "U7"));
  }

  @Test
  void aGroupThatNobodyIsInIsAReadingToo() {
    rows().keep(reading(world.now, "U1"));
    rows().keep(reading(world.now.plusSeconds(60)));

    assertThat(rows().last(GROUP).orElseThrow().members()).isEmpty();
  }

  @Test
  void whatNamesNobodyAnyMoreGoesWithTheSweep() {
    rows().keep(reading(world.now, "U1"));
    world.now = world.now.plus(GroupReading.USABLE);
    sweep();
    assertThat(rows().last(GROUP)).isPresent();

    world.now = world.now.plusSeconds(1);
    sweep();
    assertThat(rows().last(GROUP)).isEmpty();
  }

  private void sweep() {
    Duration days = Duration.ofDays(30);
    try (Retention retention =
        world.store().retention(new Retention.Terms(days, days, days), () -> world.now)) {
      retention.sweep();
    }
  }
}
