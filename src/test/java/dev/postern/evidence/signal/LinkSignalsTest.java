package dev.postern.evidence.signal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinkSignalsTest {

  @ParameterizedTest
  @CsvSource({
    "https://www.bank.example/login, https://evil.example/x, www.bank.example, evil.example",
    "www.bank.example, http://evil.example, www.bank.example, evil.example",
    "paypal.com, https://evil.example, paypal.com, evil.example",
    "'Sign in at PayPal.com now', https://evil.example, paypal.com, evil.example",
    "https://bank.example, https://bank.example@evil.example/, bank.example, evil.example",
    "https://bank.example, https:\\\\evil.example\\a, bank.example, evil.example",
    "https://bank.example, //evil.example/bank.example, bank.example, evil.example",
    "https://bank.example, https:evil.example, bank.example, evil.example",
    "https://bank.example, https:/evil.example, bank.example, evil.example",
    "https://bank.example, https:///evil.example, bank.example, evil.example",
    "hp.com/login, https://evil.example, hp.com, evil.example",
    "banco.com.py, https://evil.example, banco.com.py, evil.example",
    "https://bank.example, 'HT\tTPS://EVIL.example:443', bank.example, evil.example",
    "https://bank.example, https://e%76il.example, bank.example, evil.example",
    "https://bank.example, http://192.0.2.1/, bank.example, 192.0.2.1",
    "https://bank.example, http://0xC0000201/, bank.example, 0xc0000201",
    "https://bank.example, https://bank.example.evil.example/, bank.example,"
        + " bank.example.evil.example",
    "'https://bаnk.example', https://bank.example/, xn--bnk-6cd.example, bank.example",
  })
  void aHostThatIsShownAndNotTheOneBehindItIsTold(
      String text, String href, String shown, String target) {
    assertThat(ALetter.plain().link(text, href).raised())
        .containsExactly("link-text-elsewhere {shown=%s, target=%s}".formatted(shown, target));
  }

  @ParameterizedTest
  @CsvSource({
    "https://www.bank.example/login, https://bank.example/login",
    "bank.example, https://www.bank.example",
    "paypal.com, https://www.paypal.com/x",
    "https://bank.example, https://click.bank.example/?to=1",
    "https://login.bank.example, https://bank.example",
    "Click here, https://evil.example",
    "'', https://evil.example",
    "invoice.zip, https://files.example/1",
    "README.md, https://files.example/1",
    "kim@paypal.com, mailto:kim@elsewhere.example",
    "kim@paypal.com, https://crm.example/kim",
    "https://bank.example, #top",
    "https://bank.example, tel:+49123",
    "https://bank.example, javascript:alert(1)",
    "https://bank.example, ''",
    "https://bank.example, 'https://'",
    "Version 1.2.3, https://evil.example",
    "Node.js, https://nodejs.example",
    "Muster GmbH & Co.KG, https://click.example/1",
    "Praxis Dr.med. Muster, https://click.example/1",
    "Acme Pty.Ltd, https://click.example/1",
    "tools/report.py, https://code.example/1",
    "https://code.example/paypal.com, https://code.example/paypal.com",
    "https://in.example/?to=https://paypal.com/x, https://in.example/?to=https://paypal.com/x",
    "in.example:443/?domain=paypal.com, https://in.example/",
    "https://shop.supplier.example, https://links.supplier.example",
  })
  void textWithoutAHostOrWithTheRightOneIsNothing(String text, String href) {
    assertThat(ALetter.plain().link(text, href).signals()).isEmpty();
  }

  @Test
  void hostileLinksEndInTimeAndInBounds() {
    ALetter letter = ALetter.plain();
    for (int i = 0; i < 200; i++) {
      letter.link("www." + i + ".example ".repeat(60), "https://" + "a.".repeat(900) + i);
      letter.link("a.".repeat(250), "https:" + "/".repeat(1900));
      letter.link("https:/".repeat(70), "http://%" + "%2e".repeat(600));
    }
    Assertions.assertTimeout(
        Duration.ofSeconds(10), () -> assertThat(letter.signals()).hasSizeLessThanOrEqualTo(10));
  }
}
