package dev.postern.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Messages of one kind in a Postern that runs, and dies between the decision and its effects. */
class CampaignIT {
  private static final Map<String, String> SETTINGS =
      Map.of("POSTERN_DNS_SERVERS", "127.0.0.1:9", "POSTERN_POLICY_FILE", "policy.yaml");

  @TempDir private Path folder;

  @Test
  void P3_P7_oneVoteDecidesFiveAndLaterOnes_acrossKillNine() throws Exception {
    Files.writeString(
        folder.resolve("policy.yaml"),
        """
        campaigns: {gather: 1s}
        chains:
          admins: {name: Mail admins, approvers: [operator], window: 4h}
        rules: []
        """);
    List<String> ids;
    String leader;
    try (Child postern = Child.start("try", folder, SETTINGS)) {
      for (String who : List.of("anna", "bob", "cyd", "dina", "edda")) {
        String reply = postern.mail("news@kestrel-travel.example", who + "@corp.example", to(who));
        assertThat(reply).startsWith("250 ");
      }
      ids = Child.values(postern.get("/v1/cases?q=skiing&state=ASKING").body(), "id");
      assertThat(ids).hasSize(5);
      String one = postern.await("/v1/cases/" + ids.getFirst(), "\"together\":");
      leader = Child.values(one, "leader").getFirst();
      postern.await("/v1/cases/" + leader, "messages=5");
      new HeldCases(postern).voteForLaterToo(leader, "discard");
      postern.kill();
    }
    try (Child postern = Child.start("try", folder, SETTINGS)) {
      for (String id : ids) {
        String done = postern.await("/v1/cases?q=" + id, "\"state\":\"DONE\"");
        assertThat(done).contains("\"by\":\"people\"", "\"kind\":\"DISCARDED\"");
      }
      for (String id : ids) {
        String log = postern.get("/v1/cases/" + id).body();
        assertThat(Child.values(log, "what").stream().filter("case.decided"::equals)).hasSize(1);
        assertThat(Child.values(log, "what").stream().filter("effect.proved"::equals)).hasSize(1);
      }
      String said = postern.await("/v1/cases/" + leader, "With the decision began grant PG-");
      assertThat(Child.values(said, "what").stream().filter("grant.begun"::equals)).hasSize(1);
      assertThat(postern.mail("news@kestrel-travel.example", "flo@corp.example", to("flo")))
          .startsWith("550 ");
    }
  }

  private static String to(String who) {
    return "From: Kestrel <news@kestrel-travel.example>\r\nTo: "
        + who
        + "@corp.example\r\nSubject: Skiing in May\r\n\r\nDear "
        + who
        + ",\r\n\r\nbook until Sunday.\r\n";
  }
}
