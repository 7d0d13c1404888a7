package dev.postern.slack;

import dev.postern.approval.Identity;
import dev.postern.approval.MemoryGroupReadings;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What Slack says of people, read from a fake Slack. */
abstract class OnMembers {
  static final String PARTNER = "T0PARTNER1";

  final MemoryGroupReadings readings = new MemoryGroupReadings();
  FakeSlack slack;
  WebApi api;
  Members members;
  Optional<Workspace> home;
  volatile Instant now = SlackRoom.NOW;

  @BeforeEach
  void open() throws Exception {
    slack = new FakeSlack();
    api = new WebApi(slack.settings(), () -> now);
    home = Optional.of(api.workspace());
    members = another();
  }

  /** As another replica has them, or this one after a restart. */
  final Members another() {
    return new Members(api.within(Duration.ofSeconds(2)), () -> home, readings, () -> now);
  }

  @AfterEach
  void close() {
    api.close();
    slack.close();
  }

  static Identity account(String user) {
    return new Identity("slack", FakeSlack.TEAM, user);
  }

  final long calls(String method) {
    return slack.methods().stream().filter(method::equals).count();
  }
}
