package dev.postern.quarantine.exim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.mail.EmailAddress;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Exim prints of its spool and queue, also where a sender chose it. */
class SpoolHeaderTest {
  private static final EximId ID = new EximId("1xVdvi-0001fQ-2g");
  private static final String BEGIN =
      ID + "-H\nDebian-exim 100 100\n<ben@partner.example>\n1795478318 0\n";

  private static Spooled read(String rest) {
    return SpoolHeader.read(BEGIN + rest, ID).orElseThrow();
  }

  @Test
  void envelopeAndStateAreRead() {
    Spooled it =
        read(
            """
            -received_time_usec .833788
            --helo_name mail.partner.example
            -host_address [192.0.2.50]:58444
            -frozen 1795478318
            YY b@corp.example
            NN a@corp.example
            NY c@corp.example
            NN d@corp.example
            5
            a@corp.example
            b@corp.example
            c@corp.example
            d@corp.example
            open@corp.example rfc822;open@corp.example 26,3#2

            021P Received: x
            """);

    assertThat(it.sender()).isEqualTo("ben@partner.example");
    assertThat(it.received()).isEqualTo(Instant.ofEpochSecond(1795478318));
    assertThat(it.frozen()).isTrue();
    assertThat(it.client().getHostAddress()).isEqualTo("192.0.2.50");
    assertThat(it.helo()).isEqualTo("mail.partner.example");
    assertThat(it.done())
        .containsExactlyInAnyOrder(
            "a@corp.example", "b@corp.example", "c@corp.example", "d@corp.example");
    assertThat(it.recipients()).endsWith("open@corp.example").hasSize(5);
    assertThat(it.isDone(EmailAddress.parse("open@corp.example").orElseThrow())).isFalse();
  }

  /** Variables of ACLs say how long they are, and may hold what a sender wrote. */
  @Test
  void aVariableOfAnAclPosesAsNothing() {
    Spooled it =
        read("--aclm 0 19\n-frozen 1\nXX\n1\nx@y\n\n-aclc _a 3\nabc\nXX\n1\na@b.example\n\n");

    assertThat(it.frozen()).isFalse();
    assertThat(it.recipients()).containsExactly("a@b.example");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "XX\n",
        "XX\n2\na@b\n",
        "XX\nmany\n",
        "XX\n999999999999\n",
        "YN a@b\n1\nc@d\n",
        "-aclm 0 999999999\nx\n",
        "something\n1\na@b\n"
      })
  void whatIsInAnotherFormIsNothing(String rest) {
    assertThat(SpoolHeader.read(BEGIN + rest, ID)).isEmpty();
    assertThat(SpoolHeader.read(rest, ID)).isEmpty();
  }

  @Test
  void onlyWhatIsFrozenIsListedWhateverItsSenderIsCalled() throws IOException {
    String listing =
        """
         0m   398 1xVdvi-0001fQ-2g <ben@partner.example> *** frozen ***
                  ap@corp.example

        25h  2.9K 1xVdvj-00000001fqA-08aa <> *** frozen ***
                D  1m 1 1xVdvj-0001fu-0o <a> *** frozen ***
                  " 1m 1 1xVdvj-0001fu-0o <a> *** frozen ***"@x

         3d   402 1xVdvj-0001fw-1V <"> *** frozen ***"@partner.example>
                  x@temp.corp.example

              1AAAAA-000000-00
            *** spool read error: No such file or directory ***

        """;

    List<EximId> frozen =
        Listing.frozen(new ByteArrayInputStream(listing.getBytes(StandardCharsets.UTF_8)));

    assertThat(frozen)
        .extracting(EximId::text)
        .containsExactly("1xVdvi-0001fQ-2g", "1xVdvj-00000001fqA-08aa");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "ALL", "-Mrm", "1xVdvi-0001fQ-2", "1xVdvi-0001fQ-2g\n", "1xVdvi-0001f$-2g"})
  void anIdHasOneOfTwoForms(String text) {
    assertThat(EximId.parse(text)).isEqualTo(Optional.empty());
  }
}
