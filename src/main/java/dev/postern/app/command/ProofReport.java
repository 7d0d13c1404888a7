package dev.postern.app.command;

import dev.postern.audit.Checkpoint;
import dev.postern.audit.EntryProof;
import dev.postern.audit.GrowthProof;
import dev.postern.audit.LogEntry;
import dev.postern.audit.LogKey;
import dev.postern.audit.ProofFile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whether a file of proofs proves what it says.
 *
 * @param name of the file
 * @param proofs in it
 * @param key of the log
 * @param kept checkpoints that somebody kept
 */
record ProofReport(String name, ProofFile proofs, LogKey key, List<Checkpoint> kept) {

  /** What is not proved, in a sentence; empty when everything is. */
  Optional<String> wrong() {
    for (EntryProof one : proofs.entries()) {
      if (one.proved(key).isEmpty()) {
        return Optional.of(
            "entry "
                + one.number()
                + " is not the one that the checkpoint covers, or the checkpoint is not signed by"
                + " this key");
      }
    }
    for (Checkpoint older : kept) {
      for (Checkpoint newer : checkpoints()) {
        if (!continues(older, newer)) {
          return Optional.of(
              "it is not proved that the checkpoint of %d entries continues the one of %d entries"
                      .formatted(newer.size(), older.size())
                  + " that was kept: have it proved with \"audit prove --since\"");
        }
      }
    }
    return Optional.empty();
  }

  private boolean continues(Checkpoint older, Checkpoint newer) {
    return older.size() == 0
        || (older.size() == newer.size() && older.root().equals(newer.root()))
        || proofs.growth().stream()
            .flatMap(growth -> growth.proved(older, key).stream())
            .anyMatch(proved -> proved.root().equals(newer.root()));
  }

  private List<Checkpoint> checkpoints() {
    List<Checkpoint> all = new ArrayList<>();
    proofs.entries().forEach(one -> one.proved(key).ifPresent(all::add));
    proofs.growth().stream()
        .map(GrowthProof::note)
        .forEach(note -> Checkpoint.open(note, key).ifPresent(all::add));
    return all.stream().distinct().toList();
  }

  /**
   * For people.
   *
   * @param wrong what {@link #wrong} found
   */
  String text(Optional<String> wrong) {
    StringBuilder text = new StringBuilder();
    if (wrong.isPresent()) {
      text.append(name).append(" does NOT prove what it says.\n");
      line(text, "wrong", wrong.get());
      line(text, "key", key.text());
      return text.toString().stripTrailing();
    }
    text.append(name).append(" proves: these stand in the log.\n");
    for (EntryProof one : proofs.entries()) {
      LogEntry entry = one.entry();
      line(
          text,
          String.valueOf(one.number()),
          String.join(
              " ",
              entry.at().toString(),
              entry.caseId(),
              entry.actor(),
              entry.what(),
              entry.detail()));
    }
    for (Checkpoint head : checkpoints()) {
      line(text, "signed", "by the checkpoint of " + entries(head.size()));
    }
    line(text, "key", key.text());
    for (Checkpoint older : kept) {
      line(text, "since", "nothing was changed before the checkpoint of " + entries(older.size()));
    }
    return text.toString().stripTrailing();
  }

  private static String entries(long count) {
    return LogReport.counted(count, "entry", "entries");
  }

  private static void line(StringBuilder text, String name, String value) {
    text.append("  %-8s %s%n".formatted(name, value));
  }

  /** For programs. */
  String json(Optional<String> wrong) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("proved", wrong.isEmpty());
    members.put("file", name);
    members.put("key", key.text());
    members.put("heldAgainst", kept.size());
    wrong.ifPresent(why -> members.put("wrong", why));
    if (wrong.isEmpty()) {
      members.put("entries", proofs.entries().stream().map(ProofReport::json).toList());
    }
    return Json.write(members);
  }

  private static Map<String, Object> json(EntryProof one) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("number", one.number());
    members.put("at", one.entry().at().toString());
    members.put("case", one.entry().caseId());
    members.put("actor", one.entry().actor());
    members.put("what", one.entry().what());
    members.put("detail", one.entry().detail());
    return members;
  }
}
