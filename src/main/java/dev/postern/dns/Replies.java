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
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.PTRRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.SPFRecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.TXTRecord;

/** Reads the reply of a recursive server. Records of names that were not asked for are ignored. */
final class Replies {

  /** As many aliases in a row as resolvers commonly follow. */
  static final int MOST_ALIASES = 10;

  static final long LONGEST_TTL = 86_400;

  /** RFC 2308 §5: how long "there is none" may be kept, and for how long without an SOA. */
  private static final long LONGEST_NEGATIVE_TTL = 3_600;

  private static final long NEGATIVE_TTL_WITHOUT_SOA = 60;

  private Replies() {}

  /** What a reply says. */
  sealed interface Reading {
    /** The answer, of the last name where there are aliases. */
    record Answered(Answer answer) implements Reading {}

    /** The name is an alias, and the server does not say what is at its end. */
    record Alias(Name end, int aliases, long ttl, boolean authenticated) implements Reading {}

    /** The server cannot answer; another may. */
    record Failed(String rcode) implements Reading {}
  }

  /** Reads the reply to a question about {@code asked}. */
  static Reading read(Message reply, Name asked, DnsType type) {
    int rcode = reply.getRcode();
    if (rcode != Rcode.NOERROR && rcode != Rcode.NXDOMAIN) {
      return new Reading.Failed(Rcode.string(rcode));
    }
    List<Record> records = reply.getSection(Section.ANSWER);
    boolean authenticated = reply.getHeader().getFlag(Flags.AD);
    long ttl = LONGEST_TTL;
    Name owner = asked;
    for (int aliases = 0; aliases <= MOST_ALIASES; aliases++) {
      List<String> data = new ArrayList<>();
      Optional<CNAMERecord> next = Optional.empty();
      for (Record record : records) {
        if (record.getDClass() == DClass.IN && record.getName().equals(owner)) {
          Optional<String> text = text(record, type);
          if (text.isPresent()) {
            data.add(text.get());
            ttl = Math.min(ttl, ttl(record));
          } else if (record instanceof CNAMERecord cname) {
            next = Optional.of(cname);
          }
        }
      }
      if (!data.isEmpty()) {
        return new Reading.Answered(Answer.of(data, ttl, authenticated));
      }
      if (next.isEmpty()) {
        return withoutRecords(reply, new Reading.Alias(owner, aliases, ttl, authenticated));
      }
      ttl = Math.min(ttl, ttl(next.get()));
      owner = next.get().getTarget();
    }
    return new Reading.Failed("ALIASES");
  }

  /** "There is none" for the name at the end of the aliases, if the server vouches for that. */
  private static Reading withoutRecords(Message reply, Reading.Alias reached) {
    boolean noName = reply.getRcode() == Rcode.NXDOMAIN;
    Optional<SOARecord> soa = soa(reply, reached.end());
    if (!noName && soa.isEmpty()) {
      if (reached.aliases() > 0) {
        return reached;
      }
      boolean vouched = reply.getHeader().getFlag(Flags.RA) || reply.getHeader().getFlag(Flags.AA);
      if (!vouched) {
        return new Reading.Failed("LAME"); // it neither knows nor asks: no word about the name
      }
    }
    long negative =
        soa.map(it -> Math.min(LONGEST_NEGATIVE_TTL, Math.min(ttl(it), it.getMinimum())))
            .orElse(NEGATIVE_TTL_WITHOUT_SOA);
    return new Reading.Answered(
        new Answer(
            noName ? Status.NXDOMAIN : Status.NODATA,
            List.of(),
            Math.min(reached.ttl(), negative),
            reached.authenticated(),
            Rcode.string(reply.getRcode()),
            false));
  }

  private static Optional<SOARecord> soa(Message reply, Name name) {
    return reply.getSection(Section.AUTHORITY).stream()
        .filter(record -> record instanceof SOARecord && name.subdomain(record.getName()))
        .map(SOARecord.class::cast)
        .findFirst();
  }

  /** RFC 2181 §8: 31 bits; what is larger counts as zero. */
  private static long ttl(Record record) {
    return record.getTTL() > Integer.MAX_VALUE ? 0 : record.getTTL();
  }

  /** The record as {@link Answer} writes it; empty if it is of another type. */
  static Optional<String> text(Record record, DnsType type) {
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
      case SPF ->
          record instanceof SPFRecord spf
              ? Optional.of(joined(spf.getStringsAsByteArrays()))
              : Optional.empty();
      case TXT ->
          record instanceof TXTRecord txt
              ? Optional.of(joined(txt.getStringsAsByteArrays()))
              : Optional.empty();
    };
  }

  private static String joined(List<byte[]> strings) {
    ByteArrayOutputStream octets = new ByteArrayOutputStream();
    strings.forEach(octets::writeBytes);
    return octets.toString(StandardCharsets.ISO_8859_1);
  }
}
