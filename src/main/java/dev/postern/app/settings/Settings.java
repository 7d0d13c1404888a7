package dev.postern.app.settings;

import dev.postern.card.DigestPlan;
import dev.postern.card.pace.Pacing;
import dev.postern.evidence.Home;
import dev.postern.mail.EmailAddress;
import dev.postern.store.Retention;
import dev.postern.store.Store;
import dev.postern.teams.TeamsSettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Everything an administrator can set, checked. Secrets are wrapped, so that printing settings
 * shows none.
 *
 * @param data folder for everything that is kept; absolute
 * @param http web console and API
 * @param smtp SMTP entrance and next hop
 * @param mail the mail systems that hold mail
 * @param dns whom to ask
 * @param home what the firm says of itself
 * @param policyFile the policy; empty for the built-in one; absolute
 * @param people everybody who may decide
 * @param intakeSecrets secret of each source that signs holds
 * @param slack empty when it is off
 * @param teams empty when it is off
 * @param store the database
 * @param retention how long what is kept
 * @param audit where checkpoints of the tamper-evident log go besides the store
 * @param log how events are told
 */
public record Settings(
    Path data,
    Http http,
    Smtp smtp,
    MailSettings mail,
    Resolvers dns,
    Home home,
    Optional<Path> policyFile,
    List<PersonEntry> people,
    Map<String, Secret> intakeSecrets,
    Optional<SlackAccess> slack,
    Optional<TeamsSettings> teams,
    StoreAccess store,
    Retention.Terms retention,
    Audit audit,
    Log log) {

  /** What the settings are for. */
  public enum Mode {
    /** A service that holds real mail. */
    SERVE,
    /** A look at Postern on embedded defaults. */
    TRY
  }

  /**
   * Web console and API.
   *
   * @param host to listen on
   * @param port 0 takes a free one
   * @param publicUrl where people reach it; empty when that is host and port
   */
  public record Http(String host, int port, Optional<URI> publicUrl) {}

  /**
   * The SMTP entrance.
   *
   * @param listen address and port; port 0 takes a free one
   * @param nextHop where mail goes; empty only for {@link Mode#TRY}, which has its own
   * @param maxSize octets of one message
   * @param trustedRelays addresses or networks whose XFORWARD counts
   * @param hostname in the greeting and in EHLO
   * @param links protocol, encryption and login
   */
  public record Smtp(
      HostPort listen,
      Optional<HostPort> nextHop,
      long maxSize,
      List<String> trustedRelays,
      String hostname,
      SmtpLinks links) {}

  /**
   * Name servers.
   *
   * @param servers empty for those of the system
   * @param timeout for all questions about one message
   */
  public record Resolvers(List<HostPort> servers, Duration timeout) {}

  /**
   * What it takes to examine one message, without a service.
   *
   * @param dns name servers, and how long they may take
   * @param home whose firm this is
   */
  public record Examination(Resolvers dns, Home home) {}

  /**
   * One person who may decide.
   *
   * @param id key in the settings
   * @param name as shown
   * @param email to recognise own mail
   * @param slackTeam workspace of the Slack account; empty for any
   * @param slackUser id of the Slack account
   * @param teamsTenant tenant of the account in Teams, in lower case; empty for ours
   * @param teamsUser object id of the account in Entra, in lower case
   * @param groups names of groups
   * @param token for API, command line and sign-in
   */
  public record PersonEntry(
      String id,
      String name,
      Optional<EmailAddress> email,
      String slackTeam,
      Optional<String> slackUser,
      String teamsTenant,
      Optional<String> teamsUser,
      Set<String> groups,
      Optional<Secret> token) {
    /** Copies the set, so that an entry never changes. */
    public PersonEntry {
      groups = Set.copyOf(groups);
    }

    /** The same without the accounts of platforms that are off: nobody is reached there. */
    PersonEntry on(boolean slack, boolean teams) {
      return new PersonEntry(
          id,
          name,
          email,
          slackTeam,
          slackUser.filter(_ -> slack),
          teamsTenant,
          teamsUser.filter(_ -> teams),
          groups,
          token);
    }

    /** Somebody without an account in Teams. */
    public PersonEntry(
        String id,
        String name,
        Optional<EmailAddress> email,
        String slackTeam,
        Optional<String> slackUser,
        Set<String> groups,
        Optional<Secret> token) {
      this(id, name, email, slackTeam, slackUser, "", Optional.empty(), groups, token);
    }

    /** The account on a chat platform; empty without. */
    Optional<String> user(String platform) {
      return platform.equals("slack") ? slackUser : teamsUser;
    }

    /** What that account is of; empty for ours, or without an account. */
    String tenant(String platform) {
      return platform.equals("slack") ? slackTeam : teamsTenant;
    }
  }

  /**
   * Slack.
   *
   * @param botToken for calls to Slack
   * @param signingSecret to check requests; empty only with Socket Mode
   * @param appToken for Socket Mode; empty without
   * @param apiUrl where Slack answers, ends in a slash
   * @param defaultChannel id of the channel that cards go to
   * @param digest where and when to tell of each day; empty for nowhere
   * @param byEmail what the verified addresses of accounts are good for
   * @param messageText whether the private evidence view shows what the message itself says
   * @param pacing whether calls keep below Slack's rates
   */
  public record SlackAccess(
      Secret botToken,
      Optional<Secret> signingSecret,
      Optional<Secret> appToken,
      String apiUrl,
      String defaultChannel,
      ByEmail byEmail,
      Optional<DigestPlan> digest,
      boolean messageText,
      Pacing pacing) {}

  /**
   * The database.
   *
   * @param url JDBC URL without a password
   * @param user empty where none is needed
   * @param password empty where none is needed
   * @param sync whether H2 forces commits to the disk
   */
  public record StoreAccess(String url, String user, Optional<Secret> password, boolean sync) {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** How to open it, with at most so many connections. */
    public Store.Access opened(int connections) {
      String word = password.map(Secret::text).orElse("");
      return new Store.Access(url, user, word, sync, connections, PATIENCE);
    }
  }

  /**
   * What it takes to read the tamper-evident log, without a service.
   *
   * @param data folder for everything that is kept; absolute
   * @param store the database
   */
  public record Keeping(Path data, StoreAccess store) {}

  /**
   * Second places for checkpoints of the tamper-evident log.
   *
   * @param checkpointCopy file that each is appended to; absolute; empty for none
   * @param witness where each is posted to; empty for nowhere
   */
  public record Audit(Optional<Path> checkpointCopy, Optional<URI> witness) {}

  /**
   * The log.
   *
   * @param json whether lines are JSON
   * @param level the least that is told, in lower case
   */
  public record Log(boolean json, String level) {}

  /** Copies the lists, so that settings never change. */
  public Settings {
    people = List.copyOf(people);
    intakeSecrets = Map.copyOf(intakeSecrets);
  }

  /** The people with those of their accounts whose platforms are on. */
  public List<PersonEntry> reachable() {
    return people.stream().map(it -> it.on(slack.isPresent(), teams.isPresent())).toList();
  }
}
