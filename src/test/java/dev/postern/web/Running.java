package dev.postern.web;

import dev.postern.approval.Answer;
import dev.postern.approval.Ballot;
import dev.postern.approval.Brake;
import dev.postern.approval.CaseBook;
import dev.postern.approval.CaseId;
import dev.postern.approval.Click;
import dev.postern.approval.Directory;
import dev.postern.approval.Identity;
import dev.postern.approval.MemoryFreeze;
import dev.postern.approval.Person;
import dev.postern.approval.Petitions;
import dev.postern.approval.Refusal;
import dev.postern.approval.TokenRow;
import dev.postern.card.CardWriter;
import dev.postern.mail.EmailAddress;
import dev.postern.policy.APolicy;
import dev.postern.store.World;
import dev.postern.store.Worlds;
import io.javalin.Javalin;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Console and API on a random port of the loopback interface. */
final class Running implements AutoCloseable {
  static final Person MARA = person("mara", "Mara Lindqvist", Set.of("admins", "mail-oncall"));
  static final Person JONAS = person("jonas", "Jonas Weber", Set.of("finance"));

  final Shelf shelf = new Shelf();
  final SignInLinks links = new SignInLinks();
  Instant now = SampleCase.NOW;
  private final Javalin server;

  /** What the console stands on. */
  record Ground(
      Function<Click, Answer> clicks,
      BiFunction<CaseId, Person, Optional<Ballot>> ballots,
      BiFunction<CaseId, Identity, Answer> apart,
      Function<String, Optional<CaseId>> caseOfToken,
      CaseBook book,
      Directory people,
      Petitions petitions,
      InstantSource clock) {

    /** A real desk on a real store. */
    static Ground of(World world, Directory people) {
      return new Ground(
          world.desk::click,
          world.desk::ballot,
          world.campaigns::apart,
          t -> world.tokens.open(t).flatMap(world.records::token).map(TokenRow::caseId),
          world.records,
          people,
          world.petitions,
          () -> world.now);
    }
  }

  Running() {
    this(URI.create("http://127.0.0.1:8080"), Optional.of(List::of));
  }

  Running(URI publicUrl, Optional<Mailbox> mailbox) {
    this(publicUrl, mailbox, Optional.empty());
  }

  Running(URI publicUrl, Optional<Mailbox> mailbox, Optional<PolicyParts> policy) {
    Ground ground =
        new Ground(
            shelf::click,
            shelf::ballot,
            (id, _) -> new Answer.Refused(Refusal.NOT_TOGETHER, "", Optional.of(id)),
            shelf::caseOf,
            shelf,
            directory(),
            Worlds.inMemory(directory()).petitions,
            () -> this.now);
    server = serve(ground, publicUrl, mailbox, policy, links);
  }

  Running(World world, Directory people, Mailbox mailbox) {
    Ground ground = Ground.of(world, people);
    server =
        serve(
            ground,
            URI.create("http://127.0.0.1:8080"),
            Optional.of(mailbox),
            Optional.empty(),
            links);
  }

  private static Javalin serve(
      Ground ground,
      URI publicUrl,
      Optional<Mailbox> mailbox,
      Optional<PolicyParts> policy,
      SignInLinks links) {
    WebParts parts =
        new WebParts(
            ground.clicks(),
            ground.ballots(),
            ground.apart(),
            ground.caseOfToken(),
            ground.book(),
            ground.people(),
            new CardWriter(ground.people()),
            mailbox,
            new AccessTokens(Map.of("token-of-mara", MARA, "token-of-jonas", JONAS)),
            links,
            new Sessions("0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.UTF_8)),
            new Brake(new MemoryFreeze(), APolicy.letting("mara"), ground.people(), ground.clock()),
            publicUrl,
            ground.clock());
    return Javalin.create(
            config -> {
              config.startup.showJavalinBanner = false;
              new Console(parts, ground.petitions(), policy).register(config.routes);
              new CaseApi(parts).register(config.routes);
              new FreezeApi(parts.tokens(), parts.brake()).register(config.routes);
            })
        .start("127.0.0.1", 0);
  }

  private static Directory directory() {
    return new Directory() {
      @Override
      public Optional<Person> person(Identity who) {
        return List.of(MARA, JONAS).stream()
            .filter(p -> Identity.ofPostern(p.id()).equals(who))
            .findFirst();
      }

      @Override
      public List<Person> named(String approver) {
        return List.of(MARA, JONAS).stream().filter(p -> p.id().equals(approver)).toList();
      }
    };
  }

  private static Person person(String id, String name, Set<String> groups) {
    return new Person(id, name, EmailAddress.parse(id + "@corp.example"), Optional.empty(), groups);
  }

  URI at(String path) {
    return URI.create("http://127.0.0.1:" + server.port() + path);
  }

  /** A browser of its own, without script. */
  Browser browser() {
    return new Browser();
  }

  @Override
  public void close() {
    server.stop();
  }

  /** Keeps cookies and sends forms as browsers do. */
  final class Browser {
    private static final Pattern TOKEN = Pattern.compile("name=\"csrf\" value=\"([^\"]+)\"");

    final CookieManager cookies = new CookieManager(null, CookiePolicy.ACCEPT_ALL);
    private final HttpClient client = HttpClient.newBuilder().cookieHandler(cookies).build();

    HttpResponse<String> get(String path, String... headers) {
      return send(request(path, headers).GET());
    }

    HttpResponse<String> head(String path) {
      return send(request(path).HEAD());
    }

    HttpResponse<String> post(String path, Map<String, String> fields, String... headers) {
      String body =
          fields.entrySet().stream()
              .map(e -> encode(e.getKey().replaceFirst("#.*", "")) + "=" + encode(e.getValue()))
              .collect(Collectors.joining("&"));
      return send(
          request(path, headers)
              .header("Content-Type", "application/x-www-form-urlencoded")
              .POST(BodyPublishers.ofString(body)));
    }

    Browser signedInBy(String token) {
      String csrf = csrf(get("/login").body());
      HttpResponse<String> answer = post("/login", Map.of("csrf", csrf, "token", token));
      if (answer.statusCode() != 303) {
        throw new AssertionError("sign-in answered " + answer.statusCode());
      }
      return this;
    }

    static String csrf(String page) {
      return field(page, TOKEN);
    }

    static String hidden(String page, String name) {
      return field(page, Pattern.compile("name=\"" + name + "\" value=\"([^\"]+)\""));
    }

    private static String field(String page, Pattern pattern) {
      Matcher found = pattern.matcher(page);
      if (!found.find()) {
        throw new AssertionError("no " + pattern + " in:\n" + page);
      }
      return found.group(1);
    }

    private HttpRequest.Builder request(String path, String... headers) {
      HttpRequest.Builder request = HttpRequest.newBuilder(at(path));
      if (headers.length > 0) {
        request.headers(headers);
      }
      return request;
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
      try {
        return client.send(request.build(), BodyHandlers.ofString());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }

    private static String encode(String text) {
      return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
  }
}
