package dev.postern.app.command;

import dev.postern.audit.Census;
import dev.postern.audit.LogKey;
import dev.postern.audit.Verdict;
import dev.postern.audit.Verdict.Broken;
import dev.postern.audit.Verdict.Whole;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What a verification found, for people and for programs.
 *
 * @param of where the log stands
 * @param key what its signatures were checked with
 * @param census what it holds
 * @param kept how many checkpoints from elsewhere it was held against
 */
record LogReport(String of, LogKey key, Census census, int kept) {

  String text(Verdict verdict) {
    StringBuilder text = new StringBuilder();
    text.append(
        switch (verdict) {
          case Whole _ -> "The log in " + of + " is intact.\n";
          case Broken _ -> "The log in " + of + " is NOT intact.\n";
        });
    if (verdict instanceof Broken broken) {
      line(text, "wrong", broken.reason());
      line(text, "where", where(broken));
    }
    line(text, "entries", String.valueOf(census.entries()));
    census.first().ifPresent(at -> line(text, "first", at.toString()));
    census.last().ifPresent(at -> line(text, "last", at.toString()));
    line(text, "signed", counted(census.checkpoints(), "checkpoint", "checkpoints"));
    line(text, "key", key.text());
    if (verdict instanceof Whole whole) {
      line(text, "root", whole.root().base64());
    }
    line(text, "since", since(verdict));
    return text.toString().stripTrailing();
  }

  private static String where(Broken broken) {
    String sound =
        broken.sound() == 0
            ? "no entry before it is vouched for"
            : "entries 1 to %d are as they were signed".formatted(broken.sound());
    return "entry %d; %s".formatted(broken.entry(), sound);
  }

  private String since(Verdict verdict) {
    if (kept == 0) {
      return "not held against a checkpoint kept elsewhere (--since), which shows a cut-off end";
    }
    return switch (verdict) {
      case Whole _ ->
          "the log then is the beginning of the log now, by %s kept elsewhere"
              .formatted(counted(kept, "checkpoint", "checkpoints"));
      case Broken _ -> counted(kept, "checkpoint", "checkpoints") + " kept elsewhere";
    };
  }

  /** "1 entry", "2 entries". */
  static String counted(long count, String one, String many) {
    return count + " " + (count == 1 ? one : many);
  }

  private static void line(StringBuilder text, String name, String value) {
    text.append("  %-8s %s%n".formatted(name, value));
  }

  String json(Verdict verdict) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("intact", verdict instanceof Whole);
    members.put("log", of);
    members.put("key", key.text());
    members.put("entries", census.entries());
    members.put("checkpoints", census.checkpoints());
    census.first().ifPresent(at -> members.put("first", at.toString()));
    census.last().ifPresent(at -> members.put("last", at.toString()));
    members.put("heldAgainst", kept);
    switch (verdict) {
      case Whole whole -> members.put("root", whole.root().base64());
      case Broken broken -> members.put("wrong", wrong(broken));
    }
    return Json.write(members);
  }

  private static Map<String, Object> wrong(Broken broken) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("kind", broken.flaw().name().toLowerCase(Locale.ROOT).replace('_', '-'));
    members.put("entry", broken.entry());
    members.put("reason", broken.reason());
    members.put("sound", broken.sound());
    return members;
  }
}
