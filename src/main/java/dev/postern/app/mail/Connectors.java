package dev.postern.app.mail;

import dev.postern.app.settings.MailSettings;
import dev.postern.quarantine.postfix.PostfixCheck;
import dev.postern.quarantine.postfix.PostfixHoldings;
import dev.postern.quarantine.postfix.PostfixParts;
import dev.postern.quarantine.postfix.PostfixQuarantine;
import dev.postern.quarantine.postfix.PostfixSettings;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Every mail system that the settings name. */
public final class Connectors {
  private Connectors() {}

  /** All of them; none is reached yet. */
  public static List<Connector> of(MailSettings mail, InstantSource clock) {
    return Stream.of(mail.postfix().map(it -> postfix(it, clock)))
        .flatMap(Optional::stream)
        .toList();
  }

  private static Connector postfix(PostfixSettings settings, InstantSource clock) {
    PostfixParts parts = new PostfixParts(settings);
    return new Connector(
        "postfix",
        new PostfixHoldings(parts),
        new PostfixQuarantine(parts, clock),
        () -> new PostfixCheck(parts).look());
  }
}
