package dev.postern.policy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** Values as octets, one after the other, without names: small, and read in microseconds. */
final class Packed {
  private Packed() {}

  /** Writes. */
  static final class Writer {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream(512);

    Writer number(long value) {
      long rest = value;
      while ((rest & ~0x7fL) != 0) {
        out.write((int) ((rest & 0x7f) | 0x80));
        rest >>>= 7;
      }
      out.write((int) rest);
      return this;
    }

    Writer flag(boolean value) {
      out.write(value ? 1 : 0);
      return this;
    }

    Writer octets(byte[] value) {
      number(value.length);
      out.writeBytes(value);
      return this;
    }

    Writer text(String value) {
      return octets(value.getBytes(StandardCharsets.UTF_8));
    }

    /** By its name, so that the order of the constants may change. */
    Writer word(Enum<?> value) {
      return text(value.name());
    }

    Writer instant(Instant value) {
      return number(value.getEpochSecond()).number(value.getNano());
    }

    <T> Writer list(List<T> values, BiConsumer<Writer, T> each) {
      number(values.size());
      values.forEach(value -> each.accept(this, value));
      return this;
    }

    byte[] done() {
      return out.toByteArray();
    }
  }

  /** Reads what a writer wrote; every complaint is an {@link IllegalArgumentException}. */
  static final class Reader {
    /** Some three thousand years from 1970, in seconds: any zone can show it. */
    private static final long FARTHEST = 100_000_000_000L;

    private final byte[] in;
    private int at;

    Reader(byte[] in) {
      this.in = in;
    }

    long number() {
      long value = 0;
      for (int shift = 0; shift < 64; shift += 7) {
        long octet = next();
        value |= (octet & 0x7f) << shift;
        if (octet >= 0) {
          return value;
        }
      }
      throw new IllegalArgumentException("a number that does not end");
    }

    /** A number that counts what follows, of which each takes an octet at least. */
    private int count() {
      long count = number();
      if (count < 0 || count > in.length - at) {
        throw new IllegalArgumentException("cut off");
      }
      return (int) count;
    }

    boolean flag() {
      return next() != 0;
    }

    byte[] octets() {
      int length = count();
      byte[] value = new byte[length];
      System.arraycopy(in, at, value, 0, length);
      at += length;
      return value;
    }

    String text() {
      int length = count();
      String value = length == 0 ? "" : new String(in, at, length, StandardCharsets.UTF_8);
      at += length;
      return value;
    }

    <E extends Enum<E>> E word(Class<E> type) {
      return Enum.valueOf(type, text());
    }

    Instant instant() {
      long second = number();
      long nano = number();
      if (second < -FARTHEST || second > FARTHEST || nano < 0 || nano > 999_999_999) {
        throw new IllegalArgumentException("a moment that is none");
      }
      return Instant.ofEpochSecond(second, nano);
    }

    <T> List<T> list(Function<Reader, T> each) {
      int count = count();
      List<T> values = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        values.add(each.apply(this));
      }
      return values;
    }

    void end() {
      if (at != in.length) {
        throw new IllegalArgumentException("more than was expected");
      }
    }

    private byte next() {
      if (at == in.length) {
        throw new IllegalArgumentException("cut off");
      }
      return in[at++];
    }
  }
}
