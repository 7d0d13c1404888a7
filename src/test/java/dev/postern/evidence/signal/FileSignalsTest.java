package dev.postern.evidence.signal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileSignalsTest {
  private static final String PDF = "%PDF-1.7\n";
  private static final String ZIP = "PK\u0003\u0004";
  private static final String OLE = "\u00d0\u00cf\u0011\u00e0\u00a1\u00b1\u001a\u00e1";
  private static final String EXE = "MZ\u0090\0";

  @Test
  void ordinaryFilesAreWhatTheySay() {
    ALetter letter =
        ALetter.plain()
            .file("invoice.pdf", "application/pdf", PDF)
            .file("invoice.PDF", "application/octet-stream", "\r\n" + PDF)
            .file("plan.docx", "application/octet-stream", ZIP)
            .file("encrypted.xlsx", "application/octet-stream", OLE)
            .file("old.doc", "application/msword", "{\\rtf1")
            .file("photo.jpg", "image/png", "\u00ff\u00d8\u00ff\u00e0")
            .file("notes.txt", "text/plain", "MZuri ni lugha nzuri")
            .file("page.html", "text/html", "<!DOCTYPE html>")
            .file("table.csv", "application/vnd.ms-excel", "a;b")
            .file("", "application/octet-stream", "")
            .file("unknown.xyz", "application/x-xyz", ZIP);

    assertThat(letter.signals()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "setup.exe",
        "SETUP.EXE",
        "a.lnk",
        "a.js",
        "a.iso",
        "a.xll",
        "a.msc",
        "a.SettingContent-ms",
        "a.exe. .",
        "a.exe\u00A0\u200E"
      })
  void aProgramByItsNameIsTold(String name) {
    assertThat(ALetter.plain().file(name, "application/octet-stream", "").names())
        .containsExactly("program-attached");
  }

  @Test
  void aProgramByItsTypeOrContentIsToldWhateverItIsCalled() {
    assertThat(ALetter.plain().file("a.bin", "application/x-msdownload", "").raised())
        .containsExactly("program-attached {by=type, file=a.bin}");
    assertThat(ALetter.plain().file("a.bin", "application/octet-stream", EXE).raised())
        .containsExactly("program-attached {by=content, file=a.bin}");
    assertThat(
            ALetter.plain()
                .file("a", "application/octet-stream", "L\0\0\0\u0001\u0014\u0002\0")
                .names())
        .containsExactly("program-attached");
  }

  @ParameterizedTest
  @CsvSource({
    "invoice.pdf.exe",
    "invoice.PDF.Exe",
    "invoice.docx.js",
    "'invoice.pdf      .exe'",
    "a.zip.scr"
  })
  void aProgramNamedLikeADocumentIsTold(String name) {
    assertThat(ALetter.plain().file(name, "application/pdf", "").raised())
        .contains("program-named-as-document {file=" + name + "}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"setup.1.2.exe", "invoice.exe.pdf", "report.final.pdf", ".exe", "exe"})
  void otherDotsAreNoDisguise(String name) {
    assertThat(ALetter.plain().file(name, "application/octet-stream", "").names())
        .doesNotContain("program-named-as-document");
  }

  @Test
  void contentAgainstNameOrTypeIsTold() {
    assertThat(ALetter.plain().file("invoice.pdf", "application/pdf", EXE).raised())
        .containsExactly(
            "program-attached {by=content, file=invoice.pdf}",
            "file-not-as-declared {content=program, declared=application/pdf, file=invoice.pdf}");
    assertThat(ALetter.plain().file("invoice.pdf", "application/pdf", "<html>").raised())
        .containsExactly(
            "file-not-as-declared {content=web page, declared=application/pdf, file=invoice.pdf}");
    assertThat(ALetter.plain().file("a.bin", "image/png", ZIP).names())
        .containsExactly("file-not-as-declared");
    assertThat(ALetter.plain().file("a.jpg", "application/octet-stream", PDF).names())
        .containsExactly("file-not-as-declared");
    assertThat(ALetter.plain().file("a.txt", "text/plain", OLE).names())
        .containsExactly("file-not-as-declared");
  }

  @Test
  void marksThatTurnANameAroundAreTold() {
    assertThat(ALetter.plain().file("invoice\u202Efdp.exe", "application/pdf", "").names())
        .containsExactly("program-attached", "file-name-reordered");
    assertThat(ALetter.plain().file("חשבונית.pdf", "application/pdf", PDF).signals()).isEmpty();
  }

  @Test
  void hostileStartsAndNamesRaiseABoundedNumber() {
    ALetter letter = ALetter.plain();
    for (int i = 0; i < 50; i++) {
      letter.file(i + "x".repeat(900) + ".pdf.exe", "\0\u202E", "\0".repeat(512));
    }
    assertThat(letter.signals())
        .hasSize(20)
        .allSatisfy(
            it -> assertThat(it.values().values()).allMatch(value -> value.length() <= 300));
  }
}
