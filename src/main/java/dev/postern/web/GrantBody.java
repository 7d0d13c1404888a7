package dev.postern.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.postern.approval.CaseId;
import dev.postern.approval.Wish;
import dev.postern.policy.GrantTerms.Kind;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

/**
 * A request for a grant as a program sends it: {@code {"kind", "from", "to"?, "until"?, "most"?,
 * "evenUnproved"?, "reason", "about"?}}, or {@code kindOf} in place of {@code from} and {@code
 * about}, and nothing else.
 */
final class GrantBody {
  private static final JsonMapper STRICT =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();
  private static final List<String> MEMBERS =
      List.of("kind", "from", "kindOf", "to", "until", "most", "evenUnproved", "reason", "about");
  private static final int LONGEST_TEXT = 2000;

  private final JsonNode body;

  private GrantBody(JsonNode body) {
    this.body = body;
  }

  /** What was read, or what is wrong with it. */
  sealed interface Read {
    /** A wish. */
    record Wanted(Wish wish) implements Read {}

    /** None. */
    record Wrong(ApiProblem problem) implements Read {}
  }

  /** A member that is not as it should be. */
  private static final class Unfit extends Exception {
    private static final long serialVersionUID = 1;
    private final transient ApiProblem problem;

    Unfit(String field, String detail) {
      super(detail);
      this.problem = ApiProblem.field(field, detail);
    }
  }

  static Read read(byte[] json) {
    try {
      JsonNode body = STRICT.readTree(json);
      if (!body.isObject()) {
        throw new Unfit("body", "Send one JSON object.");
      }
      return new Read.Wanted(new GrantBody(body).wish());
    } catch (JsonProcessingException broken) {
      return new Read.Wrong(ApiProblem.field("body", "This is no JSON object."));
    } catch (IOException noBytes) {
      return new Read.Wrong(ApiProblem.field("body", "The body cannot be read."));
    } catch (Unfit unfit) {
      return new Read.Wrong(unfit.problem);
    }
  }

  private Wish wish() throws Unfit {
    for (String name : (Iterable<String>) body::fieldNames) {
      if (!MEMBERS.contains(name)) {
        String shown = name.length() > 40 ? name.substring(0, 40) + "…" : name;
        throw new Unfit(shown, "Unknown member; known are " + String.join(", ", MEMBERS) + ".");
      }
    }
    Optional<CaseId> kindOf = caseId("kindOf");
    if (kindOf.isPresent() && !(text("from") + text("about")).isEmpty()) {
      throw new Unfit("kindOf", "It says whose mail: leave from and about out.");
    }
    return new Wish(
        kind(),
        text("from"),
        text("to"),
        until(),
        most(),
        unproved(),
        text("reason"),
        kindOf.isPresent() ? kindOf : caseId("about"),
        kindOf.isPresent());
  }

  private Kind kind() throws Unfit {
    return switch (text("kind")) {
      case "allow" -> Kind.ALLOW;
      case "block" -> Kind.BLOCK;
      default -> throw new Unfit("kind", "Say allow or block.");
    };
  }

  /** Empty where the member is absent. */
  private String text(String name) throws Unfit {
    JsonNode member = body.path(name);
    if (member.isMissingNode() || member.isNull()) {
      return "";
    }
    if (!member.isTextual() || member.textValue().length() > LONGEST_TEXT) {
      throw new Unfit(name, "A text of at most " + LONGEST_TEXT + " characters.");
    }
    return member.textValue();
  }

  private Optional<Instant> until() throws Unfit {
    String written = text("until");
    try {
      return written.isEmpty()
          ? Optional.empty()
          : Optional.of(OffsetDateTime.parse(written).toInstant());
    } catch (DateTimeException notOfThatForm) {
      throw new Unfit("until", "A time with its offset, such as 2026-12-01T18:00:00Z.");
    }
  }

  private Optional<Integer> most() throws Unfit {
    JsonNode member = body.path("most");
    if (member.isMissingNode() || member.isNull()) {
      return Optional.empty();
    }
    if (!member.isIntegralNumber() || !member.canConvertToInt()) {
      throw new Unfit("most", "A whole number.");
    }
    return Optional.of(member.intValue());
  }

  private boolean unproved() throws Unfit {
    JsonNode member = body.path("evenUnproved");
    if (!member.isMissingNode() && !member.isBoolean()) {
      throw new Unfit("evenUnproved", "true or false.");
    }
    return member.asBoolean();
  }

  private Optional<CaseId> caseId(String name) throws Unfit {
    String written = text(name);
    Optional<CaseId> id = CaseId.parse(written);
    if (!written.isEmpty() && id.isEmpty()) {
      throw new Unfit(name, "The id of a case, such as PN-7F3K-2QXD.");
    }
    return id;
  }
}
