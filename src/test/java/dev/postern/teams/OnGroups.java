package dev.postern.teams;

import dev.postern.approval.Accounts.Member;
import dev.postern.approval.Membership;
import dev.postern.approval.MemoryGroupReadings;
import dev.postern.approval.Refusal;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Groups of a policy: a roster of Teams and a group of Entra, with Kim in both. */
abstract class OnGroups {
  static final String OPS = GroupsRoom.OPS;
  static final String ENTRA = GroupsRoom.ENTRA;
  static final String KIM = GroupsRoom.KIM;
  static final String LEE = GroupsRoom.LEE;

  final MemoryGroupReadings rows = new MemoryGroupReadings();
  final GroupsRoom room = new GroupsRoom(rows);
  Groups groups = room.groups(true);

  @BeforeEach
  void membersOfBoth() {
    room.teams.places.member(OPS, "29:Kim", KIM, "user");
    room.graph.group(ENTRA);
    room.graph.member(ENTRA, KIM);
  }

  @AfterEach
  void close() {
    room.close();
  }

  Map<String, Membership> told(String group) {
    return groups.members(group).orElseThrow().stream()
        .collect(Collectors.toMap(it -> it.who().user(), Member::membership));
  }

  static Membership barred(Refusal why) {
    return new Membership.Barred(why);
  }

  static final Membership INSIDER = new Membership.Insider(Optional.empty());

  void sixtyOfTheSettings() {
    for (int i = 100; i < 160; i++) {
      room.graph.member(ENTRA, id(i));
      room.named.add(id(i));
    }
    groups = room.groups(true);
  }

  static String id(int number) {
    return "00000000-0000-4000-8000-%012d".formatted(number);
  }
}
