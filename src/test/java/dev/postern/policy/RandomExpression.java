package dev.postern.policy;

import java.util.List;
import java.util.Random;

/** Draws expressions whose types fit, with facts, macros and errors of all kinds. */
final class RandomExpression {
  private static final List<String> TEXTS =
      List.of(
          "message.subject",
          "message.from",
          "dmarc.result",
          "dmarc.from_domain",
          "source",
          "'firm.example'",
          "'pass'",
          "'\u00dc'",
          "''",
          "dkim[0].domain",
          "dkim[1].selector",
          "message.link_hosts[2]");
  private static final List<String> LISTS =
      List.of(
          "message.link_hosts",
          "signals",
          "envelope.recipients",
          "['pass', 'fail']",
          "message.attachments.map(a, a.name)",
          "dkim.map(d, d.domain)",
          "reported.map(r, r.method)");
  private static final List<String> PATTERNS =
      List.of("^a", "e$", "[.]example", "(?i)BILL", "x|y", "");

  private final Random random;
  private int depthOfLoops;

  RandomExpression(Random random) {
    this.random = random;
  }

  String truth(int depth) {
    int kind = depth == 0 ? random.nextInt(6) : random.nextInt(16);
    return switch (kind) {
      case 0 ->
          one(List.of("uncertain", "computed", "spf.aligned", "arc.trusted", "true", "false"));
      case 1 -> text(depth) + one(List.of(" == ", " != ", " < ", " >= ")) + text(depth);
      case 2 -> compared(depth);
      case 3 -> text(depth) + " in " + list(depth);
      case 4 ->
          text(depth) + one(List.of(".contains(", ".startsWith(", ".endsWith(")) + text(0) + ")";
      case 5 -> text(depth) + ".matches('" + one(PATTERNS) + "')";
      case 6, 7, 8 -> "(" + truth(depth - 1) + " && " + truth(depth - 1) + ")";
      case 9, 10, 11 -> "(" + truth(depth - 1) + " || " + truth(depth - 1) + ")";
      case 12 -> "!(" + truth(depth - 1) + ")";
      case 13 -> "(" + truth(depth - 1) + " ? " + truth(depth - 1) + " : " + truth(depth - 1) + ")";
      case 14 -> list(depth) + " == " + list(depth);
      default -> macro(depth);
    };
  }

  private String compared(int depth) {
    return random.nextInt(4) == 0
        ? number(depth) + one(List.of(" < ", " <= ", " > ", " >= ")) + "2.5"
        : number(depth) + one(List.of(" == ", " != ", " < ", " <= ", " > ")) + number(depth);
  }

  private String macro(int depth) {
    String name = "v" + depthOfLoops++;
    String inside =
        switch (random.nextInt(4)) {
          case 0 -> name + " == " + text(0);
          case 1 -> "size(" + name + ") > " + number(0);
          case 2 -> "1 / (size(" + name + ") - 7) == 0 || " + truth(depth - 1);
          default -> truth(depth - 1);
        };
    depthOfLoops--;
    String macro = one(List.of(".exists(", ".all(", ".exists_one("));
    return list(depth - 1) + macro + name + ", " + inside + ")";
  }

  private String list(int depth) {
    if (depth <= 0 || random.nextInt(3) > 0) {
      return one(LISTS);
    }
    return switch (random.nextInt(3)) {
      case 0 -> "(" + list(depth - 1) + " + " + list(depth - 1) + ")";
      case 1 -> list(depth - 1) + ".filter(w, w != " + text(0) + ")";
      default -> list(depth - 1) + ".map(w, w + " + text(0) + ")";
    };
  }

  private String text(int depth) {
    if (depth <= 0 || random.nextInt(3) > 0) {
      return one(TEXTS);
    }
    return random.nextBoolean()
        ? text(depth - 1) + ".lowerAscii()"
        : "(" + text(depth - 1) + " + " + text(depth - 1) + ")";
  }

  private String number(int depth) {
    if (depth <= 0 || random.nextInt(3) == 0) {
      return one(
          List.of("message.size", "dkim[0].key_bits", "0", "900", "-1", "9223372036854775807"));
    }
    return switch (random.nextInt(4)) {
      case 0 -> "size(" + text(depth - 1) + ")";
      case 1 -> "size(" + list(depth - 1) + ")";
      case 2 ->
          "(" + whole(depth - 1) + one(List.of(" + ", " - ", " * ", " / ", " % ")) + whole(0) + ")";
      default -> "-" + whole(depth - 1);
    };
  }

  private String whole(int depth) {
    return depth <= 0 || random.nextBoolean()
        ? one(List.of("message.size", "3", "0", "9223372036854775807", "dkim[0].unsigned_octets"))
        : "size(" + list(depth - 1) + ")";
  }

  private String one(List<String> words) {
    return words.get(random.nextInt(words.size()));
  }
}
