package dev.postern.evidence.signal;

import java.util.Locale;
import java.util.Set;

/** What the ending of a file's name says: that is what a double click goes by. */
public final class FileEnding {
  private static final Set<String> PROGRAMS =
      Set.of(
          ("apk app appinstaller application appref-ms appx appxbundle bat chm cmd com command cpl"
                  + " diagcab dll dmg exe gadget hta img inf iso jar jnlp js jse library-ms lnk msc"
                  + " msi msix msixbundle msp pif pkg ps1 psm1 rdp reg scf scr sct search-ms"
                  + " settingcontent-ms sh udl url vb vbe vbs vhd vhdx website ws wsc wsf wsh xll")
              .split(" "));

  private static final Set<String> DOCUMENTS =
      Set.of(
          ("pdf doc docx docm xls xlsx xlsm ppt pptx pptm odt ods odp rtf txt csv htm html png jpg"
                  + " jpeg gif webp bmp tif tiff svg mp3 mp4 zip 7z rar gz eml ics")
              .split(" "));

  private FileEnding() {}

  /** The ending in lower case, without its dot; empty without one. */
  public static String of(String name) {
    String seen = withoutEnd(name);
    int dot = seen.lastIndexOf('.');
    return dot < 0 ? "" : seen.substring(dot + 1).toLowerCase(Locale.ROOT);
  }

  /** Whether opening it runs it. */
  public static boolean program(String name) {
    return PROGRAMS.contains(of(name));
  }

  /** Whether people know files of that ending as documents. */
  public static boolean document(String name) {
    return DOCUMENTS.contains(of(name));
  }

  /** The ending before that of a program, where it is one of a document: {@code a.pdf.exe}. */
  public static String disguise(String name) {
    if (!program(name)) {
      return "";
    }
    String seen = withoutEnd(name);
    String before = of(seen.substring(0, seen.lastIndexOf('.')));
    return DOCUMENTS.contains(before) ? before : "";
  }

  /** Systems drop dots and spaces at the end of a name, and nobody sees what has no shape. */
  private static String withoutEnd(String name) {
    int end = name.length();
    while (end > 0 && dropped(name.charAt(end - 1))) {
      end--;
    }
    return name.substring(0, end);
  }

  private static boolean dropped(char c) {
    return c == '.'
        || c <= ' '
        || Character.isSpaceChar(c)
        || Character.getType(c) == Character.FORMAT;
  }
}
