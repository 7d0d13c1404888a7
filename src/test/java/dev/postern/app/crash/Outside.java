package dev.postern.app.crash;

import dev.postern.approval.Directory;
import dev.postern.approval.Identity;
import dev.postern.approval.Person;
import dev.postern.dns.FakeNameServer;
import dev.postern.slack.StrictSlack;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.xbill.DNS.Rcode;

/** What is around Posterns, on loopback: Slack, a mail server, a name server, people. */
final class Outside implements AutoCloseable {
  /** Signs what the mail system reports. */
  static final String INTAKE_SECRET = "0123456789abcdef0123456789abcdef";

  /** Mail with a subject that begins so needs two people. */
  static final String TWO = "Two";

  private static final String POLICY =
      """
      chains:
        one: {name: Mail admins, approvers: [group:admins], quorum: 1, window: 8h, reason: never}
        two: {name: Mail admins, approvers: [group:admins], quorum: 2, window: 8h, reason: never}
      otherwise: one
      rules:
        - {name: two, when: "message.subject.startsWith('Two')", do: ask, chain: two, reason: A}
        - {name: all, when: "true", do: ask, chain: one, reason: B}
      """;

  final StrictSlack slack = new StrictSlack();
  final MailSink sink = new MailSink();
  final int people;
  private final FakeNameServer names;

  /** With so many people who may decide. */
  Outside(int people) throws IOException {
    this.people = people;
    this.names = FakeNameServer.of((question, _) -> FakeNameServer.rcode(question, Rcode.NXDOMAIN));
  }

  /** Writes settings and policy into the folder that a Postern is started in. */
  void describe(Path folder, String storeUrl) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("policy.yaml"), POLICY);
    StringBuilder text = new StringBuilder();
    set(text, "log.level", "info");
    set(text, "mail.smtp.next-hop", "127.0.0.1:" + sink.port());
    set(text, "dns.servers", "127.0.0.1:" + names.address().getPort());
    set(text, "policy.file", "policy.yaml");
    set(text, "intake.secrets.filter", INTAKE_SECRET);
    slack.settings().forEach((key, value) -> set(text, key, value));
    set(text, "store.url", storeUrl);
    for (int i = 0; i < people; i++) {
      set(text, "people.p" + i + ".name", "Person " + i);
      set(text, "people.p" + i + ".slack", StrictSlack.TEAM + "/" + user(i));
      set(text, "people.p" + i + ".groups", "admins");
    }
    Path file = Files.writeString(folder.resolve("postern.conf"), text, StandardCharsets.UTF_8);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  private static void set(StringBuilder text, String key, String value) {
    text.append(key).append(" = \"").append(value).append("\"\n");
  }

  /** The Slack account of a person. */
  static String user(int person) {
    return "U0PERSON" + person;
  }

  /** The people, as the settings tell of them. */
  Directory directory() {
    List<Person> all =
        IntStream.range(0, people)
            .mapToObj(
                i ->
                    new Person(
                        "p" + i,
                        "Person " + i,
                        Optional.empty(),
                        Optional.of(user(i)),
                        Set.of("admins")))
            .toList();
    return new Directory() {
      @Override
      public Optional<Person> person(Identity who) {
        return all.stream()
            .filter(p -> p.id().equals(who.user()) || p.slackUser().equals(Optional.of(who.user())))
            .findFirst();
      }

      @Override
      public List<Person> named(String approver) {
        return all;
      }
    };
  }

  @Override
  public void close() throws IOException {
    names.close();
    sink.close();
    slack.close();
  }
}
