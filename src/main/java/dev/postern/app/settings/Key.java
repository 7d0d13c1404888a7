package dev.postern.app.settings;

import java.util.Locale;
import java.util.Optional;

/**
 * One setting: the one place that knows its name, form, default and meaning.
 *
 * @param <T> what its value is read into
 * @param name dotted, with {@code *} for a name that the administrator chooses
 * @param form what a value looks like
 * @param secret whether its value must never be shown; it can then be given as {@code …-file} too
 * @param fallback the value where none is given; empty for none
 * @param meaning one sentence for the documentation
 */
record Key<T>(String name, Form<T> form, boolean secret, String fallback, String meaning) {

  /** The environment variable: {@code mail.smtp.next-hop} is {@code POSTERN_MAIL_SMTP_NEXT_HOP}. */
  String variable() {
    return variable(name);
  }

  static String variable(String name) {
    return "POSTERN_" + name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }

  /** The name that was chosen for {@code *}, or the empty text; empty when it is not this key. */
  Optional<String> chosen(String dotted) {
    int star = name.indexOf('*');
    if (star < 0) {
      return name.equals(dotted) ? Optional.of("") : Optional.empty();
    }
    String before = name.substring(0, star);
    String after = name.substring(star + 1);
    boolean fits =
        dotted.startsWith(before)
            && dotted.endsWith(after)
            && dotted.length() > before.length() + after.length();
    return fits
        ? Optional.of(dotted.substring(before.length(), dotted.length() - after.length()))
        : Optional.empty();
  }

  /** The setting that names a file with this secret; empty for a setting that is none. */
  Optional<Key<T>> fileKey() {
    return secret
        ? Optional.of(new Key<>(name + "-file", form, true, "", meaning))
        : Optional.empty();
  }

  /** The name with the chosen name filled in. */
  String of(String chosen) {
    return name.replace("*", chosen);
  }
}
