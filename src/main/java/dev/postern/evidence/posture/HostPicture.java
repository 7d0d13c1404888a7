package dev.postern.evidence.posture;

import dev.postern.evidence.PlainText;
import dev.postern.evidence.posture.MailHosts.Host;
import java.util.ArrayList;
import java.util.List;

/** The hosts that take mail, a line for each. */
final class HostPicture {
  private HostPicture() {}

  static List<String> of(MailHosts mail) {
    List<String> lines = new ArrayList<>();
    for (Host host : mail.hosts()) {
      String state =
          switch (host.address()) {
            case NOERROR -> host.alias() ? "  (alias)" : "";
            case NODATA, NXDOMAIN -> "  (no address)";
            case TEMPFAIL -> host.none() ? "" : "  (no answer)";
          };
      lines.add(
          "  %5s  %s%s"
              .formatted(PlainText.of(host.preference()), PlainText.of(host.name()), state));
    }
    if (mail.more() > 0) {
      lines.add("         and %d more".formatted(mail.more()));
    }
    return lines;
  }
}
