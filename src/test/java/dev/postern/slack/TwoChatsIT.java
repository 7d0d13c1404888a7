package dev.postern.slack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.app.Child;
import dev.postern.card.Chat;
import dev.postern.card.Chat.Seen;
import dev.postern.card.ChatWorld;
import dev.postern.teams.TeamsChat;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One case with cards in Slack and in Teams at once, in the whole program. */
final class TwoChatsIT {
  private static final List<Integer> ALL = List.of();
  private static final String WHY = "I know them";
  private static final String MESSAGE =
      "From: Shop <billing@shop.test>\r\nTo: you@corp.test\r\nSubject: Order\r\n\r\nHello\r\n";
  private static final String TWO_OF_US =
      """
      chains:
        mail:
          stages:
            - {name: Mail admins, approvers: [group:admins], quorum: 2, window: 4h}
      rules: []
      """;

  @TempDir Path folder;

  @Test
  void P2_P12_aVoteInTeamsShowsInSlack_oneHumanCountsOnce_andBothCardsEndTrue() throws Exception {
    try (Chat slack = new SlackChat(InstantSource.system());
        TeamsChat teams = new TeamsChat(InstantSource.system(), "kim")) {
      Map<String, String> settings = new HashMap<>(slack.settings("kim", "noor"));
      settings.putAll(teams.settings("kim"));
      settings.put("POSTERN_DNS_SERVERS", "127.0.0.1:9");
      settings.put(
          "POSTERN_POLICY_FILE", Files.writeString(folder.resolve("p.yaml"), TWO_OF_US) + "");
      try (Child postern = Child.start("try", folder, settings)) {
        slack.reach(postern.url);
        teams.reach(postern.url);
        String reply = postern.mail("billing@shop.test", "you@corp.test", MESSAGE);
        String id = reply.substring(reply.length() - 12);
        Seen inTeams = await(teams, id, Seen::asks);
        Seen inSlack = await(slack, id, Seen::asks);

        teams.release("kim", inTeams, ALL, WHY);

        assertThat(teams.answer().toString()).as("the new card at once").contains("1 of 2");
        await(slack, id, it -> it.says("1 of 2"));
        slack.release("kim", inSlack, ALL, WHY);
        ChatWorld.await(
            "one human counts once",
            () -> slack.told("kim").filter(it -> it.contains("voted")).isPresent());
        await(slack, id, it -> it.says("1 of 2"));

        slack.release("noor", inSlack, ALL, WHY);

        assertThat(await(slack, id, it -> it.says("queued as")).id()).isEqualTo(inSlack.id());
        assertThat(await(teams, id, it -> it.says("queued as")).id()).isEqualTo(inTeams.id());
        assertThat(teams.faults()).isEmpty();
        assertThat(slack.faults()).isEmpty();
      }
    }
  }

  private static Seen await(Chat chat, String id, Predicate<Seen> wanted) {
    AtomicReference<Optional<Seen>> found = new AtomicReference<>(Optional.empty());
    ChatWorld.await(
        "a card in " + chat.name(),
        () -> {
          found.set(
              chat.messages().stream().filter(it -> it.says(id) && wanted.test(it)).findFirst());
          return found.get().isPresent();
        });
    return found.get().orElseThrow();
  }
}
