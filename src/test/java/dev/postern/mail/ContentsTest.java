package dev.postern.mail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.mail.Contents.Link;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

class ContentsTest {

  @Test
  void filesComeWithTheirFirstDecodedOctets() {
    byte[] pdf = ("%PDF-1.7\n" + "x".repeat(2000)).getBytes(StandardCharsets.ISO_8859_1);
    Contents contents =
        read(
            """
            Content-Type: multipart/mixed; boundary=b

            --b
            Content-Type: application/pdf; name="a.pdf"
            Content-Transfer-Encoding: base64

            %s
            --b
            Content-Type: application/octet-stream
            Content-Disposition: attachment; filename="b.bin"
            Content-Transfer-Encoding: quoted-printable

            =4D=5A=90
            --b
            Content-Disposition: attachment; filename="c.bin"
            Content-Transfer-Encoding: base64

            %%%%%%
            --b--
            """
                .formatted(Base64.getMimeEncoder().encodeToString(pdf)));

    assertThat(contents.files())
        .extracting(Contents.File::name)
        .containsExactly("a.pdf", "b.bin", "c.bin");
    assertThat(contents.files().get(0).start()).hasSize(512).startsWith("%PDF-1.7\nxxx");
    assertThat(contents.files().get(1).start()).startsWith("MZ\u0090");
    assertThat(contents.files().get(2).start()).isEmpty();
  }

  @Test
  void linksComeWithTheTextThatPeopleSee() {
    assertThat(
            page(
                """
                <!-- <a href=no>no</a> --><style>a{}</style><script>"<a href=no>"</script>
                <A HREF="https://a.example/?x=1&amp;y=2">https://<b>bank</b>.example</A>
                <a class='x > y' href='https://b.example'>two<br>lines
                <a href=https://c.example/>three</a> four
                <a name=top>anchor</a><a href="&#104;ttps&colon;//d.example"></a>
                <a href="https://e.example" href="https://f.example">1 < 2</a>
                """))
        .containsExactly(
            new Link("https://bank.example", "https://a.example/?x=1&y=2"),
            new Link("two lines", "https://b.example"),
            new Link("three", "https://c.example/"),
            new Link("anchor", ""),
            new Link("", "https://d.example"),
            new Link("1 < 2", "https://e.example"));
  }

  @Test
  void whatIsNeverClosedStillEnds() {
    assertThat(page("<a href=x>open")).containsExactly(new Link("open", "x"));
    assertThat(page("<a href='x>quote")).containsExactly(new Link("", "x>quote"));
    for (String broken :
        List.of(
            "<", "<a", "<a href", "<a href=", "<a href='", "</", "</a", "<!--", "<!", "<script>")) {
      assertThat(page(broken)).hasSizeLessThanOrEqualTo(1);
    }
  }

  @Test
  void hostilePagesEndInTimeAndInBounds() {
    Assertions.assertTimeout(
        Duration.ofSeconds(20),
        () -> {
          for (String piece :
              List.of(
                  "<a href=x>", "<", "<!--", "<script>", "</a", "&#", "<a href='", "<a =", "<b ")) {
            assertThat(page(piece.repeat(100_000))).hasSizeLessThanOrEqualTo(Contents.MOST_LINKS);
          }
          String long1 = "<a href=" + "y".repeat(100_000) + ">" + "z".repeat(100_000) + "</a>";
          assertThat(page(long1)).containsExactly(new Link("z".repeat(500), "y".repeat(2000)));
        });
  }

  @Test
  void onlyTheFirstFilesAreKept() {
    String part = "--b\nContent-Disposition: attachment; filename=a\n\nx\n";
    Contents contents =
        read("Content-Type: multipart/mixed; boundary=b\n\n" + part.repeat(200) + "--b--\n");

    assertThat(contents.files()).hasSize(Contents.MOST_FILES);
  }

  private static List<Link> page(String html) {
    return read("Content-Type: text/html; charset=utf-8\n\n" + html).links();
  }

  private static Contents read(String message) {
    RawMessage raw = RawMessage.of(message.getBytes(StandardCharsets.UTF_8));
    return Contents.of(raw, HeaderFields.of(raw));
  }
}
