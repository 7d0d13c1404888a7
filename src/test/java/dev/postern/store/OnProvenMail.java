package dev.postern.store;

import dev.postern.dns.ZoneDns;
import dev.postern.evidence.Answer;
import dev.postern.evidence.Dns;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;

/** A desk whose DNS proves the mail of evil.example, or does not. */
abstract class OnProvenMail extends OnAWorld {
  private static final Dns ZONE =
      ZoneDns.read(
          new ByteArrayInputStream(
              """
              evil.example:
                TXT: ["v=spf1 ip4:192.0.2.1 -all"]
              _dmarc.evil.example:
                TXT: ["v=DMARC1; p=reject"]
              """
                  .getBytes(StandardCharsets.UTF_8)));

  /** Whether DNS proves mail of evil.example. */
  volatile boolean proves = true;

  /** What DNS answers while it proves nothing. */
  abstract Answer.Status otherwise();

  @BeforeEach
  void withDns() {
    world.close();
    world =
        new World(
            database(),
            people,
            (name, type, timeout) ->
                proves ? ZONE.query(name, type, timeout) : Answer.without(otherwise(), 60));
  }
}
