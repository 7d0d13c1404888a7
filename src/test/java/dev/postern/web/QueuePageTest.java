package dev.postern.web;

import static dev.postern.web.SampleCase.aCase;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.web.Running.Browser;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class QueuePageTest {
  private final Running postern = new Running();

  @AfterEach
  void stop() {
    postern.close();
  }

  private Browser mara() {
    return postern.browser().signedInBy("token-of-mara");
  }

  @Test
  void aRowSaysWhoWhatHowBadAndHowLongStill() {
    postern.shelf.put(aCase("PN-5354-D3F3").to("finance@corp.example", "b@corp.example").file());
    String page = mara().get("/").body();
    assertThat(page)
        .contains("<b>High risk</b>")
        .contains("<bdi class=\"f\">Invoice BW-3391, due 24 November</bdi>")
        .contains("accounts@brightwater-supplies[.]example")
        .contains("<bdi class=\"f\">Brightwater Supplies</bdi>")
        .contains("+ 1 more")
        .contains("SPF pass, not aligned")
        .contains("DMARC fail")
        .contains("38 min left")
        .contains("22 min")
        .contains("Security on-call");
  }

  @Test
  void nothingWaitingSaysSo() {
    assertThat(mara().get("/").body()).contains("Nothing is waiting");
    assertThat(mara().get("/?q=nobody").body()).contains("Nothing fits");
    assertThat(mara().get("/?tab=decided").body()).contains("Nothing here yet");
  }

  @Test
  void P13_textOfAMessageIsNeverMarkup() {
    postern.shelf.put(
        aCase("PN-5354-D3F3")
            .subject("</bdi><script>alert(1)</script><img src=x onerror=alert(1)>")
            .fromName("\" onmouseover=\"alert(1)")
            .file());
    String page = mara().get("/").body();
    assertThat(page).doesNotContain("<script>alert").doesNotContain("<img");
    assertThat(page).contains("&lt;script&gt;alert(1)");
  }

  @Test
  void aSearchIsEchoedIntoItsFieldOnly() {
    String page = mara().get("/?q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E").body();
    assertThat(page).doesNotContain("<script>alert");
    assertThat(page).contains("value=\"&#34;>");
  }

  @Test
  void fiftyCasesMakeAPageAndTheRestIsOlder() {
    for (int i = 0; i < 60; i++) {
      postern.shelf.put(aCase("PN-0000-00%02d".formatted(i)).heldFor(Duration.ofMinutes(i)).file());
    }
    String page = mara().get("/").body();
    assertThat(page).contains("PN-0000-0000").contains("PN-0000-0049");
    assertThat(page).doesNotContain("PN-0000-0050").contains("after=PN-0000-0049");
    String older = mara().get("/?tab=waiting&after=PN-0000-0049").body();
    assertThat(older).contains("PN-0000-0050").contains("PN-0000-0059");
    assertThat(older).doesNotContain("Older cases");
  }

  @Test
  void newCasesWaitBehindOneLineAndKnownOnesChangeInPlace() {
    postern.shelf.put(aCase("PN-5354-D3F3").file());
    Browser mara = mara();
    String news = "/queue/news?tab=waiting&had=0&shown=PN-5354-D3F3.3";
    assertThat(mara.get(news).statusCode()).isEqualTo(204);

    postern.shelf.put(aCase("PN-0000-0001").heldFor(Duration.ofMinutes(1)).file());
    HttpResponse<String> one = mara.get(news);
    assertThat(one.body()).contains("1 new message. Show it").doesNotContain("<tr");
    assertThat(mara.get(news.replace("had=0", "had=1")).statusCode()).isEqualTo(204);

    String changed = mara.get(news.replace("D3F3.3", "D3F3.2")).body();
    assertThat(changed).contains("<tr id=\"case-PN-5354-D3F3\" hx-swap-oob=\"true\">");
  }

  @Test
  void whoIsNotAskedSeesNeitherCaseNorCount() {
    postern.shelf.put(aCase("PN-5354-D3F3").asks("mara").file());
    postern.shelf.put(aCase("PN-0000-0001").asks("jonas").file());
    String page = postern.browser().signedInBy("token-of-jonas").get("/").body();
    assertThat(page).contains("PN-0000-0001").doesNotContain("PN-5354-D3F3");
    assertThat(page).doesNotContain("Waiting&ensp;");
    assertThat(mara().get("/").body()).contains("PN-0000-0001", "PN-5354-D3F3", "Waiting&ensp;2");
  }
}
