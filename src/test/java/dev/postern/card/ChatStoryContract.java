package dev.postern.card;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.app.Child;
import dev.postern.card.Chat.Seen;
import dev.postern.fake.Mishap;
import dev.postern.fake.Pause;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole program with a chat platform: mail is held, a card asks, a press decides, the card
 * tells.
 */
public abstract class ChatStoryContract {
  private static final String MESSAGE =
      "From: Shop <billing@shop.test>\r\nTo: you@corp.test\r\nSubject: Order\r\n\r\nHello\r\n";
  private static final String WHY = "I know them";
  private static final List<Integer> ALL = List.of();

  @TempDir protected Path folder;
  protected Chat chat;

  /** The platform. */
  protected abstract Chat chat(InstantSource clock);

  @BeforeEach
  void open() {
    chat = chat(InstantSource.system());
  }

  @AfterEach
  void close() {
    List<String> faults = List.copyOf(chat.faults());
    chat.close();
    assertThat(faults).isEmpty();
  }

  @Test
  void P6_P8_aPressReleasesTheMailAndTheCardShowsTheNextHopsReply() throws Exception {
    try (Child postern = started("kim")) {
      String id = held(postern);
      Seen card = await(id, Seen::asks);

      chat.release("stranger", card, ALL, WHY);
      assertTold("stranger", chat.refusalOfStrangers());
      chat.release("guest", card, ALL, WHY);
      assertTold("guest", "Guests do not decide");

      chat.release("kim", card, ALL, WHY);

      Seen done = await(id, it -> it.says("queued as"));
      assertThat(done.id()).as("the same message, edited").isEqualTo(card.id());
      assertThat(done.says("Released")).isTrue();
      assertThat(done.asks()).isFalse();
      chat.release("kim", card, ALL, WHY);
      assertTold("kim", "Already decided");
      assertThat(released()).isEqualTo(1);
    }
  }

  @Test
  void P3_aPressCountsThoughPosternWasKilledBeforeAndAfterIt() throws Exception {
    Child first = started("kim");
    String id = held(first);
    Seen card = await(id, Seen::asks);
    first.kill();

    Child second = started(Map.of("POSTERN_MAIL_SMTP_NEXT_HOP", "127.0.0.1:9"), "kim");
    chat.release("kim", card, ALL, WHY);
    second.kill();

    try (Child _ = started("kim")) {
      Seen after = await(id, it -> it.says("queued as") || it.says("interrupted while"));
      if (after.asks()) { // killed while the mail system was told: nobody knows, people decide
        chat.release("kim", after, ALL, WHY);
      }
      assertThat(await(id, it -> it.says("queued as")).id()).isEqualTo(card.id());
      assertThat(released()).isEqualTo(1);
    }
  }

  @Test
  void P12_aPostWhoseAnswerWasLostIsTheOneCard() throws Exception {
    chat.spoilPosts(Mishap.LOST_ANSWER);
    try (Child postern = started("kim")) {
      String id = held(postern);
      Seen card = await(id, Seen::asks);

      chat.release("kim", card, ALL, WHY);

      assertThat(await(id, it -> it.says("queued as")).id()).isEqualTo(card.id());
      assertThat(chat.messages().stream().filter(it -> it.says(id))).as("one card").hasSize(1);
    }
  }

  @Test
  void P2_P7_fiftyPeoplePressAtOnceAndTheMailGoesOutOnce() throws Exception {
    String[] crowd = crowd();
    try (Child postern = started(crowd);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      String id = held(postern);
      Seen card = await(id, Seen::asks);

      List<Future<?>> presses = new ArrayList<>();
      for (String person : crowd) {
        presses.add(threads.submit(() -> chat.release(person, card, ALL, WHY)));
      }
      for (Future<?> press : presses) {
        press.get();
      }

      await(id, it -> it.says("queued as"));
      Set<String> late = new HashSet<>();
      ChatWorld.await(
          "all but one are told that they came too late",
          () -> {
            for (String person : crowd) {
              chat.told(person)
                  .filter(it -> it.contains("Already decided"))
                  .ifPresent(_ -> late.add(person));
            }
            return late.size() == crowd.length - 1;
          });
      assertThat(released()).isEqualTo(1);
    }
  }

  /** Fifty names. */
  protected static String[] crowd() {
    return IntStream.range(10, 60).mapToObj(i -> "p" + i).toArray(String[]::new);
  }

  /** A running Postern that asks these people. */
  protected final Child started(String... people) throws Exception {
    return started(Map.of(), people);
  }

  private Child started(Map<String, String> besides, String... people) throws Exception {
    Map<String, String> settings = new HashMap<>(chat.settings(people));
    settings.putAll(besides);
    settings.put("POSTERN_DNS_SERVERS", "127.0.0.1:9");
    Child postern = Child.start("try", folder, settings);
    chat.reach(postern.url);
    postern.await("/readyz", chat.name() + ": ok");
    return postern;
  }

  /** A message is held; its case. */
  protected static String held(Child postern) throws IOException {
    String reply = postern.mail("billing@shop.test", "you@corp.test", MESSAGE);
    return reply.substring(reply.length() - 12);
  }

  /** The first message of a case that is as wanted. */
  protected final Seen await(String caseId, Predicate<Seen> wanted) {
    return awaited(it -> it.says(caseId) && wanted.test(it));
  }

  /** The first message that is as wanted. */
  protected final Seen awaited(Predicate<Seen> wanted) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
    while (System.nanoTime() < end) {
      for (Seen message : chat.messages()) {
        if (wanted.test(message)) {
          return message;
        }
      }
      Pause.betweenLooks();
    }
    throw new AssertionError("no such message in " + chat.messages() + "; " + chat.faults());
  }

  private void assertTold(String person, String words) {
    ChatWorld.await(
        person + " is told: " + words,
        () -> chat.told(person).filter(it -> it.contains(words)).isPresent());
  }

  /** How often the message went on to the mailbox. */
  private long released() throws IOException {
    Path mailbox = folder.resolve("data/mailbox");
    if (!Files.exists(mailbox)) {
      return 0;
    }
    try (Stream<Path> files = Files.walk(mailbox)) {
      return files
          .filter(it -> it.toString().endsWith(".eml"))
          .filter(ChatStoryContract::ours)
          .count();
    }
  }

  private static boolean ours(Path file) {
    try {
      return Files.readString(file).contains("billing@shop.test");
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
