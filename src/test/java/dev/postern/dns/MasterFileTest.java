package dev.postern.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.evidence.Answer;
import dev.postern.evidence.Answer.Status;
import dev.postern.evidence.Deadline;
import dev.postern.evidence.DnsName;
import dev.postern.evidence.DnsType;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MasterFileTest {
  private static final String ZONE =
      """
      ; a comment, and an empty line

      bakery.example. 3600 IN TXT "v=spf1 mx " "-all" ; and another
      bakery.example. 60 IN TXT "semi; \\"quoted\\" \\195\\188 gr\u00fcn"
      bakery.example. 3600 IN MX 10 MX.bakery.example.
      mx.bakery.example 3600 IN A 192.0.2.10
      mx.bakery.example. IN AAAA 2001:db8::10
      www.bakery.example. 3600	in	CNAME	bakery.example.
      10.2.0.192.in-addr.arpa. 3600 IN PTR bakery.example.
      bakery.example. 3600 IN SOA ns.bakery.example. hostmaster.bakery.example. 1 2 3 4 5
      odd\\032name.example. 3600 IN A 192.0.2.11
      broken.example. 60 IN SERVFAIL
      locked.example. 60 IN REFUSED
      silent.example. 60 IN DROP
      large.example. 60 IN TRUNC
      large.example. 60 IN A 192.0.2.12
      """;

  private final ZoneDns zone = read(ZONE);

  @Test
  void aRecordOnEachLineIsAnsweredAsTheWireWouldCarryIt() {
    Answer txt = ask("bakery.example", DnsType.TXT);
    assertThat(txt.data())
        .containsExactly("v=spf1 mx -all", "semi; \"quoted\" \u00c3\u00bc gr\u00c3\u00bcn");
    assertThat(txt.ttl()).isEqualTo(60);
    assertThat(ask("bakery.example", DnsType.MX).data()).containsExactly("10 mx.bakery.example");
    assertThat(ask("mx.bakery.example", DnsType.A).data()).containsExactly("192.0.2.10");
    assertThat(ask("mx.bakery.example", DnsType.AAAA).data())
        .containsExactly("2001:db8:0:0:0:0:0:10");
    assertThat(ask("www.bakery.example", DnsType.TXT)).isSameAs(txt);
    assertThat(ask("10.2.0.192.in-addr.arpa", DnsType.PTR).data())
        .containsExactly("bakery.example");
    assertThat(ask("odd name.example", DnsType.A).data()).containsExactly("192.0.2.11");
  }

  @Test
  void faultsInPlaceOfATypeAreWhatANameServerDoes() {
    assertThat(ask("broken.example", DnsType.A)).isEqualTo(Answer.failure("SERVFAIL"));
    assertThat(ask("locked.example", DnsType.A)).isEqualTo(Answer.failure("REFUSED"));
    assertThat(ask("silent.example", DnsType.A)).isEqualTo(Answer.failure("TIMEOUT"));
    assertThat(ask("large.example", DnsType.A).data()).containsExactly("192.0.2.12");
    assertThat(ask("large.example", DnsType.MX).status()).isEqualTo(Status.NODATA);
    assertThat(ask("nobody.example", DnsType.A).status()).isEqualTo(Status.NXDOMAIN);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          $ORIGIN example.                       | the whole name
          @ 60 IN A 192.0.2.1                    | the whole name
          `  60 IN A 192.0.2.1`                  | the whole name
          a.example.                             | no record such as
          a.example. 60 IN                       | IN is no record type
          a.example. 60 IN WHAT x                | WHAT is no record type
          a.example. 60 IN A 192.0.2.999         | no A record
          a.example. 60 IN MX mx.example.        | no MX record
          a.example. 60 IN TXT "open             | no TXT record
          a.example. 60 IN A 192.0.2.1 192.0.2.2 | no A record
          a.example. 60 IN SOA a. b. ( 1         | no SOA record
          a..example. 60 IN A 192.0.2.1          | a..example. is no name
          a.example. 99999999999 IN A 192.0.2.1  | no record such as
          """)
  void aLineThatIsNoRecordIsNamed(String line, String what) {
    assertThatThrownBy(() -> read("; first\n" + line + "\n"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("line 2: ")
        .hasMessageContaining(what);
  }

  private static ZoneDns read(String text) {
    return ZoneDns.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }

  private Answer ask(String name, DnsType type) {
    return zone.query(new DnsName(name), type, Deadline.in(Duration.ofSeconds(5)));
  }
}
