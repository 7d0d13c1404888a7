package dev.postern.app.bench.clicks;

import dev.postern.store.Store;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;

/**
 * Everything around one Postern, on loopback: Slack, the mail system, a name server; and the
 * settings that point there.
 */
final class Surroundings implements AutoCloseable {
  /** Signs what Slack sends. Known to everybody: the entrance listens on loopback for minutes. */
  static final String SLACK_SECRET = "0123456789abcdef0123456789abcdef";

  /** Signs what the mail system reports. */
  static final String INTAKE_SECRET = "0123456789abcdef0123456789abcdef";

  /** Cases with this subject have a window of a minute: it closes before anybody clicks. */
  static final String BRIEF = "Brief";

  private static final String POLICY =
      """
      chains:
        admins:
          {name: Mail admins, approvers: [group:admins], quorum: 1, window: 4h, reason: never}
        brief:
          {name: Mail admins, approvers: [group:admins], quorum: 1, window: 1m, reason: never}
      otherwise: admins
      rules:
        - {name: brief, when: "message.subject.startsWith('Brief')", do: ask, chain: brief, reason: A}
        - {name: all, when: "true", do: ask, chain: admins, reason: B}
      """;

  final StandInSlack slack = new StandInSlack();
  final Sink sink = new Sink();
  private final SilentNames names;

  Surroundings() throws IOException {
    names = new SilentNames();
  }

  /** Writes settings and policy into the folder that Postern is started in. */
  void describe(Path folder, Store.Access store, int people) throws IOException {
    Files.writeString(folder.resolve("policy.yaml"), POLICY);
    Path file = folder.resolve(PosternProcess.SETTINGS);
    Files.writeString(file, settings(folder, store, people), StandardCharsets.UTF_8);
    Files.setPosixFilePermissions(
        file, EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE));
  }

  private String settings(Path folder, Store.Access store, int people) {
    StringBuilder text = new StringBuilder();
    set(text, "data", folder.resolve("data").toString());
    set(text, "log.level", "error");
    set(text, "http.port", "0");
    set(text, "mail.smtp.listen", "127.0.0.1:0");
    set(text, "mail.smtp.next-hop", "127.0.0.1:" + sink.port());
    set(text, "dns.servers", "127.0.0.1:" + names.port());
    set(text, "policy.file", folder.resolve("policy.yaml").toString());
    set(text, "intake.secrets.bench", INTAKE_SECRET);
    set(text, "slack.bot-token", StandInSlack.BOT_TOKEN);
    set(text, "slack.signing-secret", SLACK_SECRET);
    set(text, "slack.api-url", slack.url());
    set(text, "slack.channels.default", StandInSlack.CHANNEL);
    // Thousands of cards in one channel, which the real Slack would take hours for.
    set(text, "slack.pace", "off");
    set(text, "store.url", store.url());
    if (!store.user().isEmpty()) {
      set(text, "store.user", store.user());
      set(text, "store.password", store.password());
    }
    for (int i = 0; i < people; i++) {
      set(text, "people.p" + i + ".name", "Person " + i);
      set(text, "people.p" + i + ".slack", StandInSlack.TEAM + "/" + user(i));
      set(text, "people.p" + i + ".groups", "admins");
    }
    return text.toString();
  }

  /** The Slack account of a person. */
  static String user(int person) {
    return "U0PERSON" + person;
  }

  private static void set(StringBuilder text, String key, String value) {
    String quoted = value.replace("\\", "\\\\").replace("\"", "\\\"");
    text.append(key).append(" = \"").append(quoted).append("\"\n");
  }

  @Override
  public void close() {
    names.close();
    sink.close();
    slack.close();
  }
}
