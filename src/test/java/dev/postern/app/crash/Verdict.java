package dev.postern.app.crash;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.postern.approval.CardRow;
import dev.postern.approval.CaseFile;
import dev.postern.approval.CaseId;
import dev.postern.approval.Tokens;
import dev.postern.card.CardView;
import dev.postern.card.CardWriter;
import dev.postern.slack.StrictSlack.Shown;
import dev.postern.store.Store;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Holds what people and mail systems saw against the rows that were left, one by one. */
final class Verdict {
  private final Load load;
  private final Outside outside;
  private final Ledger ledger;

  /** What was lost, doubled or untrue, one sentence each. */
  final List<String> faults = new ArrayList<>();

  /** How many cases there are. */
  int cases;

  Verdict(Load load, Outside outside, Ledger ledger) {
    this.load = load;
    this.outside = outside;
    this.ledger = ledger;
  }

  /** Looks at everything; all Posterns are stopped. */
  Verdict of(Path keys) throws Exception {
    try (Store store = Store.open(Store.Access.to(ledger.url()), _ -> {}, InstantSource.system())) {
      holds(store);
      List<byte[]> secrets =
          Files.readString(keys.resolve("token.key"), US_ASCII)
              .lines()
              .map(HexFormat.of()::parseHex)
              .toList();
      cards(store, new Tokens(secrets), new CardWriter(outside.directory()));
    }
    clicks();
    deliveries();
    leftovers();
    return this;
  }

  private void holds(Store store) {
    for (Map.Entry<String, String> hold : load.held.entrySet()) {
      if (store.book().raw(new CaseId(hold.getKey())).isEmpty()) {
        faults.add("lost hold " + hold);
      }
    }
  }

  private void clicks() throws Exception {
    Set<String> answered =
        new TreeSet<>(ledger.column("SELECT event_id FROM inbox WHERE answer IS NOT NULL"));
    for (Map.Entry<String, String> click : load.clicked.entrySet()) {
      if (!answered.contains(click.getKey())) {
        faults.add("lost click " + click);
      }
    }
  }

  /** Everybody who was to decide did, so that in the end every message arrived, and once. */
  private void deliveries() {
    outside.sink.taken().entrySet().stream()
        .filter(e -> e.getValue() > 1)
        .forEach(e -> faults.add("delivered " + e.getValue() + " times: " + e.getKey()));
    for (Map.Entry<String, String> hold : load.held.entrySet()) {
      if (outside.sink.taken(hold.getValue()) == 0) {
        faults.add("never delivered: " + hold);
      }
    }
  }

  private void cards(Store store, Tokens tokens, CardWriter writer) throws Exception {
    Map<String, List<Shown>> shown = new HashMap<>();
    outside
        .slack
        .cards()
        .forEach(c -> shown.computeIfAbsent(c.caseId(), _ -> new ArrayList<>()).add(c));
    for (String id : ledger.column("SELECT id FROM case_file")) {
      cases++;
      List<Shown> there = shown.getOrDefault(id, List.of());
      if (there.size() != 1) {
        faults.add(there.size() + " cards for " + id + ": " + there);
        continue;
      }
      CaseFile file = store.book().find(new CaseId(id)).orElseThrow();
      CardRow row =
          store.book().cards(file.id()).stream()
              .filter(c -> c.place().surface().equals("slack"))
              .findFirst()
              .orElseThrow();
      CardView truth =
          writer.write(
              file,
              store.book().backstory(file.id()),
              row,
              row.token().map(tokens::seal),
              InstantSource.system().instant());
      if (!outside.slack.shows(there.getFirst().ts(), truth)) {
        faults.add(
            "untrue card of "
                + file.state()
                + " "
                + row
                + ": "
                + outside.slack.words(there.getFirst().ts()));
      }
    }
  }

  private void leftovers() throws Exception {
    ledger
        .column("SELECT event_id FROM inbox WHERE answer IS NULL")
        .forEach(event -> faults.add("never judged: " + event));
    ledger
        .column("SELECT case_id FROM effect WHERE state IN ('DUE', 'CALLING')")
        .forEach(id -> faults.add("never carried out: " + id));
    ledger
        .column("SELECT id FROM audit_entry WHERE number IS NULL")
        .forEach(id -> faults.add("never numbered: entry " + id));
  }
}
