package dev.postern.card;

import dev.postern.evidence.signal.FileEnding;
import java.util.Map;

/** What a file says it is, by the ending of its name: that is what a double click goes by. */
final class FileKind {
  private static final Map<String, String> DOCUMENTS =
      Map.ofEntries(
          Map.entry("pdf", "PDF document"),
          Map.entry("doc", "Word document"),
          Map.entry("docx", "Word document"),
          Map.entry("docm", "Word document with macros"),
          Map.entry("xls", "Excel workbook"),
          Map.entry("xlsx", "Excel workbook"),
          Map.entry("xlsm", "Excel workbook with macros"),
          Map.entry("ppt", "PowerPoint slides"),
          Map.entry("pptx", "PowerPoint slides"),
          Map.entry("pptm", "PowerPoint slides with macros"),
          Map.entry("odt", "text document"),
          Map.entry("ods", "spreadsheet"),
          Map.entry("txt", "plain text"),
          Map.entry("csv", "plain text table"),
          Map.entry("htm", "web page"),
          Map.entry("html", "web page"),
          Map.entry("png", "picture"),
          Map.entry("jpg", "picture"),
          Map.entry("jpeg", "picture"),
          Map.entry("gif", "picture"),
          Map.entry("svg", "picture that can hold scripts"),
          Map.entry("zip", "archive"),
          Map.entry("7z", "archive"),
          Map.entry("rar", "archive"),
          Map.entry("gz", "archive"),
          Map.entry("eml", "mail message"),
          Map.entry("ics", "calendar entry"));

  private FileKind() {}

  /** In words; empty where the ending says nothing. */
  static String of(String name) {
    String disguise = FileEnding.disguise(name);
    if (!disguise.isEmpty()) {
      return "a program named like a " + DOCUMENTS.getOrDefault(disguise, "document");
    }
    return FileEnding.program(name) ? "a program" : DOCUMENTS.getOrDefault(FileEnding.of(name), "");
  }
}
