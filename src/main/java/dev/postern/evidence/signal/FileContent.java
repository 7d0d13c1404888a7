package dev.postern.evidence.signal;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a file is by its first octets, and what its name and media type promise. */
enum FileContent {
  PROGRAM("program"),
  SHORTCUT("shortcut"),
  ZIP("zip archive"),
  OTHER_ARCHIVE("archive"),
  PDF("PDF"),
  OLE("old Office file"),
  RTF("rich text"),
  HTML("web page"),
  PICTURE("picture");

  private record Magic(String start, FileContent content) {}

  /** Characters are octets (ISO-8859-1). */
  private static final List<Magic> MAGIC =
      List.of(
          new Magic("MZ", PROGRAM),
          new Magic("\u007fELF", PROGRAM),
          new Magic("\u00ca\u00fe\u00ba\u00be", PROGRAM),
          new Magic("\u00cf\u00fa\u00ed\u00fe", PROGRAM),
          new Magic("\u00ce\u00fa\u00ed\u00fe", PROGRAM),
          new Magic("#!/", PROGRAM),
          new Magic("ITSF", PROGRAM),
          new Magic("L\0\0\0\u0001\u0014\u0002\0", SHORTCUT),
          new Magic("[InternetShortcut]", SHORTCUT),
          new Magic("PK\u0003\u0004", ZIP),
          new Magic("PK\u0005\u0006", ZIP),
          new Magic("Rar!\u001a\u0007", OTHER_ARCHIVE),
          new Magic("7z\u00bc\u00af'\u001c", OTHER_ARCHIVE),
          new Magic("\u001f\u008b", OTHER_ARCHIVE),
          new Magic("MSCF\0\0\0\0", OTHER_ARCHIVE),
          new Magic("%PDF-", PDF),
          new Magic("\u00d0\u00cf\u0011\u00e0\u00a1\u00b1\u001a\u00e1", OLE),
          new Magic("{\\rtf", RTF),
          new Magic("\u0089PNG\r\n\u001a\n", PICTURE),
          new Magic("\u00ff\u00d8\u00ff", PICTURE),
          new Magic("GIF87a", PICTURE),
          new Magic("GIF89a", PICTURE),
          new Magic("II*\0", PICTURE),
          new Magic("MM\0*", PICTURE));

  private static final Set<FileContent> OFFICE = Set.of(OLE, ZIP, RTF, HTML);

  /** What may stand in a file of that ending; an ending that is not listed promises nothing. */
  private static final Map<String, Set<FileContent>> BY_ENDING =
      Map.ofEntries(
          Map.entry("pdf", Set.of(PDF)),
          Map.entry("doc", OFFICE),
          Map.entry("xls", OFFICE),
          Map.entry("ppt", OFFICE),
          // An encrypted document of today is an old Office file around it ([MS-OFFCRYPTO] §1.3).
          Map.entry("docx", Set.of(ZIP, OLE)),
          Map.entry("docm", Set.of(ZIP, OLE)),
          Map.entry("xlsx", Set.of(ZIP, OLE)),
          Map.entry("xlsm", Set.of(ZIP, OLE)),
          Map.entry("pptx", Set.of(ZIP, OLE)),
          Map.entry("pptm", Set.of(ZIP, OLE)),
          Map.entry("odt", Set.of(ZIP)),
          Map.entry("ods", Set.of(ZIP)),
          Map.entry("odp", Set.of(ZIP)),
          Map.entry("rtf", Set.of(RTF)),
          Map.entry("zip", Set.of(ZIP)),
          Map.entry("7z", Set.of(OTHER_ARCHIVE)),
          Map.entry("rar", Set.of(OTHER_ARCHIVE)),
          Map.entry("gz", Set.of(OTHER_ARCHIVE)),
          Map.entry("png", Set.of(PICTURE)),
          Map.entry("jpg", Set.of(PICTURE)),
          Map.entry("jpeg", Set.of(PICTURE)),
          Map.entry("gif", Set.of(PICTURE)),
          Map.entry("bmp", Set.of(PICTURE)),
          Map.entry("webp", Set.of(PICTURE)),
          Map.entry("tif", Set.of(PICTURE)),
          Map.entry("tiff", Set.of(PICTURE)),
          Map.entry("htm", Set.of(HTML)),
          Map.entry("html", Set.of(HTML)),
          Map.entry("svg", Set.of(HTML)),
          Map.entry("eml", Set.of(HTML)),
          Map.entry("ics", Set.of()),
          Map.entry("txt", Set.of(HTML, RTF)),
          Map.entry("csv", Set.of(HTML)));

  private static final Map<String, Set<FileContent>> BY_TYPE =
      Map.ofEntries(
          Map.entry("application/pdf", Set.of(PDF)),
          Map.entry("application/zip", Set.of(ZIP)),
          Map.entry("application/rtf", Set.of(RTF)),
          Map.entry("application/msword", OFFICE),
          Map.entry("application/vnd.ms-excel", OFFICE),
          Map.entry("application/vnd.ms-powerpoint", OFFICE),
          Map.entry("text/plain", Set.of(HTML, RTF)),
          Map.entry("text/html", Set.of(HTML)),
          Map.entry("text/csv", Set.of(HTML)),
          Map.entry("text/calendar", Set.of()));

  /** Media types that promise a picture, as long as it is one of pixels. */
  private static final Set<String> PICTURE_TYPES =
      Set.of("image/png", "image/jpeg", "image/gif", "image/bmp", "image/webp", "image/tiff");

  private static final List<String> PAGE_STARTS =
      List.of("<!doctype html", "<html", "<head", "<body", "<script");

  private final String words;

  FileContent(String words) {
    this.words = words;
  }

  /** In our words. */
  String words() {
    return words;
  }

  /** What the first octets say; empty where they say nothing, as plain text does. */
  static Optional<FileContent> of(String start) {
    for (Magic magic : MAGIC) {
      if (start.startsWith(magic.start()) && !text(magic, start)) {
        return Optional.of(magic.content());
      }
    }
    // Readers find the mark of a PDF also behind some rubbish.
    if (start.contains("%PDF-1.")) {
      return Optional.of(PDF);
    }
    String text = start.replace("\u00ef\u00bb\u00bf", "").stripLeading().toLowerCase(Locale.ROOT);
    return PAGE_STARTS.stream().anyMatch(text::startsWith) ? Optional.of(HTML) : Optional.empty();
  }

  /** Two letters may begin any text; a program for DOS or Windows has zeros in its header. */
  private static boolean text(Magic magic, String start) {
    return magic.start().equals("MZ") && start.indexOf('\0') < 0;
  }

  /** Whether a file of that name may hold this; true for an ending that promises nothing. */
  boolean fitsEnding(String ending) {
    Set<FileContent> allowed = BY_ENDING.get(ending);
    return allowed == null || allowed.contains(this);
  }

  /** Whether a file of that media type may hold this; true for a type that promises nothing. */
  boolean fitsType(String type) {
    if (PICTURE_TYPES.contains(type)) {
      return this == PICTURE;
    }
    if (type.startsWith("application/vnd.openxmlformats-officedocument.")) {
      return this == ZIP || this == OLE;
    }
    Set<FileContent> allowed = BY_TYPE.get(type);
    return allowed == null || allowed.contains(this);
  }

  boolean runs() {
    return this == PROGRAM || this == SHORTCUT;
  }
}
