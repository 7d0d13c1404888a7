package dev.postern.dns;

import dev.postern.evidence.Answer;
import dev.postern.evidence.Answer.Status;
import dev.postern.evidence.DnsType;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.Flags;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.PTRRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.TXTRecord;

/** Reads the reply of a recursive server. Records of names that were not asked for are ignored. */
final class Replies {
  private static final int MOST_ALIASES = 10;
  private static final long LONGEST_TTL = 86_400;

  /** RFC 2308 §5: how long "there is none" may be kept, and for how long without an SOA. */
  private static final long LONGEST_NEGATIVE_TTL = 3_600;

  private static final long NEGATIVE_TTL_WITHOUT_SOA = 60;

  private Replies() {}

  /** The answer in {@code reply}; empty when another server should be asked. */
  static Optional<Answer> read(Message reply, Name asked, DnsType type) {
    int rcode = reply.getRcode();
    if (rcode != Rcode.NOERROR && rcode != Rcode.NXDOMAIN) {
      return Optional.empty();
    }
    List<Record> records = reply.getSection(Section.ANSWER);
    long ttl = LONGEST_TTL;
    Name owner = asked;
    for (int alias = 0; alias <= MOST_ALIASES; alias++) {
      List<String> data = new ArrayList<>();
      Optional<CNAMERecord> next = Optional.empty();
      for (Record record : records) {
        if (record.getName().equals(owner)) {
          Optional<String> text = text(record, type);
          if (text.isPresent()) {
            data.add(text.get());
            ttl = Math.min(ttl, record.getTTL());
          } else if (record instanceof CNAMERecord cname) {
            next = Optional.of(cname);
          }
        }
      }
      if (!data.isEmpty()) {
        boolean authenticated = reply.getHeader().getFlag(Flags.AD);
        return Optional.of(Answer.of(data, ttl, authenticated));
      }
      if (next.isEmpty()) {
        return Optional.of(negative(reply, rcode));
      }
      ttl = Math.min(ttl, next.get().getTTL());
      owner = next.get().getTarget();
    }
    return Optional.of(Answer.without(Status.TEMPFAIL, 0)); // a loop of aliases
  }

  private static Answer negative(Message reply, int rcode) {
    long ttl = NEGATIVE_TTL_WITHOUT_SOA;
    for (Record record : reply.getSection(Section.AUTHORITY)) {
      if (record instanceof SOARecord soa) {
        ttl = Math.min(LONGEST_NEGATIVE_TTL, Math.min(soa.getTTL(), soa.getMinimum()));
      }
    }
    return new Answer(
        rcode == Rcode.NXDOMAIN ? Status.NXDOMAIN : Status.NODATA,
        List.of(),
        ttl,
        reply.getHeader().getFlag(Flags.AD),
        Rcode.string(rcode),
        false);
  }

  /** The record as {@link Answer} writes it; empty if it is of another type. */
  private static Optional<String> text(Record record, DnsType type) {
    return switch (type) {
      case A ->
          record instanceof ARecord a
              ? Optional.of(a.getAddress().getHostAddress())
              : Optional.empty();
      case AAAA ->
          record instanceof AAAARecord aaaa
              ? Optional.of(aaaa.getAddress().getHostAddress())
              : Optional.empty();
      case CNAME ->
          record instanceof CNAMERecord cname
              ? Optional.of(WireNames.text(cname.getTarget()))
              : Optional.empty();
      case MX ->
          record instanceof MXRecord mx
              ? Optional.of(mx.getPriority() + " " + WireNames.text(mx.getTarget()))
              : Optional.empty();
      case PTR ->
          record instanceof PTRRecord ptr
              ? Optional.of(WireNames.text(ptr.getTarget()))
              : Optional.empty();
      case TXT -> record instanceof TXTRecord txt ? Optional.of(joined(txt)) : Optional.empty();
    };
  }

  private static String joined(TXTRecord txt) {
    ByteArrayOutputStream octets = new ByteArrayOutputStream();
    txt.getStringsAsByteArrays().forEach(octets::writeBytes);
    return octets.toString(StandardCharsets.ISO_8859_1);
  }
}
