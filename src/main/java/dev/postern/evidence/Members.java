package dev.postern.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** The members of one object; every refusal names the member with its path. */
record Members(JsonNode node, String path) {

  Members object(String name) {
    JsonNode member = node.path(name);
    if (!member.isObject()) {
      throw wrong(name);
    }
    return new Members(member, path + name + ".");
  }

  String text(String name) {
    JsonNode member = node.path(name);
    if (!member.isTextual()) {
      throw wrong(name);
    }
    return member.textValue();
  }

  long integer(String name) {
    JsonNode member = node.path(name);
    if (!member.isIntegralNumber() || !member.canConvertToLong()) {
      throw wrong(name);
    }
    return member.longValue();
  }

  int count(String name) {
    long count = integer(name);
    if (count < 0 || count > Integer.MAX_VALUE) {
      throw wrong(name);
    }
    return (int) count;
  }

  boolean truth(String name) {
    JsonNode member = node.path(name);
    if (!member.isBoolean()) {
      throw wrong(name);
    }
    return member.booleanValue();
  }

  <E extends Enum<E>> E word(String name, Class<E> kind) {
    try {
      return Enum.valueOf(kind, text(name).toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException unknownWord) {
      throw wrong(name);
    }
  }

  List<String> texts(String name) {
    List<String> texts = new ArrayList<>();
    for (JsonNode item : array(name)) {
      if (!item.isTextual()) {
        throw wrong(name);
      }
      texts.add(item.textValue());
    }
    return texts;
  }

  /** All members of this object, which are texts. */
  SortedMap<String, String> texts() {
    SortedMap<String, String> texts = new TreeMap<>();
    node.fieldNames().forEachRemaining(name -> texts.put(name, text(name)));
    return texts;
  }

  <T> List<T> list(String name, Function<Members, T> read) {
    List<T> items = new ArrayList<>();
    for (JsonNode item : array(name)) {
      items.add(read.apply(new Members(item, path + name + "[" + items.size() + "].")));
    }
    return items;
  }

  private JsonNode array(String name) {
    JsonNode member = node.path(name);
    if (!member.isArray()) {
      throw wrong(name);
    }
    return member;
  }

  IllegalArgumentException wrong(String name) {
    return new IllegalArgumentException("evidence: " + path + name + " is absent or wrong");
  }
}
