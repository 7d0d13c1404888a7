package dev.postern.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MailboxPageTest {
  private static final URI HERE = URI.create("http://127.0.0.1:8080");

  @Test
  void showsWhatWasDeliveredAndMakesItsTextHarmless() {
    Mailbox.Delivered delivered =
        new Mailbox.Delivered(
            "Q7",
            SampleCase.NOW,
            "",
            List.of("a@corp.example"),
            "<b>Hi</b> https://evil.example",
            184_320,
            "ab".repeat(32));
    try (Running postern = new Running(HERE, Optional.of(() -> List.of(delivered)))) {
      String page = postern.browser().signedInBy("token-of-mara").get("/mailbox").body();
      assertThat(page)
          .contains("Q7")
          .contains("nobody (null sender)")
          .contains("a@corp[.]example")
          .contains("&lt;b&gt;Hi&lt;/b&gt; hxxps://evil[.]example")
          .contains("184320")
          .contains("ab".repeat(32));
    }
  }

  @Test
  void withoutABuiltInNextHopThereIsNoSuchPage() {
    try (Running postern = new Running(HERE, Optional.empty())) {
      var browser = postern.browser().signedInBy("token-of-mara");
      assertThat(browser.get("/").body()).doesNotContain("/mailbox");
      assertThat(browser.get("/mailbox", "Accept", "text/html").statusCode()).isEqualTo(404);
    }
  }
}
