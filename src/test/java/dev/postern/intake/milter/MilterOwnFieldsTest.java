package dev.postern.intake.milter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.intake.PassedByGrant;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Fields that only the milter may write, and that a message came with. */
class MilterOwnFieldsTest {
  private static final String FROM = "ben@partner.example";
  private static final String TO = "ap@corp.example";
  private static final AnMta.Answer GO_ON = new AnMta.Answer('c', "");

  private static AnMta.Answer answer(char command, String... texts) {
    return new AnMta.Answer(command, String.join("\0", texts) + "\0");
  }

  @Test
  void fieldsThatSpeakInOurNameAreRemovedFromTheLastToTheFirst() throws IOException {
    try (Milters milter = Milters.judging(_ -> Milters.pass());
        AnMta mta = new AnMta(milter.port()).likePostfix()) {
      mta.envelope("4jYM1", FROM, TO)
          .field("authentication-results", " mx.corp.example; spf=pass")
          .field("Authentication-Results", " other.example; spf=pass")
          .field("Authentication-Results", " (c) MX.Corp.Example 1;\n\tdkim=pass")
          .field("X-Postern-Case", " PN-0000-0000")
          .field("x-postern-GRANT", " PG-0000-0000")
          .field("X-Postern-Grant", " PG-0000-0000; until=2099-01-01T00:00:00Z")
          .field("Authentication-Results", " mx.corp.example; broken broken")
          .body();

      assertThat(mta.end())
          .startsWith(
              new AnMta.Answer('m', "\0\0\0\4Authentication-Results\0\0"),
              new AnMta.Answer('m', "\0\0\0\3Authentication-Results\0\0"),
              new AnMta.Answer('m', "\0\0\0\1Authentication-Results\0\0"),
              new AnMta.Answer('m', "\0\0\0\1X-Postern-Case\0\0"),
              new AnMta.Answer('m', "\0\0\0\2X-Postern-Grant\0\0"),
              new AnMta.Answer('m', "\0\0\0\1X-Postern-Grant\0\0"))
          .extracting(AnMta.Answer::command)
          .containsExactly('m', 'm', 'm', 'm', 'm', 'm', 'i', 'c');
    }
  }

  @Test
  void whatAGrantLetPassNamesItAndAForgedFieldGoesBefore() throws IOException {
    try (Milters milter = Milters.judging(_ -> PassedByGrant.judgement());
        AnMta mta = new AnMta(milter.port()).likePostfix()) {
      mta.envelope("4jYM1", FROM, TO).field("X-Postern-Grant", " PG-0000-0000").body();

      List<AnMta.Answer> told = mta.end();
      assertThat(told)
          .startsWith(
              new AnMta.Answer('m', "\0\0\0\1X-Postern-Grant\0\0"),
              new AnMta.Answer('i', "\0\0\0\0X-Postern-Grant\0 " + PassedByGrant.FIELD + "\0"))
          .extracting(AnMta.Answer::command)
          .containsExactly('m', 'i', 'i', 'c');
    }
  }

  @Test
  void whoSendsHundredsOfForgedFieldsIsRefused() throws IOException {
    try (Milters milter = Milters.judging(_ -> Milters.pass());
        AnMta mta = new AnMta(milter.port()).likePostfix()) {
      mta.envelope("4jYM1", FROM, TO);
      for (int i = 0; i < 201; i++) {
        mta.field("Authentication-Results", " mx.corp.example; spf=pass");
      }
      assertThat(mta.body().end())
          .containsExactly(
              answer('y', "550 5.7.1 too many fields that only this server may write"));
    }
  }

  @Test
  void fieldsThatSpeakInOurNameAreRemovedFromMailThatIsNotJudgedToo() throws IOException {
    try (Milters milter = Milters.judging(_ -> Milters.reject("no"));
        AnMta mta = new AnMta(milter.port()).likePostfix()) {
      assertThat(
              signedIn(mta)
                  .field("Authentication-Results", " mx.corp.example; dmarc=pass")
                  .field("Authentication-Results", " other.example; spf=pass")
                  .field("X-Postern-Case", " PN-0000-0000")
                  .body()
                  .end())
          .containsExactly(
              new AnMta.Answer('m', "\0\0\0\1Authentication-Results\0\0"),
              new AnMta.Answer('m', "\0\0\0\1X-Postern-Case\0\0"),
              GO_ON);
      assertThat(milter.seen).isEmpty();
    }
  }

  @Test
  void hundredsOfForgedFieldsAreRefusedInMailThatIsNotJudgedToo() throws IOException {
    try (Milters milter = Milters.judging(_ -> Milters.pass());
        AnMta mta = new AnMta(milter.port()).likePostfix()) {
      signedIn(mta);
      for (int i = 0; i < 201; i++) {
        mta.field("X-Postern-Case", " PN-0000-0000");
      }
      assertThat(mta.body().end()).extracting(AnMta.Answer::command).containsExactly('y');
    }
  }

  private static AnMta signedIn(AnMta mta) throws IOException {
    return mta.connect("203.0.113.99")
        .macros('M', "i", "4jYM1", "{auth_authen}", "eva")
        .send('M', "<eva@corp.example>")
        .send('R', "<x@partner.example>");
  }
}
