package dev.postern.web;

import static dev.postern.web.SampleCase.aCase;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.approval.CaseId;
import dev.postern.approval.Choice;
import dev.postern.approval.Click;
import dev.postern.approval.Identity;
import dev.postern.policy.StagePlan.ReasonRule;
import dev.postern.web.Running.Browser;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CasePageTest {
  private static final String CASE = "/cases/PN-5354-D3F3";
  private final Running postern = new Running();

  @AfterEach
  void stop() {
    postern.close();
  }

  private Browser mara() {
    return postern.browser().signedInBy("token-of-mara");
  }

  private static Map<String, String> form(String page, String choice, String... to) {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("csrf", Browser.csrf(page));
    form.put("token", Browser.hidden(page, "token"));
    form.put("nonce", Browser.hidden(page, "nonce"));
    form.put("choice", choice);
    for (String one : to) {
      form.put("to#" + one, one);
    }
    return form;
  }

  @Test
  void theVerdictComesFirstThenFactsThenEveryDnsAnswer() {
    postern.shelf.put(aCase("PN-5354-D3F3").file());
    String page = mara().get(CASE).body();
    assertThat(page.indexOf("High risk"))
        .isPositive()
        .isLessThan(page.indexOf("nothing that signed or sent it is"));
    assertThat(page)
        .contains("3 DNS answers used")
        .contains("_dmarc[.]brightwater-supplies[.]example")
        .contains("v=spf1 include:_spf[.]mailer[.]example -all")
        .contains("no such name")
        .contains("validated by DNSSEC")
        .contains("3 rules tried")
        .contains("48196")
        .contains("took it in");
  }

  /** The page has all rules once, and shadows where they are seen without unfolding. */
  @Test
  void theTraceSaysOfEachRuleWhyItDecidedOrNot() {
    postern.shelf.put(aCase("PN-5354-D3F3").file());
    String page = mara().get(CASE).body();
    String policy = page.substring(page.indexOf("What the policy said"));

    assertThat(policy.indexOf("In shadow: rule stranger would have discarded it."))
        .isPositive()
        .isLessThan(policy.indexOf("<details"));
    assertThat(policy)
        .contains("<code>dmarc.from_domain == \"corp.example\"</code>")
        .contains("<span class=\"chip \">in shadow</span>")
        .contains("<span class=\"chip ok\">matched</span>");
    assertThat(page).doesNotContain("Rules of the policy");
  }

  @Test
  void aReleaseIsCastAsAVoteAndSaidVisibly() {
    postern.shelf.put(aCase("PN-5354-D3F3").file());
    Browser mara = mara();
    Map<String, String> form = form(mara.get(CASE).body(), "release", "1");
    form.put("reason", "Erwartet, ja: Größe stimmt");
    HttpResponse<String> answer = mara.post(CASE + "/votes", form);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("id=\"said\"").contains("every 1500ms");

    Click click = postern.shelf.clicks.getFirst();
    assertThat(click.act()).isEqualTo(new Choice.ReleaseAll());
    assertThat(click.who()).isEqualTo(Identity.ofPostern("mara"));
    assertThat(click.surface()).isEqualTo("web");
    assertThat(click.reason()).isEqualTo("Erwartet, ja: Größe stimmt");

    postern.shelf.prove("PN-5354-D3F3");
    String proved = mara.get(CASE).body();
    assertThat(proved)
        .contains("<bdi class=\"f\">250 2.0.0 Ok: queued as 4XyZ1k3vQ9z2</bdi>")
        .doesNotContain("every 1500ms");
  }

  @Test
  void theSameFormSentTwiceIsOneClick() {
    postern.shelf.put(aCase("PN-5354-D3F3").quorum(2).asks("mara", "jonas").file());
    Browser mara = mara();
    Map<String, String> form = form(mara.get(CASE).body(), "release", "1");
    mara.post(CASE + "/votes", form);
    assertThat(mara.post(CASE + "/votes", form).statusCode()).isEqualTo(200);
    assertThat(postern.shelf.clicks).hasSize(1);
  }

  @Test
  void someRecipientsOnlyIsAReleaseToThose() {
    postern.shelf.put(
        aCase("PN-5354-D3F3").to("a@corp.example", "b@corp.example", "c@corp.example").file());
    Browser mara = mara();
    mara.post(CASE + "/votes", form(mara.get(CASE).body(), "release", "1", "3"));
    assertThat(postern.shelf.clicks.getFirst().act())
        .isEqualTo(new Choice.ReleaseTo(SampleCase.addresses("a@corp.example", "c@corp.example")));
  }

  @Test
  void noRecipientIsToldBelowTheField() {
    postern.shelf.put(aCase("PN-5354-D3F3").to("a@corp.example", "b@corp.example").file());
    Browser mara = mara();
    HttpResponse<String> answer =
        mara.post(CASE + "/votes", form(mara.get(CASE).body(), "release"));
    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.body()).contains("Tick at least one recipient");
    assertThat(postern.shelf.clicks).isEmpty();
  }

  @Test
  void aRefusedVoteSaysWhyAndKeepsTheTypedReason() {
    postern.shelf.put(aCase("PN-5354-D3F3").to("a@corp.example", "b@corp.example").file());
    Browser mara = mara();
    Map<String, String> form = form(mara.get(CASE).body(), "release", "2");
    form.put("token", "pn1.of-another-case");
    form.put("reason", "typed & kept <here>");
    HttpResponse<String> answer = mara.post(CASE + "/votes", form);
    assertThat(answer.statusCode()).isEqualTo(409);
    assertThat(answer.body())
        .contains("id=\"said\"")
        .contains(">typed &amp; kept &lt;here&gt;</textarea>")
        .doesNotContain("value=\"1\" checked")
        .contains("value=\"2\" checked");
  }

  @Test
  void aMissingReasonIsToldBelowItsField() {
    postern.shelf.put(aCase("PN-5354-D3F3").reason(ReasonRule.ALWAYS).file());
    Browser mara = mara();
    String page = mara.get(CASE).body();
    assertThat(page).contains("required");
    HttpResponse<String> answer = mara.post(CASE + "/votes", form(page, "discard"));
    assertThat(answer.statusCode()).isEqualTo(409);
    assertThat(answer.body()).contains("id=\"e-why\"").contains("aria-invalid=\"true\"");
  }

  @Test
  void anOverlongReasonIsToldAndKept() {
    postern.shelf.put(aCase("PN-5354-D3F3").file());
    Browser mara = mara();
    Map<String, String> form = form(mara.get(CASE).body(), "discard");
    form.put("reason", "x".repeat(2001));
    HttpResponse<String> answer = mara.post(CASE + "/votes", form);
    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.body()).contains("Use at most 2,000 characters").contains("x".repeat(2001));
  }

  @Test
  void anUnknownChoiceIsNotUnderstood() {
    postern.shelf.put(aCase("PN-5354-D3F3").file());
    Browser mara = mara();
    Map<String, String> form = form(mara.get(CASE).body(), "both");
    assertThat(mara.post(CASE + "/votes", form).statusCode()).isEqualTo(400);
  }

  @Test
  void aHiddenCaseLooksLikeOneThatDoesNotExist() {
    postern.shelf.put(aCase("PN-5354-D3F3").asks("mara").file());
    Browser jonas = postern.browser().signedInBy("token-of-jonas");
    HttpResponse<String> hidden = jonas.get(CASE);
    HttpResponse<String> missing = jonas.get("/cases/PN-0000-0000");
    assertThat(hidden.statusCode()).isEqualTo(404);
    assertThat(hidden.body()).isEqualTo(missing.body());
    assertThat(jonas.get("/cases/nonsense").statusCode()).isEqualTo(404);
  }

  @Test
  void theLinkOfAnOldCardSaysThatRetentionRemovedTheCase() {
    postern.shelf.removed.put(new CaseId("PN-5354-D3F3"), Instant.parse("2027-12-29T10:00:00Z"));
    HttpResponse<String> gone = postern.browser().signedInBy("token-of-jonas").get(CASE);
    assertThat(gone.statusCode()).isEqualTo(410);
    assertThat(gone.body())
        .contains("No longer kept", "This case was removed by retention on 2027-12-29.");
  }

  @Test
  void anIdAsPeopleTypeItLeadsToTheCase() {
    postern.shelf.put(aCase("PN-5354-D3F3").file());
    assertThat(mara().get("/cases/5354d3f3").headers().firstValue("Location")).contains(CASE);
  }

  @Test
  void theOriginalIsADownloadForAdministratorsOnly() {
    postern.shelf.put(aCase("PN-5354-D3F3").asks("jonas").file());
    HttpResponse<String> mine = mara().get(CASE + "/message");
    assertThat(mine.headers().firstValue("Content-Type")).contains("application/octet-stream");
    assertThat(mine.headers().firstValue("Content-Disposition"))
        .contains("attachment; filename=\"PN-5354-D3F3.eml\"");
    Browser jonas = postern.browser().signedInBy("token-of-jonas");
    assertThat(jonas.get(CASE + "/message").statusCode()).isEqualTo(403);
    assertThat(jonas.get(CASE).body()).doesNotContain("Download");
  }

  @Test
  void whoMayNotVoteSeesNoForm() {
    postern.shelf.put(aCase("PN-5354-D3F3").asks("jonas").file());
    assertThat(mara().get(CASE).body()).doesNotContain("<textarea");
  }

  @Test
  void P8_beforeTheProofNothingIsCalledReleased() {
    postern.shelf.put(aCase("PN-5354-D3F3").file());
    Browser mara = mara();
    mara.post(CASE + "/votes", form(mara.get(CASE).body(), "release", "1"));
    assertThat(mara.get(CASE).body()).contains("Releasing…").doesNotContain("Released");
  }

  @Test
  void anOpenPageIsToldThatTheCaseChanged() {
    postern.shelf.put(aCase("PN-5354-D3F3").file());
    Browser mara = mara();
    assertThat(mara.get(CASE + "/news?version=3").statusCode()).isEqualTo(204);
    assertThat(mara.get(CASE + "/news?version=2").body()).contains("This case has changed");
  }
}
