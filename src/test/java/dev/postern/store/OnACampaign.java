package dev.postern.store;

import dev.postern.approval.BackAgain;
import dev.postern.approval.Backstory;
import dev.postern.approval.CaseBook;
import dev.postern.approval.CaseFile;
import dev.postern.approval.CaseId;
import dev.postern.approval.CaseState;
import dev.postern.approval.Choice;
import dev.postern.approval.HoldRef;
import dev.postern.approval.Judgement;
import dev.postern.approval.Message;
import dev.postern.approval.Together;
import dev.postern.evidence.Dns;
import dev.postern.mail.EmailAddress;
import dev.postern.mail.Envelope;
import dev.postern.mail.RawMessage;
import dev.postern.policy.Grouping;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;

/** Messages that may be of one kind, on a desk that decides them together. */
abstract class OnACampaign extends OnAWorld {
  static final Choice RELEASE = new Choice.ReleaseAll();
  static final Choice DISCARD = new Choice.Discard();

  WorkTable table;

  abstract Store.Access opened();

  @BeforeEach
  void grouping() {
    world.grouping = Grouping.USUAL;
    table =
        new WorkTable(
            opened(),
            CardRoom.in(world, people, List.of(), new Random(2)).workers(),
            new Random(3));
  }

  /** The same where DNS answers like this. */
  void inADns(Dns dns) {
    world.close();
    world = new World(database(), people, dns);
    grouping();
  }

  /** Members whom nobody will ever be asked about. */
  List<CaseId> stranded() {
    return cases().stream()
        .filter(it -> it.state() == CaseState.ASKING && !it.asking())
        .filter(
            it ->
                world
                    .records
                    .backstory(it.id())
                    .together()
                    .filter(t -> t.campaign().asks())
                    .isEmpty())
        .map(CaseFile::id)
        .toList();
  }

  /** The mail system has it again. */
  void back(CaseId id) {
    BackAgain.of(world.desk, id);
  }

  List<CaseId> held(int messages) {
    List<CaseId> all = new ArrayList<>();
    for (int i = 0; i < messages; i++) {
      all.add(held("m" + i, "Hello", "u" + i + "@corp.example"));
    }
    return all;
  }

  CaseId held(String id, String text, String recipient) {
    return ((Judgement.Held) world.desk.judge(message(id, text, recipient))).caseId();
  }

  Message message(String id, String text, String recipient) {
    String raw =
        "From: News <news@shop.example>\r\nTo: "
            + recipient
            + "\r\nSubject: Offer\r\nMessage-ID: <"
            + id
            + "@shop.example>\r\n\r\n"
            + "To all of you who want to know about it:\r\n\r\n"
            + text
            + "\r\n";
    return new Message(
        new HoldRef("smtp", id),
        new Envelope(
            EmailAddress.parse("bounce@shop.example"),
            List.of(World.address(recipient)),
            InetAddress.ofLiteral("192.0.2.1"),
            "mx.shop.example"),
        RawMessage.of(raw.getBytes(StandardCharsets.UTF_8)),
        world.now);
  }

  /** Time passes until those who came are on the card. */
  void gathered() {
    world.now = world.now.plusSeconds(20);
    run();
  }

  void run() {
    table.run(world.now);
  }

  Together together(CaseId id) {
    Backstory before = world.records.backstory(id);
    return before.together().orElseThrow();
  }

  List<CaseFile> cases() {
    return world.records.list(new CaseBook.Query(Set.of(), "", Optional.empty(), 200)).stream()
        .sorted(Comparator.comparing(CaseFile::receivedAt))
        .toList();
  }
}
