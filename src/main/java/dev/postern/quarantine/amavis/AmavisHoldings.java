package dev.postern.quarantine.amavis;

import dev.postern.approval.Hold;
import dev.postern.approval.HoldRef;
import dev.postern.approval.Holdings;
import dev.postern.mail.EmailAddress;
import dev.postern.mail.Envelope;
import dev.postern.mail.MessageReader;
import dev.postern.quarantine.CrlfContent;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What amavis quarantined lately, one file each. Safe for many threads. */
public final class AmavisHoldings implements Holdings {
  private final AmavisParts parts;

  /** Files of mail that everybody got: amavis does not change them, so they are read once. */
  private final Set<String> passed = ConcurrentHashMap.newKeySet();

  /** Takes the ways to amavis. */
  public AmavisHoldings(AmavisParts parts) {
    this.parts = parts;
  }

  @Override
  public String source() {
    return parts.settings().source();
  }

  @Override
  public List<HoldRef> held() {
    List<String> lately = parts.folder().lately();
    passed.retainAll(Set.copyOf(lately));
    return lately.stream()
        .filter(name -> !passed.contains(name))
        .map(name -> new HoldRef(source(), name))
        .toList();
  }

  /** Empty also where everybody got it: amavis can quarantine a copy of what it lets pass. */
  @Override
  public Optional<Hold> fetch(HoldRef hold) {
    Optional<Instant> written = parts.folder().written(hold.id());
    Optional<CrlfContent> begins = parts.folder().beginning(hold.id());
    Optional<QuarantinedMail> top = begins.flatMap(it -> QuarantinedMail.read(it.message()));
    if (top.filter(it -> it.blocked().isEmpty()).isPresent()) {
      passed.add(hold.id());
    }
    if (top.filter(it -> !it.blocked().isEmpty()).isEmpty()) {
      return Optional.empty();
    }
    Optional<CrlfContent> content =
        begins
            .filter(CrlfContent::whole)
            .or(() -> parts.folder().read(hold.id(), parts.settings().largest()));
    return content
        .flatMap(it -> QuarantinedMail.read(it.message()))
        .flatMap(
            it ->
                written.map(
                    at -> of(hold, it, at, content.filter(CrlfContent::whole).isPresent())));
  }

  private Hold of(HoldRef ref, QuarantinedMail it, Instant written, boolean whole) {
    Optional<EmailAddress> sender = EmailAddress.parse(it.sender());
    // The null sender is nobody; a sender that cannot be read is somebody, and nothing is computed
    // as if it were nobody.
    boolean known = sender.isPresent() || it.sender().isEmpty();
    return new Hold(
        ref,
        new Envelope(sender, it.blocked(), it.client(), it.helo()).withSender(it.sender()),
        Optional.of(it.message()).filter(_ -> whole && known),
        MessageReader.summarise(it.message()),
        source(),
        written,
        "");
  }
}
