package dev.postern.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.java_websocket.WebSocket;
import org.java_websocket.handshake.ClientHandshake;
import org.java_websocket.server.WebSocketServer;

/** The far end of Socket Mode: says hello, sends envelopes, collects acknowledgements. */
final class FakeSocket extends WebSocketServer {
  final BlockingQueue<WebSocket> links = new LinkedBlockingQueue<>();
  final BlockingQueue<JsonNode> acknowledged = new LinkedBlockingQueue<>();

  private final CountDownLatch started = new CountDownLatch(1);
  private final AtomicInteger count = new AtomicInteger();

  FakeSocket() throws InterruptedException {
    super(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    setReuseAddr(true);
    start();
    started.await(10, TimeUnit.SECONDS);
  }

  String url() {
    return "ws://127.0.0.1:" + getPort() + "/link";
  }

  /** Sends one request down a link. */
  void send(WebSocket link, String type, JsonNode payload) {
    ObjectNode envelope =
        Kit.object(type)
            .put("envelope_id", "envelope-" + count.incrementAndGet())
            .put("accepts_response_payload", true);
    envelope.set("payload", payload);
    link.send(envelope.toString());
  }

  @Override
  public void onOpen(WebSocket link, ClientHandshake handshake) {
    ObjectNode hello = Kit.object("hello").put("num_connections", 1);
    hello.putObject("connection_info").put("app_id", FakeSlack.APP);
    link.send(hello.toString());
    links.add(link);
  }

  @Override
  public void onMessage(WebSocket link, String message) {
    acknowledged.add(Samples.parse(message));
  }

  @Override
  public void onClose(WebSocket link, int code, String reason, boolean remote) {}

  @Override
  public void onError(WebSocket link, Exception e) {}

  @Override
  public void onStart() {
    started.countDown();
  }
}
