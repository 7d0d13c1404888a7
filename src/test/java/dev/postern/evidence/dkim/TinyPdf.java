package dev.postern.evidence.dkim;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A real PDF of one page with a few lines of text, for the sample invoice (ISO 32000-1 §7.5). */
final class TinyPdf {
  private final StringBuilder pdf = new StringBuilder("%PDF-1.4\n");
  private final List<Integer> offsets = new ArrayList<>();

  private TinyPdf() {}

  /** The octets of a page that shows {@code lines}; they may hold ASCII without brackets only. */
  static byte[] of(List<String> lines) {
    TinyPdf file = new TinyPdf();
    String text = "BT /F1 14 Tf 22 TL 60 760 Td (" + String.join(") Tj T* (", lines) + ") Tj ET";
    file.add("<< /Type /Catalog /Pages 2 0 R >>");
    file.add("<< /Type /Pages /Kids [3 0 R] /Count 1 >>");
    file.add(
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
            + " /Resources << /Font << /F1 5 0 R >> >> >>");
    file.add("<< /Length %d >>\nstream\n%s\nendstream".formatted(text.length(), text));
    file.add("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>");
    return file.end();
  }

  private void add(String object) {
    offsets.add(pdf.length());
    pdf.append(offsets.size()).append(" 0 obj\n").append(object).append("\nendobj\n");
  }

  private byte[] end() {
    int xref = pdf.length();
    int size = offsets.size() + 1;
    pdf.append("xref\n0 ").append(size).append("\n0000000000 65535 f \n");
    for (int offset : offsets) {
      pdf.append("%010d 00000 n \n".formatted(offset));
    }
    pdf.append("trailer\n<< /Size ").append(size).append(" /Root 1 0 R >>\nstartxref\n");
    pdf.append(xref).append("\n%%EOF\n");
    return pdf.toString().getBytes(StandardCharsets.US_ASCII);
  }
}
