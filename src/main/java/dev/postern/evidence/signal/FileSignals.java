package dev.postern.evidence.signal;

import dev.postern.mail.Contents;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Attached files that run, and those that are not what they say. */
final class FileSignals {
  private static final Set<String> PROGRAM_TYPES =
      Set.of(
          "application/x-msdownload",
          "application/x-msdos-program",
          "application/x-dosexec",
          "application/x-msi",
          "application/vnd.microsoft.portable-executable",
          "application/hta",
          "application/x-ms-shortcut",
          "application/java-archive");

  private final Raised raised;

  FileSignals(Raised raised) {
    this.raised = raised;
  }

  void raise(Letter letter) {
    letter.contents().files().forEach(this::look);
  }

  private void look(Contents.File file) {
    Optional<FileContent> content = FileContent.of(file.start());
    program(file, content);
    if (!FileEnding.disguise(file.name()).isEmpty()) {
      raised.add(SignalKind.PROGRAM_NAMED_AS_DOCUMENT, Map.of("file", file.name()));
    }
    content
        .filter(it -> !it.fitsEnding(FileEnding.of(file.name())) || !it.fitsType(file.type()))
        .ifPresent(
            it ->
                raised.add(
                    SignalKind.FILE_NOT_AS_DECLARED,
                    Map.of("content", it.words(), "declared", file.type(), "file", file.name())));
    if (file.name().codePoints().anyMatch(FileSignals::reorders)) {
      raised.add(SignalKind.FILE_NAME_REORDERED, Map.of("file", file.name()));
    }
  }

  private void program(Contents.File file, Optional<FileContent> content) {
    String by =
        FileEnding.program(file.name())
            ? "name"
            : PROGRAM_TYPES.contains(file.type())
                ? "type"
                : content.filter(FileContent::runs).isPresent() ? "content" : "";
    if (!by.isEmpty()) {
      raised.add(SignalKind.PROGRAM_ATTACHED, Map.of("by", by, "file", file.name()));
    }
  }

  /** Embeddings, overrides and isolates of the bidirectional algorithm (UAX #9 §2). */
  private static boolean reorders(int c) {
    return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
  }
}
