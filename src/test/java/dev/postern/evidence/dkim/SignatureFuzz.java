package dev.postern.evidence.dkim;

import static dev.postern.fuzz.Claim.holds;
import static dev.postern.fuzz.Claim.same;

import dev.postern.evidence.Answer;
import dev.postern.evidence.ArcResult;
import dev.postern.evidence.Deadline;
import dev.postern.evidence.DkimFinding;
import dev.postern.evidence.DkimResult;
import dev.postern.evidence.Dns;
import dev.postern.evidence.DnsType;
import dev.postern.evidence.Home;
import dev.postern.evidence.arc.ArcVerifier;
import dev.postern.mail.HeaderField;
import dev.postern.mail.HeaderFields;
import dev.postern.mail.RawMessage;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Fuzz target: tag lists, the signature fields of DKIM and ARC, and what they sign. The key that
 * DNS gives for every name has never signed anything, so no input may ever pass.
 */
public final class SignatureFuzz {
  private static final long NOW = 1_795_000_000;
  private static final byte[] NAME = "DKIM-Signature:".getBytes(StandardCharsets.US_ASCII);
  private static final List<String> TAGS =
      List.of("v", "a", "b", "bh", "c", "d", "s", "i", "l", "q", "t", "x", "h", "cv");
  private static final Answer KEY =
      TestSigner.of("a.example", "s", TestKeys.rsa("never signs", 1024)).answer();
  private static final Dns DNS =
      (_, type, _) -> type == DnsType.TXT ? KEY : Answer.without(Answer.Status.NXDOMAIN, 60);

  private SignatureFuzz() {}

  /** One execution; {@code data} is the value of a signature field and the message behind it. */
  public static void fuzzerTestOneInput(byte[] data) {
    byte[] octets = join(NAME, data);
    RawMessage message = RawMessage.of(octets);
    HeaderFields headers = HeaderFields.of(message);
    tagsAreWindows(octets, headers.all().getFirst());
    signatureIsReadableWhateverItHolds(octets, headers.all().getFirst());
    canonicalFormsAreTheirOwn(octets, headers);
    nothingPasses(message, headers);
  }

  private static void tagsAreWindows(byte[] octets, HeaderField field) {
    int end = field.offset() + field.length();
    TagList list = TagList.read(octets, field.valueOffset(), end);
    byte[] alone = Arrays.copyOfRange(octets, field.valueOffset(), end);
    TagList moved = TagList.read(alone, 0, alone.length);
    same(list.flaw(), moved.flaw(), "a flaw does not depend on the place");
    StringBuilder again = new StringBuilder();
    for (String tag : TAGS) {
      TagList.Window window = list.window(tag);
      holds(window.from() >= field.valueOffset() && window.to() <= end, "windows lie in the list");
      holds(
          window.from() <= window.to() && list.length(tag) <= alone.length, "windows are forward");
      same(list.text(tag), moved.text(tag), "a value does not depend on the place");
      same(
          list.compact(tag), list.compact(tag).replaceAll("[ \t\r\n]", ""), "compact has no space");
      if (list.has(tag)) {
        byte[] value = Arrays.copyOfRange(octets, window.from(), window.to());
        again.append(tag + "=" + new String(value, StandardCharsets.ISO_8859_1) + ";");
      }
    }
    byte[] written = again.toString().getBytes(StandardCharsets.ISO_8859_1);
    TagList read = TagList.read(written, 0, written.length);
    holds(read.flaw().isEmpty(), "sound tags make a sound list");
    TAGS.forEach(tag -> same(read.text(tag), list.text(tag), "tags written again are read again"));
  }

  private static void signatureIsReadableWhateverItHolds(byte[] octets, HeaderField field) {
    DkimSignature signature = DkimSignature.read(octets, field);
    holds(signature.bodyLength() >= -1, "l=");
    holds(signature.signedAt() >= -1 && signature.expires() >= -1, "t= and x=");
    holds(!signature.signedFields().isEmpty(), "h= has an element at least");
    SignatureSyntax syntax = new SignatureSyntax(signature, NOW);
    for (Optional<Problem> problem :
        List.of(syntax.problemOfDkim(), syntax.problemOfArcMessage(), syntax.problemOfArcSeal())) {
      problem.ifPresent(SignatureFuzz::isOurWord);
    }
    if (syntax.problemOfDkim().isEmpty()) {
      holds(signature.keyName().text().contains("._domainkey."), "where the key is");
      holds(signature.identityDomain().isPresent(), "a sound i=");
      holds(signature.body().orElseThrow().length() >= 0, "a sound l=");
      holds(signature.bodyHash().orElseThrow().length == 32, "a sound bh=");
    }
  }

  private static void isOurWord(Problem problem) {
    holds(problem.result() != DkimResult.PASS, "a problem is no pass");
    holds(problem.result() != DkimResult.TEMPERROR, "syntax does not change with time");
    holds(!problem.reason().isEmpty() && problem.reason().length() < 400, "a reason is given");
    holds(problem.reason().chars().allMatch(c -> c >= ' ' && c < 0x7f), "the reason is ours");
  }

  private static void canonicalFormsAreTheirOwn(byte[] octets, HeaderFields headers) {
    for (Canonicalization how : Canonicalization.values()) {
      byte[] body = body(how, octets, headers.bodyOffset());
      holds(body.length <= octets.length - headers.bodyOffset() + 2, "a body grows by one CRLF");
      same(text(body(how, body, 0)), text(body), "a canonical body is its own canonical form");
      byte[] header = header(how, octets, headers);
      HeaderFields again = HeaderFields.of(RawMessage.of(header));
      same(text(header(how, header, again)), text(header), "a canonical header is its own form");
      same(again.all().size(), headers.all().size(), "fields stay apart");
    }
  }

  private static void nothingPasses(RawMessage message, HeaderFields headers) {
    Deadline by = Deadline.in(Duration.ofSeconds(20));
    List<DkimFinding> findings = new DkimVerifier().verify(message, headers, DNS, by, NOW);
    int signatures = headers.named("DKIM-Signature").size();
    same(findings.size(), Math.min(signatures, 11), "a finding for each signature, or the limit");
    for (DkimFinding finding : findings) {
      holds(finding.result() != DkimResult.PASS, "what nobody signed does not pass");
      holds(finding.result() != DkimResult.TEMPERROR, "DNS did answer");
      holds(!finding.reason().isEmpty(), "a reason is given");
      holds(finding.unsignedOctets() >= 0, "no negative count");
      holds(finding.unsignedOctets() <= message.size() + 2, "no more unsigned than there is");
    }
    var arc = new ArcVerifier(Home.unknown()).verify(message, headers, DNS, by, NOW);
    holds(arc.result() != ArcResult.PASS, "what nobody sealed does not pass");
    holds(arc.sealers().size() <= 50, "fifty hops at most");
  }

  private static byte[] body(Canonicalization how, byte[] octets, int from) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    BodyCanonicalizer.canonicalize(how, octets, from, (o, at, to) -> out.write(o, at, to - at));
    return out.toByteArray();
  }

  private static byte[] header(Canonicalization how, byte[] octets, HeaderFields headers) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    HeaderCanonicalizer canonical =
        new HeaderCanonicalizer(how, octets, (o, from, to) -> out.write(o, from, to - from));
    headers.all().forEach(canonical::put);
    return out.toByteArray();
  }

  private static String text(byte[] octets) {
    return new String(octets, StandardCharsets.ISO_8859_1);
  }

  private static byte[] join(byte[] head, byte[] tail) {
    byte[] both = Arrays.copyOf(head, head.length + tail.length);
    System.arraycopy(tail, 0, both, head.length, tail.length);
    return both;
  }
}
