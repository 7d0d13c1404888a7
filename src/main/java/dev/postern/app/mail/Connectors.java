package dev.postern.app.mail;

import dev.postern.app.settings.MailSettings;
import dev.postern.quarantine.amavis.AmavisCheck;
import dev.postern.quarantine.amavis.AmavisHoldings;
import dev.postern.quarantine.amavis.AmavisParts;
import dev.postern.quarantine.amavis.AmavisQuarantine;
import dev.postern.quarantine.amavis.AmavisSettings;
import dev.postern.quarantine.exim.EximCheck;
import dev.postern.quarantine.exim.EximHoldings;
import dev.postern.quarantine.exim.EximParts;
import dev.postern.quarantine.exim.EximQuarantine;
import dev.postern.quarantine.exim.EximSettings;
import dev.postern.quarantine.mailbox.MailboxHoldings;
import dev.postern.quarantine.mailbox.MailboxParts;
import dev.postern.quarantine.mailbox.MailboxQuarantine;
import dev.postern.quarantine.mailbox.MailboxSettings;
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
    return Stream.of(
            mail.postfix().map(it -> postfix(it, clock)),
            mail.exim().map(it -> exim(it, clock)),
            mail.amavis().map(it -> amavis(it, clock)),
            mail.mailbox().map(Connectors::mailbox))
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

  private static Connector exim(EximSettings settings, InstantSource clock) {
    EximParts parts = new EximParts(settings);
    return new Connector(
        "exim",
        new EximHoldings(parts),
        new EximQuarantine(parts, clock),
        () -> new EximCheck(parts).look());
  }

  private static Connector amavis(AmavisSettings settings, InstantSource clock) {
    AmavisParts parts = new AmavisParts(settings, clock);
    return new Connector(
        "amavis",
        new AmavisHoldings(parts),
        new AmavisQuarantine(parts),
        () -> new AmavisCheck(parts).look());
  }

  private static Connector mailbox(MailboxSettings settings) {
    MailboxParts parts = new MailboxParts(settings);
    return new Connector(
        "mailbox", new MailboxHoldings(parts), new MailboxQuarantine(parts), parts::look);
  }
}
