package dev.postern.app;

import dev.postern.app.mail.CanaryFlight;
import dev.postern.app.mail.Connector;
import dev.postern.app.settings.Settings;
import dev.postern.card.Finding;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sees once, at start, that mail is held and can be let go; says so in the log and as health. */
final class StartCanary {
  private static final Logger LOG = LoggerFactory.getLogger(StartCanary.class);

  private final CanaryFlight flight;
  private final Settings.Smtp smtp;
  private final List<Connector> connectors;
  private volatile Optional<String> trouble = Optional.empty();
  private volatile Optional<String> note = Optional.of("is on its way");

  StartCanary(CanaryFlight flight, Settings.Smtp smtp, List<Connector> connectors) {
    this.flight = flight;
    this.smtp = smtp;
    this.connectors = List.copyOf(connectors);
  }

  /** Takes seconds; another thread than that which starts. */
  void fly() {
    List<Finding> findings;
    try {
      findings = flight.fly(smtp, connectors);
    } catch (RuntimeException broken) {
      LOG.warn("the canary of the start broke off", broken);
      trouble = Optional.of("it broke off: " + broken.getMessage());
      return;
    }
    findings.stream()
        .filter(one -> one.grade() == Finding.Grade.WELL)
        .forEach(one -> LOG.info("canary: {}", one.what()));
    List<Finding> amiss =
        findings.stream().filter(one -> one.grade() != Finding.Grade.WELL).toList();
    amiss.forEach(one -> LOG.warn("canary: {}; {}", one.what(), one.mend()));
    trouble =
        amiss.stream()
            .filter(one -> one.grade() != Finding.Grade.ADVICE)
            .findFirst()
            .map(one -> one.what() + "; " + one.mend());
    note = Optional.of("held and let go at start");
  }

  Operations.Part part() {
    return new Operations.Part("canary", false, () -> trouble, () -> note);
  }
}
