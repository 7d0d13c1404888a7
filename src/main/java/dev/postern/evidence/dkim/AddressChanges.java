package dev.postern.evidence.dkim;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Guesses at addresses that were rewritten: lists put themselves into From to live with DMARC. */
final class AddressChanges {
  private static final List<String> NAMES = List.of("from", "to", "cc", "reply-to", "sender");
  private static final String STANDS_IN_REPLY_TO = ": its earlier address stands in Reply-To";

  /**
   * A field that holds one mailbox, as written.
   *
   * @param name its display name without quotation marks around it; often empty
   * @param address between the angle brackets
   */
  private record Written(String name, String address) {

    static Optional<Written> of(FieldText field) {
      String value = field.value().orElse("").strip();
      int open = value.lastIndexOf('<');
      boolean bracketed = open >= 0 && value.endsWith(">");
      String address = bracketed ? value.substring(open + 1, value.length() - 1) : value;
      String name = bracketed ? value.substring(0, open).strip() : "";
      boolean quoted = name.length() > 1 && name.startsWith("\"") && name.endsWith("\"");
      String bare = quoted ? name.substring(1, name.length() - 1) : name;
      boolean single = address.indexOf('@') > 0 && address.chars().noneMatch(c -> c <= ' ');
      return single ? Optional.of(new Written(bare, address)) : Optional.empty();
    }

    /** The name without what a list puts behind it. */
    Written withoutVia() {
      int via = name.lastIndexOf(" via ");
      return via < 0 ? this : new Written(name.substring(0, via), address);
    }

    /** The ways in which mail programs write it with its name, if it has one. */
    List<String> named() {
      return name.isEmpty()
          ? bare()
          : List.of(" " + name + " <" + address + ">", " \"" + name + "\" <" + address + ">");
    }

    /** The ways in which they write it without. */
    List<String> bare() {
      return List.of(" " + address, " <" + address + ">");
    }
  }

  private AddressChanges() {}

  /** From was replaced, and the author put into Reply-To. */
  static List<HeaderChange> rewrittenFrom(HeaderDraft now, List<FieldText> replyTo) {
    if (now.named("from").size() != 1 || replyTo.size() != 1) {
      return List.of();
    }
    FieldText from = now.named("from").getFirst();
    Optional<Written> author = Written.of(replyTo.getFirst());
    Set<String> values = new LinkedHashSet<>();
    replyTo.getFirst().value().ifPresent(values::add);
    author.ifPresent(it -> addForms(it, values));
    Optional<Written> listed = Written.of(from).map(Written::withoutVia);
    if (author.isPresent() && listed.isPresent()) {
      addForms(new Written(listed.get().name(), author.get().address()), values);
    }
    return guesses("from", from, values, STANDS_IN_REPLY_TO);
  }

  /** The same address, written another way. */
  static List<HeaderChange> writtenAnotherWay(HeaderDraft now) {
    List<HeaderChange> guesses = new ArrayList<>();
    for (String name : NAMES) {
      List<FieldText> fields = now.named(name);
      if (fields.size() == 1) {
        FieldText field = fields.getFirst();
        Written.of(field)
            .ifPresent(
                it -> {
                  guesses.addAll(guesses(name, field, it.named(), ": only in quotes or brackets"));
                  guesses.addAll(
                      guesses(name, field, it.bare(), ": a name was put before its address"));
                });
      }
    }
    return guesses;
  }

  private static void addForms(Written mailbox, Set<String> values) {
    values.addAll(mailbox.named());
    values.addAll(mailbox.bare());
  }

  private static List<HeaderChange> guesses(
      String name, FieldText field, Collection<String> values, String words) {
    return values.stream()
        .flatMap(value -> field.with(value).stream())
        .map(it -> HeaderChange.of(name, List.of(it), FieldNames.changed(field) + words))
        .toList();
  }
}
