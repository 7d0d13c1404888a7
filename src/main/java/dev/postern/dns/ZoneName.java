package dev.postern.dns;

import dev.postern.evidence.Answer;
import dev.postern.evidence.Answer.Status;
import dev.postern.evidence.DnsType;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What a zone says of one name; filled while the zone is read. */
final class ZoneName {

  /** For records whose file gives none. */
  static final long TTL = 300;

  private final Map<DnsType, Answer> answers = new EnumMap<>(DnsType.class);
  private Answer otherwise = Answer.without(Status.NODATA, TTL);
  private boolean alike;

  /** One more record; a set of records has the least TTL of them (RFC 2181 §5.2). */
  void add(DnsType type, String data, long ttl) {
    Answer one = Answer.of(List.of(data), ttl, false);
    answers.merge(
        type,
        one,
        (before, more) ->
            Answer.of(
                Stream.concat(before.data().stream(), Stream.of(data)).toList(),
                Math.min(before.ttl(), ttl),
                false));
  }

  /** Questions for that type get this answer. */
  void answers(DnsType type, Answer answer) {
    answers.put(type, answer);
  }

  /** Questions for types without records get this answer. */
  void otherwise(Answer answer) {
    otherwise = answer;
  }

  /** Every question gets this answer, whatever records there are. */
  void always(Answer answer) {
    otherwise = answer;
    alike = true;
  }

  boolean has(DnsType type) {
    return answers.containsKey(type);
  }

  Answer answer(DnsType type) {
    return alike ? otherwise : answers.getOrDefault(type, otherwise);
  }
}
