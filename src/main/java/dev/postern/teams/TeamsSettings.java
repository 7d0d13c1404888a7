package dev.postern.teams;

import dev.postern.card.DigestPlan;
import dev.postern.card.pace.Pacing;
import dev.postern.teams.wire.Address;
import dev.postern.teams.wire.Connector;
import dev.postern.teams.wire.Courier;
import dev.postern.teams.wire.Credential;
import dev.postern.teams.wire.Graph;
import dev.postern.teams.wire.Registration;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What Teams needs. Everything empty means: no Teams.
 *
 * @param app as whom Postern speaks
 * @param outside where Microsoft is reached, and from where it may come
 * @param defaultChannel {@code teams.channels.default}, id of the channel or chat that cards go to
 * @param manner how it is spoken to
 */
public record TeamsSettings(App app, Outside outside, String defaultChannel, Manner manner) {
  /** How an id of an app or tenant looks. */
  public static final String GUID = "(?i)[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";

  /** How the id of a channel ({@code …@thread.tacv2}) or group chat looks. */
  public static final String CONVERSATION = "19:[A-Za-z0-9_.-]{1,200}@[a-z0-9.]{3,40}";

  /** Where the public cloud signs in. */
  public static final URI LOGIN = URI.create("https://login.microsoftonline.com/");

  /** Where the public cloud tells which keys it signs with. */
  public static final URI METADATA =
      URI.create("https://login.botframework.com/v1/.well-known/openidconfiguration");

  /** Where the public cloud tells of groups in Entra. */
  public static final URI GRAPH = URI.create("https://graph.microsoft.com/");

  /**
   * Below which the public cloud's Teams answers; other clouds have other hosts
   * (learn.microsoft.com, "Send proactive messages").
   */
  public static final URI SERVICE = URI.create("https://smba.trafficmanager.net/");

  /**
   * As whom Postern speaks.
   *
   * @param id {@code teams.app-id}, in lower case
   * @param credential by what the app proves itself: {@code teams.app-secret}, or {@code
   *     teams.app-certificate} and {@code teams.app-key}, or {@code teams.federated-token-file}
   * @param tenants {@code teams.tenant-id}, in lower case; the first is the app's own, the others
   *     are further tenants from which requests are taken
   */
  public record App(String id, Optional<Credential> credential, List<String> tenants) {
    /** Letters of a GUID mean the same in either case. */
    public App {
      id = lower(id.strip());
      tenants = tenants.stream().map(it -> lower(it.strip())).distinct().toList();
    }

    /** The tenant that the app is registered in. */
    public String homeTenant() {
      return tenants.isEmpty() ? "" : tenants.getFirst();
    }

    private boolean empty() {
      return id.isEmpty() && credential.isEmpty() && tenants.isEmpty();
    }

    /** Says what is set and no secret. */
    @Override
    public String toString() {
      return "App[id=%s, tenants=%s]".formatted(id, tenants);
    }
  }

  /**
   * Where Microsoft is reached, and from where it may come. All defaults are the public cloud's.
   *
   * @param loginUrl {@code teams.login-url}, ends in a slash; the tenant follows
   * @param metadataUrl {@code teams.metadata-url}, the OpenID configuration with the keys of tokens
   * @param serviceUrls {@code teams.service-urls}, below which requests may tell to be answered
   * @param emulatorIssuers {@code teams.emulator-issuers}, whose tokens are believed besides the
   *     Bot Connector's; empty in production
   * @param graph {@code teams.graph-url}, where groups of Entra are read; empty where {@code
   *     teams.graph} is off
   */
  public record Outside(
      URI loginUrl,
      URI metadataUrl,
      List<URI> serviceUrls,
      List<String> emulatorIssuers,
      Optional<URI> graph) {
    /** Copies the lists, and puts the public cloud where nothing is said. */
    public Outside {
      loginUrl = slashed(loginUrl);
      serviceUrls = serviceUrls.isEmpty() ? List.of(SERVICE) : List.copyOf(serviceUrls);
      emulatorIssuers = List.copyOf(emulatorIssuers);
      graph = graph.map(Outside::slashed);
    }

    /** Without Microsoft Graph. */
    public Outside(
        URI loginUrl, URI metadataUrl, List<URI> serviceUrls, List<String> emulatorIssuers) {
      this(loginUrl, metadataUrl, serviceUrls, emulatorIssuers, Optional.empty());
    }

    /** Where to send what is for a place that Teams has told nothing about yet. */
    URI usualService() {
      URI first = serviceUrls.getFirst();
      // learn.microsoft.com, "Send proactive messages": the global address of the public cloud.
      return first.equals(SERVICE) ? first.resolve("teams/") : first;
    }

    /** The public cloud, without emulators. */
    public static Outside publicCloud() {
      return new Outside(LOGIN, METADATA, List.of(SERVICE), List.of());
    }

    private static URI slashed(URI address) {
      String text = address.toString();
      return text.endsWith("/") ? address : URI.create(text + "/");
    }
  }

  /**
   * How Teams is spoken to.
   *
   * @param messageText {@code teams.message-text}, whether the evidence shows what the message
   *     itself says
   * @param pacing {@code teams.pace}
   * @param digest {@code teams.digest}, where and when to tell of each day; empty for nowhere
   */
  public record Manner(boolean messageText, Pacing pacing, Optional<DigestPlan> digest) {
    /** As it is where nothing is set. */
    public static final Manner USUAL = new Manner(true, Pacing.ON, Optional.empty());
  }

  /**
   * Checks what is set.
   *
   * @throws IllegalArgumentException naming the key, what is wrong with it and how to mend it
   */
  public TeamsSettings {
    defaultChannel = defaultChannel.strip();
    if (!app.empty() || !defaultChannel.isEmpty()) {
      checkWhole(app, defaultChannel);
      checkApp(app);
      require(
          defaultChannel.matches(CONVERSATION),
          "teams.channels.default must be an id such as 19:…@thread.tacv2, not a name: \"Get link"
              + " to channel\" in Teams holds it between /channel/ and the next slash, with %3A"
              + " for : and %40 for @");
      checkAddress("teams.login-url", outside.loginUrl());
      checkAddress("teams.metadata-url", outside.metadataUrl());
      outside.serviceUrls().forEach(address -> checkAddress("teams.service-urls", address));
      outside.graph().ifPresent(address -> checkAddress("teams.graph-url", address));
    }
  }

  /** In the usual manner. */
  public TeamsSettings(App app, Outside outside, String defaultChannel) {
    this(app, outside, defaultChannel, Manner.USUAL);
  }

  /** No Teams. */
  public static TeamsSettings off() {
    return new TeamsSettings(new App("", Optional.empty(), List.of()), Outside.publicCloud(), "");
  }

  /** Whether Teams is to be used at all. */
  public boolean configured() {
    return !app.empty();
  }

  /** As whom conversations are begun, and where. */
  Connector.Home home() {
    return new Connector.Home("28:" + app.id(), app.homeTenant());
  }

  /**
   * The app as Entra knows it.
   *
   * @throws java.util.NoSuchElementException when Teams is off
   */
  public Registration registration() {
    return new Registration(
        app.id(), app.homeTenant(), outside.loginUrl(), app.credential().orElseThrow());
  }

  /**
   * Microsoft Graph, where it is switched on.
   *
   * @param courier carries the requests
   */
  Optional<Graph> graph(Courier courier, InstantSource clock) {
    return outside.graph().map(address -> new Graph(registration(), courier, address, clock));
  }

  private static void checkWhole(App app, String channel) {
    List<String> absent =
        Stream.of(
                app.id().isEmpty() ? "teams.app-id" : "",
                app.credential().isEmpty() ? "teams.app-secret" : "",
                app.tenants().isEmpty() ? "teams.tenant-id" : "",
                channel.isEmpty() ? "teams.channels.default" : "")
            .filter(key -> !key.isEmpty())
            .toList();
    require(
        absent.isEmpty(),
        "teams is half configured: not set: "
            + String.join(", ", absent)
            + " (docs/settings.md says where each is found)");
  }

  private static void checkApp(App app) {
    require(
        app.id().matches(GUID),
        "teams.app-id must be a GUID: copy \"Microsoft App ID\" from the Azure bot's"
            + " \"Configuration\"");
    require(
        !(app.credential().orElse(null) instanceof Credential.Secret it && it.text().matches(GUID)),
        "teams.app-secret is the secret's ID: copy the column \"Value\" of \"Certificates &"
            + " secrets\" instead; it is shown only right after the secret was made");
    require(
        app.tenants().stream().allMatch(tenant -> tenant.matches(GUID)),
        "teams.tenant-id must be a GUID, not a domain: copy \"Directory (tenant) ID\" from the app"
            + " registration's \"Overview\"");
  }

  /** Secrets and keys pass here, so it is encrypted, or it does not leave the machine. */
  private static void checkAddress(String key, URI address) {
    String host = lower(String.valueOf(address.getHost()));
    String scheme = lower(String.valueOf(address.getScheme()));
    require(
        scheme.equals("https") || (scheme.equals("http") && Address.isLoopback(host)),
        key + " must begin with https://");
    require(
        address.getRawUserInfo() == null
            && address.getRawQuery() == null
            && address.getRawFragment() == null,
        key + " must be a bare address, without user, ? and #");
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  private static void require(boolean holds, String sentence) {
    if (!holds) {
      throw new IllegalArgumentException(sentence);
    }
  }
}
