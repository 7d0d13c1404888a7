package dev.postern.quarantine.postfix;

import static java.util.Objects.requireNonNull;

import dev.postern.approval.CaseFile;
import dev.postern.approval.Mandate;
import dev.postern.approval.Outcome;
import dev.postern.approval.Outcome.Kind;
import dev.postern.approval.Outcome.Result;
import dev.postern.mail.EmailAddress;
import dev.postern.mail.Envelope;
import dev.postern.quarantine.LogTail;
import dev.postern.quarantine.MailLog;
import dev.postern.quarantine.Shipment;
import dev.postern.quarantine.SmtpNextHop;
import dev.postern.quarantine.XForward;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Releases a held message by handing it back to Postfix as a new one, to those who are to get it,
 * and deletes the held one then. This is the way for a part of the recipients, whom no command of
 * Postfix can part, and for old mail, whose lifetime begins anew.
 *
 * <p>The old id goes with it (XFORWARD IDENT), so that the log tells after a crash whether Postfix
 * accepted it. Meanwhile the held one cannot leave.
 */
final class HandBack {
  private static final Logger LOG = LoggerFactory.getLogger(HandBack.class);
  private static final Pattern NEW_ID = Pattern.compile(".* queued as ([0-9A-Za-z]+)");

  /** What is given to Postfix, and how that is found again. */
  record Means(FixedVerbs verbs, SmtpNextHop service, Optional<MailLog> log, Trails trails) {}

  private final Means means;
  private final int largest;

  HandBack(Means means, int largest) {
    this.means = means;
    this.largest = largest;
  }

  /**
   * Releases to these.
   *
   * @param since no earlier than this was anything of it done
   */
  Outcome release(CaseFile held, List<EmailAddress> to, Mandate mandate, Instant since) {
    QueueId id = QueueId.parse(held.hold().id()).orElseThrow();
    Optional<QueueFile> found = means.verbs().copy(id, largest);
    if (found.isEmpty()) {
      return Outcome.forAll(to, Kind.NOT_FOUND, "it is not on hold any more");
    }
    QueueFile file = found.get();
    if (!file.whole()) {
      return Outcome.forAll(
          to, Kind.PERM_FAIL, "it has more than " + largest + " octets (mail.smtp.max-size)");
    }
    Optional<EmailAddress> sender = EmailAddress.parse(file.sender());
    if (sender.isEmpty() && !file.sender().isEmpty()) {
      return Outcome.forAll(to, Kind.PERM_FAIL, "its sender is no address that SMTP can be given");
    }
    if (file.unread() > 0 && everybody(held, to)) {
      return Outcome.forAll(to, Kind.PERM_FAIL, unread(file));
    }
    Map<EmailAddress, List<EmailAddress>> addresses = addresses(file, to);
    Map<EmailAddress, Result> results = new LinkedHashMap<>();
    if (begun(held, mandate) && means.log().isPresent()) {
      new Reinjections(means.log().get())
          .accepted(id, since)
          .forEach(trail -> results.putAll(earlier(trail, addresses)));
    }
    List<EmailAddress> open = to.stream().filter(r -> !results.containsKey(r)).toList();
    Envelope envelope = new Envelope(sender, to, file.client(), file.helo());
    if (!open.isEmpty()) {
      results.putAll(send(new Batch(id, file, envelope, addresses), open, mandate));
    }
    return ended(
        held, id, new Outcome(to.stream().map(r -> requireNonNull(results.get(r))).toList()));
  }

  /**
   * A first try has nothing before it; each other one may have been cut off behind the dot, be it
   * by an earlier decision that was given up.
   */
  static boolean begun(CaseFile held, Mandate mandate) {
    return mandate.attempt() > 1 || held.outcome().isPresent();
  }

  /** Whether nobody is meant to be left out. */
  private static boolean everybody(CaseFile held, List<EmailAddress> to) {
    List<EmailAddress> served = new ArrayList<>(to);
    held.outcome().ifPresent(o -> o.proved().results().forEach(r -> served.add(r.recipient())));
    return served.containsAll(held.envelope().recipients());
  }

  private static String unread(QueueFile file) {
    return "it also goes to "
        + file.unread()
        + " recipient(s) whose address Postern cannot read, who would be left out: release it in"
        + " Postfix, or to those only whom you name";
  }

  /** What is sent, and which addresses in the queue stand for each recipient of the case. */
  private record Batch(
      QueueId id,
      QueueFile file,
      Envelope envelope,
      Map<EmailAddress, List<EmailAddress>> addresses) {}

  private static Map<EmailAddress, List<EmailAddress>> addresses(
      QueueFile file, List<EmailAddress> to) {
    Map<EmailAddress, List<EmailAddress>> addresses = new LinkedHashMap<>();
    for (EmailAddress recipient : to) {
      addresses.put(
          recipient,
          file.recipients().stream()
              .filter(r -> r.isFor(recipient))
              .map(QueueFile.Recipient::address)
              .distinct()
              .toList());
    }
    return addresses;
  }

  /** Who has it, or will, since an earlier try; who may have it waits until the log tells. */
  private static Map<EmailAddress, Result> earlier(
      Trail trail, Map<EmailAddress, List<EmailAddress>> addresses) {
    Map<EmailAddress, Result> results = new LinkedHashMap<>();
    addresses.forEach(
        (recipient, all) -> {
          if (!all.isEmpty() && trail.tellsOf(all)) {
            results.put(recipient, worst(recipient, all.stream().map(trail::result).toList()));
          } else if (!trail.complete()) {
            String words = "Postfix took it before and is still at it; the log is asked again";
            results.put(recipient, new Result(recipient, Kind.TEMP_FAIL, words));
          }
        });
    return results;
  }

  private Map<EmailAddress, Result> send(Batch batch, List<EmailAddress> open, Mandate mandate) {
    List<EmailAddress> all =
        open.stream()
            .flatMap(r -> batch.addresses().getOrDefault(r, List.of()).stream())
            .distinct()
            .toList();
    Map<EmailAddress, Result> byAddress = new LinkedHashMap<>();
    if (!all.isEmpty()) {
      XForward origin = new XForward(batch.file().client(), batch.file().helo(), batch.id().text());
      Shipment shipment =
          new Shipment(batch.envelope(), all, batch.file().content(), Optional.of(origin));
      Optional<LogTail> tail = means.log().map(MailLog::tail);
      Outcome said = means.service().send(shipment, mandate);
      said.results().forEach(r -> byAddress.put(r.recipient(), heard(r)));
      tail.ifPresent(from -> follow(from, said, byAddress));
    }
    Map<EmailAddress, Result> results = new LinkedHashMap<>();
    for (EmailAddress recipient : open) {
      List<EmailAddress> its = batch.addresses().getOrDefault(recipient, List.of());
      results.put(
          recipient,
          its.isEmpty()
              ? new Result(recipient, Kind.PERM_FAIL, "the held message has no such recipient")
              : worst(
                  recipient,
                  its.stream().map(a -> Optional.ofNullable(byAddress.get(a))).toList()));
    }
    return results;
  }

  /** Our next hop is Postfix itself: its 250 means that it delivers on its own. */
  private Result heard(Result said) {
    return switch (said.kind()) {
      case DELIVERED_TO_NEXT_HOP ->
          new Result(said.recipient(), Kind.ACCEPTED_ASYNC, "Postfix took it: " + said.words());
      case UNCERTAIN ->
          means.log().isPresent()
              ? new Result(said.recipient(), Kind.TEMP_FAIL, said.words() + "; its log will tell")
              : said;
      default -> said;
    };
  }

  private void follow(LogTail from, Outcome said, Map<EmailAddress, Result> byAddress) {
    List<Result> taken =
        said.results().stream().filter(r -> r.kind() == Kind.DELIVERED_TO_NEXT_HOP).toList();
    Optional<QueueId> fresh = taken.stream().findFirst().flatMap(r -> newId(r.words()));
    List<EmailAddress> addresses = taken.stream().map(Result::recipient).toList();
    fresh
        .map(id -> means.trails().await(from, id, addresses))
        .ifPresent(
            trail ->
                addresses.forEach(
                    a -> trail.result(a).ifPresent(result -> byAddress.put(a, result))));
  }

  private static Optional<QueueId> newId(String words) {
    Matcher form = NEW_ID.matcher(words);
    return form.matches() ? QueueId.parse(form.group(1)) : Optional.empty();
  }

  /** An alias may stand for several addresses: the worst of what became of it for them counts. */
  private static Result worst(EmailAddress recipient, List<Optional<Result>> results) {
    List<Kind> order =
        List.of(
            Kind.DELIVERED_TO_NEXT_HOP,
            Kind.ACCEPTED_ASYNC,
            Kind.PERM_FAIL,
            Kind.TEMP_FAIL,
            Kind.UNCERTAIN);
    List<Result> worst = new ArrayList<>();
    results.stream().flatMap(Optional::stream).forEach(worst::add);
    worst.sort((a, b) -> order.indexOf(b.kind()) - order.indexOf(a.kind()));
    return new Result(recipient, worst.getFirst().kind(), worst.getFirst().words());
  }

  /** Once nobody is to get it any more, the held one goes. */
  private Outcome ended(CaseFile held, QueueId id, Outcome outcome) {
    List<Result> results = outcome.results();
    boolean settled =
        results.stream().allMatch(r -> r.kind().proof() || r.kind() == Kind.PERM_FAIL);
    boolean anybody =
        !outcome.proved().results().isEmpty()
            || held.outcome().filter(o -> !o.proved().results().isEmpty()).isPresent();
    if (!settled || !anybody) {
      return outcome;
    }
    return tidied(held, id, outcome);
  }

  /**
   * Deletes the held one, whose recipients have it. What is not on hold is not touched, so this can
   * be repeated.
   */
  Outcome tidied(CaseFile held, QueueId id, Outcome outcome) {
    return switch (means.verbs().discard(id)) {
      case Deed.Done _ -> outcome;
      case Deed.Nothing _ -> remarked(outcome, "the held one was gone before");
      case Deed.Refused refused -> leaving(held, id, outcome, refused.words());
      case Deed.Unsure unsure -> leaving(held, id, outcome, unsure.words());
    };
  }

  private static Outcome leaving(CaseFile held, QueueId id, Outcome outcome, String words) {
    LOG.warn("case={} hold={} is not deleted yet: {}", held.id(), id, words);
    return outcome.leaving("the held one is not deleted yet (postsuper -d " + id + ")");
  }

  private static Outcome remarked(Outcome outcome, String remark) {
    return new Outcome(
        outcome.results().stream()
            .map(r -> new Result(r.recipient(), r.kind(), r.words() + " (" + remark + ")"))
            .toList());
  }
}
