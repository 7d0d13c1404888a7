package dev.postern.intake.milter;

import dev.postern.intake.SmtpReply;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** What we tell the MTA. Packets are collected, so that one answer is one write. */
final class Answers {
  private final OutputStream out;
  private final ByteArrayOutputStream packets = new ByteArrayOutputStream(64);

  Answers(OutputStream out) {
    this.out = out;
  }

  /** Ends a negotiation. */
  Answers agreed(Terms terms) {
    begin('O', 12);
    number(terms.version());
    number(terms.actions());
    number(terms.protocol());
    return this;
  }

  /** Nothing against it: other milters and the MTA go on. */
  Answers proceed() {
    begin('c', 0);
    return this;
  }

  /** No more of this body. */
  Answers skip() {
    begin('s', 0);
    return this;
  }

  /** Not done yet, but alive: the MTA's clock starts anew. */
  Answers progress() {
    begin('p', 0);
    return this;
  }

  /** The MTA tells its client that it took the message, and deletes it. */
  Answers discard() {
    begin('d', 0);
    return this;
  }

  /** The MTA keeps the message back. */
  Answers quarantine(String reason) {
    return texts('q', SmtpReply.oneLine(reason));
  }

  /** The MTA answers its client so; Sendmail takes the text for a format, and % for a directive. */
  Answers reply(SmtpReply reply) {
    return texts('y', reply.line().replace("%", "%%"));
  }

  /**
   * Puts a field above all others.
   *
   * @param value folded by CRLF or not; without the blank behind the colon
   */
  Answers addOnTop(Terms terms, String name, String value) {
    String lines = (terms.exactFields() ? " " : "") + value.replace("\r\n", "\n");
    byte[] texts = octets(name, lines);
    begin('i', 4 + texts.length);
    number(0);
    packets.writeBytes(texts);
    return this;
  }

  /** Removes a field: the {@code index}th of this name, from 1. */
  Answers remove(String name, int index) {
    byte[] texts = octets(name, "");
    begin('m', 4 + texts.length);
    number(index);
    packets.writeBytes(texts);
    return this;
  }

  /** Sends what was collected. */
  void send() throws IOException {
    packets.writeTo(out);
    packets.reset();
    out.flush();
  }

  private Answers texts(char command, String text) {
    byte[] data = octets(text);
    begin(command, data.length);
    packets.writeBytes(data);
    return this;
  }

  private void begin(char command, int dataLength) {
    number(1 + dataLength);
    packets.write(command);
  }

  private void number(int value) {
    packets.write(value >>> 24);
    packets.write(value >>> 16);
    packets.write(value >>> 8);
    packets.write(value);
  }

  private static byte[] octets(String... texts) {
    return (String.join("\0", texts) + "\0").getBytes(StandardCharsets.US_ASCII);
  }
}
