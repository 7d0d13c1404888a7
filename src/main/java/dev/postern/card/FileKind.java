package dev.postern.card;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What a file says it is, by the ending of its name: that is what a double click goes by. */
final class FileKind {
  private static final Set<String> PROGRAMS =
      Set.of(
          "exe", "com", "scr", "pif", "bat", "cmd", "msi", "msix", "ps1", "vbs", "vbe", "js", "jse",
          "wsf", "wsh", "hta", "lnk", "jar", "cpl", "dll", "reg", "scf", "iso", "img", "vhd", "app",
          "dmg", "pkg", "sh", "apk");

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
    if (posesAsDocument(name)) {
      return "a program named like a " + DOCUMENTS.get(ending(stem(name)));
    }
    return program(name) ? "a program" : DOCUMENTS.getOrDefault(ending(name), "");
  }

  /** Whether opening it runs it. */
  static boolean program(String name) {
    return PROGRAMS.contains(ending(name));
  }

  /** Whether it is a program whose name ends as if it were a document: {@code a.pdf.exe}. */
  static boolean posesAsDocument(String name) {
    return program(name) && DOCUMENTS.containsKey(ending(stem(name)));
  }

  private static String stem(String name) {
    int dot = name.lastIndexOf('.');
    return dot < 0 ? name : name.substring(0, dot);
  }

  private static String ending(String name) {
    int dot = name.lastIndexOf('.');
    return dot < 0 ? "" : name.substring(dot + 1).strip().toLowerCase(Locale.ROOT);
  }
}
