package dev.postern.evidence.posture;

import dev.postern.evidence.PlainText;
import dev.postern.evidence.spf.SpfBranch;
import dev.postern.evidence.spf.SpfBranch.Kind;
import dev.postern.evidence.spf.SpfBranch.Reach;
import dev.postern.evidence.spf.SpfBranch.Reply;
import dev.postern.evidence.spf.SpfOutline;
import java.util.ArrayList;
import java.util.List;

/** An SPF record with all it includes as a tree, and before each term what it costs. */
final class SpfPicture {
  private static final int MOST_LINES = 120;
  private static final int WIDTH = 80;

  /** So many networks in a row are named; more are counted. */
  private static final int FEW_NETWORKS = 3;

  private final List<String> lines = new ArrayList<>();
  private int left;

  private SpfPicture() {}

  /** Lines of at most 80 columns; none without a usable record. */
  static List<String> of(SpfOutline spf) {
    if (spf.standing() != SpfOutline.Standing.FOUND) {
      return List.of();
    }
    SpfPicture picture = new SpfPicture();
    picture.line(spf.lookups() + "", "", spf.domain(), "");
    picture.branches(spf, "");
    if (picture.left > 0) {
      picture.lines.add("       ... and %d more lines".formatted(picture.left));
    }
    picture.lines.addFirst("  look-ups");
    return picture.lines;
  }

  private void branches(SpfOutline outline, String indent) {
    List<SpfBranch> branches = outline.branches();
    for (int i = 0; i < branches.size(); i++) {
      SpfBranch branch = branches.get(i);
      int networks = networks(branches, i);
      if (networks > FEW_NETWORKS) {
        i += networks - 1;
      }
      boolean last = i == branches.size() - 1 && outline.omitted() == 0;
      String stem = indent + (last ? "└─ " : "├─ ");
      if (networks > FEW_NETWORKS) {
        line("", stem, networks + " networks (ip4, ip6)", "");
      } else {
        branch(branch, stem, indent + (last ? "   " : "│  "));
      }
    }
    if (outline.omitted() > 0) {
      line(outline.omitted() + "", indent + "└─ ", "further terms", "");
    }
  }

  private void branch(SpfBranch branch, String stem, String below) {
    String cost = branch.totalLookups() == 0 ? "" : branch.totalLookups() + "";
    line(cost, stem, branch.text(), remark(branch));
    branch.below().ifPresent(it -> branches(it, below));
  }

  /** How many usual networks stand in a row from {@code from} on. */
  private static int networks(List<SpfBranch> branches, int from) {
    int at = from;
    while (at < branches.size()
        && branches.get(at).kind() == Kind.IP
        && branches.get(at).reach() == Reach.USUAL) {
      at++;
    }
    return at - from;
  }

  private static String remark(SpfBranch branch) {
    if (branch.below().isPresent()) {
      return switch (branch.below().get().standing()) {
        case FOUND -> "";
        case NONE -> "leads nowhere";
        case SEVERAL -> "several records";
        case MALFORMED -> "syntax error";
        case LOOP -> "loop";
        case NOT_FOLLOWED -> "not followed";
        case NO_ANSWER -> "no answer";
      };
    }
    boolean onward = branch.kind() == Kind.INCLUDE || branch.kind() == Kind.REDIRECT;
    return onward || (branch.kind() == Kind.EXISTS && branch.name().isEmpty())
        ? "depends on the message"
        : remark(branch.reply());
  }

  private static String remark(Reply reply) {
    return switch (reply) {
      case NOT_ASKED, FOUND -> "";
      case VOID -> "finds nothing";
      case VOID_FOR_IP4 -> "finds nothing for IPv4";
      case VOID_FOR_IP6 -> "no IPv6 address";
      case TOO_MANY_HOSTS -> "more than ten hosts";
      case NO_ANSWER -> "no answer";
    };
  }

  private void line(String cost, String stem, String foreign, String remark) {
    if (lines.size() >= MOST_LINES) {
      left++;
      return;
    }
    String tail = remark.isEmpty() ? "" : "  (" + remark + ")";
    String start = "  %4s  %s".formatted(cost, stem);
    int room = Math.max(20, WIDTH - start.length() - tail.length());
    String text = PlainText.of(foreign);
    String shown = text.length() <= room ? text : text.substring(0, room - 3) + "...";
    lines.add(start + shown + tail);
  }
}
