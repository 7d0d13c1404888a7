package dev.postern.evidence;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** Reads the evidence document back into values; strict, since only we write it. */
final class EvidenceReader {
  private static final ObjectMapper JSON = new ObjectMapper();

  private EvidenceReader() {}

  static Evidence read(String document) {
    Members it = new Members(parse(document), "");
    if (it.integer("version") != EvidenceJson.VERSION) {
      throw new IllegalArgumentException("evidence version " + it.integer("version"));
    }
    return new Evidence(
        origin(it),
        it.integer("at"),
        spf(it.object("spf")),
        spf(it.object("helo")),
        it.list("dkim", EvidenceReader::dkim),
        arc(it.object("arc")),
        dmarc(it.object("dmarc")),
        it.list("dns", EvidenceReader::dns));
  }

  private static JsonNode parse(String document) {
    try {
      return JSON.readTree(document);
    } catch (JsonProcessingException notJson) {
      throw new IllegalArgumentException("evidence is not JSON", notJson);
    }
  }

  private static Origin origin(Members it) {
    return switch (it.text("kind")) {
      case "computed" -> new Origin.Computed(it.text("messageSha256"));
      case "reported" -> new Origin.Reported(it.text("gateway"));
      default -> throw it.wrong("kind");
    };
  }

  private static SpfFinding spf(Members it) {
    return new SpfFinding(
        it.word("result", SpfResult.class),
        it.word("identity", SpfFinding.Identity.class),
        it.text("domain"),
        it.text("mechanism"),
        it.text("explanation"),
        it.text("problem"),
        it.truth("aligned"));
  }

  private static DkimFinding dkim(Members it) {
    return new DkimFinding(
        it.word("result", DkimResult.class),
        it.text("domain"),
        it.text("selector"),
        it.text("algorithm"),
        Math.toIntExact(it.integer("keyBits")),
        it.text("reason"),
        it.integer("unsignedOctets"),
        it.truth("aligned"));
  }

  private static ArcFinding arc(Members it) {
    return new ArcFinding(
        it.word("result", ArcResult.class), it.texts("sealers"), it.text("reason"));
  }

  private static DmarcFinding dmarc(Members it) {
    return new DmarcFinding(
        it.word("result", DmarcResult.class),
        it.text("fromDomain"),
        it.text("organizationalDomain"),
        it.text("policyDomain"),
        it.word("policy", DmarcPolicy.class),
        it.word("disposition", DmarcPolicy.class),
        it.truth("testMode"),
        it.text("record"),
        it.text("problem"));
  }

  private static DnsRecord dns(Members it) {
    Answer answer =
        new Answer(
            it.word("status", Answer.Status.class),
            it.texts("data"),
            it.integer("ttl"),
            it.truth("authenticated"));
    return new DnsRecord(new DnsName(it.text("name")), it.word("type", DnsType.class), answer);
  }

  /** The members of one object; every refusal names the member with its path. */
  private record Members(JsonNode node, String path) {

    Members object(String name) {
      JsonNode member = node.path(name);
      if (!member.isObject()) {
        throw wrong(name);
      }
      return new Members(member, path + name + ".");
    }

    String text(String name) {
      JsonNode member = node.path(name);
      if (!member.isTextual()) {
        throw wrong(name);
      }
      return member.textValue();
    }

    long integer(String name) {
      JsonNode member = node.path(name);
      if (!member.isIntegralNumber() || !member.canConvertToLong()) {
        throw wrong(name);
      }
      return member.longValue();
    }

    boolean truth(String name) {
      JsonNode member = node.path(name);
      if (!member.isBoolean()) {
        throw wrong(name);
      }
      return member.booleanValue();
    }

    <E extends Enum<E>> E word(String name, Class<E> kind) {
      try {
        return Enum.valueOf(kind, text(name).toUpperCase(Locale.ROOT));
      } catch (IllegalArgumentException unknownWord) {
        throw wrong(name);
      }
    }

    List<String> texts(String name) {
      List<String> texts = new ArrayList<>();
      for (JsonNode item : array(name)) {
        if (!item.isTextual()) {
          throw wrong(name);
        }
        texts.add(item.textValue());
      }
      return texts;
    }

    <T> List<T> list(String name, Function<Members, T> read) {
      List<T> items = new ArrayList<>();
      for (JsonNode item : array(name)) {
        items.add(read.apply(new Members(item, path + name + "[" + items.size() + "].")));
      }
      return items;
    }

    private JsonNode array(String name) {
      JsonNode member = node.path(name);
      if (!member.isArray()) {
        throw wrong(name);
      }
      return member;
    }

    IllegalArgumentException wrong(String name) {
      return new IllegalArgumentException("evidence: " + path + name + " is absent or wrong");
    }
  }
}
