package dev.postern.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.fake.Pause;
import dev.postern.policy.APolicy;
import dev.postern.policy.Past;
import dev.postern.policy.Policy;
import dev.postern.policy.PolicyEdit;
import dev.postern.policy.Precedents;
import dev.postern.policy.ShadowBook;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The policy in the console: what it does, and what another one would have done. */
class PolicyPageTest {
  private static final URI HERE = URI.create("http://127.0.0.1:8080");
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String DRAFT =
      """
      chains: {admins: {name: A, approvers: [mara], window: 4h}}
      rules:
        - {name: all that is proved, when: dmarc.result == 'pass', do: release}
        - {name: the rest, when: dmarc.result != 'pass', do: discard, shadow: true}
      """;

  private volatile CountDownLatch mayGo = new CountDownLatch(0);
  private final Policy policy =
      APolicy.of("{name: tried, when: dmarc.result == 'fail', do: discard, shadow: true}");
  private final PolicyParts parts =
      new PolicyParts(
          "policy.yaml",
          () -> policy,
          () -> Optional.of(PolicyEdit.builtIn()),
          new Precedents() {
            @Override
            public long count(Span when) {
              return 2_000;
            }

            @Override
            public void each(Span when, Taker taker) {
              Past.cases(2_000)
                  .forEach(
                      it -> {
                        await(mayGo);
                        taker.take(it);
                      });
            }
          },
          ShadowBook.NONE);
  private final Running postern = new Running(HERE, Optional.empty(), Optional.of(parts));

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @AfterEach
  void close() {
    mayGo.countDown();
    postern.close();
  }

  private Running.Browser mara() {
    return postern.browser().signedInBy("token-of-mara");
  }

  private static String until(Running.Browser browser, Predicate<String> page) {
    Instant end = Instant.now().plus(PATIENCE);
    String body = browser.get("/policy").body();
    while (!page.test(body)) {
      assertThat(Instant.now()).as(body).isBefore(end);
      Pause.betweenLooks();
      body = browser.get("/policy").body();
    }
    return body;
  }

  private static HttpResponse<String> tried(Running.Browser browser, String draft) {
    String csrf = Running.Browser.csrf(browser.get("/policy").body());
    return browser.post("/policy/trials", Map.of("csrf", csrf, "policy", draft, "days", "30"));
  }

  @Test
  void whoeverMayNotReadAllCasesMayNotReadThis() {
    Running.Browser jonas = postern.browser().signedInBy("token-of-jonas");

    assertThat(jonas.get("/policy").statusCode()).isEqualTo(403);
    assertThat(jonas.get("/").body()).doesNotContain("href=\"/policy\"");
    assertThat(mara().get("/").body()).contains("href=\"/policy\"");
    assertThat(postern.browser().get("/policy").statusCode()).isEqualTo(303);
  }

  @Test
  void itSaysWhatEachRuleDoesAndWhatThoseInShadowWouldHaveDone() {
    String page = until(mara(), it -> it.contains("In force"));

    assertThat(page)
        .contains("policy.yaml, version " + policy.version())
        .contains("<th scope=\"row\">tried</th>")
        .containsPattern("tried</th><td>discard</td><td>not known</td><td class=\"num\">[1-9]")
        .contains("Rules that people have earned");
  }

  @Test
  void aPolicyThatIsPastedIsReplayed_inTheBackground() {
    Running.Browser mara = mara();
    mayGo = new CountDownLatch(1);
    assertThat(tried(mara, DRAFT).headers().firstValue("Location")).contains("/policy#result");
    assertThat(mara.get("/policy").body())
        .contains("Replaying the last 30 days", "<noscript><meta http-equiv=\"refresh\"");
    assertThat(tried(mara, DRAFT).statusCode()).as("one at a time").isEqualTo(409);
    mayGo.countDown();

    String page = until(mara, it -> it.contains("The policy that was tried"));
    assertThat(page)
        .contains("<dt>Cases</dt><dd>2,000</dd>")
        .containsPattern("all that is proved</th><td>release</td><td class=\"num\">0</td>")
        .contains("the rest</th><td>discard, in shadow</td>")
        .contains("would be settled against what people decided", "href=\"/cases/PN-")
        .contains("<rect class=\"b3\"", "Show the numbers")
        .doesNotContain("<meta http-equiv=\"refresh\"")
        .contains("name: all that is proved"); // the draft stands in the form
  }

  @Test
  void whatIsTriedCanBeGivenUp() {
    Running.Browser mara = mara();
    until(mara, it -> it.contains("In force"));
    mayGo = new CountDownLatch(1);
    tried(mara, DRAFT);
    String csrf = Running.Browser.csrf(mara.get("/policy").body());
    mara.post("/policy/trials/end", Map.of("csrf", csrf));
    mayGo.countDown();

    assertThat(until(mara, it -> it.contains("It was given up"))).doesNotContain("Replaying");
    mara.post("/policy/trials/end", Map.of("csrf", csrf));
    assertThat(mara.get("/policy").body()).doesNotContain("given up");
    assertThat(tried(mara, DRAFT).statusCode()).isEqualTo(303);
  }

  @Test
  void mistakesAreShownWithPlaceAndMend_andTheDraftStays() {
    HttpResponse<String> answer = tried(mara(), DRAFT.replace("dmarc.result ==", "dmarc.resul =="));

    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.body())
        .contains("<span class=\"mono\">policy.yaml:3:")
        .contains("did you mean ")
        .contains("name: all that is proved");
    assertThat(tried(mara(), "").body()).contains("Paste a whole policy first");
    assertThat(tried(mara(), "x".repeat(300_000)).statusCode()).isEqualTo(422);
  }

  @Test
  void P13_aDraftIsShownAsTextAndOnlyToWhoeverTriedIt() {
    String hostile = DRAFT + "# </textarea><script>alert(1)</script>\n";
    Running.Browser mara = mara();
    tried(mara, hostile);

    assertThat(until(mara, it -> it.contains("was tried")))
        .contains("&lt;/textarea&gt;&lt;script&gt;")
        .doesNotContain("<script>alert");
  }

  @Test
  void P13_aFormFromElsewhereChangesNothing() {
    Running.Browser mara = mara();

    assertThat(mara.post("/policy/trials", Map.of("policy", DRAFT)).statusCode()).isEqualTo(403);
    assertThat(mara.post("/policy/trials/end", Map.of("csrf", "guessed")).statusCode())
        .isEqualTo(403);
  }
}
