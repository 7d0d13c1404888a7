package dev.postern.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.approval.CaseId;
import dev.postern.approval.Grant;
import dev.postern.approval.People;
import dev.postern.store.World;
import dev.postern.store.Worlds;
import dev.postern.web.Running.Browser;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The console's page of grants, and the case in which one is decided about. */
class GrantPageTest {
  private final People people = new People().and("mara").and("jonas");
  private final World world = Worlds.inMemory(people);
  private final Running postern = new Running(world, people, List::of);

  @AfterEach
  void stop() {
    postern.close();
    world.close();
  }

  private static Map<String, String> form(String page, String from, String hours) {
    Map<String, String> form = new HashMap<>();
    form.put("csrf", Browser.csrf(page));
    form.put("kind", "allow");
    form.put("from", from);
    form.put("to", "");
    form.put("hours", hours);
    form.put("most", "5");
    form.put("reason", "a tender <b>due</b>");
    form.put("about", "");
    return form;
  }

  private List<Grant> grants() {
    return world.records.grants().list(false, Optional.empty(), Optional.empty(), 10);
  }

  @Test
  void aGrantIsAskedForDecidedAboutAndEndedInTheConsole() throws Exception {
    Browser mara = postern.browser().signedInBy("token-of-mara");
    Browser jonas = postern.browser().signedInBy("token-of-jonas");
    String empty = mara.get("/grants").body();
    assertThat(empty).contains("There are no grants");

    String asked = mara.post("/grants", form(empty, "brightwater.example", "24")).body();

    Grant grant = grants().getFirst();
    assertThat(asked)
        .contains("Asked for", grant.id().text(), "brightwater[.]example", "requested");
    String page = jonas.get("/cases/" + grant.caseId()).body();
    assertThat(page)
        .contains("The request", "Approve", "Refuse", "Allow mail from brightwater[.]example?")
        .contains("&lt;b&gt;due&lt;/b&gt;")
        .doesNotContain("Download as received", "SPF", "<b>due", "grant.invalid");
    assertThat(page)
        .contains("took it in", "asked for a grant", "Needed to refuse")
        .doesNotContain("to discard");
    assertThat(jonas.get("/").body())
        .contains("everybody")
        .doesNotContain("grant[.]invalid", "Name shown");
    Map<String, String> vote = new HashMap<>();
    vote.put("csrf", Browser.csrf(page));
    vote.put("token", value(page, "token"));
    vote.put("nonce", value(page, "nonce"));
    vote.put("to", "1");
    vote.put("choice", "release");
    assertThat(jonas.post("/cases/" + grant.caseId() + "/votes", vote).body())
        .contains("Decided: approved");
    world.settle(1);
    assertThat(mara.get("/grants").body()).contains("active", "0 of 5", "End it");

    String over =
        mara.post("/grants/" + grant.id() + "/revoke", Map.of("csrf", Browser.csrf(page(mara))))
            .body();

    assertThat(over).contains("Ended", "revoked").doesNotContain("/revoke");
    assertThat(grants().getFirst().state()).isEqualTo(Grant.State.REVOKED);
  }

  private static String page(Browser browser) throws Exception {
    return browser.get("/grants").body();
  }

  private static String value(String page, String name) {
    int at = page.indexOf("name=\"" + name + "\" value=\"") + name.length() + 15;
    return page.substring(at, page.indexOf('"', at));
  }

  @Test
  void whatIsWrongIsSaidAndWhatWasTypedStays() throws Exception {
    Browser mara = postern.browser().signedInBy("token-of-mara");

    String wrong = mara.post("/grants", form(page(mara), "nothing", "24")).body();
    assertThat(wrong).contains("Not asked for", "Name a mail address", "value=\"nothing\"");
    assertThat(mara.post("/grants", form(page(mara), "a.example", "x")).body())
        .contains("How many hours");
    assertThat(grants()).isEmpty();
  }

  @Test
  void P4_aPostFromElsewhereChangesNothing() throws Exception {
    Browser mara = postern.browser().signedInBy("token-of-mara");
    Map<String, String> forged = form(page(mara), "a.example", "24");
    forged.put("csrf", "guessed");

    assertThat(mara.post("/grants", forged).statusCode()).isEqualTo(403);
    assertThat(grants()).isEmpty();
  }

  @Test
  void aGrantForTheKindOfACaseIsAskedForInTheForm() throws Exception {
    CaseId id = world.held("m1");
    Browser mara = postern.browser().signedInBy("token-of-mara");
    String page = mara.get("/grants?about=" + id).body();
    assertThat(page).contains("Only messages of the same kind as case " + id);
    assertThat(page).doesNotContain(" checked");
    assertThat(mara.get("/grants?about=" + id + "&kind=true").body()).contains(" checked");
    Map<String, String> form = form(page, "eve@evil.example", "24");
    form.put("kind", "block");
    form.put("about", id.text());
    form.put("ofKind", "true");

    String asked = mara.post("/grants", form).body();

    assertThat(asked).contains("evil[.]example", "like case", "Subject m1");
    assertThat(grants().getFirst().terms().like().orElseThrow().caseId()).isEqualTo(id.text());
    assertThat(page(mara)).doesNotContain("Only messages of the same kind");
  }

  @Test
  void theFormKnowsTheSenderOfTheCaseItIsOpenedFrom() throws Exception {
    CaseId id = world.held("m1");
    Browser mara = postern.browser().signedInBy("token-of-mara");

    assertThat(mara.get("/cases/" + id).body()).contains("/grants?about=" + id);
    assertThat(mara.get("/grants?about=" + id).body())
        .contains("value=\"eve@evil.example\"", "value=\"" + id + "\"");
    assertThat(mara.get("/grants?about=PN-0000-0000").body()).contains("value=\"\"");
  }
}
