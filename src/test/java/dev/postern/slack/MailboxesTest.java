package dev.postern.slack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.approval.MemoryGroupReadings;
import dev.postern.mail.EmailAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whose account has a mail address. */
class MailboxesTest {
  private static final String PARTNER = "T0PARTNER1";
  private static final EmailAddress ZOE = EmailAddress.parse("Zoe@corp.example").orElseThrow();

  private FakeSlack slack;
  private WebApi api;
  private Members members;
  private Optional<Workspace> home;
  private volatile Instant now = SlackRoom.NOW;

  @BeforeEach
  void open() throws Exception {
    slack = new FakeSlack();
    api = new WebApi(slack.settings());
    home = Optional.of(api.workspace());
    members =
        new Members(
            api.within(Duration.ofSeconds(2)), () -> home, new MemoryGroupReadings(), () -> now);
  }

  @AfterEach
  void close() {
    api.close();
    slack.close();
  }

  private long calls(String method) {
    return slack.methods().stream().filter(method::equals).count();
  }

  private Optional<String> owner() {
    assertThat(members.refresh(ZOE)).isEmpty();
    return members.owner(ZOE);
  }

  @Test
  void anAddressIsTheAccountsThatTheWorkspaceVerifiedItFor() {
    assertThat(members.owner(ZOE)).as("nobody asked yet").isEmpty();
    slack.addresses.put("zoe@corp.example", "U1ZOE");

    assertThat(owner()).contains("U1ZOE");
    now = now.plus(Duration.ofMinutes(9));
    assertThat(owner()).contains("U1ZOE");
    assertThat(calls("users.lookupByEmail")).isEqualTo(1);
    now = now.plus(Mailboxes.FRESH);
    assertThat(owner()).contains("U1ZOE");
    assertThat(calls("users.lookupByEmail")).isEqualTo(2);
  }

  @Test
  void thatNobodyHasAnAddressIsRememberedToo() {
    assertThat(owner()).isEmpty();
    assertThat(owner()).isEmpty();
    assertThat(calls("users.lookupByEmail")).isEqualTo(1);
    assertThat(api.trouble()).isEmpty();

    slack.addresses.put("zoe@corp.example", "U1ZOE");
    now = now.plus(Mailboxes.FRESH).plusSeconds(1);
    assertThat(owner()).contains("U1ZOE");
  }

  @ParameterizedTest
  @CsvSource({
    "is_restricted, true",
    "is_ultra_restricted, true",
    "is_bot, true",
    "deleted, true",
    "is_stranger, true",
    "is_email_confirmed, false",
  })
  void P6_anAccountThatIsNoFullMemberWithThatAddressIsNobodysMailbox(String field, boolean value) {
    slack.addresses.put("zoe@corp.example", "U1ZOE");
    slack.accounts.put("U1ZOE", Kit.object().put(field, value));

    assertThat(owner()).isEmpty();
  }

  @Test
  void P6_anAccountOfAnotherWorkspaceIsNobodysMailbox() {
    slack.addresses.put("zoe@corp.example", "U1ZOE");
    slack.accounts.put("U1ZOE", Kit.object().put("team_id", PARTNER));

    assertThat(owner()).isEmpty();
  }

  @Test
  void withoutTheScopeNobodyIsFoundByAddressAndSlackIsNotAsked() throws Exception {
    slack.scopes.remove("users:read.email");
    home = Optional.of(api.workspace());
    slack.addresses.put("zoe@corp.example", "U1ZOE");

    assertThat(owner()).isEmpty();
    assertThat(calls("users.lookupByEmail")).isZero();
  }
}
