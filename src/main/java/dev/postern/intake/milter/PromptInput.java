package dev.postern.intake.milter;

import java.io.FilterInputStream;
import java.io.IOException;
import java.net.Socket;
import jdk.net.ExtendedSocketOptions;

/**
 * Tells the peer at once what has arrived. An MTA writes a message in several small pieces and
 * holds the next one back until the one before is acknowledged (RFC 896); since we answer none of
 * them, the system would acknowledge after 40 ms, for want of an answer to go with it (RFC 1122
 * §4.2.3.2).
 */
final class PromptInput extends FilterInputStream {
  private final Socket socket;
  private final boolean canPrompt;

  PromptInput(Socket socket) throws IOException {
    super(socket.getInputStream());
    this.socket = socket;
    this.canPrompt = socket.supportedOptions().contains(ExtendedSocketOptions.TCP_QUICKACK);
  }

  @Override
  public int read(byte[] octets, int from, int length) throws IOException {
    int read = super.read(octets, from, length);
    if (read > 0 && canPrompt) {
      socket.setOption(ExtendedSocketOptions.TCP_QUICKACK, true); // which does not last
    }
    return read;
  }
}
