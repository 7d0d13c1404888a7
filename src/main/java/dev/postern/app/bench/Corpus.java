package dev.postern.app.bench;

import dev.postern.mail.EmailAddress;
import dev.postern.mail.Envelope;
import dev.postern.mail.RawMessage;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The messages of a benchmark, read into memory. */
public final class Corpus {
  private static final int COLUMNS = 8;

  /**
   * One message.
   *
   * @param id first column of the manifest
   * @param envelope what the SMTP client said
   * @param raw the octets
   */
  public record Item(String id, Envelope envelope, RawMessage raw) {}

  private Corpus() {}

  /**
   * Reads {@code manifest.tsv} (id, file, bytes, ip, helo, mail_from, rcpt, class) and the files it
   * names.
   *
   * @param every takes every n-th row, from the first
   * @throws IOException if a file is missing or a row is malformed, with its line
   */
  public static List<Item> read(Path folder, int every) throws IOException {
    List<String> lines = Files.readAllLines(folder.resolve("manifest.tsv"));
    List<Item> items = new ArrayList<>();
    for (int i = 1; i < lines.size(); i += every) {
      try {
        items.add(item(folder, lines.get(i).split("\t", -1)));
      } catch (IllegalArgumentException malformed) {
        throw new IOException("manifest.tsv, line " + (i + 1) + ": " + malformed.getMessage());
      }
    }
    return items;
  }

  private static Item item(Path folder, String[] columns) throws IOException {
    if (columns.length != COLUMNS) {
      throw new IllegalArgumentException(columns.length + " columns, not " + COLUMNS);
    }
    Optional<EmailAddress> sender =
        columns[5].equals("<>") ? Optional.empty() : Optional.of(address(columns[5]));
    Envelope envelope =
        new Envelope(
            sender, List.of(address(columns[6])), InetAddress.ofLiteral(columns[3]), columns[4]);
    RawMessage raw = RawMessage.of(Files.readAllBytes(folder.resolve(columns[1])));
    return new Item(columns[0], envelope, raw);
  }

  private static EmailAddress address(String text) {
    return EmailAddress.parse(text)
        .orElseThrow(() -> new IllegalArgumentException(text + " is no mail address"));
  }
}
