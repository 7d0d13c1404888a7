package dev.postern.app.settings;

import dev.postern.card.DigestPlan;
import dev.postern.card.pace.Pacing;
import dev.postern.mail.DomainName;
import dev.postern.mail.EmailAddress;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The form of a setting's value.
 *
 * @param <T> what the text is read into
 * @param expected completes "it must be …"
 * @param read reads a text that is not blank; empty when it does not have the form
 */
record Form<T>(String expected, Function<String, Optional<T>> read) {
  private static final Pattern DURATION = Pattern.compile("([1-9][0-9]{0,6}) ?(ms|s|m|h)");
  private static final Pattern SIZE = Pattern.compile("([1-9][0-9]{0,9}) ?(B|KiB|MiB)?");
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

  static final Form<Path> PATH = new Form<>("a file or folder name", Form::path);
  static final Form<Integer> PORT =
      new Form<>(
          "a port number from 0 (any free one) to 65535",
          text -> number(text).filter(port -> port <= 65_535));
  static final Form<Integer> COUNT =
      new Form<>(
          "a number from 1 to 100000",
          text -> number(text).filter(count -> count >= 1 && count <= 100_000));
  static final Form<String> HOST =
      new Form<>(
          "a host name or an address such as 127.0.0.1",
          text -> HostPort.parse(bracketed(text), Optional.of(0)).map(HostPort::host));
  static final Form<URI> WEB_ADDRESS =
      new Form<>("an address such as https://postern.example", Form::webAddress);
  static final Form<List<URI>> WEB_ADDRESSES =
      new Form<>("a list of addresses such as https://postern.example", list(Form::webAddress));
  static final Form<Duration> DURATION_FORM =
      new Form<>("a duration such as 500ms, 5s or 1m", Form::duration);
  static final Form<Duration> DAYS =
      new Form<>(
          "a number of days from 1d to 36500d",
          matching("", "[1-9][0-9]{0,4}d")
              .read()
              .andThen(
                  days ->
                      days.map(text -> Long.parseLong(text.substring(0, text.length() - 1)))
                          .filter(number -> number <= 36_500)
                          .map(Duration::ofDays)));
  static final Form<Long> SIZE_FORM =
      new Form<>("a size such as 25MiB, at least 64KiB and at most 1024MiB", Form::size);
  static final Form<List<String>> NETWORKS =
      new Form<>("a list of addresses or networks such as 192.0.2.0/24", list(Form::network));
  static final Form<List<HostPort>> SERVERS =
      new Form<>(
          "a list of addresses such as 192.0.2.53 or 127.0.0.1:5353",
          list(text -> HostPort.parse(bracketed(text), Optional.of(53))));
  static final Form<List<String>> NAMES =
      new Form<>(
          "a list of names of letters, digits, dots, hyphens and underscores",
          list(text -> Optional.of(text).filter(t -> NAME.matcher(t).matches())));
  static final Form<List<DomainName>> DOMAINS =
      new Form<>("a list of domains such as firm.example", list(DomainName::parse));
  static final Form<List<String>> AUTHSERV_IDS =
      new Form<>(
          "a list of host names such as mx.firm.example",
          list(text -> DomainName.parse(text).map(DomainName::ascii)));
  static final Form<List<String>> PEOPLE =
      new Form<>(
          "a list of names such as Kim Lind, Bo Ek",
          list(text -> Optional.of(text).filter(t -> t.matches("[^\\p{Cntrl}]{2,100}"))));
  static final Form<List<String>> SOURCES =
      new Form<>(
          "a list of names of letters, digits, dots, - and _",
          list(matching("", "[A-Za-z0-9][A-Za-z0-9._-]{0,63}").read()));
  static final Form<Pacing> PACING =
      new Form<>("on, off, or 1/3 where three replicas share the rates", Pacing::parse);
  static final Form<EmailAddress> EMAIL =
      new Form<>("a mail address such as kim@firm.example", EmailAddress::parse);
  static final Form<String> TEXT = matching("one line of text", "[^\\p{Cntrl}]{1,1000}");

  /**
   * A daily digest.
   *
   * @param channel example of a channel's id
   * @param form of channels' ids
   */
  static Form<DigestPlan> digest(String channel, String form) {
    Pattern channels = Pattern.compile(form);
    return new Form<>(
        "a channel's id, a time and a zone such as "
            + channel
            + " 08:00 Europe/Berlin, and always for empty days, too",
        text -> DigestPlan.parse(text, channels));
  }

  static Form<HostPort> address(String example, Optional<Integer> usualPort) {
    return new Form<>(
        "a host and port such as " + example, text -> HostPort.parse(text, usualPort));
  }

  static Form<String> matching(String expected, String pattern) {
    Pattern form = Pattern.compile(pattern);
    return new Form<>(expected, text -> Optional.of(text).filter(t -> form.matcher(t).matches()));
  }

  /** A list of which each element matches the pattern. */
  static Form<List<String>> listOf(String expected, String pattern) {
    return new Form<>(expected, list(matching("", pattern).read()));
  }

  static Form<String> oneOf(String... words) {
    List<String> all = List.of(words);
    return new Form<>(
        String.join(" or ", all),
        text -> Optional.of(text.toLowerCase(Locale.ROOT)).filter(all::contains));
  }

  private static Optional<Integer> number(String text) {
    return text.matches("[0-9]{1,6}") ? Optional.of(Integer.valueOf(text)) : Optional.empty();
  }

  private static Optional<Path> path(String text) {
    try {
      return Optional.of(Path.of(text));
    } catch (InvalidPathException notOne) {
      return Optional.empty();
    }
  }

  /** An IPv6 address needs no brackets where nothing else has two colons. */
  private static String bracketed(String host) {
    return host.matches("[^\\[]*:.*:.*") ? "[" + host + "]" : host;
  }

  private static Optional<URI> webAddress(String text) {
    try {
      URI uri = URI.create(text);
      boolean web = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
      boolean bare = uri.getRawUserInfo() == null && uri.getRawQuery() == null;
      return web && bare && uri.getHost() != null ? Optional.of(uri) : Optional.empty();
    } catch (IllegalArgumentException notOne) {
      return Optional.empty();
    }
  }

  private static Optional<Duration> duration(String text) {
    Matcher form = DURATION.matcher(text);
    if (!form.matches()) {
      return Optional.empty();
    }
    long amount = Long.parseLong(form.group(1));
    return Optional.of(
        switch (form.group(2)) {
          case "ms" -> Duration.ofMillis(amount);
          case "s" -> Duration.ofSeconds(amount);
          case "m" -> Duration.ofMinutes(amount);
          default -> Duration.ofHours(amount);
        });
  }

  private static Optional<Long> size(String text) {
    Matcher form = SIZE.matcher(text);
    if (!form.matches()) {
      return Optional.empty();
    }
    String unit = Optional.ofNullable(form.group(2)).orElse("B");
    long factor = unit.equals("MiB") ? 1L << 20 : unit.equals("KiB") ? 1L << 10 : 1;
    long octets = Long.parseLong(form.group(1)) * factor;
    return octets >= 1L << 16 && octets <= 1L << 30 ? Optional.of(octets) : Optional.empty();
  }

  private static Optional<String> network(String text) {
    String[] parts = text.split("/", -1);
    try {
      int bits = InetAddress.ofLiteral(parts[0]).getAddress().length * 8;
      boolean fits = parts.length == 1 || number(parts[1]).filter(p -> p <= bits).isPresent();
      return parts.length <= 2 && fits ? Optional.of(text) : Optional.empty();
    } catch (IllegalArgumentException notLiteral) {
      return Optional.empty();
    }
  }

  private static <E> Function<String, Optional<List<E>>> list(Function<String, Optional<E>> each) {
    return text -> {
      List<E> read = new ArrayList<>();
      for (String entry : Stream.of(text.split(",", -1)).map(String::strip).toList()) {
        Optional<E> element = each.apply(entry);
        if (element.isEmpty()) {
          return Optional.empty();
        }
        read.add(element.get());
      }
      return Optional.of(read.stream().distinct().collect(Collectors.toUnmodifiableList()));
    };
  }
}
