package dev.postern.store;

import dev.postern.dns.ZoneDns;
import dev.postern.evidence.Answer;
import dev.postern.evidence.Dns;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;

/** DNS for tests that are not about DNS. */
final class Dnses {
  /** Where no name exists. */
  static final Dns NOTHING = (_, _, _) -> Answer.without(Answer.Status.NXDOMAIN, 60);

  /** Where mail of shop.example from 192.0.2.1 is proved. */
  static final Dns SHOP =
      ZoneDns.read(
          new ByteArrayInputStream(
              """
              shop.example:
                TXT: ["v=spf1 ip4:192.0.2.1 -all"]
              _dmarc.shop.example:
                TXT: ["v=DMARC1; p=reject"]
              """
                  .getBytes(StandardCharsets.UTF_8)));

  private Dnses() {}
}
